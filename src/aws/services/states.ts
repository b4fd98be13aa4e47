import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { type FactsOf, facts, flag, from, jsonDocument, jsonOrText, maybeDate, maybeText, text } from '../facts.ts';
import { page } from '../pages.ts';
import { type ActionScope, limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'state-machine', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-sfn')>('@aws-sdk/client-sfn');

const ofMachine = limitedTo('state-machine', (name) => regionalArn('states', `stateMachine:${name}`));
const ofExecution: ActionScope = { ...limitedTo('state-machine', (name) => regionalArn('states', `execution:${name}:*`)), data: true };

const service = defineService({ name: 'states', client: () => sdk.SFNClient });

const machineFacts = facts({
  name: text,
  arn: from('stateMachineArn', text),
  /** `ACTIVE` or `DELETING`. */
  status: maybeText,
  /** `STANDARD` or `EXPRESS`. */
  type: text,
  /** ARN of the role that executions work with. */
  role: from('roleArn', text),
  /** The definition in the Amazon States Language, parsed; its text when it is no JSON. */
  definition: jsonDocument,
  /** Whether executions are traced with X-Ray. */
  tracing: from('tracingConfiguration.enabled', flag),
});
export type StateMachine = FactsOf<typeof machineFacts>;

const executionFacts = facts({
  arn: from('executionArn', text),
  name: text,
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED` or `PENDING_REDRIVE`. */
  status: z.lazy(() => z.enum(sdk.ExecutionStatus)),
  stoppedAt: from('stopDate', maybeDate),
});
export type ExecutionEntry = FactsOf<typeof executionFacts>;

const detailsFacts = facts({
  /** E.g. `codebuild`, for events of a task. */
  resourceType: maybeText,
  /** Parsed; text when it is no JSON. */
  output: maybeText.transform((found) => found && jsonOrText(found)),
  error: maybeText,
  cause: maybeText,
});
const eventFacts = z.looseObject({ type: text }).transform(({ type, ...rest }) => {
  // Each event has one member of details at most, named after its type: `taskSubmittedEventDetails`.
  const [, details] = Object.entries(rest).find(([member, value]) => member.endsWith('EventDetails') && value !== undefined) ?? [];
  return { type, ...detailsFacts.safeParse(details ?? {}).data };
});
/** Of a type such as `TaskStateEntered`, `TaskSubmitted`, `TaskSucceeded`, `TaskFailed`, `ExecutionFailed`. */
export type HistoryEvent = { readonly type: string } & Partial<FactsOf<typeof detailsFacts>>;

const NO_MACHINE = ['StateMachineDoesNotExist'];

const arnOf = ({ partition, region, account }: Place, kind: 'stateMachine' | 'execution', nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:states:${region}:${account}:${kind}:${nameOrArn}`;

/** The state machine with this name or ARN. */
const stateMachine = service.one('stateMachine', {
  finds: 'state-machine',
  calls: { DescribeStateMachine: ofMachine },
  command: ([nameOrArn]: [nameOrArn: string], place) =>
    new sdk.DescribeStateMachineCommand({ stateMachineArn: arnOf(place, 'stateMachine', nameOrArn) }),
  answer: machineFacts,
  misfit: ({ arn }, [nameOrArn], place) => (arn === arnOf(place, 'stateMachine', nameOrArn) ? undefined : 'is about another state machine'),
  absent: NO_MACHINE,
});

/** All state machines in the region. */
const stateMachines = service.list('stateMachines', {
  calls: { ListStateMachines: UNLIMITED },
  command: (_: [], { token }) => new sdk.ListStateMachinesCommand({ nextToken: token, maxResults: 1000 }),
  page: page('stateMachines', facts({ name: text, arn: from('stateMachineArn', text) })),
});

interface Executions {
  readonly status?: ExecutionStatus;
  /** @default 20 */
  readonly limit?: number;
}

/**
 * Executions of a state machine, given by name or ARN, newest first, at most `limit`.
 * `undefined` when there is no such state machine. Step Functions lists executions for 90 days.
 */
const executions = service.list('executions', {
  calls: { ListExecutions: ofMachine },
  command: ([nameOrArn, { status, limit = 20 } = {}]: [nameOrArn: string, of?: Executions], { token, ...place }) =>
    new sdk.ListExecutionsCommand({
      stateMachineArn: arnOf(place, 'stateMachine', nameOrArn),
      statusFilter: status,
      nextToken: token,
      maxResults: Math.min(limit, 1000),
    }),
  page: page('executions', executionFacts),
  absent: NO_MACHINE,
  limit: ([, { limit = 20 } = {}]) => limit,
});

/** What happened in an execution, by ARN or `<state machine>:<execution>`, oldest first. `undefined` when there is no such execution. */
const history = service.list('history', {
  calls: { GetExecutionHistory: ofExecution },
  probe: (name) => [`${name}:labproof`],
  command: ([nameOrArn]: [nameOrArn: string], { token, ...place }) =>
    new sdk.GetExecutionHistoryCommand({
      executionArn: arnOf(place, 'execution', nameOrArn),
      includeExecutionData: true,
      maxResults: 1000,
      nextToken: token,
    }),
  page: page<HistoryEvent>('events', eventFacts),
  // Every execution has begun.
  misfit: ({ items }) => (items.length > 0 ? undefined : 'holds no event'),
  absent: ['ExecutionDoesNotExist'],
  maxPages: 10,
});

export const states = { stateMachine, stateMachines, executions, history };

export const statesConsole = {
  stateMachines: (place: Place) => consolePage(place, 'states/home', '/statemachines'),
  stateMachine: (place: Place, arn: string) => consolePage(place, 'states/home', `/statemachines/view/${encoded(arn)}`),
  execution: (place: Place, arn: string) => consolePage(place, 'states/home', `/v2/executions/details/${encoded(arn)}`),
};

export const statesDeletion = {
  stateMachine: ({ region }: Place, arn: string) =>
    free(`aws stepfunctions delete-state-machine --region ${region} --state-machine-arn ${shellWord(arn)}`),
};
