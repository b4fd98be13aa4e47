import type { DescribeStateMachineOutput, ExecutionListItem, ExecutionStatus, HistoryEvent, StateMachineType } from '@aws-sdk/client-sfn';
import { impossible, keepNewest, Named, type Scope, textOf } from './scope.ts';

export interface NewStateMachine {
  readonly name: string;
  readonly roleArn: string;
  /** In the Amazon States Language, as an object or as text. It is kept, not run. */
  readonly definition: object | string;
  /** Default `STANDARD`. */
  readonly type?: StateMachineType;
  /** Default: off. */
  readonly tracing?: boolean;
}

/** A state machine as `DescribeStateMachine` answers it. */
export type StateMachineState = Omit<DescribeStateMachineOutput, 'name'> & { readonly name: string };

/** A task of an execution, in the words of its history. */
export interface NewTaskRun {
  /** Name of the state. */
  readonly state: string;
  /** E.g. `codebuild`. */
  readonly resourceType: string;
  /** E.g. `startBuild.sync`. */
  readonly resource: string;
  readonly parameters?: object;
  /** What the service answered when the task was submitted. */
  readonly submitted?: object;
  /** Default: it succeeds with this output. */
  readonly output?: object;
  readonly failure?: Failure;
}

interface Failure {
  readonly error: string;
  readonly cause?: string;
}

/** How an execution goes. */
export interface ExecutionCourse {
  /** Default `SUCCEEDED`, or `FAILED` when a task has a failure. */
  readonly status?: ExecutionStatus;
  readonly output?: object;
  /** One after another. In a running execution the last one has been submitted and no more. */
  readonly tasks?: readonly NewTaskRun[];
  /** Default: of the failed task. */
  readonly failure?: Failure;
  /** Default 120. */
  readonly durationSeconds?: number;
}

export interface StartExecutionOptions extends ExecutionCourse {
  /** Default: made up. */
  readonly name?: string;
  readonly input?: object | string;
}

/** An execution as `ListExecutions` answers it, with what its history tells. */
export interface ExecutionState extends ExecutionListItem {
  readonly arn: string;
  readonly startDate: Date;
  readonly input: string;
  /** Oldest first. */
  readonly history: readonly HistoryEvent[];
}

const MOST_EXECUTIONS = 500;

export type StatesState = ReturnType<typeof createStatesState>;

export function createStatesState({ account, region, clock, mint }: Scope) {
  const machines = new Named<StateMachineState>(clock, (name) => `State Machine Does Not Exist: '${name}'`);
  let executions: ExecutionState[] = [];
  const arnOf = (kind: string, name: string) => `arn:aws:states:${region}:${account}:${kind}:${name}`;
  return {
    createStateMachine({ name, roleArn, definition, type = 'STANDARD', tracing = false }: NewStateMachine): StateMachineState {
      if (machines.has(name)) impossible(`State Machine Already Exists: '${arnOf('stateMachine', name)}'`);
      const machine: StateMachineState = {
        ...{ name, stateMachineArn: arnOf('stateMachine', name), status: 'ACTIVE' as const, roleArn, type },
        definition: textOf(definition),
        tracingConfiguration: { enabled: tracing },
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        creationDate: clock.tick(1),
      };
      machines.set(name, machine);
      return machine;
    },
    updateStateMachine: (name: string, { definition, roleArn, tracing }: Partial<Omit<NewStateMachine, 'name' | 'type'>>) =>
      machines.change(name, {
        ...(definition !== undefined && { definition: textOf(definition) }),
        ...(roleArn !== undefined && { roleArn }),
        ...(tracing !== undefined && { tracingConfiguration: { enabled: tracing } }),
      }),
    /** Its executions go with it. With `deleting` it stays, as it does until its last execution has ended. */
    deleteStateMachine(name: string, { deleting = false }: { readonly deleting?: boolean } = {}): void {
      const { stateMachineArn: deleted } = machines.known(name);
      if (deleting) machines.change(name, { status: 'DELETING' });
      else {
        machines.remove(name);
        executions = executions.filter(({ stateMachineArn }) => stateMachineArn !== deleted);
      }
    },
    /** Runs an execution as told, and lets its duration pass. */
    startExecution(machineName: string, options: StartExecutionOptions = {}): ExecutionState {
      const { stateMachineArn } = machines.known(machineName);
      const { name = mint.uuid() } = options;
      const arn = arnOf('execution', `${machineName}:${name}`);
      if (executions.some((execution) => execution.arn === arn)) impossible(`Execution Already Exists: '${arn}'`);
      const input = textOf(options.input ?? {});
      const course = courseOf(input, clock.tick(1), options);
      const execution: ExecutionState = { arn, executionArn: arn, name, stateMachineArn, input, ...course };
      executions.push(execution);
      keepNewest(executions, MOST_EXECUTIONS);
      return execution;
    },
    /** Ends a running execution, with the tasks it had by then. */
    finishExecution(arn: string, options: ExecutionCourse = {}): ExecutionState {
      const at = executions.findIndex((execution) => execution.arn === arn && execution.status === 'RUNNING');
      const old = executions[at] ?? impossible(`There is no running execution ${arn}`);
      const execution: ExecutionState = { ...old, ...courseOf(old.input, old.startDate, options) };
      executions[at] = execution;
      return execution;
    },
    /** By name or ARN. */
    stateMachine: (nameOrArn: string): StateMachineState | undefined =>
      machines.get(nameOrArn) ?? [...machines.values()].find(({ stateMachineArn }) => stateMachineArn === nameOrArn),
    /** By name. */
    stateMachines: (): readonly StateMachineState[] => machines.sorted(),
    /** Oldest first. */
    executions: (name: string): readonly ExecutionState[] =>
      executions.filter(({ stateMachineArn }) => stateMachineArn === arnOf('stateMachine', name)),
    execution: (arn: string): ExecutionState | undefined => executions.find((execution) => execution.arn === arn),
  };

  /** Where an execution stands, and its events, spread evenly over the time it took. */
  function courseOf(input: string, startDate: Date, { tasks = [], durationSeconds = 120, ...options }: ExecutionCourse) {
    const failure = options.failure ?? tasks.find((task) => task.failure)?.failure;
    const status = options.status ?? (failure ? 'FAILED' : 'SUCCEEDED');
    const end = clock.tick(durationSeconds);
    const output = textOf(options.output ?? tasks.at(-1)?.output ?? {});
    const events: Event[] = [
      { type: 'ExecutionStarted', executionStartedEventDetails: { input } },
      ...tasks.flatMap((task, at) => eventsOf(task, status === 'RUNNING' && at === tasks.length - 1)),
    ];
    if (status === 'SUCCEEDED') events.push({ type: 'ExecutionSucceeded', executionSucceededEventDetails: { output } });
    if (status === 'FAILED') events.push({ type: 'ExecutionFailed', executionFailedEventDetails: { ...failure } });
    if (status === 'TIMED_OUT') events.push({ type: 'ExecutionTimedOut', executionTimedOutEventDetails: { ...failure } });
    if (status === 'ABORTED') events.push({ type: 'ExecutionAborted', executionAbortedEventDetails: { ...failure } });
    const step = (end.getTime() - startDate.getTime()) / Math.max(1, events.length - 1);
    const history = events.map((event, at): HistoryEvent => {
      return { ...event, id: at + 1, previousEventId: at, timestamp: new Date(startDate.getTime() + at * step) };
    });
    return { status, startDate, stopDate: status === 'RUNNING' ? undefined : end, history };
  }
}

type Event = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp'>;

function eventsOf(
  { state, resourceType, resource, parameters = {}, submitted = {}, output = {}, failure }: NewTaskRun,
  running: boolean,
): Event[] {
  const service = { resourceType, resource };
  const entered: Event[] = [
    { type: 'TaskStateEntered', stateEnteredEventDetails: { name: state, input: '{}' } },
    { type: 'TaskScheduled', taskScheduledEventDetails: { ...service, region: '', parameters: JSON.stringify(parameters) } },
    { type: 'TaskStarted', taskStartedEventDetails: service },
    { type: 'TaskSubmitted', taskSubmittedEventDetails: { ...service, output: JSON.stringify(submitted) } },
  ];
  if (running) return entered;
  if (failure) return [...entered, { type: 'TaskFailed', taskFailedEventDetails: { ...service, ...failure } }];
  return [
    ...entered,
    { type: 'TaskSucceeded', taskSucceededEventDetails: { ...service, output: JSON.stringify(output) } },
    { type: 'TaskStateExited', stateExitedEventDetails: { name: state, output: JSON.stringify(output) } },
  ];
}
