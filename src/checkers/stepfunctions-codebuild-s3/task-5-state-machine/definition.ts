import { environmentOverrides, inputValue } from '../../dialects/state-machine/input.ts';
import type { ReadStateMachine, State } from '../../dialects/state-machine/read.ts';
import { judgeRetry } from '../../dialects/state-machine/retry.ts';
import type { Json } from '../../engine/result.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../../engine/verdict.ts';
import { BUCKET_VARIABLE, KEY_VARIABLE, MACHINE, PROJECT } from '../names.ts';
import { BUCKET, changeDefinition, changeMachine, changeParameters, changeState } from '../student.ts';
import { forget } from '../titles.ts';
import { type Fact, machineTitle, ofMachine, on } from './facts.ts';

type Defined = Fact['defined'];

/** The state that starts the lab's build: one that is reached before one that is not. */
function buildState(definition: ReadStateMachine): State | undefined {
  const starts = definition.states.filter(({ call }) => call?.service === 'codebuild' && call.action === 'startBuild');
  return starts.find(({ reachable }) => reachable) ?? starts[0];
}

/** The name at the end of a project's ARN, or the name itself. */
const projectName = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

function judgeRunsBuild({ machine, definition }: Defined) {
  if (machine === undefined) return blocked('machine-exists');
  if (definition === undefined) return undecided(['definitionUnreadable', { machine: MACHINE }]);
  const state = buildState(definition);
  if (state === undefined) return failed(['buildNotCalled', { machine: MACHINE }]);
  if (!state.reachable) return failed(['buildUnreachable', { state: state.name }]);
  const project = inputValue(state.input, 'ProjectName');
  if (project === undefined) return failed(['projectNotNamed', { state: state.name, expected: PROJECT }]);
  // When the project comes from the input, only the execution shows which one it is.
  if (project.from === 'definition' && projectName(String(project.value)) !== PROJECT)
    return failed(['projectOther', { found: String(project.value), expected: PROJECT }]);
  return definition.canSucceed ? passed() : failed(['neverSucceeds', { machine: MACHINE }]);
}

const stateSeen =
  <T>(see: (state: State) => T) =>
  ({ definition }: Defined) => {
    const state = definition && buildState(definition);
    return state && see(state);
  };

/** A check of the state that starts the build; there is one when `runs-build` has passed. */
const ofState = <V extends Verdict>(judge: (state: State) => V, see: (state: State) => Json) =>
  ({
    ...ofMachine,
    step: 1,
    after: 'runs-build',
    judge: (fact: Defined) => stateSeen(judge)(fact) ?? blocked('runs-build'),
    observed: stateSeen(see),
  }) as const;

function judgeTarget(state: State) {
  const overrides = environmentOverrides(state.input);
  if (overrides === undefined) return undecided(['overridesUndecided', { state: state.name }]);
  for (const name of [BUCKET_VARIABLE, KEY_VARIABLE]) {
    const value = overrides.find((override) => override.name === name)?.value;
    if (value === undefined) return failed(['targetMissing', { state: state.name, name }]);
    if (value.from === 'definition') return failed(['targetFixed', { name, found: String(value.value) }]);
  }
  return passed();
}

function judgeRetries(state: State) {
  const { repeatsFailures, retriesTransient, retriesOther } = judgeRetry(state);
  if (repeatsFailures.length > 0) return failed(['retriesFailures', { errors: repeatsFailures.join(', ') }]);
  if (retriesTransient.length === 0) return failed(['retriesNothing', { state: state.name }]);
  if (retriesOther.length > 0) return failed(['retriesOther', { errors: retriesOther.join(', ') }]);
  return passed();
}

const changeOverrides = (change: (overrides: readonly object[]) => readonly unknown[]) =>
  changeParameters(({ EnvironmentVariablesOverride }) => ({ EnvironmentVariablesOverride: change(EnvironmentVariablesOverride) }));

const retryOn = (...errors: readonly string[]) => changeState(({ Retry: [retrier] }) => ({ Retry: [{ ...retrier, ErrorEquals: errors }] }));

/** What the definition says: the build that it runs, and how. */
export const definition = [
  on.defined({
    ...ofMachine,
    id: 'runs-build',
    title: machineTitle('실습의 프로젝트를 실행합니다', '演習のプロジェクトを実行する', 'runs the project of the lab'),
    step: 1,
    after: 'machine-exists',
    expected: PROJECT,
    judge: judgeRunsBuild,
    observed: stateSeen(({ input }) => {
      const project = inputValue(input, 'ProjectName');
      return project?.from === 'definition' ? String(project.value) : (project?.expression ?? null);
    }),
    says: {
      buildNotCalled: {
        ko: '"{machine}" 상태 머신이 CodeBuild의 startBuild를 부르지 않습니다. 실습 파일의 정의와 비교합니다.',
        ja: 'ステートマシン "{machine}" は CodeBuild の startBuild を呼び出しません。演習ファイルの定義と比べてください。',
        en: 'The state machine "{machine}" does not call startBuild of CodeBuild. Compare it with the lab file.',
      },
      buildUnreachable: {
        ko: '빌드를 시작하는 "{state}" 상태에 이르는 길이 없습니다. StartAt과 Next를 확인합니다.',
        ja: 'ビルドを始める状態 "{state}" に到達しません。StartAt と Next を確かめてください。',
        en: 'Nothing leads to the state "{state}", which starts the build. Look at StartAt and Next.',
      },
      projectNotNamed: {
        ko: '"{state}" 상태에 ProjectName이 없습니다. "{expected}" 이름을 적습니다.',
        ja: '状態 "{state}" に ProjectName がありません。"{expected}" と書いてください。',
        en: 'The state "{state}" names no ProjectName. Write "{expected}".',
      },
      projectOther: {
        ko: '상태 머신이 "{found}" 프로젝트를 실행합니다. "{expected}" 이름으로 바꿉니다.',
        ja: 'ステートマシンはプロジェクト "{found}" を実行します。"{expected}" にしてください。',
        en: 'The state machine runs the project "{found}". Make it "{expected}".',
      },
      neverSucceeds: {
        ko: '"{machine}" 상태 머신에는 성공으로 끝나는 길이 없습니다. 마지막 상태에 End를 true로 적습니다.',
        ja: 'ステートマシン "{machine}" には成功で終わる道がありません。最後の状態の End を true にしてください。',
        en: 'No way through the state machine "{machine}" ends in success. Set End to true in the last state.',
      },
      definitionUnreadable: {
        ko: '"{machine}" 상태 머신의 정의를 읽을 수 없어 판단하지 못했습니다. 실습 파일의 정의로 갱신합니다.',
        ja: 'ステートマシン "{machine}" の定義を読み取れないため、判断できませんでした。演習ファイルの定義で更新してください。',
        en: 'The definition of the state machine "{machine}" cannot be read, so this is not decided. Update it with the lab file.',
      },
    },
    breaks: {
      'no-start-build': {
        title: { ko: 'startBuild를 부르지 않습니다', ja: 'startBuild を呼び出さない', en: 'Do not call startBuild' },
        says: 'buildNotCalled',
        play: changeDefinition(() => ({ StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } })),
      },
      'build-unreachable': {
        title: { ko: '빌드로 가는 Next를 빼먹습니다', ja: 'ビルドへの Next を忘れる', en: 'Let nothing lead to the build' },
        says: 'buildUnreachable',
        play: changeDefinition((build) => ({
          StartAt: 'Prepare',
          States: { Prepare: { Type: 'Pass', End: true }, StartCodeBuild: build },
        })),
      },
      'project-not-named': {
        title: forget('ProjectName을', 'ProjectName'),
        says: 'projectNotNamed',
        play: changeParameters(() => ({ ProjectName: undefined })),
      },
      'other-project': {
        title: { ko: '다른 프로젝트를 실행합니다', ja: '別のプロジェクトを実行する', en: 'Run another project' },
        says: 'projectOther',
        play: changeParameters(() => ({ ProjectName: 'week9-2-container-build' })),
      },
      'never-succeeds': {
        title: { ko: '마지막에 Fail 상태를 둡니다', ja: '最後に Fail の状態を置く', en: 'End in a Fail state' },
        says: 'neverSucceeds',
        play: changeDefinition((build) => ({
          States: { StartCodeBuild: { ...build, End: undefined, Next: 'Stop' }, Stop: { Type: 'Fail' } },
        })),
      },
    },
    moments: {
      'definition-unreadable': {
        title: { ko: '정의가 JSON이 아닙니다', ja: '定義が JSON でない', en: 'A definition that is no JSON' },
        says: 'definitionUnreadable',
        play: (account) => changeMachine(account, { definition: '{ "StartAt": ' }),
      },
    },
  }),
  on.defined({
    ...ofState(
      ({ call }) => (call?.waitsFor === 'job' ? passed() : failed(['notSync', { found: call?.resource ?? '-' }])),
      ({ call }) => call?.resource ?? null,
    ),
    id: 'waits-for-build',
    title: { ko: '빌드가 끝날 때까지 기다립니다', ja: 'ビルドが終わるまで待つ', en: 'It waits until the build has ended' },
    expected: 'arn:aws:states:::codebuild:startBuild.sync',
    says: {
      notSync: {
        ko: '"{found}"은(는) 빌드가 끝날 때까지 기다리지 않습니다. startBuild 뒤에 .sync를 붙입니다.',
        ja: '"{found}" はビルドの終わりを待ちません。startBuild の後に .sync を付けてください。',
        en: '"{found}" does not wait for the end of the build. Write .sync after startBuild.',
      },
    },
    breaks: {
      'not-sync': {
        title: forget('.sync를', '.sync'),
        says: 'notSync',
        play: changeState(() => ({ Resource: 'arn:aws:states:::codebuild:startBuild' })),
      },
    },
  }),
  on.defined({
    ...ofState(judgeTarget, ({ input }) => environmentOverrides(input)?.map(({ name }) => name) ?? null),
    id: 'passes-target',
    title: {
      ko: '입력의 버킷과 키를 빌드에 넘깁니다',
      ja: '入力のバケットとキーをビルドに渡す',
      en: 'It hands bucket and key of the input to the build',
    },
    expected: [BUCKET_VARIABLE, KEY_VARIABLE],
    says: {
      targetMissing: {
        ko: '"{state}" 상태가 {name} 변수를 빌드에 넘기지 않습니다. EnvironmentVariablesOverride에 더합니다.',
        ja: '状態 "{state}" は変数 {name} をビルドに渡しません。EnvironmentVariablesOverride に追加してください。',
        en: 'The state "{state}" does not hand the variable {name} to the build. Add it to EnvironmentVariablesOverride.',
      },
      targetFixed: {
        ko: '{name} 변수의 값이 "{found}"(으)로 정해져 있습니다. 실행의 입력에서 가져오도록 Value.$를 씁니다.',
        ja: '変数 {name} の値が "{found}" に固定されています。実行の入力から取るように Value.$ を使ってください。',
        en: 'The variable {name} is fixed to "{found}". Use Value.$, so that it comes from the input of the execution.',
      },
      overridesUndecided: {
        ko: '"{state}" 상태의 환경 변수 목록 전체가 실행의 입력에서 오므로 여기서는 알 수 없습니다. 틀렸다는 뜻은 아닙니다.',
        ja: '状態 "{state}" の環境変数のリスト全体が実行の入力から来るため、ここからは分かりません。間違いという意味ではありません。',
        en: 'The whole list of variables of the state "{state}" comes from the input of the execution, so this is not decided. That does not mean it is wrong.',
      },
    },
    breaks: {
      'key-not-passed': {
        title: { ko: 'ARTIFACT_KEY를 넘기지 않습니다', ja: 'ARTIFACT_KEY を渡さない', en: 'Do not hand over ARTIFACT_KEY' },
        says: 'targetMissing',
        play: changeOverrides(([bucket]) => [bucket]),
      },
      'bucket-fixed': {
        title: { ko: '버킷 이름을 정의에 고정합니다', ja: 'バケット名を定義に固定する', en: 'Fix the bucket in the definition' },
        says: 'targetFixed',
        play: changeOverrides(([, key]) => [{ Name: BUCKET_VARIABLE, Type: 'PLAINTEXT', Value: BUCKET }, key]),
      },
    },
    moments: {
      'overrides-from-input': {
        title: {
          ko: '환경 변수 목록 전체를 입력에서 받습니다',
          ja: '環境変数のリスト全体を入力から受け取る',
          en: 'Take the whole list of variables from the input',
        },
        says: 'overridesUndecided',
        play: changeParameters(() => ({ EnvironmentVariablesOverride: undefined, 'EnvironmentVariablesOverride.$': '$.variables' })),
      },
    },
  }),
  on.defined({
    ...ofState(judgeRetries, ({ retry }) => retry.flatMap(({ errors }) => errors)),
    id: 'retries',
    title: {
      ko: '기다리면 풀리는 오류만 다시 시도합니다',
      ja: '待てば解決するエラーだけを再試行する',
      en: 'It retries only trouble that passes',
    },
    says: {
      retriesFailures: {
        ko: '실패한 빌드까지 다시 시도합니다({errors}). 같은 실패를 돈을 들여 되풀이하므로 Retry에서 지웁니다.',
        ja: '失敗したビルドまで再試行します ({errors})。同じ失敗を料金をかけて繰り返すので、Retry から消してください。',
        en: 'It also repeats builds that have failed ({errors}), which costs money and fails again. Remove that from Retry.',
      },
      retriesNothing: {
        ko: '"{state}" 상태에는 스로틀링을 위한 재시도가 없습니다. Retry에 CodeBuild.ThrottlingException을 적습니다.',
        ja: '状態 "{state}" に、スロットリングのための再試行がありません。Retry に CodeBuild.ThrottlingException を書いてください。',
        en: 'The state "{state}" does not retry after throttling. Name CodeBuild.ThrottlingException in Retry.',
      },
      retriesOther: {
        ko: '기다려도 풀리지 않는 오류를 다시 시도합니다: {errors}. Retry에서 지웁니다.',
        ja: '待っても解決しないエラーを再試行します: {errors}。Retry から消してください。',
        en: 'It retries errors that do not pass: {errors}. Remove them from Retry.',
      },
    },
    breaks: {
      'retries-failed-builds': {
        title: { ko: '실패한 빌드도 다시 시도합니다', ja: '失敗したビルドも再試行する', en: 'Retry builds that failed' },
        says: 'retriesFailures',
        play: retryOn('CodeBuild.AWSCodeBuildException', 'States.TaskFailed', 'States.Timeout', 'ThrottlingException'),
      },
      'no-retry': { title: forget('Retry를', 'Retry'), says: 'retriesNothing', play: changeState(() => ({ Retry: undefined })) },
      'retries-wrong-input': {
        title: { ko: '잘못된 입력도 다시 시도합니다', ja: '間違った入力も再試行する', en: 'Retry invalid input' },
        says: 'retriesOther',
        play: retryOn('CodeBuild.ThrottlingException', 'CodeBuild.InvalidInputException'),
      },
    },
  }),
];
