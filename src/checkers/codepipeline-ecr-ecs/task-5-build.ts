import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { ecr, ecrConsole } from '../../aws/services/ecr.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { type OfBuilds, otherSettings } from '../kit/codebuild/build-checks.ts';
import { buildsWithVariables, SETTING_SAYS } from '../kit/codebuild/build-settings.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { BUILT_IMAGE_SAYS, lostImages } from '../kit/ecr/built-image.ts';
import { expectedVariables, imageUriOf, NAME, REGION, TAG } from './names.ts';
import { noImage, PUSHED_IMAGE_SAYS, pushedImage } from './pushed-image.ts';
import { builds, project, runBuild, variables } from './student.ts';

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

const checks = buildsWithVariables<OfBuilds>(project, {
  made: 'task-2',
  expected: (_fact, context) => expectedVariables(context),
  causes: ['runtime', 'permissions', 'login', 'push', 'image', 'other'],
  variables,
});
const { rightBuilds } = checks;
const hasSucceeded = checks.hasSucceeded(7);
const { 'build-not-privileged': unprivileged } = otherSettings(project, runBuild);
const lost = lostImages({ region: REGION, repository: NAME, otherTag: 'latest', tag: () => TAG, build: builds.start });

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
      ...hasSucceeded,
      says: {
        ...hasSucceeded.says,
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
      },
    }),
    on.builds({
      ...checks.settings(2),
      says: SETTING_SAYS,
      past: async (aws, context) => {
        const [build] = rightBuilds({ builds: await pastBuilds(aws, NAME) }, context);
        return build && provenByBuild(build, build.resolvedSourceVersion ?? '');
      },
      breaks: {
        'build-not-privileged': unprivileged,
        'build-other-variable': variables.otherInBuild('IMAGE_REPO_NAME1', runBuild),
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
      judge({ builds: found, images }, context) {
        // Every build moves the tag, and the same image pushed again keeps the time of its first push: the oldest right build is what counts.
        const oldest = rightBuilds({ builds: found }, context).at(-1);
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
        'registry-deleted': { ...lost['image-repository-deleted'], says: 'registryGone' },
        'image-tag-missing': { ...lost['image-tag-missing'], says: 'imageMissing' },
        'image-by-hand': lost['image-by-hand'],
      },
    }),
  ],
});
