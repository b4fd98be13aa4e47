import { type Build, type ExecutionEntry, type HistoryEvent, readers, type StoredObject } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, type Verdict, waiting } from '../engine/verdict.ts';
import { believed } from '../kit/codebuild/build-record.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../kit/codebuild/past-builds.ts';
import { failedCommand } from '../kit/student/mistakes.ts';
import { explainExecution } from './failed-execution.ts';
import { BUCKET_PREFIX, BUCKET_VARIABLE, KEY, KEY_VARIABLE, MACHINE, MACHINE_ROLE, PROJECT, REGION } from './names.ts';
import {
  BUCKET,
  createBucket,
  createProject,
  environment,
  execute,
  executeWithoutBuild,
  failingBuild,
  failingExecution,
  loginLine,
  otherExecution,
  startExecution,
  startOver,
} from './student.ts';
import { type Target, targetOf } from './target.ts';

interface Executed {
  /** Whether the state machine exists. */
  readonly machine: boolean;
  /** The newest one that succeeded; without one the newest of all. */
  readonly execution: ExecutionEntry | undefined;
  /** One that is still running. */
  readonly running: ExecutionEntry | undefined;
}

interface Run extends Executed {
  readonly history: readonly HistoryEvent[];
  /** The build that the execution started. */
  readonly build: Build | undefined;
}

interface Ended extends Executed {
  /** Only of an execution that did not succeed: what is to be explained. */
  readonly run: Run | undefined;
}

interface Stored extends Run {
  readonly target: Target | undefined;
  readonly object: StoredObject | undefined;
}

const MEGABYTE = 1024 * 1024;
/** S3 tells times in whole seconds, and the clocks of two services may differ. */
const CLOCK_SECONDS = 5;

/** The id of the build that a submitted task started: CodeBuild's answer to StartBuild. */
function buildIdOf(history: readonly HistoryEvent[]): string | undefined {
  const submitted = history.findLast(({ type, resourceType }) => type === 'TaskSubmitted' && resourceType === 'codebuild');
  const id = member(member(submitted?.output, 'Build'), 'Id');
  return typeof id === 'string' ? id : undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const isSucceeded = ({ status }: { readonly status: string }) => status === 'SUCCEEDED';
const isRunning = ({ status }: ExecutionEntry) => status === 'RUNNING';

function judgeExecution({ machine, execution, running, run }: Ended) {
  if (!machine) return blocked('task-5');
  if (execution !== undefined && isSucceeded(execution)) return passed();
  if (running !== undefined) return waiting(['executionRunning', { execution: running.name }], 20);
  if (execution === undefined) return notStarted(['noExecution', { machine: MACHINE }]);
  return failed(explainExecution(execution.status, run?.history ?? [], run?.build));
}

function judgeBuild({ build }: Run) {
  if (build === undefined) return failed(['executionWithoutBuild', { machine: MACHINE }]);
  if (build.project !== PROJECT) return failed(['buildOfOtherProject', { found: build.project, expected: PROJECT }]);
  const number = build.number ?? 0;
  if (!build.complete) return waiting(['buildInProgress', { number, phase: build.currentPhase ?? '-' }], 20);
  return isSucceeded(build) ? passed() : failed(['buildNotSucceeded', { number, status: build.status }]);
}

function judgeObject({ target, object, build }: Stored) {
  if (target === undefined) {
    if (build !== undefined) believed(build);
    return failed(['targetUnknown', { bucket: BUCKET_VARIABLE, key: KEY_VARIABLE }]);
  }
  if (!target.bucket.startsWith(BUCKET_PREFIX)) return failed(['targetOtherBucket', { found: target.bucket, prefix: BUCKET_PREFIX }]);
  return object === undefined ? failed(['objectMissing', { ...target }]) : passed();
}

function judgeTime({ execution, running, build, object }: Stored) {
  if (object === undefined || build === undefined || execution === undefined) return blocked('object-exists');
  const slack = CLOCK_SECONDS * 1000;
  const written = object.modifiedAt.getTime();
  const end = (execution.stoppedAt ?? build.endedAt)?.getTime() ?? Number.POSITIVE_INFINITY;
  if (written < build.startedAt.getTime() - slack) return failed(['objectTooOld', { key: object.key, execution: execution.name }]);
  if (written <= end + slack) return passed();
  // An execution that is still running writes the same key again before it ends.
  if (running !== undefined) return waiting(['executionRunning', { execution: running.name }], 20);
  return failed(['objectTooNew', { key: object.key, execution: execution.name }]);
}

const objectUri = ({ target }: Stored) => target && `s3://${target.bucket}/${target.key}`;
const ofObject = {
  resource: objectUri,
  console: ({ target }: Stored, { console }: TaskContext) => (target ? console.object(target.bucket, target.key) : console.buckets()),
} as const;

/** Evidence from a build that an execution has started: only those tell the build where the tar goes. */
const fromBuild = async (aws: Bound<typeof pastBuildReads>) => {
  const build = (await pastBuilds(aws, PROJECT)).find((one) => isSucceeded(one) && targetOf(one) !== undefined);
  return build && provenByBuild(build, { status: build.status, ...targetOf(build) });
};

const reads = {
  executions: readers.states.executions,
  history: readers.states.history,
  builds: readers.codebuild.builds,
  object: readers.s3.object,
};

function observe(aws: Bound<typeof reads>) {
  const executed = aws.executions(MACHINE).then((all): Executed => {
    const execution = all?.find(isSucceeded) ?? all?.find((one) => !isRunning(one));
    return { machine: all !== undefined, execution, running: all?.find(isRunning) };
  });
  const run = executed.then(async (fact): Promise<Run> => {
    const history = (fact.execution && (await aws.history(fact.execution.arn))) ?? [];
    const id = buildIdOf(history);
    const [build] = id === undefined ? [] : await aws.builds([id]);
    return { ...fact, history, build };
  });
  const ended = executed.then(async (fact): Promise<Ended> => {
    const unexplained = fact.running === undefined && fact.execution !== undefined && !isSucceeded(fact.execution);
    return { ...fact, run: unexplained ? await run : undefined };
  });
  const stored = run.then(async (fact): Promise<Stored> => {
    const target = targetOf(fact.build);
    const own = target?.bucket.startsWith(BUCKET_PREFIX) ? target : undefined;
    return { ...fact, target, object: own && (await aws.object(own.bucket, own.key)) };
  });
  return { ended, run, stored };
}

const taskReads = { ...reads, ...pastBuildReads } as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-6',
  title: { ko: '실행과 확인', ja: '実行と確認', en: 'Execution and proof' },
  needs: ['task-1', 'task-5'],
  reads: taskReads,
  observe,
  solve: {
    id: 'run-execution',
    title: { ko: '실행합니다', ja: '実行する', en: 'Run the state machine' },
    play: (account) => execute(account),
  },
  expectations: [
    on.ended({
      id: 'execution-succeeded',
      title: { ko: '성공한 실행이 있습니다', ja: '成功した実行がある', en: 'An execution has succeeded' },
      step: 3,
      expected: 'SUCCEEDED',
      judge: judgeExecution,
      observed: ({ execution, running }) => (execution ?? running)?.status ?? null,
      resource: ({ execution }) => execution?.arn,
      console: ({ execution }, { console }) => (execution ? console.execution(execution.arn) : console.stateMachines()),
      says: {
        executionEnded: {
          ko: '실행이 끝까지 가지 못했습니다({status}). 다시 실행합니다.',
          ja: '実行は最後まで進みませんでした ({status})。もう一度実行してください。',
          en: 'The execution did not run to its end ({status}). Start another one.',
        },
        executionInputMissing: {
          ko: '실행의 입력에 필요한 항목이 없습니다: {cause} artifactBucket과 artifactKey를 넘겨 다시 실행합니다.',
          ja: '実行の入力に必要な項目がありません: {cause} artifactBucket と artifactKey を渡して、もう一度実行してください。',
          en: 'The input of the execution lacks something: {cause} Start another one with artifactBucket and artifactKey.',
        },
        executionDenied: {
          ko: '실행이 권한 부족으로 실패했습니다({error}): {cause} 실행 역할의 권한을 확인하고 다시 실행합니다.',
          ja: '実行が権限の不足で失敗しました ({error}): {cause} 実行のロールの権限を確かめ、もう一度実行してください。',
          en: 'The execution was refused ({error}): {cause} Look at the permissions of its role and start another one.',
        },
        executionFailed: {
          ko: '실행이 실패했습니다({error}): {cause} 원인을 고치고 다시 실행합니다.',
          ja: '実行が失敗しました ({error}): {cause} 原因を直し、もう一度実行してください。',
          en: 'The execution failed ({error}): {cause} Mend the cause and start another one.',
        },
        buildEnded: {
          ko: '빌드 {number}번이 끝까지 실행되지 않았습니다({status}). 다시 실행합니다.',
          ja: 'ビルド {number} は最後まで実行されませんでした ({status})。もう一度実行してください。',
          en: 'Build {number} did not run to its end ({status}). Start another execution.',
        },
        buildFailed: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빌드 로그에서 원인을 찾아 고치고 다시 실행합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドログで原因を探して直し、もう一度実行してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Look for the cause in its log, mend it and start another execution.',
        },
        buildFailedRole: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빌드 역할의 신뢰 정책과 권한을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ビルドのロールの信頼ポリシーと権限を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Look at the trust policy and permissions of the build role.',
        },
        buildFailedVariable: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 빠진 환경 변수가 있습니다. 실행의 입력과 IMAGE_URI를 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 環境変数がそろっていません。実行の入力と IMAGE_URI を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} A variable is missing. Look at the input of the execution and IMAGE_URI.',
        },
        buildFailedUpload: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} S3에 올리지 못했습니다. 입력의 버킷 이름과 빌드 역할의 s3:PutObject를 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} S3 にアップロードできませんでした。入力のバケット名とロールの s3:PutObject を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not upload to S3. Look at the bucket in the input and s3:PutObject of the build role.',
        },
        buildFailedPrivileged: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 권한 모드 없이 실행되어 Docker를 쓰지 못했습니다. 켜고 다시 실행합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} 特権モードなしで実行したため Docker を使えませんでした。オンにして、もう一度実行してください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It ran without privileged mode, so it had no Docker. Turn it on and start another execution.',
        },
        buildFailedLogin: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} ECR에 로그인하지 못했습니다. 레지스트리 주소와 빌드 역할을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} ECR にログインできませんでした。レジストリのアドレスとロールを確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not log in to ECR. Look at the address of the registry and the build role.',
        },
        buildFailedPull: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} 이미지를 받지 못했습니다. ECR에 이미지가 있는지, 빌드 역할에 권한이 있는지 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} イメージを取得できませんでした。ECR にイメージがあるか、ロールに権限があるか確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} It could not get the image. Make sure that it is in ECR and that the build role may pull it.',
        },
        buildFailedBuildspec: {
          ko: '빌드 {number}번이 {phase} 단계에서 실패했습니다: {reason} buildspec을 읽지 못했습니다. 프로젝트의 buildspec을 확인합니다.',
          ja: 'ビルド {number} は {phase} フェーズで失敗しました: {reason} buildspec を読み取れませんでした。プロジェクトの buildspec を確かめてください。',
          en: 'Build {number} failed in the phase {phase}: {reason} Its buildspec could not be read. Look at the buildspec of the project.',
        },
        executionRunning: {
          ko: '"{execution}" 실행이 진행 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: '実行 "{execution}" は実行中です。終わるまで待ってから、もう一度確認してください。',
          en: 'The execution "{execution}" is running. Wait until it has ended and check again.',
        },
      },
      past: fromBuild,
      breaks: {
        'execution-aborted': {
          title: { ko: '실행을 중간에 멈춥니다', ja: '実行を途中で止める', en: 'Stop the execution' },
          says: 'executionEnded',
          instead(account) {
            startOver(account, 5);
            executeWithoutBuild(account, { aborted: true });
          },
        },
        'execution-without-input': {
          title: { ko: '입력 없이 실행합니다', ja: '入力なしで実行する', en: 'Run it without input' },
          says: 'executionInputMissing',
          instead: (account) =>
            failingExecution(
              account,
              'States.Runtime',
              "An error occurred while executing the state 'StartCodeBuild'. The JSONPath '$.artifactBucket' specified for the field 'Value.$' could not be found in the input '{}'",
            ),
        },
        'execution-denied': {
          title: { ko: '권한이 없는 역할로 실행합니다', ja: '権限のないロールで実行する', en: 'Run it with a role that may not' },
          says: 'executionDenied',
          instead: (account) =>
            failingExecution(
              account,
              'CodeBuild.AWSCodeBuildException',
              `User: arn:aws:sts::${account.id}:assumed-role/${MACHINE_ROLE}/x is not authorized to perform: codebuild:StartBuild`,
            ),
        },
        'execution-fails': {
          title: { ko: '없는 프로젝트를 실행합니다', ja: 'ないプロジェクトを実行する', en: 'Run a project that does not exist' },
          says: 'executionFailed',
          instead: (account) =>
            failingExecution(
              account,
              'CodeBuild.ResourceNotFoundException',
              `Project cannot be found: arn:aws:codebuild:${REGION}:${account.id}:project/${PROJECT}`,
            ),
        },
        'build-stopped': {
          title: { ko: '빌드를 중간에 멈춥니다', ja: 'ビルドを途中で止める', en: 'Stop the build' },
          says: 'buildEnded',
          instead(account) {
            startOver(account, 5);
            execute(account, { build: { status: 'STOPPED' }, uploads: undefined });
          },
        },
        'build-fails': {
          title: {
            ko: '아티팩트 단계에서 실패합니다',
            ja: 'アーティファクトのフェーズで失敗する',
            en: 'A build that fails at its artifacts',
          },
          says: 'buildFailed',
          instead: (account) =>
            failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
        },
        'build-fails-role': {
          title: {
            ko: 'CodeBuild가 맡을 수 없는 역할로 빌드합니다',
            ja: 'CodeBuild が引き受けられないロールでビルドする',
            en: 'Build with a role that CodeBuild may not take',
          },
          says: 'buildFailedRole',
          instead: (account) =>
            failingBuild(account, {
              type: 'QUEUED',
              code: 'ACCESS_DENIED',
              message: 'CodeBuild is not authorized to perform: sts:AssumeRole on service role',
            }),
        },
        'build-fails-variable': {
          title: { ko: 'IMAGE_URI 없이 빌드합니다', ja: 'IMAGE_URI なしでビルドする', en: 'Build without IMAGE_URI' },
          says: 'buildFailedVariable',
          instead: (account) =>
            failingBuild(
              account,
              failedCommand('PRE_BUILD', 'test -n "$IMAGE_URI" && test -n "$ARTIFACT_BUCKET" && test -n "$ARTIFACT_KEY"'),
            ),
        },
        'build-fails-upload': {
          title: { ko: 'S3에 올리지 못합니다', ja: 'S3 にアップロードできない', en: 'A build that cannot upload' },
          says: 'buildFailedUpload',
          instead: (account) =>
            failingBuild(
              account,
              failedCommand('POST_BUILD', 'aws s3 cp "$OUTPUT_FILE" "s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress'),
            ),
        },
        'build-fails-privileged': {
          title: { ko: '권한 모드 없이 빌드합니다', ja: '特権モードなしでビルドする', en: 'Build without privileged mode' },
          says: 'buildFailedPrivileged',
          instead: (account) =>
            failingBuild(account, failedCommand('PRE_BUILD', 'docker pull "$IMAGE_URI"'), {
              environment: { ...environment(account), privilegedMode: false },
            }),
        },
        'build-fails-login': {
          title: { ko: 'ECR에 로그인하지 못합니다', ja: 'ECR にログインできない', en: 'A build that cannot log in' },
          says: 'buildFailedLogin',
          instead: (account) => failingBuild(account, failedCommand('PRE_BUILD', loginLine.trim().slice(2))),
        },
        'build-fails-pull': {
          title: { ko: 'ECR에 이미지가 없습니다', ja: 'ECR にイメージがない', en: 'Build before the image is in ECR' },
          says: 'buildFailedPull',
          instead: (account) => failingBuild(account, failedCommand('PRE_BUILD', 'docker pull "$IMAGE_URI"')),
        },
        'build-fails-buildspec': {
          title: {
            ko: '읽을 수 없는 buildspec으로 빌드합니다',
            ja: '読み取れない buildspec でビルドする',
            en: 'Build with a buildspec that cannot be read',
          },
          says: 'buildFailedBuildspec',
          instead: (account) => failingBuild(account, { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message: 'wrong YAML' }),
        },
      },
      moments: {
        'execution-running': {
          title: { ko: '실행이 진행 중입니다', ja: '実行している最中', en: 'An execution is running' },
          says: 'executionRunning',
          instead(account) {
            startOver(account, 5);
            startExecution(account);
          },
        },
      },
    }),
    on.run({
      id: 'build-succeeded',
      title: {
        ko: '그 실행이 시작한 빌드가 성공했습니다',
        ja: 'その実行が始めたビルドが成功した',
        en: 'The build that it started has succeeded',
      },
      step: 5,
      after: 'execution-succeeded',
      expected: { project: PROJECT, status: 'SUCCEEDED' },
      judge: judgeBuild,
      observed: ({ build }) => build && { project: build.project, status: build.status },
      resource: ({ build }) => build?.arn,
      console: ({ build }, { console }) => (build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT)),
      says: {
        executionWithoutBuild: {
          ko: '실행은 성공했지만 빌드를 시작하지 않았습니다. "{machine}" 상태 머신의 정의를 확인하고 다시 실행합니다.',
          ja: '実行は成功しましたが、ビルドを始めていません。ステートマシン "{machine}" の定義を確かめ、もう一度実行してください。',
          en: 'The execution succeeded without starting a build. Look at the definition of "{machine}" and start another one.',
        },
        buildOfOtherProject: {
          ko: '실행이 "{found}" 프로젝트를 빌드했습니다. "{expected}" 프로젝트를 빌드하도록 고치고 다시 실행합니다.',
          ja: '実行はプロジェクト "{found}" をビルドしました。"{expected}" をビルドするように直し、もう一度実行してください。',
          en: 'The execution built the project "{found}". Make it build "{expected}" and start another one.',
        },
        buildNotSucceeded: {
          ko: '실행은 성공했지만 빌드 {number}번은 {status} 상태입니다. 상태 머신이 빌드의 끝을 기다리는지 확인하고 다시 실행합니다.',
          ja: '実行は成功しましたが、ビルド {number} は {status} です。ステートマシンがビルドの終わりを待つか確かめ、もう一度実行してください。',
          en: 'The execution succeeded, but build {number} is {status}. Make sure that the state machine waits for the build, and start another one.',
        },
        buildInProgress: {
          ko: '빌드 {number}번이 진행 중입니다({phase}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'ビルド {number} は実行中です ({phase})。終わるまで待ってから、もう一度確認してください。',
          en: 'Build {number} is running ({phase}). Wait until it has ended and check again.',
        },
      },
      past: fromBuild,
      breaks: {
        'execution-without-build': {
          title: {
            ko: '빌드를 시작하지 않는 실행이 성공합니다',
            ja: 'ビルドを始めない実行が成功する',
            en: 'An execution that builds nothing succeeds',
          },
          says: 'executionWithoutBuild',
          instead(account) {
            startOver(account, 5);
            executeWithoutBuild(account);
          },
        },
        'execution-of-other-project': {
          title: {
            ko: '다른 프로젝트를 빌드한 실행이 성공합니다',
            ja: '別のプロジェクトをビルドした実行が成功する',
            en: 'An execution that built another project succeeds',
          },
          says: 'buildOfOtherProject',
          instead(account) {
            startOver(account, 5);
            createProject(account, 'cb-other');
            execute(account, { project: 'cb-other' });
          },
        },
        'execution-does-not-wait': {
          title: {
            ko: '기다리지 않은 실행의 빌드가 실패합니다',
            ja: '待たない実行のビルドが失敗する',
            en: 'The build of an execution that did not wait fails',
          },
          says: 'buildNotSucceeded',
          instead: (account) =>
            otherExecution(account, {
              sync: false,
              build: { failedPhase: failedCommand('BUILD', 'docker save -o "$OUTPUT_FILE" "$IMAGE_URI"') },
              uploads: undefined,
            }),
        },
      },
      moments: {
        'build-still-running': {
          title: {
            ko: '기다리지 않은 실행의 빌드가 진행 중입니다',
            ja: '待たない実行のビルドが進行中',
            en: 'The build of an execution that did not wait is running',
          },
          says: 'buildInProgress',
          instead: (account) => otherExecution(account, { sync: false, build: { status: 'IN_PROGRESS' }, uploads: undefined }),
        },
      },
    }),
    on.stored({
      ...ofObject,
      id: 'object-exists',
      title: {
        ko: '실행이 정한 버킷과 키에 객체가 있습니다',
        ja: '実行の指定したバケットとキーにオブジェクトがある',
        en: 'The object is in the bucket and key of the execution',
      },
      step: 6,
      after: 'build-succeeded',
      expected: objectUri,
      judge: judgeObject,
      observed: ({ object }) => object?.key ?? null,
      says: {
        targetUnknown: {
          ko: '빌드의 {bucket} 변수와 {key} 변수가 비어 있어 어디에 올렸는지 알 수 없습니다. 입력을 넘겨 다시 실행합니다.',
          ja: 'ビルドの変数 {bucket} と {key} が空なので、どこにアップロードしたか分かりません。入力を渡して、もう一度実行してください。',
          en: 'The variables {bucket} and {key} of the build are empty, so it is not known where it uploaded. Start another execution with its input.',
        },
        targetOtherBucket: {
          ko: '실행이 "{found}" 버킷에 올렸습니다. 이름이 "{prefix}"(으)로 시작하는 실습의 버킷을 입력에 적고 다시 실행합니다.',
          ja: '実行はバケット "{found}" にアップロードしました。名前が "{prefix}" で始まる演習のバケットを入力に書き、もう一度実行してください。',
          en: 'The execution uploaded to the bucket "{found}". Write the bucket of the lab, whose name begins with "{prefix}", into the input and start another one.',
        },
        objectMissing: {
          ko: '"{bucket}" 버킷에 "{key}" 객체가 없습니다. 삭제했거나 올리지 않았으므로 다시 실행합니다.',
          ja: 'バケット "{bucket}" に "{key}" がありません。削除したか、アップロードされていません。もう一度実行してください。',
          en: 'The bucket "{bucket}" does not hold "{key}". It was deleted or never uploaded: start another execution.',
        },
      },
      breaks: {
        'target-empty': {
          title: { ko: '버킷과 키 없이 빌드합니다', ja: 'バケットとキーなしでビルドする', en: 'Build without bucket and key' },
          says: 'targetUnknown',
          instead: (account) => otherExecution(account, { target: undefined }),
        },
        'target-other-bucket': {
          title: { ko: '다른 버킷에 올립니다', ja: '別のバケットにアップロードする', en: 'Upload to another bucket' },
          says: 'targetOtherBucket',
          instead(account) {
            startOver(account, 5);
            createBucket(account, 'some-other-bucket');
            execute(account, { target: { bucket: 'some-other-bucket', key: KEY } });
          },
        },
        'object-deleted': {
          title: { ko: '객체를 삭제합니다', ja: 'オブジェクトを削除する', en: 'Delete the object' },
          says: 'objectMissing',
          play: (account) => account.s3.deleteObject(BUCKET, KEY),
        },
      },
    }),
    on.stored({
      ...ofObject,
      id: 'object-size',
      title: { ko: '객체가 1 MB보다 큽니다', ja: 'オブジェクトが 1 MB より大きい', en: 'The object is larger than 1 MB' },
      step: 6,
      after: 'object-exists',
      expected: `> ${MEGABYTE}`,
      holds: ({ object }) => object !== undefined && object.sizeBytes > MEGABYTE,
      otherwise: ({ object }) => ['objectTooSmall', { key: object?.key ?? '-', bytes: object?.sizeBytes ?? 0 }],
      observed: ({ object }) => object?.sizeBytes,
      says: {
        objectTooSmall: {
          ko: '"{key}" 객체가 {bytes}바이트뿐입니다. 이미지의 tar 파일이 아니므로 buildspec을 확인하고 다시 실행합니다.',
          ja: '"{key}" は {bytes} バイトしかありません。イメージの tar ファイルではないので、buildspec を確かめ、もう一度実行してください。',
          en: '"{key}" has only {bytes} bytes, which is no tar of an image. Look at the buildspec and start another execution.',
        },
      },
      breaks: {
        'object-empty': {
          title: { ko: '아주 작은 파일을 올립니다', ja: 'とても小さいファイルをアップロードする', en: 'Upload a tiny file' },
          says: 'objectTooSmall',
          instead: (account) => otherExecution(account, { uploads: 512 }),
        },
      },
    }),
    on.stored({
      ...ofObject,
      id: 'object-time',
      title: {
        ko: '객체가 그 실행 중에 쓰였습니다',
        ja: 'オブジェクトがその実行のあいだに書かれた',
        en: 'The object was written during the execution',
      },
      step: 6,
      after: 'object-exists',
      expected: ({ build, execution }) =>
        build && { from: build.startedAt.toISOString(), to: (execution?.stoppedAt ?? build.endedAt)?.toISOString() ?? null },
      judge: judgeTime,
      observed: ({ object }) => object?.modifiedAt.toISOString(),
      says: {
        objectTooOld: {
          ko: '"{key}" 객체는 "{execution}" 실행보다 먼저 쓰였습니다. 실행이 올린 것이 아니므로 다시 실행합니다.',
          ja: '"{key}" は実行 "{execution}" より前に書かれたものです。実行がアップロードしたものではないので、もう一度実行してください。',
          en: '"{key}" was written before the execution "{execution}", so it is not what that uploaded. Start another one.',
        },
        objectTooNew: {
          ko: '"{key}" 객체는 "{execution}" 실행이 끝난 뒤에 쓰였습니다. 손으로 올린 것일 수 있으므로 다시 실행합니다.',
          ja: '"{key}" は実行 "{execution}" が終わった後に書かれたものです。手でアップロードしたものかもしれません。もう一度実行してください。',
          en: '"{key}" was written after the execution "{execution}" had ended; it may have been uploaded by hand. Start another one.',
        },
      },
      breaks: {
        'object-before': {
          title: {
            ko: '실행 전에 손으로 올린 객체만 있습니다',
            ja: '実行の前に手でアップロードしたものだけがある',
            en: 'Only an object from before the execution is there',
          },
          says: 'objectTooOld',
          instead(account) {
            startOver(account, 5);
            account.s3.putObject(BUCKET, KEY, { sizeInBytes: 2 ** 21 });
            account.clock.tick(300);
            execute(account, { uploads: undefined });
          },
        },
        'object-by-hand': {
          title: { ko: '실행 뒤에 손으로 다시 올립니다', ja: '実行の後に手でアップロードし直す', en: 'Upload it again by hand' },
          says: 'objectTooNew',
          play(account) {
            account.clock.tick(300);
            account.s3.putObject(BUCKET, KEY, { sizeInBytes: 2 ** 21 });
          },
        },
      },
    }),
  ],
});
