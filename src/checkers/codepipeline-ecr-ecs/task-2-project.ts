import type { Bound } from '../../aws/reader.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { codeCommitRepositoryOf } from '../kit/codebuild/build-project.ts';
import { findProject, type OfProject, ofProject, projectReads } from '../kit/codebuild/find-project.ts';
import { projectChecks } from '../kit/codebuild/project.ts';
import { projectVariable } from '../kit/codebuild/variable-checks.ts';
import { BUILDSPEC, expectedVariables, MISSPELT, NAME, OTHER_REGIONS, REGION, type VariableName } from './names.ts';
import { createProject, practice, renamed, shipped, variables } from './student.ts';

const reads = { ...projectReads, repository: codecommit.pushedRepository } as const;

function observe(aws: Bound<typeof reads>) {
  const found = findProject(aws, NAME, async () => (other) => codeCommitRepositoryOf(other.source.location) === NAME);
  const branch = Promise.all([aws.project(NAME), aws.repository(NAME)]).then(([project, repository]) => ({ project, repository }));
  return { found, branch };
}

/**
 * Images of Amazon Linux 2 and of Ubuntu 18.04 and 20.04, which AWS no longer updates.
 * Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild".
 */
const RETIRED = /^aws\/codebuild\/(amazonlinux2-(x86_64|aarch64)-standard:[1-4]\.0|standard:[1-5]\.0)/;

const checks = projectChecks({ name: NAME, region: REGION, otherRegions: OTHER_REGIONS });
const exists = checks.exists(2, MISSPELT);
const source = checks.source(3, 'task-1', () => NAME);
const linux = checks.linux(4);
const variable = (name: VariableName, declared: Omit<Parameters<typeof projectVariable>[0], 'name' | 'expected'>) =>
  projectVariable<OfProject>({ ...declared, name, expected: (_fact, context) => expectedVariables(context)[name] });

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
    on.found({ ...exists, breaks: renamed({ 'project-other-name': 'project-misspelled' }, exists.breaks) }),
    on.found(source),
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
      judge({ project }) {
        if (project === undefined) return blocked('project-exists');
        const { type, image } = project.environment;
        if (type !== 'LINUX_CONTAINER') return failed(['environmentNotLinux', { type }]);
        return RETIRED.test(image) ? failed(['environmentRetired', { image }]) : passed();
      },
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
          play: practice.changeEnvironment({ image: 'aws/codebuild/amazonlinux2-x86_64-standard:4.0' }),
        },
      },
    }),
    on.found(checks.privileged(6)),
    on.found(variable('AWS_ACCOUNT_ID', variables.accountId({ id: 'variable-account', step: 8, left: 'account-id-example' }))),
    on.found(
      variable('AWS_DEFAULT_REGION', {
        id: 'variable-region',
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
            play: variables.change('AWS_DEFAULT_REGION', () => ({ value: 'us-east-1' })),
          },
          'region-misnamed': variables.misnamed('AWS_DEFAULT_REGION'),
        },
      }),
    ),
    on.found(variable('IMAGE_REPO_NAME1', variables.repository('IMAGE_REPO_NAME1', 10))),
    on.found(checks.buildspecFile(11, () => shipped(BUILDSPEC))),
    on.found(checks.logs(12)),
  ],
});
