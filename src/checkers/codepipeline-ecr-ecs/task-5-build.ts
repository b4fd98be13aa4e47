import { type Build, type Image, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import {
  BUILD_SETTING_SAYS,
  type Builds,
  buildInProgress,
  buildSucceeded,
  judgeSucceeded,
  LOGIN_COMMAND,
  type OfBuilds,
  ofBuild,
  otherSettings,
  running,
  succeeded,
} from '../kit/codebuild/build-checks.ts';
import { explainFailureBy, FAILURE_WORDS, failureOf } from '../kit/codebuild/build-failure.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { expectedVariables, imageUriOf, NAME, TAG } from './names.ts';
import { noImage, PUSHED_IMAGE_SAYS, pushedImage } from './pushed-image.ts';
import { builds, place, project, pushImage, runBuild, variables } from './student.ts';

interface Pushed extends OfBuilds {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** The first variable that a build did not get as it must. */
function wrongVariable({ environment }: Build, context: TaskContext) {
  const values = new Map(environment.variables.map(({ name, value }) => [name, value]));
  const wrong = Object.entries(expectedVariables(context)).find(([name, expected]) => values.get(name) !== expected);
  return wrong && { name: wrong[0], expected: wrong[1], found: values.get(wrong[0]) ?? '-' };
}

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, context: TaskContext) {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }] as const;
  const variable = wrongVariable(build, context);
  return variable && (['buildVariableWrong', { number, ...variable }] as const);
}

const rightBuilds = (builds: Builds, context: TaskContext) =>
  succeeded(builds).filter((build) => wrongSettings(build, context) === undefined);

function judgeSettings({ builds }: OfBuilds, context: TaskContext) {
  if (rightBuilds(builds, context).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = succeeded(builds);
  const wrong = newest && wrongSettings(newest, context);
  if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
  believed(newest);
  return failed(wrong);
}

function judgeImage({ builds, images }: Pushed, context: TaskContext) {
  // Every build moves the tag, and the same image pushed again keeps the time of its first push: the oldest right build is what counts.
  const oldest = rightBuilds(builds, context).at(-1);
  if (oldest === undefined) return blocked('build-settings');
  const image = pushedImage(images);
  if (image === undefined) return noImage(images);
  if (image.pushedAt < oldest.startedAt) return failed(['imageTooOld', { repository: NAME, tag: TAG, number: oldest.number ?? 0 }]);
  return passed({ observed: { tag: TAG, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
}

const shown = ({ builds }: OfBuilds) => succeeded(builds)[0] ?? builds?.[0];

const reads = {
  buildIds: readers.codebuild.buildIdsOfProject,
  builds: readers.codebuild.builds,
  images: readers.ecr.images,
  ...pastBuildReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
  const builds = aws.buildIds(NAME).then(async (ids): Promise<OfBuilds> => ({ builds: ids && (await aws.builds(ids)) }));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ ...ofProject, images }));
  return { builds, pushed };
}

/** Causes of a failure that a variable with a wrong value may be behind. */
const BY_VARIABLE = ['runtime', 'permissions', 'login', 'push', 'image', 'other'] as const;

const buildCheck = buildSucceeded(project, { step: 7, made: 'task-2', shown });
const { 'build-not-privileged': unprivileged } = otherSettings(project, runBuild);

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-5',
  title: { ko: '첫 빌드 실행', ja: '最初のビルドの実行', en: 'Run the first build' },
  needs: ['task-1', 'task-2', 'task-3', 'task-4'],
  reads,
  observe,
  solve: {
    id: 'run-build',
    title: { ko: '빌드를 실행한다', ja: 'ビルドを実行する', en: 'Run the build' },
    play: (account) => void runBuild(account),
  },
  expectations: [
    on.builds({
      ...ofBuild(NAME, shown),
      id: 'build-succeeded',
      title: buildCheck.title,
      step: 7,
      expected: 'SUCCEEDED',
      judge: ({ builds }, context) =>
        judgeSucceeded(builds, {
          project: NAME,
          made: 'task-2',
          explain: (build) => explainFailureBy(failureOf(build), FAILURE_WORDS, wrongVariable(build, context)?.name, BY_VARIABLE),
        }),
      says: {
        ...buildCheck.says,
        buildFailedRole: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빌드 역할에 권한이 없습니다. 태스크 3을 다시 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドのロールに権限がありません。タスク 3 をもう一度確認してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The build role lacks a permission. Check task 3 again.',
        },
        buildFailedImage: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. nginx/Dockerfile과 함께 복사하는 파일을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。nginx/Dockerfile と、コピーするファイルを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The image could not be built. Check nginx/Dockerfile and the files that it copies.',
        },
        buildFailedVariable: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 환경 변수 {variable}의 값이 맞지 않았습니다. 태스크 2를 확인하고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 環境変数 {variable} の値が正しくありませんでした。タスク 2 を確認し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The environment variable {variable} was wrong. Check task 2 and build again.',
        },
      },
      observed: (fact) => shown(fact)?.status,
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, NAME));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        ...buildCheck.breaks,
        'build-fails-variable': {
          title: { ko: '계정 ID를 잘못 적고 빌드한다', ja: 'アカウント ID を間違えてビルドする', en: 'Build with a wrong account ID' },
          says: 'buildFailedVariable',
          instead(account) {
            variables.change('AWS_ACCOUNT_ID', ({ id }) => ({ value: id.slice(0, 11) }))(account);
            builds.failAt('PRE_BUILD', LOGIN_COMMAND)(account);
          },
        },
      },
      moments: buildCheck.moments ?? {},
    }),
    on.builds({
      ...ofBuild(NAME, shown),
      id: 'build-settings',
      title: {
        ko: '성공한 빌드가 올바른 설정으로 실행되었다',
        ja: '成功したビルドが正しい設定で実行された',
        en: 'A build that succeeded ran with the right settings',
      },
      step: 2,
      after: 'build-succeeded',
      expected: (_fact, context) => ({ privileged: true, ...expectedVariables(context) }),
      judge: judgeSettings,
      observed: (fact, context) => {
        const build = rightBuilds(fact.builds, context)[0] ?? shown(fact);
        if (build === undefined) return undefined;
        // Only the lab's own: other variables are the student's business and may be secret.
        const variables = build.environment.variables.filter(({ name }) => Object.hasOwn(expectedVariables(context), name));
        return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
      },
      says: {
        buildInProgress: BUILD_SETTING_SAYS.buildInProgress,
        buildNotPrivileged: BUILD_SETTING_SAYS.buildNotPrivileged,
        buildVariableWrong: {
          ko: '빌드 {number}번의 {name} 값이 "{found}"였습니다. 프로젝트에서 "{expected}" 값으로 고치고 다시 빌드합니다.',
          ja: 'ビルド {number} の {name} は "{found}" でした。プロジェクトで "{expected}" に直し、もう一度ビルドしてください。',
          en: '{name} of build {number} was "{found}". Change it to "{expected}" in the project and build again.',
        },
      },
      past: async (aws, context) => {
        const [build] = rightBuilds(await pastBuilds(aws, NAME), context);
        return build && provenByBuild(build, build.resolvedSourceVersion ?? '');
      },
      breaks: {
        'build-not-privileged': unprivileged,
        'build-other-variable': {
          title: {
            ko: '다른 리포지토리 이름으로 실행한 빌드가 성공한다',
            ja: '別のリポジトリ名で実行したビルドが成功する',
            en: 'A build succeeds with another repository name',
          },
          says: 'buildVariableWrong',
          instead(account) {
            variables.change('IMAGE_REPO_NAME1', () => ({ value: 'my-app' }))(account);
            runBuild(account);
            variables.change('IMAGE_REPO_NAME1', () => ({ value: NAME }))(account);
          },
        },
      },
    }),
    on.pushed({
      id: 'image-pushed',
      title: {
        ko: '빌드가 푸시한 v0.95 이미지가 ECR에 있다',
        ja: 'ビルドがプッシュした v0.95 のイメージが ECR にある',
        en: 'ECR holds the v0.95 image that a build pushed',
      },
      step: 8,
      after: 'build-settings',
      expected: TAG,
      judge: judgeImage,
      observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
      resource: (_fact, context) => imageUriOf(context),
      console: (_fact, { console }) => console.ecrRepository(NAME),
      says: {
        ...PUSHED_IMAGE_SAYS,
        imageTooOld: {
          ko: '"{repository}" 리포지토리의 {tag} 이미지는 빌드 {number}번이 시작되기 전에 푸시되었습니다. CodeBuild로 다시 빌드해 푸시합니다.',
          ja: 'リポジトリ "{repository}" のイメージ {tag} は、ビルド {number} が始まる前にプッシュされたものです。CodeBuild でもう一度ビルドしてプッシュしてください。',
          en: 'The image {tag} of the repository "{repository}" was pushed before build {number} began. Build and push it with CodeBuild.',
        },
      },
      breaks: {
        'registry-deleted': {
          title: { ko: 'ECR 리포지토리를 삭제한다', ja: 'ECR リポジトリを削除する', en: 'Delete the ECR repository' },
          says: 'registryGone',
          play: (account) => place(account).ecr.deleteRepository(NAME),
        },
        'image-tag-missing': {
          title: { ko: 'v0.95 태그를 지운다', ja: 'v0.95 タグを消す', en: 'Remove the tag v0.95' },
          says: 'imageMissing',
          play(account) {
            place(account).ecr.deleteImages(NAME);
            pushImage(account, 'latest');
          },
        },
        'image-by-hand': {
          title: {
            ko: '빌드하기 전에 손으로 이미지를 푸시한다',
            ja: 'ビルドの前に手でイメージをプッシュする',
            en: 'Push the image by hand before the build',
          },
          says: 'imageTooOld',
          instead(account) {
            pushImage(account);
            account.clock.tick(60);
            builds.start(account);
          },
        },
      },
    }),
  ],
});
