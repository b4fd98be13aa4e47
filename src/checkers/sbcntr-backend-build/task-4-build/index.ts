import type { Build } from '../../../aws/services/codebuild/build.ts';
import { ecrConsole } from '../../../aws/services/ecr.ts';
import { parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { defineTask } from '../../engine/task.ts';
import { says } from '../../engine/texts.ts';
import { blocked, failed, passed, undecided } from '../../engine/verdict.ts';
import {
  BUILD_SAYS,
  BUILD_SETTING_SAYS,
  buildInProgress,
  buildSucceeded,
  failingBuilds,
  judgeSucceeded,
  LOGIN_COMMAND,
  type OfBuilds,
  ofBuild,
  otherSettings,
  running,
  succeeded,
  whileBuilding,
} from '../../kit/codebuild/build-checks.ts';
import { explainFailure, FAILURE_SAYS, FAILURE_WORDS, failureOf } from '../../kit/codebuild/build-failure.ts';
import { believed } from '../../kit/codebuild/build-record.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { builtImage, commitImage, commitTag, ofCommit } from '../../kit/ecr/built-image.ts';
import { DEFAULTS, PROJECT, REGION } from '../names.ts';
import { builds, buildspec, code, misplacedBuildspec, overridden, pushBuildspec, runBuild, runBuilds, THE_PROJECT } from '../student.ts';
import { observe, ofSource, on, type Picked, type Pushed, type Ran, reads } from './facts.ts';

const numberOf = ({ number = 0 }: Build) => number;

function judgeSettings({ builds: all, build }: Picked) {
  if (build === undefined) {
    const current = running(all);
    if (current !== undefined) return buildInProgress(current);
    const [newest] = succeeded(all);
    if (newest === undefined) return blocked('build-succeeded');
    const number = numberOf(believed(newest));
    const override = parseBuildspec(newest.buildspec ?? '');
    const atRoot = override.state === 'parsed' ? override.phasesAtRoot : [];
    return atRoot.length > 0
      ? failed(['overrideRanNothing', { number, phases: atRoot.join(', ') }])
      : failed(['buildOverridden', { number }]);
  }
  believed(build);
  if (!build.environment.privileged) return failed(['buildNotPrivileged', { number: numberOf(build) }]);
  return ofCommit(build) ? passed() : failed(['buildWithoutCommit', { number: numberOf(build) }]);
}

/** A success proves only that no command failed. This check looks whether there was one at all. */
function judgeRan({ builds: all, commands }: Ran) {
  if (commands === undefined) return blocked('build-settings');
  const number = numberOf(commands.build);
  if (commands.count === undefined) return undecided(['buildspecUnseen', { number }]);
  const [phases, current] = [commands.phasesAtRoot.join(', '), running(all)];
  if (phases === '' && commands.count > 0) return passed();
  if (current !== undefined) return buildInProgress(current);
  return phases === '' ? failed(['buildHadNoCommands', { number }]) : failed(['buildRanNothing', { number, phases }]);
}

/** The tag that the judged build must have pushed, and the image that carries it now. */
function proofOf({ builds: all, commands, images }: Pushed) {
  return commands && builtImage(commands.build, ofSource(all), images);
}

const newestOf = ({ builds: all }: OfBuilds) => ofSource(all)[0] ?? succeeded(all)[0] ?? all?.[0];

// In this lab, failures of login, push and permissions all come from task 2, so one message of its own tells all three.
const { buildFailedRole: _role, buildFailedLogin: _login, buildFailedPush: _push, ...COMMON_FAILURES } = FAILURE_SAYS;
const WORDS = {
  ...FAILURE_WORDS,
  runtime: 'buildFailedRuntime',
  permissions: 'buildFailedPermissions',
  login: 'buildFailedPermissions',
  push: 'buildFailedPermissions',
} as const;
const FAILED_SAYS = says({
  ...COMMON_FAILURES,
  buildFailedRuntime: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} buildspec.yml의 runtime-versions에서 그 런타임을 지우고 다시 푸시한 뒤 빌드합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec.yml の runtime-versions からそのランタイムを消してプッシュし、もう一度ビルドしてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} Remove that runtime from runtime-versions in buildspec.yml, push, and build again.',
  },
  buildFailedPermissions: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} ECR을 사용하지 못했습니다. 역할의 권한과 정책의 계정 ID를 태스크 2에서 다시 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ECR を使えませんでした。ロールの権限とポリシーのアカウント ID を、タスク 2 でもう一度確認してください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It could not use ECR. Check the permissions of the role and the account id of the policy in task 2 again.',
  },
  buildFailedImage: {
    ko: '{number}번 빌드가 {phase} 단계에서 실패했습니다: {reason} 이미지를 빌드하지 못했습니다. Dockerfile과 DOCKER_BUILDKIT 값을 확인합니다.',
    ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージをビルドできませんでした。Dockerfile と DOCKER_BUILDKIT の値を確かめてください。',
    en: 'Build {number} failed in the phase {phase}: {reason} It could not build the image. Check the Dockerfile and the value of DOCKER_BUILDKIT.',
  },
});

const { 'build-fails-role': _byRole, 'build-fails-login': _byLogin, 'build-fails-push': _byPush, ...failing } = failingBuilds(THE_PROJECT);
const common = ofBuild(PROJECT, newestOf);
const hasSucceeded = buildSucceeded<Picked>(THE_PROJECT, { step: 9, made: 'task-3', shown: newestOf, proving: ofSource });

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
  files: {
    [BUILDSPEC]: {
      checks: ['build-ran'],
      use(account, text) {
        pushBuildspec(account, text);
        runBuild(account);
      },
    },
  },
  expectations: [
    on.picked({
      ...hasSucceeded,
      judge: ({ builds: all }) =>
        judgeSucceeded(all, { project: PROJECT, made: 'task-3', explain: (build) => explainFailure(failureOf(build), WORDS) }),
      says: { ...BUILD_SAYS, ...FAILED_SAYS },
      breaks: {
        ...failing,
        'build-fails-runtime': {
          title: { ko: 'docker: 19 런타임을 요구합니다', ja: 'docker: 19 のランタイムを求める', en: 'Ask for the runtime docker: 19' },
          says: 'buildFailedRuntime',
          instead: builds.fail({
            type: 'DOWNLOAD_SOURCE',
            code: 'YAML_FILE_ERROR',
            message:
              "Unknown runtime named 'docker'. This build image has the following runtimes: dotnet golang java nodejs php python ruby",
          }),
        },
        'build-fails-permissions': {
          title: { ko: 'ECR 권한 없이 빌드합니다', ja: 'ECR の権限なしでビルドする', en: 'Build without the ECR permissions' },
          says: 'buildFailedPermissions',
          instead: builds.failAt('PRE_BUILD', LOGIN_COMMAND),
        },
        'build-fails-image': {
          ...failing['build-fails-image'],
          title: { ko: 'BuildKit 없이 빌드합니다', ja: 'BuildKit なしでビルドする', en: 'Build without BuildKit' },
        },
      },
      moments: whileBuilding(THE_PROJECT),
    }),
    on.picked({
      ...common,
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
        ...BUILD_SETTING_SAYS,
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
      },
      breaks: {
        'only-misplaced': {
          title: {
            ko: '틀린 buildspec으로만 빌드합니다',
            ja: '間違った buildspec だけでビルドする',
            en: 'Build with the wrong buildspec only',
          },
          says: 'overrideRanNothing',
          instead: (account) => void builds.start(account, overridden(misplacedBuildspec())),
        },
        'build-overridden': {
          title: {
            ko: '다른 명령으로 덮어써서 빌드합니다',
            ja: '別のコマンドで上書きしてビルドする',
            en: 'Build with other commands by an override',
          },
          says: 'buildOverridden',
          instead: (account) => runBuild(account, overridden(buildspec())),
        },
        ...otherSettings(THE_PROJECT, runBuild),
      },
    }),
    on.ran({
      ...common,
      id: 'build-ran',
      title: { ko: '빌드가 명령을 정말로 실행했습니다', ja: 'ビルドが本当にコマンドを実行した', en: 'The build really ran commands' },
      step: 5,
      after: 'build-settings',
      judge: judgeRan,
      observed: ({ commands }) => commands && { commands: commands.count ?? null, phasesAtRoot: commands.phasesAtRoot },
      says: {
        buildInProgress: BUILD_SAYS.buildInProgress,
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
            pushBuildspec(account, misplacedBuildspec());
            builds.start(account);
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
            pushBuildspec(account, 'version: 0.2\n\nphases:\n  build:\n    on-failure: ABORT\n');
            builds.start(account);
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
            code.empty(account);
            pushBuildspec(account);
          },
        },
      },
    }),
    on.pushed({
      ...commitImage<Pushed>({
        step: 10,
        after: 'build-ran',
        repositoryOf: ({ outputs }) => outputs.backend,
        proofOf,
        region: REGION,
        repository: DEFAULTS.backend,
        otherTag: 'v1',
        tag: commitTag(code),
        build: builds.start,
      }),
      resource: ({ outputs }) => outputs.backendUri,
      console: ({ outputs: { backend } }, place) => (backend === undefined ? undefined : ecrConsole.repository(place, backend)),
    }),
  ],
});
