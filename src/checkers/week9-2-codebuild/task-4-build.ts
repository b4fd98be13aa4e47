import { ecrConsole } from '../../aws/services/ecr.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { BUILD_SAYS, BUILD_SETTING_SAYS, buildInProgress, otherSettings, running } from '../kit/codebuild/build-checks.ts';
import { SETTING_SAYS } from '../kit/codebuild/build-settings.ts';
import { provenByBuild } from '../kit/codebuild/past-builds.ts';
import { commitImage, commitTag, shortHash } from '../kit/ecr/built-image.ts';
import { DEFAULTS, REGION } from './names.ts';
import { builds, place, project, pushImage, runBuild, source, variables } from './student.ts';
import { checks, observe, type Pushed, pastPushOf, pastRightBuild, proofOf, reads } from './task-4-facts.ts';

const inRepository = {
  resource: ({ outputs }: Pushed) => outputs.imageUri,
  console: ({ outputs: { imageRepository } }: Pushed, place: TaskContext) =>
    imageRepository === undefined ? undefined : ecrConsole.repository(place, imageRepository),
} as const;

const on = expectationsOn<typeof observe>();
const settings = checks.settings(14);

export default defineTask({
  id: 'task-4',
  title: { ko: '빌드 실행 및 검증', ja: 'ビルドの実行と検証', en: 'Run and verify the build' },
  needs: ['task-0', 'task-1', 'task-2', 'task-3'],
  reads,
  observe,
  solve: {
    id: 'run-build',
    title: { ko: '빌드를 실행합니다', ja: 'ビルドを実行する', en: 'Run the build' },
    play: (account) => runBuild(account),
  },
  expectations: [
    on.built(checks.hasSucceeded(14)),
    on.built({
      ...settings,
      judge: (fact, context) => (fact.outputs.imageRepository === undefined ? blocked('task-0') : settings.judge(fact, context)),
      past: async (aws, context) => {
        const past = await pastRightBuild(aws, context);
        return past && provenByBuild(past.build, past.commit);
      },
      says: { ...SETTING_SAYS, buildWithoutCommit: BUILD_SETTING_SAYS.buildWithoutCommit },
      breaks: {
        ...otherSettings(project, runBuild),
        'build-other-variable': variables.otherInBuild('CONTAINER_NAME', runBuild),
      },
    }),
    on.pushed({
      ...inRepository,
      ...commitImage<Pushed>({
        step: 18,
        after: 'build-settings',
        repositoryOf: ({ outputs }) => outputs.imageRepository,
        proofOf,
        region: REGION,
        repository: DEFAULTS.imageRepository,
        otherTag: 'latest',
        tag: commitTag(source),
        build: builds.start,
      }),
      past: (aws, context) => pastPushOf(aws, context, shortHash),
    }),
    on.pushed({
      ...inRepository,
      id: 'image-latest-tag',
      title: {
        ko: 'latest 태그가 마지막으로 성공한 빌드의 이미지에 있습니다',
        ja: 'latest タグが最後に成功したビルドのイメージにある',
        en: 'The latest tag is on the image of the newest successful build',
      },
      step: 18,
      after: 'image-commit-tag',
      expected: (fact, context) => proofOf(fact, context)?.image?.digest,
      judge(fact, context) {
        const repository = fact.outputs.imageRepository;
        const proof = proofOf(fact, context);
        if (repository === undefined || proof?.image === undefined) return blocked('image-commit-tag');
        const latest = fact.images?.find(({ tags }) => tags.includes('latest'));
        if (latest === undefined) return failed(['latestMissing', { repository }]);
        if (latest.digest === proof.image.digest) return passed();
        const current = running(fact.builds);
        // A newer build moves `latest` before it ends.
        if (current !== undefined) return buildInProgress(current);
        return failed(['latestElsewhere', { repository, tag: proof.tag, number: proof.build.number ?? 0 }]);
      },
      observed: ({ images }) => images?.find(({ tags }) => tags.includes('latest'))?.digest ?? null,
      past: (aws, context) => pastPushOf(aws, context, () => 'latest'),
      says: {
        buildInProgress: BUILD_SAYS.buildInProgress,
        latestMissing: {
          ko: '"{repository}" 리포지토리에 latest 태그가 없습니다. buildspec.yml이 latest를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に latest タグがありません。buildspec.yml が latest をプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" has no tag latest. Make sure buildspec.yml pushes latest, and build again.',
        },
        latestElsewhere: {
          ko: '"{repository}" 리포지토리의 latest 태그가 {number}번 빌드의 "{tag}" 이미지가 아닌 다른 이미지에 있습니다. 다시 빌드하여 latest를 옮깁니다.',
          ja: 'リポジトリ "{repository}" の latest タグは、ビルド {number} のイメージ "{tag}" ではなく別のイメージにあります。もう一度ビルドして latest を移してください。',
          en: 'The tag latest in the repository "{repository}" is not on the image "{tag}" of build {number} but on another. Build again to move latest.',
        },
      },
      breaks: {
        'latest-missing': {
          title: { ko: 'latest 태그를 지웁니다', ja: 'latest タグを消す', en: 'Remove the latest tag' },
          says: 'latestMissing',
          play(account) {
            place(account).ecr.deleteImages(DEFAULTS.imageRepository);
            pushImage(account, [shortHash(source.head(account))]);
          },
        },
        'latest-elsewhere': {
          title: { ko: 'latest를 다른 이미지로 옮깁니다', ja: 'latest を別のイメージに移す', en: 'Move latest to another image' },
          says: 'latestElsewhere',
          play: (account) => pushImage(account, ['latest', 'v1']),
        },
      },
    }),
  ],
});
