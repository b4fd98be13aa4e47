import { type Build, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { parseBuildspec } from '../dialects/buildspec/parse.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, type Verdict, waiting } from '../engine/verdict.ts';
import { explainFailure, failureOf } from '../kit/codebuild/build-failure.ts';
import { buildspecPlace } from '../kit/codebuild/build-project.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { builtImage, judgeBuiltImage, ofCommit } from '../kit/ecr/built-image.ts';
import { failedCommand, pullLimit } from '../kit/student/mistakes.ts';
import { BUILDSPEC, DEFAULTS, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';
import { BUILDSPEC_YML, MISPLACED_YML } from './practice-files.ts';
import {
  BUILD_COMMAND,
  changeProject,
  emptyRepository,
  environment,
  failingBuild,
  headTag,
  LOGIN_LINE,
  overridden,
  place,
  push,
  pushBuildspec,
  pushImage,
  removeFile,
  runBuild,
  runBuilds,
  SOURCE,
  startBuild,
  startOver,
} from './student.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Built {
  readonly builds: Builds;
}

interface Picked extends Built {
  /** The newest successful build that used the source's buildspec. */
  readonly build: Build | undefined;
}

/** What that build was told to do. */
interface Commands {
  readonly build: Build;
  /** Phases that stood outside `phases`, which CodeBuild does not run. */
  readonly phasesAtRoot: readonly string[];
  /** How many commands it had in the phases that it ran; `undefined` when its buildspec is not there to be read. */
  readonly commands: number | undefined;
}

interface Ran extends Built {
  readonly outputs: Outputs;
  readonly commands: Commands | undefined;
}

interface Pushed extends Ran {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

const numberOf = ({ number = 0 }: Build) => number;

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
/** Builds that took their commands from the source, not from an override. */
const ofSource = (builds: Builds) => succeeded(builds).filter(({ buildspec }) => buildspecPlace(buildspec) === 'default');

const inProgress = (build: Build) => waiting(['buildInProgress', { number: numberOf(build), phase: build.currentPhase ?? '-' }], 20);

const FAILURE_WORDS = {
  'pull-limit': 'buildFailedPullLimit',
  runtime: 'buildFailedRuntime',
  buildspec: 'buildFailedBuildspec',
  permissions: 'buildFailedPermissions',
  source: 'buildFailedSource',
  'not-privileged': 'buildFailedPrivileged',
  login: 'buildFailedPermissions',
  push: 'buildFailedPermissions',
  image: 'buildFailedImage',
  other: 'buildFailed',
} as const;

function judgeSucceeded({ builds }: Built) {
  if (builds === undefined) return blocked('task-3');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return inProgress(current);
  const [newest] = builds;
  return newest === undefined ? notStarted(['noBuild', { project: PROJECT }]) : failed(explainFailure(failureOf(newest), FAILURE_WORDS));
}

function judgeSettings({ builds, build }: Picked) {
  if (build === undefined) {
    const current = running(builds);
    if (current !== undefined) return inProgress(current);
    const [newest] = succeeded(builds);
    if (newest === undefined) return blocked('build-succeeded');
    const number = numberOf(believed(newest));
    const override = parseBuildspec(newest.buildspec ?? '');
    const atRoot = override.state === 'parsed' ? override.phasesAtRoot : [];
    return failed(atRoot.length > 0 ? ['overrideRanNothing', { number, phases: atRoot.join(', ') }] : ['buildOverridden', { number }]);
  }
  believed(build);
  if (!build.environment.privileged) return failed(['buildNotPrivileged', { number: numberOf(build) }]);
  return ofCommit(build) ? passed() : failed(['buildWithoutCommit', { number: numberOf(build) }]);
}

/** A success proves only that no command failed; here it is asked whether there was one. */
function judgeRan({ builds, commands }: Ran) {
  if (commands === undefined) return blocked('build-settings');
  const number = numberOf(commands.build);
  if (commands.commands === undefined) return undecided(['buildspecUnseen', { number }]);
  const [phases, current] = [commands.phasesAtRoot.join(', '), running(builds)];
  if (phases === '' && commands.commands > 0) return passed();
  if (current !== undefined) return inProgress(current);
  return failed(phases === '' ? ['buildHadNoCommands', { number }] : ['buildRanNothing', { number, phases }]);
}

/** The tag that the judged build must have pushed, and the image that carries it now. */
function proofOf({ builds, commands, images }: Pushed) {
  return commands && builtImage(commands.build, ofSource(builds), images);
}

function judgeTag(fact: Pushed) {
  const repository = fact.outputs.backend;
  if (repository === undefined) return blocked('task-0');
  const proof = proofOf(fact);
  if (proof === undefined) return blocked('build-ran');
  return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
}

const newestOf = ({ builds }: Built) => ofSource(builds)[0] ?? succeeded(builds)[0] ?? builds?.[0];
const ofBuild = {
  resource: (fact: Built) => newestOf(fact)?.arn,
  console: (fact: Built, { console }: TaskContext) => {
    const build = newestOf(fact);
    return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT);
  },
} as const;

const reads = {
  stack: readers.cloudformation.stack,
  buildIds: readers.codebuild.buildIdsOfProject,
  builds: readers.codebuild.builds,
  file: readers.codecommit.file,
  images: readers.ecr.images,
  ...pastBuildReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
  const builds = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const images = outputs.then(({ backend }) => (backend === undefined ? undefined : aws.images(backend)));
  const ran = Promise.all([builds, outputs]).then(async ([found, known]): Promise<Ran> => {
    const [build] = ofSource(found);
    const { source } = known;
    if (build === undefined) return { builds: found, outputs: known, commands: undefined };
    const file = source !== undefined && ofCommit(build) ? await aws.file(source, build.resolvedSourceVersion, BUILDSPEC) : undefined;
    const buildspec = file?.state === 'present' ? parseBuildspec(file.text) : undefined;
    const commands: Commands =
      buildspec?.state === 'parsed'
        ? {
            build,
            phasesAtRoot: buildspec.phasesAtRoot,
            commands: buildspec.phases.reduce((sum, phase) => sum + phase.commands.length, 0),
          }
        : { build, phasesAtRoot: [], commands: undefined };
    return { builds: found, outputs: known, commands };
  });
  const pushed = Promise.all([ran, images]).then(([fact, found]): Pushed => ({ ...fact, images: found }));
  const built = builds.then((found): Built => ({ builds: found }));
  const picked = builds.then((found): Picked => ({ builds: found, build: ofSource(found)[0] }));
  return { built, picked, ran, pushed };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-4',
  title: { ko: '빌드 실행 및 이미지 확인', ja: 'ビルドの実行とイメージの確認', en: 'Run the builds and check the image' },
  needs: ['task-0', 'task-1', 'task-2', 'task-3'],
  reads,
  observe,
  solve: {
    id: 'run-builds',
    title: {
      ko: '틀린 빌드와 올바른 빌드를 차례로 실행합니다',
      ja: '間違ったビルドと正しいビルドを順に実行する',
      en: 'Run the wrong build, then the right one',
    },
    play: runBuilds,
  },
  expectations: [
    on.built({
      ...ofBuild,
      id: 'build-succeeded',
      title: { ko: '성공한 빌드가 있습니다', ja: '成功したビルドがある', en: 'A build has succeeded' },
      step: 9,
      expected: 'SUCCEEDED',
      judge: judgeSucceeded,
      observed: (fact) => newestOf(fact)?.status,
      says: {
        buildEnded: {
          ko: '{number}번 빌드가 끝까지 실행되지 않았습니다({status}). 빌드를 다시 시작합니다.',
          ja: 'ビルド {number} は最後まで実行されませんでした({status})。もう一度ビルドを開始してください。',
          en: 'Build {number} did not run to its end ({status}). Start a build again.',
        },
        buildFailed: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Find the cause in the build log, mend it and build again.',
        },
        buildFailedPullLimit: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Docker Hub의 내려받기 제한입니다. Dockerfile의 FROM을 public.ecr.aws의 이미지로 바꿉니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} Docker Hub のダウンロード制限です。Dockerfile の FROM を public.ecr.aws のイメージに変えてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} This is the pull limit of Docker Hub. Change FROM in the Dockerfile to an image of public.ecr.aws.',
        },
        buildFailedRuntime: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} buildspec.yml의 runtime-versions에서 그 런타임을 지우고 다시 푸시한 뒤 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml の runtime-versions からそのランタイムを消してプッシュし、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Remove that runtime from runtime-versions in buildspec.yml, push, and build again.',
        },
        buildFailedBuildspec: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} buildspec.yml이 없거나 읽을 수 없습니다. 태스크 1을 다시 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml がないか、読み取れません。タスク 1 をもう一度確認してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} buildspec.yml is missing or cannot be read. Check task 1 again.',
        },
        buildFailedPermissions: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} ECR을 사용하지 못했습니다. 역할의 권한과 정책의 계정 ID를 태스크 2에서 다시 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ECR を使えませんでした。ロールの権限とポリシーのアカウント ID を、タスク 2 でもう一度確認してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not use ECR. Check the permissions of the role and the account id of the policy in task 2 again.',
        },
        buildFailedSource: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 프로젝트의 리포지토리와 브랜치를 확인하고, 코드를 푸시했는지 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} プロジェクトのリポジトリとブランチ、コードをプッシュしたかを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Check the repository and the branch of the project, and whether the code has been pushed.',
        },
        buildFailedPrivileged: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} Privileged 모드 없이 실행되어 Docker를 쓸 수 없었습니다. 모드를 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度ビルドしてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode and could not use Docker. Turn the mode on and build again.',
        },
        buildFailedImage: {
          ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. Dockerfile과 DOCKER_BUILDKIT 값을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。Dockerfile と DOCKER_BUILDKIT の値を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not build the image. Check the Dockerfile and the value of DOCKER_BUILDKIT.',
        },
        buildInProgress: {
          ko: '{number}번 빌드가 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ビルド {number} は実行中です({phase})。終わるまで待ってから、もう一度確認してください。',
          en: 'Build {number} is still running ({phase}). Wait until it is done and check again.',
        },
      },
      past: async (aws) => {
        const [build] = ofSource(await pastBuilds(aws, PROJECT));
        return build && provenByBuild(build, build.status);
      },
      breaks: {
        'build-stopped': {
          title: { ko: '빌드를 중간에 멈춥니다', ja: 'ビルドを途中で止める', en: 'Stop the build half-way' },
          says: 'buildEnded',
          instead(account) {
            startOver(account, 3);
            startBuild(account, { status: 'STOPPED' });
          },
        },
        'build-fails': {
          title: {
            ko: '알 수 없는 까닭으로 빌드가 실패합니다',
            ja: '分からない理由でビルドが失敗する',
            en: 'The build fails for a reason nobody knows',
          },
          says: 'buildFailed',
          instead: (account) => failingBuild(account, failedCommand('PRE_BUILD', 'npm test')),
        },
        'build-fails-pull-limit': {
          title: {
            ko: 'Docker Hub의 내려받기 제한에 걸립니다',
            ja: 'Docker Hub のダウンロード制限にかかる',
            en: 'Meet the pull limit of Docker Hub',
          },
          says: 'buildFailedPullLimit',
          instead: (account) => failingBuild(account, pullLimit('BUILD')),
        },
        'build-fails-runtime': {
          title: { ko: 'docker: 19 런타임을 요구합니다', ja: 'docker: 19 のランタイムを求める', en: 'Ask for the runtime docker: 19' },
          says: 'buildFailedRuntime',
          instead: (account) =>
            failingBuild(account, {
              type: 'DOWNLOAD_SOURCE',
              code: 'YAML_FILE_ERROR',
              message:
                "Unknown runtime named 'docker'. This build image has the following runtimes: dotnet golang java nodejs php python ruby",
            }),
        },
        'build-fails-buildspec': {
          title: { ko: 'buildspec.yml 없이 빌드합니다', ja: 'buildspec.yml なしでビルドする', en: 'Build without buildspec.yml' },
          says: 'buildFailedBuildspec',
          instead(account) {
            startOver(account, 3);
            removeFile(account, BUILDSPEC);
            const message = 'stat /codebuild/output/src/buildspec.yml: no such file or directory';
            startBuild(account, { failedPhase: { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message } });
          },
        },
        'build-fails-permissions': {
          title: { ko: 'ECR 권한 없이 빌드합니다', ja: 'ECR の権限なしでビルドする', en: 'Build without the ECR permissions' },
          says: 'buildFailedPermissions',
          instead: (account) => failingBuild(account, failedCommand('PRE_BUILD', LOGIN_LINE.trim().slice(2))),
        },
        'build-fails-source': {
          title: { ko: '없는 브랜치를 빌드합니다', ja: '存在しないブランチをビルドする', en: 'Build a branch that does not exist' },
          says: 'buildFailedSource',
          instead: (account) =>
            failingBuild(
              account,
              {
                type: 'DOWNLOAD_SOURCE',
                code: 'CLIENT_ERROR',
                message: 'reference not found for primary source and source version refs/heads/release',
              },
              { sourceVersion: 'refs/heads/release' },
            ),
        },
        'build-fails-privileged': {
          title: { ko: 'Privileged 없이 빌드합니다', ja: '特権モードなしでビルドする', en: 'Build without Privileged' },
          says: 'buildFailedPrivileged',
          instead: (account) =>
            failingBuild(account, failedCommand('BUILD', BUILD_COMMAND), { environment: { ...environment, privilegedMode: false } }),
        },
        'build-fails-image': {
          title: { ko: 'BuildKit 없이 빌드합니다', ja: 'BuildKit なしでビルドする', en: 'Build without BuildKit' },
          says: 'buildFailedImage',
          instead: (account) => failingBuild(account, failedCommand('BUILD', BUILD_COMMAND)),
        },
      },
      moments: {
        'build-in-progress': {
          title: { ko: '빌드가 진행 중입니다', ja: 'ビルドが実行中である', en: 'A build is running' },
          says: 'buildInProgress',
          instead(account) {
            startOver(account, 3);
            startBuild(account, { status: 'IN_PROGRESS' });
          },
        },
      },
    }),
    on.picked({
      ...ofBuild,
      id: 'build-settings',
      title: {
        ko: '소스의 buildspec.yml로 커밋을 빌드했습니다',
        ja: 'ソースの buildspec.yml でコミットをビルドした',
        en: 'A commit was built with buildspec.yml of the source',
      },
      step: 5,
      after: 'build-succeeded',
      expected: { privileged: true },
      judge: judgeSettings,
      observed: ({ build }) => build && { privileged: build.environment.privileged, commit: build.resolvedSourceVersion ?? null },
      says: {
        overrideRanNothing: {
          ko: '{number}번 빌드는 성공했지만 이미지를 만들지 않았습니다. 덮어쓴 buildspec의 {phases} 단계가 phases 밖에 있어 실행되지 않았습니다. 이제 소스의 buildspec.yml로 빌드를 새로 시작합니다.',
          ja: 'ビルド {number} は成功しましたが、イメージを作っていません。上書きした buildspec の {phases} が phases の外にあり、実行されませんでした。今度はソースの buildspec.yml で新しくビルドを始めてください。',
          en: 'Build {number} succeeded and made no image: {phases} of the buildspec that overrode yours are not under phases, so they did not run. Now start a new build with buildspec.yml of the source.',
        },
        buildOverridden: {
          ko: '성공한 {number}번 빌드는 소스의 buildspec.yml이 아닌 다른 명령으로 실행되었습니다. `--buildspec-override` 없이 빌드를 새로 시작합니다.',
          ja: '成功したビルド {number} は、ソースの buildspec.yml ではない別のコマンドで実行されました。`--buildspec-override` を付けずに、新しくビルドを始めてください。',
          en: 'Build {number} succeeded with other commands than buildspec.yml of the source. Start a new build without `--buildspec-override`.',
        },
        buildNotPrivileged: {
          ko: '{number}번 빌드는 Privileged 모드 없이 실행되었습니다. 프로젝트에서 모드를 켜고 다시 빌드합니다.',
          ja: 'ビルド {number} は特権モードなしで実行されました。プロジェクトでオンにして、もう一度ビルドしてください。',
          en: 'Build {number} ran without privileged mode. Turn the mode on in the project and build again.',
        },
        buildWithoutCommit: {
          ko: '{number}번 빌드는 CodeCommit의 커밋으로 실행되지 않았습니다. 소스를 바꾸지 않고 다시 빌드합니다.',
          ja: 'ビルド {number} は CodeCommit のコミットをビルドしていません。ソースを変えずに、もう一度ビルドしてください。',
          en: 'Build {number} did not build a commit of CodeCommit. Build again without changing the source.',
        },
      },
      breaks: {
        'only-misplaced': {
          title: {
            ko: '틀린 buildspec으로만 빌드합니다',
            ja: '間違った buildspec だけでビルドする',
            en: 'Build with the wrong buildspec only',
          },
          says: 'overrideRanNothing',
          instead(account) {
            startOver(account, 3);
            startBuild(account, overridden(MISPLACED_YML));
          },
        },
        'build-overridden': {
          title: {
            ko: '다른 명령으로 덮어써서 빌드합니다',
            ja: '別のコマンドで上書きしてビルドする',
            en: 'Build with other commands by an override',
          },
          says: 'buildOverridden',
          instead(account) {
            startOver(account, 3);
            runBuild(account, overridden(BUILDSPEC_YML));
          },
        },
        'build-not-privileged': {
          title: {
            ko: 'Privileged 없이 실행한 빌드가 성공합니다',
            ja: '特権モードなしのビルドが成功する',
            en: 'A build without Privileged succeeds',
          },
          says: 'buildNotPrivileged',
          instead(account) {
            startOver(account, 3);
            runBuild(account, { environmentOverride: { privilegedMode: false } });
          },
        },
        'build-without-commit': {
          title: { ko: '소스를 S3로 바꾸어 빌드합니다', ja: 'ソースを S3 に変えてビルドする', en: 'Change the source to S3 and build' },
          says: 'buildWithoutCommit',
          instead(account) {
            startOver(account, 3);
            changeProject(account, { source: { type: 'S3', location: 'my-bucket/app.zip' }, sourceVersion: '' });
            runBuild(account);
          },
        },
      },
    }),
    on.ran({
      ...ofBuild,
      id: 'build-ran',
      title: { ko: '빌드가 명령을 정말로 실행했습니다', ja: 'ビルドが本当にコマンドを実行した', en: 'The build really ran commands' },
      step: 5,
      after: 'build-settings',
      judge: judgeRan,
      observed: ({ commands }) => commands && { commands: commands.commands ?? null, phasesAtRoot: commands.phasesAtRoot },
      says: {
        buildRanNothing: {
          ko: '{number}번 빌드는 성공했지만 {phases} 단계를 실행하지 않았습니다. buildspec.yml에서 이 단계가 phases 밖에 있기 때문입니다. phases 아래로 들여 쓰고 푸시한 뒤 다시 빌드합니다.',
          ja: 'ビルド {number} は成功しましたが、{phases} を実行していません。buildspec.yml でこれらのフェーズが phases の外にあるためです。phases の下に字下げしてプッシュし、もう一度ビルドしてください。',
          en: 'Build {number} succeeded and did not run {phases}, because buildspec.yml has them outside phases. Indent them under phases, push, and build again.',
        },
        buildHadNoCommands: {
          ko: '{number}번 빌드는 성공했지만 그 커밋의 buildspec.yml에는 실행할 명령이 없습니다. 명령을 적어 푸시하고 다시 빌드합니다.',
          ja: 'ビルド {number} は成功しましたが、そのコミットの buildspec.yml に実行するコマンドがありません。コマンドを書いてプッシュし、もう一度ビルドしてください。',
          en: 'Build {number} succeeded, but buildspec.yml of its commit has no commands to run. Write the commands, push, and build again.',
        },
        buildspecUnseen: {
          ko: '{number}번 빌드가 사용한 buildspec.yml을 읽을 수 없어 무엇을 실행했는지 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 지금의 소스로 다시 빌드하면 확인할 수 있습니다.',
          ja: 'ビルド {number} が使った buildspec.yml を読めないため、何を実行したか判断できませんでした。間違いという意味ではありません。いまのソースでもう一度ビルドすれば確認できます。',
          en: 'We could not decide what build {number} ran, because the buildspec.yml that it used cannot be read. That does not mean it is wrong. Build the present source again, and it can be checked.',
        },
      },
      breaks: {
        'misplaced-pushed': {
          title: {
            ko: '틀린 buildspec을 푸시하고 빌드합니다',
            ja: '間違った buildspec をプッシュしてビルドする',
            en: 'Push the wrong buildspec and build it',
          },
          says: 'buildRanNothing',
          instead(account) {
            startOver(account, 3);
            pushBuildspec(account, MISPLACED_YML);
            startBuild(account);
          },
        },
        'empty-phases-pushed': {
          title: {
            ko: '명령이 없는 buildspec을 푸시하고 빌드합니다',
            ja: 'コマンドのない buildspec をプッシュしてビルドする',
            en: 'Push a buildspec without commands and build it',
          },
          says: 'buildHadNoCommands',
          instead(account) {
            startOver(account, 3);
            pushBuildspec(account, 'version: 0.2\n\nphases:\n  build:\n    on-failure: ABORT\n');
            startBuild(account);
          },
        },
      },
      moments: {
        'repository-recreated': {
          title: {
            ko: '리포지토리를 지우고 다시 만듭니다',
            ja: 'リポジトリを消して作り直す',
            en: 'Delete the repository and make it again',
          },
          says: 'buildspecUnseen',
          play(account) {
            emptyRepository(account);
            push(account, { ...SOURCE, [BUILDSPEC]: BUILDSPEC_YML });
          },
        },
      },
    }),
    on.pushed({
      id: 'image-commit-tag',
      title: {
        ko: '커밋 해시 태그가 붙은 이미지가 ECR에 있습니다',
        ja: 'コミットハッシュのタグが付いたイメージが ECR にある',
        en: 'An image with the commit tag is in ECR',
      },
      step: 10,
      after: 'build-ran',
      expected: (fact) => proofOf(fact)?.tag,
      judge: judgeTag,
      observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
      resource: ({ outputs }) => outputs.backendUri,
      console: ({ outputs: { backend } }, { console }) => (backend === undefined ? undefined : console.ecrRepository(backend)),
      says: {
        imageRepositoryGone: {
          ko: '"{repository}" ECR 리포지토리가 없습니다. 스택을 확인하고 다시 빌드합니다.',
          ja: 'ECR リポジトリ "{repository}" がありません。スタックを確かめ、もう一度ビルドしてください。',
          en: 'There is no ECR repository "{repository}". Check the stack and build again.',
        },
        imageTagMissing: {
          ko: '"{repository}" 리포지토리에 {number}번 빌드의 커밋 해시 "{tag}" 태그가 붙은 이미지가 없습니다. buildspec.yml이 그 태그를 푸시하는지 확인하고 다시 빌드합니다.',
          ja: 'リポジトリ "{repository}" に、ビルド {number} のコミットハッシュ "{tag}" のタグが付いたイメージがありません。buildspec.yml がそのタグをプッシュするか確かめ、もう一度ビルドしてください。',
          en: 'The repository "{repository}" holds no image with the tag "{tag}", the commit hash of build {number}. Make sure buildspec.yml pushes that tag, and build again.',
        },
        imageTooOld: {
          ko: '"{repository}" 리포지토리의 "{tag}" 이미지는 {number}번 빌드가 시작되기 전에 올린 것입니다. CodeBuild로 다시 빌드하여 이미지를 올립니다.',
          ja: 'リポジトリ "{repository}" のイメージ "{tag}" は、ビルド {number} が始まる前にプッシュされたものです。CodeBuild でもう一度ビルドし、イメージをプッシュしてください。',
          en: 'The image "{tag}" in the repository "{repository}" was pushed before build {number} began. Build again, so that CodeBuild pushes the image.',
        },
      },
      breaks: {
        'image-repository-deleted': {
          title: { ko: 'ECR 리포지토리를 삭제합니다', ja: 'ECR リポジトリを削除する', en: 'Delete the ECR repository' },
          says: 'imageRepositoryGone',
          play: (account) => place(account).ecr.deleteRepository(DEFAULTS.backend),
        },
        'image-tag-missing': {
          title: { ko: '커밋 해시 태그를 지웁니다', ja: 'コミットハッシュのタグを消す', en: 'Remove the commit tag' },
          says: 'imageTagMissing',
          play(account) {
            place(account).ecr.deleteImages(DEFAULTS.backend);
            pushImage(account, 'v1');
          },
        },
        'image-by-hand': {
          title: {
            ko: '빌드하기 전에 손으로 이미지를 올립니다',
            ja: 'ビルドの前に手でイメージをプッシュする',
            en: 'Push an image by hand before the build',
          },
          says: 'imageTooOld',
          instead(account) {
            startOver(account, 3);
            pushImage(account, headTag(account));
            account.clock.tick(60);
            startBuild(account);
          },
        },
      },
    }),
  ],
});
