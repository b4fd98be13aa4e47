import * as sdk from '@aws-sdk/client-sfn';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type RegionalService } from '../service.ts';
import { createStatesState, type StateMachineState, type StatesState } from '../state/states.ts';

/** Step Functions. */
export const states: RegionalService<StatesState> = {
  client: sdk.SFNClient,
  state: createStatesState,
  paging: {
    token: 'nextToken',
    size: 100,
    badToken: (token) => refuse('InvalidToken', `Invalid Token: '${token}'`),
    limit: {
      member: 'maxResults',
      least: 0,
      most: 1000,
      bad: (max) => refuse('ValidationException', `1 validation error detected: Value '${max}' at 'maxResults' must be from 0 to 1000`),
    },
  },
  operations: [
    answers(sdk.ListStateMachinesCommand, (_input, { state, page }) => page(state.stateMachines(), (stateMachines) => ({ stateMachines }))),

    answers(sdk.DescribeStateMachineCommand, ({ stateMachineArn }, { state }) => machine(state, stateMachineArn)),

    answers(sdk.ListExecutionsCommand, ({ stateMachineArn, statusFilter }, { state, page }) => {
      const newestFirst = state.executions(machine(state, stateMachineArn).name).toReversed();
      const matching = newestFirst.filter(({ status }) => statusFilter === undefined || status === statusFilter);
      return page(matching, (executions) => ({ executions }));
    }),

    answers(sdk.GetExecutionHistoryCommand, ({ executionArn = '', reverseOrder }, { state, page }) => {
      mustBeArn(executionArn, 'execution');
      const { history } = state.execution(executionArn) ?? refuse('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      return page(reverseOrder ? history.toReversed() : history, (events) => ({ events }));
    }),
  ],
};

function machine(state: StatesState, arn = ''): StateMachineState {
  mustBeArn(arn, 'stateMachine');
  return state.stateMachine(arn) ?? refuse('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

function mustBeArn(arn = '', kind: string): void {
  if (!new RegExp(`^arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:${kind}:\\S+$`).test(arn)) refuse('InvalidArn', `Invalid Arn: '${arn}'`);
}
