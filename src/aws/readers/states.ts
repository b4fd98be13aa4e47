import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { type Caller, defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { jsonOrText } from './json-text.ts';
import { allPages } from './pages.ts';

export interface StateMachine {
  readonly name: string;
  readonly arn: string;
  /** `ACTIVE` or `DELETING`. */
  readonly status?: string | undefined;
  /** `STANDARD` or `EXPRESS`. */
  readonly type: string;
  /** ARN of the role that executions work with. */
  readonly role: string;
  /** The definition in the Amazon States Language, parsed; its text when it is no JSON. */
  readonly definition: unknown;
  /** The definition as it was written. */
  readonly definitionText: string;
  /** Whether executions are traced with X-Ray. */
  readonly tracing: boolean;
  readonly logging: {
    /** `OFF`, `ERROR`, `FATAL` or `ALL`. */
    readonly level: string;
    /** ARNs of log groups, ending in `:*`. */
    readonly logGroups: readonly string[];
  };
  readonly createdAt?: Date | undefined;
}

export interface StateMachineEntry {
  readonly name: string;
  readonly arn: string;
}

export interface ExecutionEntry {
  readonly arn: string;
  readonly name: string;
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED` or `PENDING_REDRIVE`. */
  readonly status: string;
  readonly startedAt?: Date | undefined;
  readonly stoppedAt?: Date | undefined;
}

export interface Execution extends ExecutionEntry {
  readonly stateMachineArn: string;
  /** Parsed; its text when it is no JSON. */
  readonly input?: unknown;
  /** Set when it succeeded. */
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

export interface HistoryEvent {
  readonly id: number;
  readonly previousId?: number | undefined;
  /** E.g. `TaskStateEntered`, `TaskSubmitted`, `TaskSucceeded`, `TaskFailed`, `ExecutionFailed`. */
  readonly type: string;
  readonly at: Date;
  /** Name of the state, for events of entering and leaving one. */
  readonly state?: string | undefined;
  /** E.g. `codebuild` and `startBuild.sync`, for events of a task. */
  readonly resourceType?: string | undefined;
  readonly resource?: string | undefined;
  /** Parsed; text when it is no JSON. `parameters` are what a scheduled task was given. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly parameters?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

const NO_MACHINE = ['StateMachineDoesNotExist'];
const NO_EXECUTION = ['ExecutionDoesNotExist'];
const json = z.string().transform(jsonOrText).optional();

const machineArn = ({ partition, region, account }: Caller, nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:states:${region}:${account}:stateMachine:${nameOrArn}`;
const executionArnOf = ({ partition, region, account }: Caller, nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:states:${region}:${account}:execution:${nameOrArn}`;

/** The state machine with this name or ARN. */
const stateMachine = defineReader({
  name: 'states.stateMachine',
  calls: ['states:DescribeStateMachine'],
  finds: 'state-machine',
  async read(aws, nameOrArn: string): Promise<StateMachine | undefined> {
    const stateMachineArn = machineArn(aws, nameOrArn);
    const answer = z.object({
      stateMachineArn: z.literal(stateMachineArn),
      name: z.string().min(1),
      status: z.string().optional(),
      definition: z.string().min(1),
      roleArn: z.string().min(1),
      type: z.string().min(1),
      creationDate: z.date().optional(),
      tracingConfiguration: z.object({ enabled: z.boolean().optional() }).optional(),
      loggingConfiguration: z
        .object({
          level: z.string().optional(),
          destinations: z
            .array(z.object({ cloudWatchLogsLogGroup: z.object({ logGroupArn: z.string().optional() }).optional() }))
            .optional(),
        })
        .optional(),
    });
    const command = new sdk.states.DescribeStateMachineCommand({ stateMachineArn });
    const found = await aws.send(sdk.states.SFNClient, command, { answer, absent: NO_MACHINE });
    if (found === undefined) return undefined;
    const { level = 'OFF', destinations = [] } = found.loggingConfiguration ?? {};
    return {
      name: found.name,
      arn: stateMachineArn,
      status: found.status,
      type: found.type,
      role: found.roleArn,
      definition: jsonOrText(found.definition),
      definitionText: found.definition,
      tracing: found.tracingConfiguration?.enabled ?? false,
      logging: { level, logGroups: destinations.flatMap(({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? []) },
      createdAt: found.creationDate,
    };
  },
});

const machineEntryShape = z
  .object({ name: z.string().min(1), stateMachineArn: z.string().min(1) })
  .transform(({ name, stateMachineArn }): StateMachineEntry => ({ name, arn: stateMachineArn }));

/** All state machines in the region. */
const stateMachines = defineReader({
  name: 'states.stateMachines',
  calls: ['states:ListStateMachines'],
  async read(aws): Promise<readonly StateMachineEntry[]> {
    const answer = z.object({ stateMachines: z.array(machineEntryShape), nextToken: z.string().optional() });
    return allPages<StateMachineEntry>(
      async (nextToken) => {
        const page = await aws.send(sdk.states.SFNClient, new sdk.states.ListStateMachinesCommand({ nextToken, maxResults: 1000 }), {
          answer,
        });
        return { items: page.stateMachines, next: page.nextToken };
      },
      { operation: 'states:ListStateMachines', maxPages: 20 },
    );
  },
});

const executionStatus = z.lazy(() => z.enum(sdk.states.ExecutionStatus));

const executionEntryShape = z
  .object({
    executionArn: z.string().min(1),
    name: z.string().min(1),
    status: executionStatus,
    startDate: z.date().optional(),
    stopDate: z.date().optional(),
  })
  .transform(
    ({ executionArn, name, status, startDate, stopDate }): ExecutionEntry => ({
      arn: executionArn,
      name,
      status,
      startedAt: startDate,
      stoppedAt: stopDate,
    }),
  );

/**
 * Executions of a state machine, given by name or ARN, newest first, at most `limit` (default 20).
 * `undefined` when there is no such state machine. Step Functions lists executions for 90 days.
 */
const executions = defineReader({
  name: 'states.executions',
  calls: ['states:ListExecutions'],
  async read(
    aws,
    nameOrArn: string,
    { status, limit = 20 }: { readonly status?: ExecutionStatus; readonly limit?: number } = {},
  ): Promise<readonly ExecutionEntry[] | undefined> {
    const answer = z.object({ executions: z.array(executionEntryShape), nextToken: z.string().optional() });
    const found = await allPages<ExecutionEntry>(
      async (nextToken) => {
        const command = new sdk.states.ListExecutionsCommand({
          stateMachineArn: machineArn(aws, nameOrArn),
          statusFilter: status,
          nextToken,
          maxResults: Math.min(limit, 1000),
        });
        const page = await aws.send(sdk.states.SFNClient, command, { answer, absent: NO_MACHINE });
        return page && { items: page.executions, next: page.nextToken };
      },
      { operation: 'states:ListExecutions', maxPages: 20, enough: (soFar) => soFar.length >= limit },
    );
    return found?.slice(0, limit);
  },
});

/** One execution, by ARN or `<state machine>:<execution>`, with what went in and what came out. */
const execution = defineReader({
  name: 'states.execution',
  calls: ['states:DescribeExecution'],
  probe: (name) => [`${name}:labproof`],
  async read(aws, nameOrArn: string): Promise<Execution | undefined> {
    const executionArn = executionArnOf(aws, nameOrArn);
    const answer = z.object({
      executionArn: z.literal(executionArn),
      stateMachineArn: z.string().min(1),
      name: z.string().min(1),
      status: executionStatus,
      startDate: z.date().optional(),
      stopDate: z.date().optional(),
      input: json,
      output: json,
      error: z.string().optional(),
      cause: z.string().optional(),
    });
    const found = await aws.send(sdk.states.SFNClient, new sdk.states.DescribeExecutionCommand({ executionArn }), {
      answer,
      absent: NO_EXECUTION,
    });
    if (found === undefined) return undefined;
    const { stateMachineArn, name, status, startDate, stopDate, input, output, error, cause } = found;
    return { arn: executionArn, stateMachineArn, name, status, startedAt: startDate, stoppedAt: stopDate, input, output, error, cause };
  },
});

const detailsShape = z.object({
  name: z.string().optional(),
  resourceType: z.string().optional(),
  resource: z.string().optional(),
  input: json,
  output: json,
  parameters: json,
  error: z.string().optional(),
  cause: z.string().optional(),
});

const eventShape = z
  .looseObject({ id: z.number(), previousEventId: z.number().optional(), type: z.string().min(1), timestamp: z.date() })
  .transform(({ id, previousEventId, type, timestamp, ...rest }): HistoryEvent => {
    // Each event has one member of details at most, named after its type: `taskSubmittedEventDetails`.
    const found = Object.entries(rest).find(([member, value]) => member.endsWith('EventDetails') && value !== undefined);
    const { name, ...details } = detailsShape.catch({}).parse(found?.[1] ?? {});
    return { id, previousId: previousEventId, type, at: timestamp, state: name, ...details };
  });

/** What happened in an execution, by ARN or `<state machine>:<execution>`, oldest first. `undefined` when there is no such execution. */
const history = defineReader({
  name: 'states.history',
  calls: ['states:GetExecutionHistory'],
  probe: (name) => [`${name}:labproof`],
  async read(aws, nameOrArn: string): Promise<readonly HistoryEvent[] | undefined> {
    const executionArn = executionArnOf(aws, nameOrArn);
    const answer = z.object({ events: z.array(eventShape).min(1), nextToken: z.string().optional() });
    return allPages<HistoryEvent>(
      async (nextToken) => {
        const command = new sdk.states.GetExecutionHistoryCommand({
          executionArn,
          includeExecutionData: true,
          maxResults: 1000,
          nextToken,
        });
        const page = await aws.send(sdk.states.SFNClient, command, { answer, absent: NO_EXECUTION });
        return page && { items: page.events, next: page.nextToken };
      },
      { operation: 'states:GetExecutionHistory', maxPages: 10 },
    );
  },
});

export const states = { stateMachine, stateMachines, executions, execution, history };
