import { codebuildConsole } from '../../../aws/services/codebuild.ts';
import { statesConsole } from '../../../aws/services/states.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { says, type Texts } from '../../engine/texts.ts';
import { blocked, failed, notStarted, passed, waiting } from '../../engine/verdict.ts';
import { BUILD_SAYS, failedBuilds } from '../../kit/codebuild/build-checks.ts';
import { failedCommand } from '../../kit/student/mistakes.ts';
import { MACHINE, MACHINE_ROLE, PROJECT, REGION } from '../names.ts';
import { command, createProject, execute, type FailedPhase, project, startExecution } from '../student.ts';
import { about } from '../titles.ts';
import { type Fact, fromBuild, isSucceeded, on } from './facts.ts';
import { explainExecution, FAILURE_SAYS } from './failure.ts';

export const RUNNING_SAYS = says({
  executionRunning: {
    ko: '"{execution}" 실행이 진행 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
    ja: '実行 "{execution}" は実行中です。終わるまで待ってから、もう一度確認してください。',
    en: 'The execution "{execution}" is running. Wait until it has ended and check again.',
  },
});

function judgeExecution({ machine, execution, running, run }: Fact['ended']) {
  if (!machine) return blocked('task-5');
  if (execution !== undefined && isSucceeded(execution)) return passed();
  if (running !== undefined) return waiting(['executionRunning', { execution: running.name }], 20);
  if (execution === undefined) return notStarted(['noExecution', { machine: MACHINE }]);
  return failed(explainExecution(execution.status, run?.history ?? [], run?.build));
}

function judgeBuild({ build }: Fact['run']) {
  if (build === undefined) return failed(['executionWithoutBuild', { machine: MACHINE }]);
  if (build.project !== PROJECT) return failed(['buildOfOtherProject', { found: build.project, expected: PROJECT }]);
  const number = build.number ?? 0;
  if (!build.complete) return waiting(['buildInProgress', { number, phase: build.currentPhase ?? '-' }], 20);
  return isSucceeded(build) ? passed() : failed(['buildNotSucceeded', { number, status: build.status }]);
}

/** A first execution that fails before it has started a build. */
const failing = (error: string, cause: (account: PracticeAccount) => string) => (account: PracticeAccount) =>
  startExecution(account, { failure: { error, cause: cause(account) } });

const failures = failedBuilds((account, build) => execute(account, { build }));

/** A first execution whose build fails at the command that begins like this. */
const failingAt = (phase: FailedPhase['type'], beginning: string) => (account: PracticeAccount) =>
  execute(account, { build: { failedPhase: failedCommand(phase, command(account, beginning)) } });

const unawaited = about('기다리지 않은 실행의 빌드가', '待たない実行のビルドが', 'The build of an execution that did not wait');

const succeeding = (ko: string, ja: string, en: string): Texts => ({
  ko: `${ko} 실행이 성공합니다`,
  ja: `${ja}実行が成功する`,
  en: `An execution that ${en} succeeds`,
});

/** The execution, and the build that it started. */
export const execution = [
  on.ended({
    id: 'execution-succeeded',
    title: { ko: '성공한 실행이 있습니다', ja: '成功した実行がある', en: 'An execution has succeeded' },
    step: 3,
    expected: 'SUCCEEDED',
    judge: judgeExecution,
    observed: ({ execution, running }) => (execution ?? running)?.status ?? null,
    resource: ({ execution }) => execution?.arn,
    console: ({ execution }, place) => (execution ? statesConsole.execution(place, execution.arn) : statesConsole.stateMachines(place)),
    says: {
      ...FAILURE_SAYS,
      ...RUNNING_SAYS,
      noExecution: {
        ko: '"{machine}" 상태 머신을 아직 실행하지 않았습니다. 실행을 시작합니다.',
        ja: 'ステートマシン "{machine}" をまだ実行していません。実行を開始してください。',
        en: 'The state machine "{machine}" has not been executed. Start an execution.',
      },
    },
    past: fromBuild,
    breaks: {
      'execution-aborted': {
        title: { ko: '실행을 중간에 멈춥니다', ja: '実行を途中で止める', en: 'Stop the execution' },
        says: 'executionEnded',
        instead: (account) => startExecution(account, { status: 'ABORTED' }),
      },
      'execution-without-input': {
        title: { ko: '입력 없이 실행합니다', ja: '入力なしで実行する', en: 'Run it without input' },
        says: 'executionInputMissing',
        instead: (account) => execute(account, { input: {} }),
      },
      'execution-denied': {
        title: { ko: '권한이 없는 역할로 실행합니다', ja: '権限のないロールで実行する', en: 'Run it with a role that may not' },
        says: 'executionDenied',
        instead: failing(
          'CodeBuild.AWSCodeBuildException',
          ({ id }) => `User: arn:aws:sts::${id}:assumed-role/${MACHINE_ROLE}/x is not authorized to perform: codebuild:StartBuild`,
        ),
      },
      'execution-fails': {
        title: { ko: '없는 프로젝트를 실행합니다', ja: 'ないプロジェクトを実行する', en: 'Run a project that does not exist' },
        says: 'executionFailed',
        instead: failing(
          'CodeBuild.ResourceNotFoundException',
          ({ id }) => `Project cannot be found: arn:aws:codebuild:${REGION}:${id}:project/${PROJECT}`,
        ),
      },
      'build-stopped': failures.stopped,
      'build-fails': failures.other,
      'build-fails-role': failures.role,
      'build-fails-variable': {
        title: { ko: 'IMAGE_URI 없이 빌드합니다', ja: 'IMAGE_URI なしでビルドする', en: 'Build without IMAGE_URI' },
        says: 'buildFailedVariable',
        instead: failingAt('PRE_BUILD', 'test -n'),
      },
      'build-fails-upload': {
        title: { ko: 'S3에 올리지 못합니다', ja: 'S3 にアップロードできない', en: 'A build that cannot upload' },
        says: 'buildFailedUpload',
        instead: failingAt('POST_BUILD', 'aws s3 cp'),
      },
      'build-fails-privileged': {
        title: { ko: '권한 모드 없이 빌드합니다', ja: '特権モードなしでビルドする', en: 'Build without privileged mode' },
        says: 'buildFailedPrivileged',
        instead(account) {
          project.changeEnvironment({ privilegedMode: false })(account);
          failingAt('PRE_BUILD', 'docker pull')(account);
        },
      },
      'build-fails-login': {
        title: { ko: 'ECR에 로그인하지 못합니다', ja: 'ECR にログインできない', en: 'A build that cannot log in' },
        says: 'buildFailedLogin',
        instead: failingAt('PRE_BUILD', 'aws ecr get-login-password'),
      },
      'build-fails-pull': {
        title: { ko: 'ECR에 이미지가 없습니다', ja: 'ECR にイメージがない', en: 'Build before the image is in ECR' },
        says: 'buildFailedPull',
        instead: failingAt('PRE_BUILD', 'docker pull'),
      },
      'build-fails-buildspec': {
        title: {
          ko: '읽을 수 없는 buildspec으로 빌드합니다',
          ja: '読み取れない buildspec でビルドする',
          en: 'Build with a buildspec that cannot be read',
        },
        says: 'buildFailedBuildspec',
        instead: (account) =>
          execute(account, { build: { failedPhase: { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message: 'wrong YAML' } } }),
      },
    },
    moments: {
      'execution-running': {
        title: { ko: '실행이 진행 중입니다', ja: '実行している最中', en: 'An execution is running' },
        says: 'executionRunning',
        instead: (account) => startExecution(account, { status: 'RUNNING' }),
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
    console: ({ build }, place) =>
      build ? codebuildConsole.build(place, build.project, build.id) : codebuildConsole.project(place, PROJECT),
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
      buildInProgress: BUILD_SAYS.buildInProgress,
    },
    past: fromBuild,
    breaks: {
      'execution-without-build': {
        title: succeeding('빌드를 시작하지 않는', 'ビルドを始めない', 'builds nothing'),
        says: 'executionWithoutBuild',
        instead: (account) => startExecution(account),
      },
      'execution-of-other-project': {
        title: succeeding('다른 프로젝트를 빌드한', '別のプロジェクトをビルドした', 'built another project'),
        says: 'buildOfOtherProject',
        instead(account) {
          createProject(account, 'cb-other');
          execute(account, { project: 'cb-other' });
        },
      },
      'execution-does-not-wait': {
        title: unawaited('실패합니다', '失敗する', 'fails'),
        says: 'buildNotSucceeded',
        instead: (account) =>
          execute(account, { sync: false, build: { failedPhase: failedCommand('BUILD', command(account, 'docker save')) } }),
      },
    },
    moments: {
      'build-still-running': {
        title: unawaited('진행 중입니다', '進行中', 'is running'),
        says: 'buildInProgress',
        instead: (account) => execute(account, { sync: false, build: { status: 'IN_PROGRESS' } }),
      },
    },
  }),
];
