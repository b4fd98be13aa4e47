import type { Bound } from '../../../aws/reader.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import { s3 } from '../../../aws/services/s3.ts';
import { type ExecutionEntry, type HistoryEvent, states } from '../../../aws/services/states.ts';
import { expectationsOn, type FactsOf } from '../../engine/expectation.ts';
import { pastBuildReads, pastBuilds, provenByBuild } from '../../kit/codebuild/past-builds.ts';
import { targetOf } from '../buckets.ts';
import { BUCKET_PREFIX, MACHINE, PROJECT } from '../names.ts';

/** The id of the build that a submitted task started: CodeBuild's answer to StartBuild. */
function buildIdOf(history: readonly HistoryEvent[]): string | undefined {
  const submitted = history.findLast(({ type, resourceType }) => type === 'TaskSubmitted' && resourceType === 'codebuild');
  const id = member(member(submitted?.output, 'Build'), 'Id');
  return typeof id === 'string' ? id : undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

export const isSucceeded = ({ status }: { readonly status: string }) => status === 'SUCCEEDED';
const isRunning = ({ status }: ExecutionEntry) => status === 'RUNNING';

/** Evidence from a build that an execution has started: only those tell the build where the tar goes. */
export const fromBuild = async (aws: Bound<typeof pastBuildReads>) => {
  const build = (await pastBuilds(aws, PROJECT)).find((one) => isSucceeded(one) && targetOf(one) !== undefined);
  return build && provenByBuild(build, { status: build.status, ...targetOf(build) });
};

export const reads = {
  executions: states.executions,
  history: states.history,
  builds: codebuild.builds,
  object: s3.object,
  ...pastBuildReads,
} as const;

export function observe(aws: Bound<typeof reads>) {
  const executed = aws.executions(MACHINE).then((all) => ({
    /** Whether the state machine exists. */
    machine: all !== undefined,
    /** The newest one that succeeded; without one the newest of all that have ended. */
    execution: all?.find(isSucceeded) ?? all?.find((one) => !isRunning(one)),
    running: all?.find(isRunning),
  }));
  /** With the build that the execution started. */
  const run = executed.then(async (fact) => {
    const history = (fact.execution && (await aws.history(fact.execution.arn))) ?? [];
    const id = buildIdOf(history);
    const [build] = id === undefined ? [] : await aws.builds([id]);
    return { ...fact, history, build };
  });
  /** With its run when it did not succeed: what is to be explained. */
  const ended = executed.then(async (fact) => {
    const unexplained = fact.running === undefined && fact.execution !== undefined && !isSucceeded(fact.execution);
    return { ...fact, run: unexplained ? await run : undefined };
  });
  const stored = run.then(async (fact) => {
    const target = targetOf(fact.build);
    const own = target?.bucket.startsWith(BUCKET_PREFIX) ? target : undefined;
    return { ...fact, target, object: own && (await aws.object(own.bucket, own.key)) };
  });
  return { ended, run, stored };
}

export type Fact = FactsOf<typeof observe>;
export const on = expectationsOn<typeof observe>();
