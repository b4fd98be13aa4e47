import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { AwsError, refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { createStatesState, type ExecutionState, type StateMachineState, type StatesState } from '../state/states.ts';

const MOST_ASKED = 1000;

/** Step Functions. */
export const states: RegionalService<StatesState> = {
  client: SFNClient,
  state: createStatesState,
  paging: {
    token: 'nextToken',
    size: 100,
    badToken: (token) => new AwsError('InvalidToken', `Invalid Token: '${token}'`),
    limit: {
      member: 'maxResults',
      least: 0,
      most: MOST_ASKED,
      bad: (max) =>
        new AwsError('ValidationException', `1 validation error detected: Value '${max}' at 'maxResults' must be from 0 to ${MOST_ASKED}`),
    },
  },
  operations: [
    answers(ListStateMachinesCommand, (_input, { state, page }) => page(state.stateMachines(), (stateMachines) => ({ stateMachines }))),

    answers(DescribeStateMachineCommand, ({ stateMachineArn }, { state }) => machine(state, stateMachineArn)),

    answers(ListExecutionsCommand, ({ stateMachineArn, statusFilter }, { state, page }) => {
      const newestFirst = state.executions(machine(state, stateMachineArn).name).toReversed();
      const matching = newestFirst.filter(({ status }) => statusFilter === undefined || status === statusFilter);
      return page(matching, (executions) => ({ executions }));
    }),

    answers(DescribeExecutionCommand, ({ executionArn }, { state }) => execution(state, executionArn)),

    answers(GetExecutionHistoryCommand, ({ executionArn, reverseOrder }, { state, page }) => {
      const { history } = execution(state, executionArn);
      return page(reverseOrder ? history.toReversed() : history, (events) => ({ events }));
    }),
  ],
};

function machine(state: StatesState, arn = ''): StateMachineState {
  mustBeArn(arn, 'stateMachine');
  return state.stateMachine(arn) ?? refuse('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

function execution(state: StatesState, arn = ''): ExecutionState {
  mustBeArn(arn, 'execution');
  return state.execution(arn) ?? refuse('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

function mustBeArn(arn: string, kind: string): void {
  if (!new RegExp(`^arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:${kind}:\\S+$`).test(arn)) refuse('InvalidArn', `Invalid Arn: '${arn}'`);
}
