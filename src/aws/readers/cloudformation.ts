import { z } from 'zod';
import { defineReader, type ServiceError } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';

export interface Stack {
  /** The stack's ARN. */
  readonly id: string;
  readonly name: string;
  /** CloudFormation's StackStatus, e.g. `CREATE_COMPLETE`. */
  readonly status: string;
  readonly statusReason?: string | undefined;
  /** Output key to value. Empty until the stack is complete. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdAt?: Date | undefined;
}

/** A resource that CloudFormation could not create, update or delete. */
export interface StackFailure {
  readonly logicalId: string;
  /** Resource type, e.g. `AWS::ECR::Repository`. */
  readonly type: string;
  /** A ResourceStatus ending in `_FAILED`. */
  readonly status: string;
  readonly reason: string;
  readonly at: Date;
}

/** A moment at which a stack was complete. */
export interface StackCompletion {
  /** CloudFormation's id of the event. */
  readonly eventId: string;
  /** `CREATE_COMPLETE` or `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly at: Date;
}

export interface DeletedStack {
  /** The stack's ARN; `cloudformation.stack` still describes it by this. */
  readonly id: string;
  readonly status: string;
  /** AWS always says when; endpoints that only speak its protocol may not. */
  readonly deletedAt?: Date | undefined;
}

const pairs = <K extends string, V extends string>(key: K, value: V) =>
  z
    .array(
      z.object({ [key]: z.string(), [value]: z.string().optional() } as Record<K, z.ZodString> & Record<V, z.ZodOptional<z.ZodString>>),
    )
    .optional()
    .transform((list) =>
      Object.fromEntries(
        (list ?? []).map((pair) => [(pair as Record<string, string>)[key], (pair as Record<string, string>)[value] ?? ''] as const),
      ),
    );

const stackShape = z.object({
  StackId: z.string().min(1),
  StackName: z.string().min(1),
  StackStatus: z.string().min(1),
  StackStatusReason: z.string().optional(),
  CreationTime: z.date().optional(),
  Outputs: pairs('OutputKey', 'OutputValue'),
  Tags: pairs('Key', 'Value'),
  Parameters: pairs('ParameterKey', 'ParameterValue'),
});

const eventShape = z.object({
  StackId: z.string().min(1),
  EventId: z.string().min(1),
  LogicalResourceId: z.string().optional(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string().optional(),
  ResourceStatus: z.string().optional(),
  ResourceStatusReason: z.string().optional(),
  Timestamp: z.date(),
});
type Event = z.output<typeof eventShape>;

const summaryShape = z.object({
  StackId: z.string().min(1),
  StackName: z.string().min(1),
  StackStatus: z.string().min(1),
  DeletionTime: z.date().optional(),
});

const eventsAnswer = z.object({ StackEvents: z.array(eventShape).min(1), NextToken: z.string().optional() });
const summariesAnswer = z.object({ StackSummaries: z.array(summaryShape), NextToken: z.string().optional() });

// CloudFormation has no code of its own for a missing stack; it shares ValidationError with malformed requests.
const noSuchStack = (error: ServiceError) => error.name === 'ValidationError' && /does not exist/.test(error.message);

const stacksAnswer = z.object({ Stacks: z.array(stackShape) });

/** The stack with this name, or with this ARN (which also finds deleted stacks). */
const stack = defineReader({
  name: 'cloudformation.stack',
  finds: 'stack',
  calls: ['cloudformation:DescribeStacks'],
  async read(aws, nameOrId: string): Promise<Stack | undefined> {
    const isIt = ({ StackName, StackId }: z.output<typeof stackShape>) => nameOrId === StackName || nameOrId === StackId;
    const found = await aws.send(
      sdk.cloudformation.CloudFormationClient,
      new sdk.cloudformation.DescribeStacksCommand({ StackName: nameOrId }),
      {
        answer: stacksAnswer,
        misfit: ({ Stacks }) => (Stacks.some(isIt) ? undefined : 'does not hold the stack that was asked for'),
        absent: noSuchStack,
      },
    );
    const shape = found?.Stacks.find(isIt);
    if (shape === undefined) return undefined;
    return {
      id: shape.StackId,
      name: shape.StackName,
      status: shape.StackStatus,
      statusReason: shape.StackStatusReason,
      outputs: shape.Outputs,
      tags: shape.Tags,
      parameters: shape.Parameters,
      createdAt: shape.CreationTime,
    };
  },
});

// The stack's own events with these statuses open an operation; what is older belongs to earlier operations.
const OPERATION_STARTS = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'IMPORT_IN_PROGRESS']);
const startsOperation = (event: Event) => event.PhysicalResourceId === event.StackId && OPERATION_STARTS.has(event.ResourceStatus ?? '');

/**
 * The failures of the stack's newest operation (create, update or delete, with its rollback), oldest first: the first one is
 * usually the cause, later ones are cancellations. `undefined` when there is no such stack.
 */
const stackFailures = defineReader({
  name: 'cloudformation.stackFailures',
  calls: ['cloudformation:DescribeStackEvents'],
  async read(aws, nameOrId: string): Promise<readonly StackFailure[] | undefined> {
    const events = await allPages<Event>(
      async (NextToken) => {
        const page = await aws.send(
          sdk.cloudformation.CloudFormationClient,
          new sdk.cloudformation.DescribeStackEventsCommand({ StackName: nameOrId, NextToken }),
          {
            answer: eventsAnswer,
            absent: noSuchStack,
          },
        );
        return page && { items: page.StackEvents, next: page.NextToken };
      },
      { operation: 'cloudformation:DescribeStackEvents', maxPages: 20, enough: (soFar) => soFar.some(startsOperation) },
    );
    if (events === undefined) return undefined;
    // AWS lists the newest event first.
    const start = events.findIndex(startsOperation);
    const operation = start === -1 ? events : events.slice(0, start + 1);
    return operation
      .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .reverse()
      .map((event) => ({
        logicalId: event.LogicalResourceId ?? '',
        type: event.ResourceType ?? '',
        status: event.ResourceStatus ?? '',
        reason: event.ResourceStatusReason ?? '',
        at: event.Timestamp,
      }));
  },
});

const COMPLETE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
const completes = (event: Event) => event.PhysicalResourceId === event.StackId && COMPLETE.has(event.ResourceStatus ?? '');

/** When the stack with this name or ARN was last complete; `undefined` when it never was, or there is no such stack. Deleted ones are found by ARN. */
const stackCompletion = defineReader({
  name: 'cloudformation.stackCompletion',
  calls: ['cloudformation:DescribeStackEvents'],
  async read(aws, nameOrId: string): Promise<StackCompletion | undefined> {
    const events = await allPages<Event>(
      async (NextToken) => {
        const page = await aws.send(
          sdk.cloudformation.CloudFormationClient,
          new sdk.cloudformation.DescribeStackEventsCommand({ StackName: nameOrId, NextToken }),
          {
            answer: eventsAnswer,
            absent: noSuchStack,
          },
        );
        return page && { items: page.StackEvents, next: page.NextToken };
      },
      { operation: 'cloudformation:DescribeStackEvents', maxPages: 20, enough: (soFar) => soFar.some(completes) },
    );
    const event = events?.find(completes);
    return event && { eventId: event.EventId, status: event.ResourceStatus ?? '', at: event.Timestamp };
  },
});

/** Deleted stacks of exactly this name, newest first. AWS remembers them for 90 days. */
const deletedStacks = defineReader({
  name: 'cloudformation.deletedStacks',
  calls: ['cloudformation:ListStacks'],
  async read(aws, name: string): Promise<readonly DeletedStack[]> {
    const summaries = await allPages<z.output<typeof summaryShape>>(
      async (NextToken) => {
        const command = new sdk.cloudformation.ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'], NextToken });
        const page = await aws.send(sdk.cloudformation.CloudFormationClient, command, { answer: summariesAnswer });
        return { items: page.StackSummaries, next: page.NextToken };
      },
      { operation: 'cloudformation:ListStacks', maxPages: 50 },
    );
    return summaries
      .filter(({ StackName, StackStatus }) => StackName === name && StackStatus === 'DELETE_COMPLETE')
      .map(({ StackId, StackStatus, DeletionTime }) => ({ id: StackId, status: StackStatus, deletedAt: DeletionTime }))
      .sort((a, b) => (b.deletedAt?.getTime() ?? 0) - (a.deletedAt?.getTime() ?? 0));
  },
});

export const cloudformation = { stack, stackFailures, stackCompletion, deletedStacks };
