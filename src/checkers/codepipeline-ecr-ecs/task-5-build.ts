import { type Build, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, type Verdict, waiting } from '../engine/verdict.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { failedCommand, pullLimit } from '../kit/student/mistakes.ts';
import { explainBuild } from './failed-build.ts';
import { expectedVariables, imageUriOf, NAME, TAG } from './names.ts';
import {
  DOCKER_BUILD,
  environment,
  failingBuild,
  otherBuild,
  place,
  pushImage,
  runBuild,
  startBuild,
  startOver,
  variablesBut,
} from './student.ts';
import { wrongVariable } from './variables.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Pushed {
  readonly builds: Builds;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, context: TaskContext): Says | undefined {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }];
  const variable = wrongVariable(build, context);
  return variable && ['buildVariableWrong', { number, ...variable }];
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
const rightBuilds = (builds: Builds, context: TaskContext) =>
  succeeded(builds).filter((build) => wrongSettings(build, context) === undefined);

const buildInProgress = (build: Build) => waiting(['buildInProgress', { number: build.number ?? 0, phase: build.currentPhase ?? '-' }], 20);

function judgeSucceeded(builds: Builds, context: TaskContext) {
  if (builds === undefined) return blocked('task-2');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = builds;
  return newest === undefined ? notStarted(['noBuild', { project: NAME }]) : failed(explainBuild(newest, context));
}

function judgeSettings(builds: Builds, context: TaskContext) {
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
  if (images === undefined) return failed(['registryGone', { repository: NAME }]);
  const image = images.find(({ tags }) => tags.includes(TAG));
  if (image === undefined) return failed(['imageMissing', { repository: NAME, tag: TAG }]);
  if (image.pushedAt < oldest.startedAt) return failed(['imageTooOld', { repository: NAME, tag: TAG, number: oldest.number ?? 0 }]);
  return passed({ observed: { tag: TAG, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
}

const newestOf = (builds: Builds) => succeeded(builds)[0] ?? builds?.[0];
const buildLink = (builds: Builds, { console }: TaskContext) => {
  const build = newestOf(builds);
  return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(NAME);
};

const reads = {
  buildIds: readers.codebuild.buildIdsOfProject,
  builds: readers.codebuild.builds,
  images: readers.ecr.images,
  ...pastBuildReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
  const builds = aws.buildIds(NAME).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ builds: ofProject, images }));
  return { builds, pushed };
}

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
      id: 'build-succeeded',
      title: { ko: '성공한 빌드가 있다', ja: '成功したビルドがある', en: 'A build has succeeded' },
      step: 7,
      expected: 'SUCCEEDED',
      judge: judgeSucceeded,
      observed: (builds) => newestOf(builds)?.status,
      resource: (builds) => newestOf(builds)?.arn,
      console: buildLink,
      says: {
        buildEnded: {
          ko: '빌드 {number}번이 끝까지 실행되지 않았습니다({status}). 빌드를 다시 시작합니다.',
          ja: 'ビルド {number} は最後まで実行されませんでした({status})。もう一度ビルドを開始してください。',
          en: 'Build {number} did not run to its end ({status}). Start a build again.',
        },
        buildFailed: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Find the cause in the build log, put it right and build again.',
        },
        buildFailedPullLimit: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} Docker Hub의 횟수 제한입니다. Dockerfile의 FROM을 public.ecr.aws의 이미지로 바꿉니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} Docker Hub の回数の制限です。Dockerfile の FROM を public.ecr.aws のイメージに変えてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} That is the pull limit of Docker Hub. Change FROM in the Dockerfile to an image of public.ecr.aws.',
        },
        buildFailedBuildspec: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} buildspec.yml이 없거나 읽을 수 없습니다. 태스크 1을 다시 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml がないか、読み取れません。タスク 1 をもう一度確認してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} buildspec.yml is missing or cannot be read. Check task 1 again.',
        },
        buildFailedSource: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 프로젝트의 리포지토리와 브랜치, 소스를 푸시했는지를 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} プロジェクトのリポジトリとブランチ、ソースをプッシュしたかを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Check repository and branch of the project, and whether the source has been pushed.',
        },
        buildFailedPrivileged: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 권한 모드 없이 실행해 Docker를 쓸 수 없었습니다. 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権付与なしで実行したため Docker を使えませんでした。オンにして、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode, so Docker could not be used. Turn it on and build again.',
        },
        buildFailedVariable: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 환경 변수 {variable}의 값이 맞지 않았습니다. 태스크 2를 확인하고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 環境変数 {variable} の値が正しくありませんでした。タスク 2 を確認し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The environment variable {variable} was wrong. Check task 2 and build again.',
        },
        buildFailedPermissions: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빌드 역할에 ECR 로그인과 푸시 권한이 있는지(태스크 3), ECR 리포지토리가 있는지(태스크 4) 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドのロールに ECR へのログインとプッシュの権限があるか(タスク 3)、ECR リポジトリがあるか(タスク 4)を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Check that the build role may log in and push to ECR (task 3) and that the ECR repository exists (task 4).',
        },
        buildFailedImage: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. nginx/Dockerfile과 함께 복사하는 파일을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。nginx/Dockerfile と、コピーするファイルを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} The image could not be built. Check nginx/Dockerfile and the files that it copies.',
        },
        buildInProgress: {
          ko: '빌드 {number}번이 실행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ビルド {number} は実行中です({phase})。終わるまで待ってから、もう一度確認してください。',
          en: 'Build {number} is running ({phase}). Wait until it has ended, then check again.',
        },
      },
      past: async (aws) => {
        const [build] = succeeded(await pastBuilds(aws, NAME));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        'build-stopped': {
          title: { ko: '빌드를 도중에 멈춘다', ja: 'ビルドを途中で止める', en: 'Stop the build' },
          says: 'buildEnded',
          instead(account) {
            startOver(account, 4);
            startBuild(account, { status: 'STOPPED' });
          },
        },
        'build-fails': {
          title: { ko: '아티팩트 업로드가 실패한다', ja: 'アーティファクトのアップロードが失敗する', en: 'The artifacts fail to upload' },
          says: 'buildFailed',
          instead: (account) =>
            failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
        },
        'build-fails-pull-limit': {
          title: { ko: 'Docker Hub의 횟수 제한에 걸린다', ja: 'Docker Hub の回数の制限にかかる', en: 'Meet the pull limit of Docker Hub' },
          says: 'buildFailedPullLimit',
          instead: (account) => failingBuild(account, pullLimit('BUILD')),
        },
        'build-fails-buildspec': {
          title: { ko: 'buildspec.yml 없이 빌드한다', ja: 'buildspec.yml なしでビルドする', en: 'Build without buildspec.yml' },
          says: 'buildFailedBuildspec',
          instead: (account) =>
            failingBuild(account, {
              type: 'DOWNLOAD_SOURCE',
              code: 'YAML_FILE_ERROR',
              message: 'stat /codebuild/output/src/buildspec.yml: no such file or directory',
            }),
        },
        'build-fails-source': {
          title: { ko: '없는 브랜치를 빌드한다', ja: '存在しないブランチをビルドする', en: 'Build a branch that does not exist' },
          says: 'buildFailedSource',
          instead: (account) =>
            failingBuild(
              account,
              {
                type: 'DOWNLOAD_SOURCE',
                code: 'CLIENT_ERROR',
                message: 'reference not found for primary source and source version refs/heads/develop',
              },
              { sourceVersion: 'refs/heads/develop' },
            ),
        },
        'build-fails-privileged': {
          title: { ko: '권한 모드 없이 빌드한다', ja: '特権付与なしでビルドする', en: 'Build without privileged mode' },
          says: 'buildFailedPrivileged',
          instead: (account) =>
            failingBuild(account, failedCommand('BUILD', DOCKER_BUILD), {
              environment: { ...environment(account), privilegedMode: false },
            }),
        },
        'build-fails-variable': {
          title: { ko: '계정 ID를 잘못 적고 빌드한다', ja: 'アカウント ID を間違えてビルドする', en: 'Build with a wrong account ID' },
          says: 'buildFailedVariable',
          instead(account) {
            const environmentVariables = variablesBut(account, 'AWS_ACCOUNT_ID', { value: account.id.slice(0, 11) });
            failingBuild(account, failedCommand('PRE_BUILD', 'docker login'), {
              environment: { ...environment(account), environmentVariables },
            });
          },
        },
        'build-fails-push': {
          title: { ko: '권한 없는 역할로 푸시한다', ja: '権限のないロールでプッシュする', en: 'Push with a role that may not' },
          says: 'buildFailedPermissions',
          instead: (account) => failingBuild(account, failedCommand('POST_BUILD', 'docker push "$IMAGE_URI"')),
        },
        'build-fails-image': {
          title: {
            ko: 'Dockerfile에 오타를 내고 빌드한다',
            ja: 'Dockerfile を打ち間違えてビルドする',
            en: 'Build with a typing error in the Dockerfile',
          },
          says: 'buildFailedImage',
          instead: (account) => failingBuild(account, failedCommand('BUILD', DOCKER_BUILD)),
        },
      },
      moments: {
        'build-in-progress': {
          title: { ko: '빌드가 실행되는 도중', ja: 'ビルドを実行している最中', en: 'While the build is running' },
          says: 'buildInProgress',
          instead(account) {
            startOver(account, 4);
            startBuild(account, { status: 'IN_PROGRESS' });
          },
        },
      },
    }),
    on.builds({
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
      observed: (builds, context) => {
        const build = rightBuilds(builds, context)[0] ?? newestOf(builds);
        if (build === undefined) return undefined;
        // Only the lab's own: other variables are the student's business and may be secret.
        const variables = build.environment.variables.filter(({ name }) => Object.hasOwn(expectedVariables(context), name));
        return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
      },
      resource: (builds) => newestOf(builds)?.arn,
      console: buildLink,
      says: {
        buildNotPrivileged: {
          ko: '빌드 {number}번이 권한 모드 없이 실행되었습니다. 프로젝트에서 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は特権付与なしで実行されました。プロジェクトでオンにして、もう一度ビルドしてください。',
          en: 'Build {number} ran without privileged mode. Turn it on in the project and build again.',
        },
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
        'build-not-privileged': {
          title: {
            ko: '권한 모드 없이 실행한 빌드가 성공한다',
            ja: '特権付与なしで実行したビルドが成功する',
            en: 'A build succeeds without privileged mode',
          },
          says: 'buildNotPrivileged',
          instead: (account) => otherBuild(account, { environmentOverride: { privilegedMode: false } }),
        },
        'build-other-variable': {
          title: {
            ko: '다른 리포지토리 이름으로 실행한 빌드가 성공한다',
            ja: '別のリポジトリ名で実行したビルドが成功する',
            en: 'A build succeeds with another repository name',
          },
          says: 'buildVariableWrong',
          instead: (account) =>
            otherBuild(account, {
              environmentOverride: { environmentVariables: variablesBut(account, 'IMAGE_REPO_NAME1', { value: 'my-app' }) },
            }),
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
        registryGone: {
          ko: '"{repository}" ECR 리포지토리가 없습니다. 태스크 4를 다시 하고 빌드합니다.',
          ja: 'ECR リポジトリ "{repository}" がありません。タスク 4 をやり直し、もう一度ビルドしてください。',
          en: 'There is no ECR repository "{repository}". Do task 4 again and build.',
        },
        imageMissing: {
          ko: '"{repository}" 리포지토리에 {tag} 태그의 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に {tag} タグのイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" has no image tagged {tag}. Check that buildspec.yml pushes that tag, and build again.',
        },
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
            pushImage(account, ['latest']);
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
            startOver(account, 4);
            pushImage(account);
            account.clock.tick(60);
            startBuild(account);
          },
        },
      },
    }),
  ],
});
