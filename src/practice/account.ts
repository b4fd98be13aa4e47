import { ACCOUNT_ID } from './account-id.ts';
import { createClock, type PracticeClock } from './clock.ts';
import { ArmedFaults } from './faults.ts';
import { createMint } from './mint.ts';
import { type CloudFormationState, createCloudFormationState } from './state/cloudformation.ts';
import { type CloudTrailState, createCloudTrailState } from './state/cloudtrail.ts';
import { type CodeBuildState, createCodeBuildState } from './state/codebuild.ts';
import { type CodeCommitState, createCodeCommitState } from './state/codecommit.ts';
import { type CodePipelineState, createCodePipelineState } from './state/codepipeline.ts';
import { createEcrState, type EcrState } from './state/ecr.ts';
import { createEcsState, type EcsState } from './state/ecs.ts';
import { createEventsState, type EventsState } from './state/events.ts';
import { createIamState, type IamState } from './state/iam.ts';
import { createLogsState, type LogsState } from './state/logs.ts';
import { createS3State, type S3State } from './state/s3.ts';
import { createStatesState, type StatesState } from './state/states.ts';

export interface PracticeCall {
  /** As in `codebuild:BatchGetProjects`. */
  readonly operation: string;
  readonly region: string;
}

/** What is in one region of an account. Objects it returns are read-only: change them through its functions. */
export interface PracticeRegion {
  readonly name: string;
  readonly cloudformation: CloudFormationState;
  readonly cloudtrail: CloudTrailState;
  readonly codecommit: CodeCommitState;
  readonly codebuild: CodeBuildState;
  readonly codepipeline: CodePipelineState;
  readonly ecr: EcrState;
  readonly ecs: EcsState;
  /** EventBridge. */
  readonly events: EventsState;
  readonly logs: LogsState;
  /** Step Functions. */
  readonly states: StatesState;
}

export interface AccountSettings {
  /** `false`: an account that CodeCommit does not serve; its calls answer `OperationNotAllowedException`. */
  codecommitAvailable: boolean;
}

/** An emulated AWS account. Its ids, ARNs and digests follow from its id and the sequence of moves. */
export interface PracticeAccount {
  /** 12 digits. */
  readonly id: string;
  readonly clock: PracticeClock;
  /** Created empty on first use. @throws RangeError when the name is not spelled like a region. */
  region(name: string): PracticeRegion;
  /** The regions used so far. */
  readonly regions: readonly PracticeRegion[];
  /** IAM is global. */
  readonly iam: IamState;
  /** Buckets of every region: an account lists them all at once. */
  readonly s3: S3State;
  readonly settings: AccountSettings;
  readonly faults: ArmedFaults;
  /** Empties the account and its settings; armed faults and recorded calls stay. What a move does before it sets its own scene. */
  wipe(): void;
  /** Back to an account that has never been used. Faults, settings and recorded calls go too. */
  reset(): void;
  /** The calls received, oldest first; the newest 2,000. */
  readonly calls: readonly PracticeCall[];
  /** The endpoint notes every call here. */
  recordCall(call: PracticeCall): void;
}

// A closed set of words, so that a caller cannot make an account grow by inventing regions.
const REGION = /^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$/;
const MOST_CALLS = 2000;

export function isRegionName(name: string): boolean {
  return REGION.test(name);
}

/** @throws RangeError when `id` is not 12 digits. */
export function createAccount(id: string, { realNow = Date.now }: { readonly realNow?: () => number } = {}): PracticeAccount {
  if (!ACCOUNT_ID.test(id)) throw new RangeError(`An account id has 12 digits: received "${id}".`);
  let contents = newContents(id, realNow);
  return {
    id,
    // One object for the account's life: who holds it sees the time after a reset.
    clock: { now: () => contents.clock.now(), tick: (seconds) => contents.clock.tick(seconds) },
    region: (name) => contents.region(name),
    get regions() {
      return contents.regions();
    },
    get iam() {
      return contents.iam;
    },
    get s3() {
      return contents.s3;
    },
    get settings() {
      return contents.settings;
    },
    get faults() {
      return contents.faults;
    },
    get calls() {
      return contents.calls;
    },
    wipe() {
      const { faults, calls } = contents;
      contents = { ...newContents(id, realNow), faults, calls };
    },
    reset() {
      contents = newContents(id, realNow);
    },
    recordCall(call) {
      contents.calls.push(call);
      if (contents.calls.length > MOST_CALLS) contents.calls.shift();
    },
  };
}

function newContents(account: string, realNow: () => number) {
  const clock = createClock(realNow);
  const mint = createMint(account);
  const regions = new Map<string, PracticeRegion>();
  const calls: PracticeCall[] = [];
  const settings: AccountSettings = { codecommitAvailable: true };

  function region(name: string): PracticeRegion {
    const known = regions.get(name);
    if (known) return known;
    if (!isRegionName(name)) throw new RangeError(`A region is spelled like ap-northeast-2: received "${name}".`);
    const scope = { account, region: name, clock, mint };
    const codecommit = createCodeCommitState(scope);
    const logs = createLogsState(scope);
    const ecr = createEcrState(scope);
    const made: PracticeRegion = {
      name,
      codecommit,
      logs,
      ecr,
      cloudformation: createCloudFormationState(scope),
      cloudtrail: createCloudTrailState(scope),
      codebuild: createCodeBuildState(scope, codecommit, logs),
      codepipeline: createCodePipelineState(scope, codecommit),
      ecs: createEcsState(scope, ecr),
      events: createEventsState(scope),
      states: createStatesState(scope),
    };
    regions.set(name, made);
    return made;
  }

  return {
    clock,
    calls,
    settings,
    faults: new ArmedFaults(),
    iam: createIamState({ account, clock, mint, record: (event) => void region('us-east-1').cloudtrail.record(event) }),
    s3: createS3State({ clock, mint }),
    regions: () => [...regions.values()],
    region,
  };
}

export type { FaultKind, PracticeFault } from './faults.ts';
export type {
  DeleteStackOptions,
  NewStack,
  NewStackEvent,
  StackEventState,
  StackResourceState,
  StackState,
} from './state/cloudformation.ts';
export type { CloudTrailState, NewTrailEvent } from './state/cloudtrail.ts';
export type { CodeBuildState, FailedPhase, StartBuildOptions } from './state/codebuild.ts';
export type { CodeCommitState, CommitState, Repo } from './state/codecommit.ts';
export type { CodePipelineState, PipelineExecutionState, PipelineState, StartPipelineOptions } from './state/codepipeline.ts';
export type { EcrState, ImageScan, NewEcrRepository, NewImage } from './state/ecr.ts';
export type { EcsState, NewService, RolloutOptions } from './state/ecs.ts';
export type { EventsState, NewRule } from './state/events.ts';
export type { IamState, NewOidcProvider, NewPolicy, NewRole, OidcProviderState, PolicyState, RoleState } from './state/iam.ts';
export type { LogGroupOptions, LogsState } from './state/logs.ts';
export type { BucketState, NewBucket, NewObject, S3State } from './state/s3.ts';
export { ImpossibleMove } from './state/scope.ts';
export type { ExecutionState, NewStateMachine, NewTaskRun, StartExecutionOptions, StatesState } from './state/states.ts';
