import { ecrConsole } from '../../aws/services/ecr.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import {
  BUILD_SAYS,
  buildInProgress,
  buildSucceeded,
  judgeSucceeded,
  ofBuild,
  otherSettings,
  running,
  succeeded,
} from '../kit/codebuild/build-checks.ts';
import { explainFailureBy, FAILURE_WORDS, failureOf } from '../kit/codebuild/build-failure.ts';
import { pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { BUILD_VARIABLE_SAYS, buildFailsByVariable } from '../kit/codebuild/variable-checks.ts';
import { BUILT_IMAGE_SAYS, judgeBuiltImage, lostImages, shortHash } from '../kit/ecr/built-image.ts';
import { DEFAULTS, expectedVariables, PROJECT, REGION } from './names.ts';
import { builds, place, project, pushImage, runBuild, source, variables } from './student.ts';
import {
  type BuildsOfLab,
  judgeSettings,
  newestOf,
  observe,
  type Pushed,
  pastPushOf,
  pastRightBuild,
  proofOf,
  reads,
  rightBuilds,
  SETTING_SAYS,
  wrongOf,
} from './task-4-facts.ts';

const inRepository = {
  resource: ({ outputs }: Pushed) => outputs.imageUri,
  console: ({ outputs: { imageRepository } }: Pushed, place: TaskContext) =>
    imageRepository === undefined ? undefined : ecrConsole.repository(place, imageRepository),
} as const;

const on = expectationsOn<typeof observe>();
const hasSucceeded = buildSucceeded<BuildsOfLab>(project, { step: 14, made: 'task-3', shown: newestOf });

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
    on.built({
      ...hasSucceeded,
      judge(fact, { account }) {
        const explain = (build: Parameters<typeof failureOf>[0]) =>
          explainFailureBy(failureOf(build), FAILURE_WORDS, wrongOf(build, fact, account)?.name);
        return judgeSucceeded(fact.builds, { project: PROJECT, made: 'task-3', explain });
      },
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, PROJECT));
        return build && provenByBuild(build, build.status);
      },
      says: {
        ...hasSucceeded.says,
        buildFailedVariable: BUILD_VARIABLE_SAYS.buildFailedVariable,
      },
      breaks: { ...hasSucceeded.breaks, 'build-fails-variable': buildFailsByVariable(builds, variables) },
    }),
    on.built({
      ...ofBuild(PROJECT, newestOf),
      id: 'build-settings',
      title: {
        ko: '성공한 빌드가 올바른 설정으로 실행되었습니다',
        ja: '成功したビルドが正しい設定で実行された',
        en: 'A build that succeeded ran with the right settings',
      },
      step: 14,
      after: 'build-succeeded',
      expected: ({ outputs }, { account }) => {
        const { IMAGE_REPO_NAME = null, ...others } = expectedVariables(account, outputs.imageRepository);
        return { privileged: true, IMAGE_REPO_NAME, ...others };
      },
      judge: (fact, { account }) => judgeSettings(fact, account),
      observed: (fact, { account }) => {
        const build = rightBuilds(fact, account)[0] ?? newestOf(fact);
        if (build === undefined) return undefined;
        // Only the lab's own: other variables are the student's business and may be secret.
        const names = Object.keys(expectedVariables(account, undefined));
        const variables = build.environment.variables.filter(({ name }) => names.includes(name));
        return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
      },
      past: async (aws, { account }) => {
        const past = await pastRightBuild(aws, account);
        return past && provenByBuild(past.build, past.commit);
      },
      says: SETTING_SAYS,
      breaks: {
        ...otherSettings(project, runBuild),
        'build-other-variable': {
          title: {
            ko: '다른 컨테이너 이름으로 실행한 빌드가 성공합니다',
            ja: '別のコンテナ名で実行したビルドが成功する',
            en: 'A build with another container name succeeds',
          },
          says: 'buildVariableWrong',
          instead(account) {
            variables.change('CONTAINER_NAME', () => ({ value: 'my-app' }))(account);
            runBuild(account);
          },
        },
      },
    }),
    on.pushed({
      ...inRepository,
      id: 'image-commit-tag',
      title: {
        ko: '커밋 해시 태그가 붙은 이미지가 ECR에 있습니다',
        ja: 'コミットハッシュのタグが付いたイメージが ECR にある',
        en: 'ECR holds an image tagged with the commit hash',
      },
      step: 18,
      after: 'build-settings',
      expected: (fact, { account }) => proofOf(fact, account)?.tag,
      judge(fact, { account }) {
        const repository = fact.outputs.imageRepository;
        const proof = proofOf(fact, account);
        if (repository === undefined || proof === undefined) return blocked('build-settings');
        return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
      },
      observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
      past: (aws, { account }) => pastPushOf(aws, account, shortHash),
      says: BUILT_IMAGE_SAYS,
      breaks: lostImages({
        region: REGION,
        repository: DEFAULTS.imageRepository,
        otherTag: 'latest',
        commit: source.head,
        build: (account) => builds.start(account),
      }),
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
      expected: (fact, { account }) => proofOf(fact, account)?.image?.digest,
      judge(fact, { account }) {
        const repository = fact.outputs.imageRepository;
        const proof = proofOf(fact, account);
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
      past: (aws, { account }) => pastPushOf(aws, account, () => 'latest'),
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
