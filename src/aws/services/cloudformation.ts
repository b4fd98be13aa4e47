import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { date, type FactsOf, facts, from, list, maybeDate, maybeText, pairs, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'stack', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-cloudformation')>('@aws-sdk/client-cloudformation');

const ofStack = limitedTo('stack', (name) => regionalArn('cloudformation', `stack/${name}/*`));

const service = defineService({
  name: 'cloudformation',
  client: () => sdk.CloudFormationClient,
  // Its limits are low and cannot be raised.
  rate: { perSecond: 5, burst: 30 },
});

const stackFacts = facts({
  /** The stack's ARN. */
  id: from('StackId', text),
  name: from('StackName', text),
  /** CloudFormation's StackStatus, e.g. `CREATE_COMPLETE`. */
  status: from('StackStatus', text),
  statusReason: from('StackStatusReason', maybeText),
  /** Output key to value. Empty until the stack is complete. */
  outputs: from('Outputs', pairs('OutputKey', 'OutputValue')),
  tags: from('Tags', pairs('Key', 'Value')),
});
export type Stack = FactsOf<typeof stackFacts>;

const eventFacts = facts({
  stackId: from('StackId', text),
  eventId: from('EventId', text),
  logicalId: from('LogicalResourceId', maybeText.default('')),
  physicalId: from('PhysicalResourceId', maybeText),
  /** Resource type, e.g. `AWS::ECR::Repository`. */
  type: from('ResourceType', maybeText.default('')),
  /** CloudFormation's ResourceStatus, e.g. `CREATE_FAILED`. */
  status: from('ResourceStatus', maybeText.default('')),
  reason: from('ResourceStatusReason', maybeText.default('')),
  at: from('Timestamp', date),
});
type StackEvent = FactsOf<typeof eventFacts>;
/** A resource that CloudFormation could not create, update or delete. */
export type StackFailure = Pick<StackEvent, 'logicalId' | 'type' | 'status' | 'reason' | 'at'>;
/** A moment at which a stack was complete: `CREATE_COMPLETE` or `UPDATE_COMPLETE`. */
export type StackCompletion = Pick<StackEvent, 'eventId' | 'status' | 'at'>;

const deletedStackFacts = facts({
  /** The stack's ARN; `cloudformation.stack` still describes it by this. */
  id: from('StackId', text),
  name: from('StackName', text),
  status: from('StackStatus', text),
  /** AWS always says when; endpoints that only speak its protocol may not. */
  deletedAt: from('DeletionTime', maybeDate),
});

// CloudFormation has no code of its own for a missing stack; it shares ValidationError with malformed requests.
const noSuchStack = (error: Error) => error.name === 'ValidationError' && /does not exist/.test(error.message);

const isCalled = (nameOrId: string) => (stack: Stack) => nameOrId === stack.name || nameOrId === stack.id;

/** The stack with this name, or with this ARN (which also finds deleted stacks). */
const stack = service.one('stack', {
  finds: 'stack',
  calls: { DescribeStacks: ofStack },
  command: ([nameOrId]: [nameOrId: string]) => new sdk.DescribeStacksCommand({ StackName: nameOrId }),
  answer: within('Stacks', list(stackFacts)),
  misfit: (stacks, [nameOrId]) => (stacks.some(isCalled(nameOrId)) ? undefined : 'does not hold the stack that was asked for'),
  absent: noSuchStack,
  gives: (stacks, [nameOrId]) => stacks.find(isCalled(nameOrId)),
});

const eventsOfStack = {
  calls: { DescribeStackEvents: ofStack },
  command: ([nameOrId]: [nameOrId: string], { token }: { readonly token: string | undefined }) =>
    new sdk.DescribeStackEventsCommand({ StackName: nameOrId, NextToken: token }),
  page: page('StackEvents', eventFacts, 'NextToken'),
  // A stack without events is none.
  misfit: ({ items }: { readonly items: readonly StackEvent[] }) => (items.length > 0 ? undefined : 'holds no event'),
  absent: noSuchStack,
} as const;

const isOfStack = ({ physicalId, stackId }: StackEvent) => physicalId === stackId;
// The stack's own events with these statuses open an operation; what is older belongs to earlier operations.
const OPERATION_STARTS = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'IMPORT_IN_PROGRESS']);
const startsOperation = (event: StackEvent) => isOfStack(event) && OPERATION_STARTS.has(event.status);

/**
 * The failures of the stack's newest operation (create, update or delete, with its rollback), oldest first: the first one is
 * usually the cause, later ones are cancellations. `undefined` when there is no such stack.
 */
const stackFailures = service.list('stackFailures', {
  ...eventsOfStack,
  enough: (soFar) => soFar.some(startsOperation),
  gives: (events): readonly StackFailure[] => {
    // AWS lists the newest event first.
    const start = events.findIndex(startsOperation);
    const operation = start === -1 ? events : events.slice(0, start + 1);
    return operation.filter(({ status }) => status.endsWith('_FAILED')).reverse();
  },
});

const COMPLETE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
const completes = (event: StackEvent) => isOfStack(event) && COMPLETE.has(event.status);

/** When the stack with this name or ARN was last complete; `undefined` when it never was, or there is no such stack. Deleted ones are found by ARN. */
const stackCompletion = service.list('stackCompletion', {
  ...eventsOfStack,
  enough: (soFar) => soFar.some(completes),
  gives: (events): StackCompletion | undefined => events.find(completes),
});

/** Deleted stacks of exactly this name, newest first. AWS remembers them for 90 days. */
const deletedStacks = service.list('deletedStacks', {
  calls: { ListStacks: UNLIMITED },
  command: (_: [name: string], { token }) => new sdk.ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'], NextToken: token }),
  page: page('StackSummaries', deletedStackFacts, 'NextToken'),
  maxPages: 50,
  gives: (stacks, [name]) =>
    stacks
      .filter((one) => one.name === name && one.status === 'DELETE_COMPLETE')
      .sort((a, b) => (b.deletedAt?.getTime() ?? 0) - (a.deletedAt?.getTime() ?? 0)),
});

export const cloudformation = { stack, stackFailures, stackCompletion, deletedStacks };

export const cloudformationConsole = {
  stack: (place: Place, nameOrId: string) => consolePage(place, 'cloudformation/home', `/stacks/stackinfo?stackId=${encoded(nameOrId)}`),
  /** The list of stacks, searched for this name. */
  stacks: (place: Place, name: string) => consolePage(place, 'cloudformation/home', `/stacks?filteringText=${encoded(name)}`),
};

export const cloudformationDeletion = {
  stack: ({ region }: Place, name: string) => free(`aws cloudformation delete-stack --region ${region} --stack-name ${shellWord(name)}`),
};
