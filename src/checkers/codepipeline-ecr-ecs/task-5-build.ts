import type { Bound } from '../../aws/reader.ts';
import type { Build } from '../../aws/services/codebuild/build.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, ecrConsole } from '../../aws/services/ecr.ts';
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
  type OfBuilds,
  ofBuild,
  otherSettings,
  running,
  succeeded,
} from '../kit/codebuild/build-checks.ts';
import { explainFailureBy, FAILURE_WORDS, failureOf } from '../kit/codebuild/build-failure.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { BUILD_VARIABLE_SAYS, buildFailsByVariable, wrongVariable } from '../kit/codebuild/variable-checks.ts';
import { BUILT_IMAGE_SAYS } from '../kit/ecr/built-image.ts';
import { expectedVariables, imageUriOf, NAME, TAG } from './names.ts';
import { noImage, PUSHED_IMAGE_SAYS, pushedImage } from './pushed-image.ts';
import { builds, place, project, pushImage, runBuild, variables } from './student.ts';

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, context: TaskContext) {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }] as const;
  const variable = wrongVariable(build, expectedVariables(context));
  return variable && (['buildVariableWrong', { number, ...variable }] as const);
}

const rightBuilds = (builds: Builds, context: TaskContext) =>
  succeeded(builds).filter((build) => wrongSettings(build, context) === undefined);

const shown = ({ builds }: OfBuilds) => succeeded(builds)[0] ?? builds?.[0];

const reads = {
  buildIds: codebuild.buildIdsOfProject,
  builds: codebuild.builds,
  images: ecr.images,
  ...pastBuildReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
  const builds = aws.buildIds(NAME).then(async (ids) => ({ builds: ids && (await aws.builds(ids)) }));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]) => ({ ...ofProject, images }));
  return { builds, pushed };
}

/** Causes of a failure that a variable with a wrong value may be behind. */
const BY_VARIABLE = ['runtime', 'permissions', 'login', 'push', 'image', 'other'] as const;

const buildCheck = buildSucceeded<OfBuilds>(project, { step: 7, made: 'task-2', shown });
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
      ...buildCheck,
      judge: ({ builds }, context) =>
        judgeSucceeded(builds, {
          project: NAME,
          made: 'task-2',
          explain: (build) =>
            explainFailureBy(failureOf(build), FAILURE_WORDS, wrongVariable(build, expectedVariables(context))?.name, BY_VARIABLE),
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
        buildFailedVariable: BUILD_VARIABLE_SAYS.buildFailedVariable,
      },
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, NAME));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        ...buildCheck.breaks,
        'build-fails-variable': buildFailsByVariable(builds, variables),
      },
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
      judge({ builds: all }, context) {
        if (rightBuilds(all, context).length > 0) return passed();
        const current = running(all);
        if (current !== undefined) return buildInProgress(current);
        const [newest] = succeeded(all);
        const wrong = newest && wrongSettings(newest, context);
        if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
        believed(newest);
        return failed(wrong);
      },
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
        buildVariableWrong: BUILD_VARIABLE_SAYS.buildVariableWrong,
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
      judge({ builds: all, images }, context) {
        // Every build moves the tag, and the same image pushed again keeps the time of its first push: the oldest right build is what counts.
        const oldest = rightBuilds(all, context).at(-1);
        if (oldest === undefined) return blocked('build-settings');
        const image = pushedImage(images);
        if (image === undefined) return noImage(images);
        if (image.pushedAt < oldest.startedAt) return failed(['imageTooOld', { repository: NAME, tag: TAG, number: oldest.number ?? 0 }]);
        return passed({ observed: { tag: TAG, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
      },
      observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
      resource: (_fact, context) => imageUriOf(context),
      console: (_fact, place) => ecrConsole.repository(place, NAME),
      says: {
        ...PUSHED_IMAGE_SAYS,
        imageTooOld: BUILT_IMAGE_SAYS.imageTooOld,
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
