import type { Capability, ResourceStatus, Stack, StackEvent, StackStatus } from '@aws-sdk/client-cloudformation';
import { impossible, keepNewest, type Scope } from './scope.ts';

export interface StackResourceState {
  readonly logicalId: string;
  /** E.g. `AWS::ECR::Repository`. */
  readonly type: string;
  readonly physicalId: string;
}

export interface NewStackEvent {
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly reason?: string | undefined;
}

export interface NewStack {
  readonly name: string;
  /** Default `CREATE_COMPLETE`. */
  readonly status?: StackStatus;
  readonly statusReason?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
  readonly resources?: readonly StackResourceState[];
  /** What happened to the resources, oldest first. Default: each of `resources` was created. */
  readonly events?: readonly NewStackEvent[];
  readonly description?: string;
}

/** A stack as `DescribeStacks` answers it. */
export interface StackState extends Stack {
  readonly StackName: string;
  readonly StackId: string;
  readonly resources: readonly StackResourceState[];
  /** Oldest first. */
  readonly events: readonly StackEvent[];
}

export interface DeleteStackOptions {
  /** Default `DELETE_COMPLETE`. */
  readonly status?: 'DELETE_COMPLETE' | 'DELETE_FAILED' | 'DELETE_IN_PROGRESS';
  readonly reason?: string;
  /** With `DELETE_FAILED`: the logical id of the resource that could not be deleted. */
  readonly resource?: string;
}

const MOST_STACKS = 500;
const MOST_EVENTS = 2000;
const STACK_TYPE = 'AWS::CloudFormation::Stack';

export type CloudFormationState = ReturnType<typeof createCloudFormationState>;

/** Stacks only: what a stack's resources are in other services is made and removed there. */
export function createCloudFormationState({ account, region, clock, mint }: Scope) {
  const stacks: StackState[] = [];
  const find = (name: string): StackState | undefined => stacks.find((stack) => stack.StackName === name && !stack.DeletionTime);
  const known = (name: string) => find(name) ?? impossible(`Stack [${name}] does not exist`);
  const happened = (stack: Named, { logicalId, type, status, reason }: NewStackEvent, PhysicalResourceId: string): StackEvent => ({
    ...{ StackId: stack.StackId, StackName: stack.StackName },
    EventId: type === STACK_TYPE ? mint.uuid() : `${logicalId}-${status}-${clock.now().toISOString()}`,
    LogicalResourceId: logicalId,
    PhysicalResourceId,
    ResourceType: type,
    Timestamp: clock.tick(1),
    ResourceStatus: status,
    ResourceStatusReason: reason,
  });
  // The statuses of a stack that events report are a subset of a resource's, REVIEW_IN_PROGRESS included.
  const ownEvent = (stack: Named, status: StackStatus, reason?: string) =>
    happened(stack, { logicalId: stack.StackName, type: STACK_TYPE, status: status as ResourceStatus, reason }, stack.StackId);
  const resourceEvents = (stack: Named, resources: readonly StackResourceState[], events: readonly NewStackEvent[]) =>
    events.map((event) => happened(stack, event, resources.find(({ logicalId }) => logicalId === event.logicalId)?.physicalId ?? ''));
  const replace = (old: StackState, news: readonly StackEvent[], changes: Partial<StackState>) => {
    const events = [...old.events, ...news];
    keepNewest(events, MOST_EVENTS);
    stacks[stacks.indexOf(old)] = { ...old, ...changes, events };
  };

  return {
    createStack(stack: NewStack): StackState {
      const { name, status = 'CREATE_COMPLETE', statusReason, resources = [] } = stack;
      if (find(name)) impossible(`Stack [${name}] already exists`);
      const named = { StackName: name, StackId: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${mint.uuid()}` };
      const CreationTime = clock.tick(1);
      const starting = status === 'REVIEW_IN_PROGRESS' ? status : 'CREATE_IN_PROGRESS';
      const created = resources.map(({ logicalId, type }) => ({ logicalId, type, status: 'CREATE_COMPLETE' as const }));
      const events = [ownEvent(named, starting, 'User Initiated')];
      if (status !== 'REVIEW_IN_PROGRESS') events.push(...resourceEvents(named, resources, stack.events ?? created));
      if (status !== starting) events.push(ownEvent(named, status, statusReason));
      const state: StackState = {
        ...{ ...named, CreationTime, StackStatus: status, StackStatusReason: statusReason },
        ...{ Parameters: [], Outputs: [], Tags: [], Capabilities: [], RollbackConfiguration: {}, NotificationARNs: [] },
        ...{ DisableRollback: false, EnableTerminationProtection: false, DriftInformation: { StackDriftStatus: 'NOT_CHECKED' } },
        ...membersOf(stack),
        ...{ resources: structuredClone(resources), events },
      };
      stacks.push(state);
      const oldestDeleted = stacks.findIndex(({ DeletionTime }) => DeletionTime);
      if (stacks.length > MOST_STACKS) stacks.splice(Math.max(0, oldestDeleted), 1);
      return state;
    },
    /** By name; a stack that was deleted has none any more. */
    stack: find,
    /** Replaces the given members; the status becomes `UPDATE_COMPLETE` unless the patch names one. */
    updateStack(name: string, patch: Partial<Omit<NewStack, 'name'>>): void {
      const old = known(name);
      const { status = 'UPDATE_COMPLETE', statusReason, resources = old.resources, events = [] } = patch;
      const LastUpdatedTime = clock.tick(1);
      const news = [
        ...(status.startsWith('UPDATE_') ? [ownEvent(old, 'UPDATE_IN_PROGRESS', 'User Initiated')] : []),
        ...resourceEvents(old, resources, events),
        ...(status === 'UPDATE_IN_PROGRESS' ? [] : [ownEvent(old, status, statusReason)]),
      ];
      const changed = { StackStatus: status, StackStatusReason: statusReason, LastUpdatedTime };
      replace(old, news, { ...membersOf(patch), ...changed, resources: structuredClone(resources) });
    },
    deleteStack(name: string, { status = 'DELETE_COMPLETE', reason, resource }: DeleteStackOptions = {}): void {
      const old = known(name);
      const news = [ownEvent(old, 'DELETE_IN_PROGRESS', 'User Initiated')];
      if (resource !== undefined) {
        const { type, physicalId } =
          old.resources.find(({ logicalId }) => logicalId === resource) ??
          impossible(`Stack [${name}] has no resource with the logical id ${resource}`);
        news.push(happened(old, { logicalId: resource, type, status: 'DELETE_FAILED', reason }, physicalId));
      }
      const failed = resource === undefined ? reason : `The following resource(s) failed to delete: [${resource}]. `;
      const StackStatusReason = status === 'DELETE_FAILED' ? failed : reason;
      if (status !== 'DELETE_IN_PROGRESS') news.push(ownEvent(old, status, StackStatusReason));
      replace(old, news, { StackStatus: status, StackStatusReason, ...(status === 'DELETE_COMPLETE' && { DeletionTime: clock.tick(1) }) });
    },
    /** Living and deleted stacks, newest first. */
    stacks: (): readonly StackState[] => stacks.toReversed(),
  };
}

type Named = Pick<StackState, 'StackName' | 'StackId'>;

/** The members that are given, as CloudFormation answers them. */
function membersOf({ description, parameters, outputs, tags, capabilities }: Partial<NewStack>) {
  const pairs = <T>(given: Readonly<Record<string, string>>, pair: (key: string, value: string) => T) =>
    Object.entries(given).map(([key, value]) => pair(key, value));
  return {
    ...(description !== undefined && { Description: description }),
    ...(parameters && { Parameters: pairs(parameters, (ParameterKey, ParameterValue) => ({ ParameterKey, ParameterValue })) }),
    ...(outputs && { Outputs: pairs(outputs, (OutputKey, OutputValue) => ({ OutputKey, OutputValue })) }),
    ...(tags && { Tags: pairs(tags, (Key, Value) => ({ Key, Value })) }),
    // A capability is an open string on the wire.
    ...(capabilities && { Capabilities: [...capabilities] as Capability[] }),
  };
}
