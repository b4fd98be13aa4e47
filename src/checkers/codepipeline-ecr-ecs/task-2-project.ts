import { readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { type OfBranch, projectChecks } from '../kit/codebuild/project.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { BUILDSPEC, MISSPELT, NAME, OTHER_REGIONS, REGION } from './names.ts';
import { changeEnvironment, changeVariable, createProject, EXAMPLE_ACCOUNT, imageUri, shipped } from './student.ts';
import { projectVariable } from './variables.ts';

const reads = { ...projectReads, repository: readers.codecommit.pushedRepository } as const;

function observe(aws: Bound<typeof reads>) {
  const found = findProject(aws, NAME, async () => (other) => codeCommitRepositoryOf(other.source.location) === NAME);
  const branch = Promise.all([aws.project(NAME), aws.repository(NAME)]).then(
    ([project, repository]): OfBranch => ({ project, repository }),
  );
  return { found, branch };
}

/**
 * Images of Amazon Linux 2 and of Ubuntu 18.04 and 20.04, which AWS no longer updates.
 * Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild".
 */
const RETIRED = /^aws\/codebuild\/(amazonlinux2-(x86_64|aarch64)-standard:[1-4]\.0|standard:[1-5]\.0)/;

function judgeImage({ project }: OfProject) {
  if (project === undefined) return blocked('project-exists');
  const { type, image } = project.environment;
  if (type !== 'LINUX_CONTAINER') return failed(['environmentNotLinux', { type }]);
  return RETIRED.test(image) ? failed(['environmentRetired', { image }]) : passed();
}

const checks = projectChecks({ name: NAME, region: REGION, otherRegions: OTHER_REGIONS });
const source = checks.source(3, 'task-1', () => NAME);
const linux = checks.linux(4);
const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-2',
  title: { ko: 'CodeBuild 프로젝트 생성', ja: 'CodeBuild プロジェクトの作成', en: 'Create the CodeBuild project' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'create-project',
    title: { ko: '프로젝트를 생성한다', ja: 'プロジェクトを作成する', en: 'Create the project' },
    play: createProject,
  },
  expectations: [
    on.found(checks.exists(2, MISSPELT)),
    on.found({
      ...source,
      says: {
        ...source.says,
        sourceOtherRepository: {
          ko: '프로젝트가 "{found}" 리포지토리를 빌드합니다. "{expected}" 리포지토리로 바꿉니다.',
          ja: 'プロジェクトはリポジトリ "{found}" をビルドします。"{expected}" に変えてください。',
          en: 'The project builds the repository "{found}". Change it to "{expected}".',
        },
      },
    }),
    on.branch(checks.branch(3, 'task-1')),
    on.found({
      ...ofProject,
      id: 'build-image',
      title: {
        ko: '유지 관리되는 Linux 빌드 이미지를 쓴다',
        ja: '更新が続いている Linux のビルドイメージを使う',
        en: 'It uses a maintained Linux build image',
      },
      step: 4,
      judge: judgeImage,
      observed: ({ project }) => project && { type: project.environment.type, image: project.environment.image },
      says: {
        ...linux.says,
        environmentRetired: {
          ko: '"{image}" 빌드 이미지는 더 이상 업데이트되지 않습니다. 목록에서 가장 새로운 Amazon Linux 이미지를 고릅니다.',
          ja: 'ビルドイメージ "{image}" は更新が終わっています。一覧から一番新しい Amazon Linux のイメージを選んでください。',
          en: 'The build image "{image}" is no longer updated. Choose the newest Amazon Linux image of the list.',
        },
      },
      breaks: {
        ...linux.breaks,
        'environment-retired': {
          title: {
            ko: '오래된 Amazon Linux 2 이미지를 고른다',
            ja: '古い Amazon Linux 2 のイメージを選ぶ',
            en: 'Choose an old image of Amazon Linux 2',
          },
          says: 'environmentRetired',
          play: (account) => changeEnvironment(account, { image: 'aws/codebuild/amazonlinux2-x86_64-standard:4.0' }),
        },
      },
    }),
    on.found({
      ...checks.privileged(6),
      says: {
        notPrivileged: {
          ko: '"{project}" 프로젝트의 권한 모드가 꺼져 있어 Docker를 실행할 수 없습니다. 환경의 추가 구성에서 켭니다.',
          ja: 'プロジェクト "{project}" の特権付与がオフなので、Docker を実行できません。環境の追加設定でオンにしてください。',
          en: 'Privileged mode of the project "{project}" is off, so Docker cannot run. Turn it on in the additional configuration of the environment.',
        },
      },
    }),
    on.found(
      projectVariable({
        id: 'variable-account',
        name: 'AWS_ACCOUNT_ID',
        title: {
          ko: 'AWS_ACCOUNT_ID가 이 계정의 ID다',
          ja: 'AWS_ACCOUNT_ID がこのアカウントの ID である',
          en: "AWS_ACCOUNT_ID is this account's ID",
        },
        step: 8,
        breaks: {
          'account-id-example': {
            title: {
              ko: '예시의 계정 ID를 그대로 적는다',
              ja: '例のアカウント ID をそのまま書く',
              en: 'Write the account ID of the example',
            },
            says: 'variableWrong',
            play: (account) =>
              changeVariable(account, 'AWS_ACCOUNT_ID', { value: account.id === EXAMPLE_ACCOUNT ? OTHER_ACCOUNT : EXAMPLE_ACCOUNT }),
          },
          'account-id-missing': {
            title: { ko: 'AWS_ACCOUNT_ID를 빠뜨린다', ja: 'AWS_ACCOUNT_ID を忘れる', en: 'Forget AWS_ACCOUNT_ID' },
            says: 'variableMissing',
            play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', undefined),
          },
          'account-id-spaces': {
            title: { ko: '계정 ID 뒤에 공백을 붙인다', ja: 'アカウント ID の後に空白を付ける', en: 'Add a space after the account ID' },
            says: 'variableSpaces',
            play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { value: `${account.id} ` }),
          },
          'account-id-parameter': {
            title: {
              ko: 'AWS_ACCOUNT_ID의 유형을 Parameter로 고른다',
              ja: 'AWS_ACCOUNT_ID のタイプに Parameter を選ぶ',
              en: 'Choose the type Parameter for AWS_ACCOUNT_ID',
            },
            says: 'variableNotPlain',
            play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { type: 'PARAMETER_STORE' }),
          },
        },
      }),
    ),
    on.found(
      projectVariable({
        id: 'variable-region',
        name: 'AWS_DEFAULT_REGION',
        title: {
          ko: 'AWS_DEFAULT_REGION이 실습 리전이다',
          ja: 'AWS_DEFAULT_REGION が演習のリージョンである',
          en: "AWS_DEFAULT_REGION is the lab's region",
        },
        step: 9,
        breaks: {
          'region-other': {
            title: {
              ko: 'AWS_DEFAULT_REGION에 다른 리전을 적는다',
              ja: 'AWS_DEFAULT_REGION に別のリージョンを書く',
              en: 'Write another region into AWS_DEFAULT_REGION',
            },
            says: 'variableWrong',
            play: (account) => changeVariable(account, 'AWS_DEFAULT_REGION', { value: 'us-east-1' }),
          },
        },
      }),
    ),
    on.found(
      projectVariable({
        id: 'variable-repository',
        name: 'IMAGE_REPO_NAME1',
        title: {
          ko: 'IMAGE_REPO_NAME1이 ECR 리포지토리의 이름이다',
          ja: 'IMAGE_REPO_NAME1 が ECR リポジトリの名前である',
          en: "IMAGE_REPO_NAME1 is the ECR repository's name",
        },
        step: 10,
        breaks: {
          'repository-whole-uri': {
            title: {
              ko: 'IMAGE_REPO_NAME1에 URI 전체를 적는다',
              ja: 'IMAGE_REPO_NAME1 に URI 全体を書く',
              en: 'Write the whole URI into IMAGE_REPO_NAME1',
            },
            says: 'variableWrong',
            play: (account) => changeVariable(account, 'IMAGE_REPO_NAME1', { value: imageUri(account) }),
          },
        },
      }),
    ),
    on.found(checks.buildspecFile(11, () => shipped(BUILDSPEC))),
    on.found(checks.logs(12)),
  ],
});
