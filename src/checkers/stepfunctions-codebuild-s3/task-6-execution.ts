import {
  type Bound,
  type Build,
  believed,
  blocked,
  defineTask,
  type ExecutionEntry,
  failed,
  type HistoryEvent,
  notStarted,
  passed,
  pastBuildReads,
  pastBuilds,
  provenByBuild,
  readers,
  type StoredObject,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { explainExecution } from './failed-execution.ts';
import { messages, type Says } from './messages/index.ts';
import { BUCKET_PREFIX, BUCKET_VARIABLE, KEY_VARIABLE, MACHINE, PROJECT } from './names.ts';
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

function judgeExecution({ machine, execution, running, run }: Ended): Verdict<Says> {
  if (!machine) return blocked('task-5');
  if (execution !== undefined && isSucceeded(execution)) return passed();
  if (running !== undefined) return waiting(['executionRunning', { execution: running.name }], 20);
  if (execution === undefined) return notStarted(['noExecution', { machine: MACHINE }]);
  return failed(explainExecution(execution.status, run?.history ?? [], run?.build));
}

function judgeBuild({ build }: Run): Verdict<Says> {
  if (build === undefined) return failed(['executionWithoutBuild', { machine: MACHINE }]);
  if (build.project !== PROJECT) return failed(['buildOfOtherProject', { found: build.project, expected: PROJECT }]);
  const number = build.number ?? 0;
  if (!build.complete) return waiting(['buildInProgress', { number, phase: build.currentPhase ?? '-' }], 20);
  return isSucceeded(build) ? passed() : failed(['buildNotSucceeded', { number, status: build.status }]);
}

function judgeObject({ target, object, build }: Stored): Verdict<Says> {
  if (target === undefined) {
    if (build !== undefined) believed(build);
    return failed(['targetUnknown', { bucket: BUCKET_VARIABLE, key: KEY_VARIABLE }]);
  }
  if (!target.bucket.startsWith(BUCKET_PREFIX)) return failed(['targetOtherBucket', { found: target.bucket, prefix: BUCKET_PREFIX }]);
  return object === undefined ? failed(['objectMissing', { ...target }]) : passed();
}

function judgeTime({ execution, running, build, object }: Stored): Verdict<Says> {
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

export default defineTask({
  id: 'task-6',
  messages,
  needs: ['task-1', 'task-5'],
  reads: { ...reads, ...pastBuildReads },
  observe,
  expectations: {
    ended: [
      {
        id: 'execution-succeeded',
        step: 3,
        expected: 'SUCCEEDED',
        judge: judgeExecution,
        observed: ({ execution, running }) => (execution ?? running)?.status ?? null,
        resource: ({ execution }) => execution?.arn,
        console: ({ execution }, { console }) => (execution ? console.execution(execution.arn) : console.stateMachines()),
      },
    ],
    run: [
      {
        id: 'build-succeeded',
        step: 5,
        after: 'execution-succeeded',
        expected: { project: PROJECT, status: 'SUCCEEDED' },
        judge: judgeBuild,
        observed: ({ build }) => build && { project: build.project, status: build.status },
        resource: ({ build }) => build?.arn,
        console: ({ build }, { console }) => (build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT)),
      },
    ],
    stored: [
      {
        ...ofObject,
        id: 'object-exists',
        step: 6,
        after: 'build-succeeded',
        expected: objectUri,
        judge: judgeObject,
        observed: ({ object }) => object?.key ?? null,
      },
      {
        ...ofObject,
        id: 'object-size',
        step: 6,
        after: 'object-exists',
        expected: `> ${MEGABYTE}`,
        holds: ({ object }) => object !== undefined && object.sizeBytes > MEGABYTE,
        otherwise: ({ object }) => ['objectTooSmall', { key: object?.key ?? '-', bytes: object?.sizeBytes ?? 0 }],
        observed: ({ object }) => object?.sizeBytes,
      },
      {
        ...ofObject,
        id: 'object-time',
        step: 6,
        after: 'object-exists',
        expected: ({ build, execution }) =>
          build && { from: build.startedAt.toISOString(), to: (execution?.stoppedAt ?? build.endedAt)?.toISOString() ?? null },
        judge: judgeTime,
        observed: ({ object }) => object?.modifiedAt.toISOString(),
      },
    ],
  },
  history: {
    'execution-succeeded': fromBuild,
    'build-succeeded': fromBuild,
  },
});
