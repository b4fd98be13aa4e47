import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
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
  readonly reason?: string;
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

export interface StackEventState extends NewStackEvent {
  readonly id: string;
  readonly physicalId: string;
  readonly at: Date;
}

export interface StackState {
  readonly name: string;
  /** The stack's ARN. */
  readonly id: string;
  readonly status: StackStatus;
  readonly statusReason?: string | undefined;
  readonly description?: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly resources: readonly StackResourceState[];
  /** Oldest first. */
  readonly events: readonly StackEventState[];
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  readonly deletedAt?: Date;
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
  const find = (name: string) => stacks.find((stack) => stack.name === name && !stack.deletedAt);
  const known = (name: string) => find(name) ?? impossible(`Stack [${name}] does not exist`);
  const happened = (event: NewStackEvent, physicalId: string): StackEventState => ({
    ...event,
    physicalId,
    id: event.type === STACK_TYPE ? mint.uuid() : `${event.logicalId}-${event.status}-${clock.now().toISOString()}`,
    at: clock.tick(1),
  });
  const ownEvent = (stack: { name: string; id: string }, status: StackStatus, reason?: string) =>
    // The statuses of a stack that events report are a subset of a resource's, REVIEW_IN_PROGRESS included.
    happened({ logicalId: stack.name, type: STACK_TYPE, status: status as ResourceStatus, ...(reason && { reason }) }, stack.id);
  const happenedIn = (resources: readonly StackResourceState[], event: NewStackEvent) =>
    happened(event, resources.find((resource) => resource.logicalId === event.logicalId)?.physicalId ?? '');
  const replace = (old: StackState, news: readonly StackEventState[], changes: Partial<StackState>) => {
    const events = [...old.events, ...news];
    keepNewest(events, MOST_EVENTS);
    stacks[stacks.indexOf(old)] = { ...old, ...changes, events };
  };

  return {
    /** @throws ImpossibleMove when a stack of that name exists. */
    createStack(stack: NewStack): StackState {
      const { name, status = 'CREATE_COMPLETE', statusReason, description } = stack;
      const { outputs = {}, parameters = {}, tags = {}, capabilities = [], resources = [] } = stack;
      if (find(name)) impossible(`Stack [${name}] already exists`);
      const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/${mint.uuid()}`;
      const createdAt = clock.tick(1);
      const starting = status === 'REVIEW_IN_PROGRESS' ? status : 'CREATE_IN_PROGRESS';
      const created = resources.map(({ logicalId, type }) => ({ logicalId, type, status: 'CREATE_COMPLETE' as const }));
      const events = [ownEvent({ name, id }, starting, 'User Initiated')];
      if (status !== 'REVIEW_IN_PROGRESS') for (const event of stack.events ?? created) events.push(happenedIn(resources, event));
      if (status !== starting) events.push(ownEvent({ name, id }, status, statusReason));
      const state: StackState = structuredClone({
        ...{ name, id, status, statusReason, description, outputs, parameters, tags, capabilities, resources, events, createdAt },
      });
      stacks.push(state);
      const oldestDeleted = stacks.findIndex(({ deletedAt }) => deletedAt);
      if (stacks.length > MOST_STACKS) stacks.splice(Math.max(0, oldestDeleted), 1);
      return state;
    },
    /** By name; a stack that was deleted has none any more. */
    stack: find,
    /** Replaces the given members; the status becomes `UPDATE_COMPLETE` unless the patch names one. @throws ImpossibleMove without the stack. */
    updateStack(name: string, { events = [], ...patch }: Partial<Omit<NewStack, 'name'>>): void {
      const old = known(name);
      const { status = 'UPDATE_COMPLETE', resources = old.resources } = patch;
      const updatedAt = clock.tick(1);
      const news = [
        ...(status.startsWith('UPDATE_') ? [ownEvent(old, 'UPDATE_IN_PROGRESS', 'User Initiated')] : []),
        ...events.map((event) => happenedIn(resources, event)),
        ...(status === 'UPDATE_IN_PROGRESS' ? [] : [ownEvent(old, status, patch.statusReason)]),
      ];
      replace(old, news, { statusReason: undefined, ...structuredClone(patch), status, updatedAt });
    },
    /** @throws ImpossibleMove without the stack. */
    deleteStack(name: string, { status = 'DELETE_COMPLETE', reason, resource }: DeleteStackOptions = {}): void {
      const old = known(name);
      const news = [ownEvent(old, 'DELETE_IN_PROGRESS', 'User Initiated')];
      if (resource !== undefined) {
        const found =
          old.resources.find(({ logicalId }) => logicalId === resource) ??
          impossible(`Stack [${name}] has no resource with the logical id ${resource}`);
        const failed = { logicalId: resource, type: found.type, status: 'DELETE_FAILED' as const, ...(reason && { reason }) };
        news.push(happened(failed, found.physicalId));
      }
      const failed = resource === undefined ? reason : `The following resource(s) failed to delete: [${resource}]. `;
      const statusReason = status === 'DELETE_FAILED' ? failed : reason;
      if (status !== 'DELETE_IN_PROGRESS') news.push(ownEvent(old, status, statusReason));
      replace(old, news, { status, statusReason, ...(status === 'DELETE_COMPLETE' && { deletedAt: clock.tick(1) }) });
    },
    /** Living and deleted stacks, newest first. */
    stacks: (): readonly StackState[] => stacks.toReversed(),
  };
}
