import {
  DescribeExecution$,
  type DescribeExecutionCommandInput,
  type DescribeExecutionCommandOutput,
  DescribeStateMachine$,
  type DescribeStateMachineCommandInput,
  type DescribeStateMachineCommandOutput,
  GetExecutionHistory$,
  type GetExecutionHistoryCommandInput,
  type GetExecutionHistoryCommandOutput,
  ListExecutions$,
  type ListExecutionsCommandInput,
  type ListExecutionsCommandOutput,
  ListStateMachines$,
  type ListStateMachinesCommandInput,
  type ListStateMachinesCommandOutput,
} from '@aws-sdk/client-sfn';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import type { ExecutionState, StateMachineState } from '../state/states.ts';

const PAGE = 100;
const MOST_ASKED = 1000;

export const states: Service = {
  id: 'states',
  wire: { protocol: 'json', target: 'AWSStepFunctions', version: '1.0' },
  operations: [
    operation<ListStateMachinesCommandInput, ListStateMachinesCommandOutput>(
      ListStateMachines$,
      ({ nextToken, maxResults }, { region }) => {
        const { items, next } = pageOf(region.states.stateMachines(), paging('ListStateMachines', nextToken, maxResults));
        return {
          stateMachines: items.map(({ name, arn, type, createdAt }) => ({ name, stateMachineArn: arn, type, creationDate: createdAt })),
          nextToken: next,
        };
      },
    ),

    operation<DescribeStateMachineCommandInput, DescribeStateMachineCommandOutput>(DescribeStateMachine$, ({ stateMachineArn }, call) => {
      const { name, arn, status, definition, roleArn, type, tracing, logging, createdAt } = machine(call, stateMachineArn);
      return {
        ...{ stateMachineArn: arn, name, status, definition, roleArn, type, creationDate: createdAt },
        tracingConfiguration: tracing,
        loggingConfiguration: logging,
      };
    }),

    operation<ListExecutionsCommandInput, ListExecutionsCommandOutput>(
      ListExecutions$,
      ({ stateMachineArn, statusFilter, nextToken, maxResults }, call) => {
        const { name } = machine(call, stateMachineArn);
        const matching = call.region.states
          .executions(name)
          .toReversed()
          .filter(({ status }) => statusFilter === undefined || status === statusFilter);
        const { items, next } = pageOf(matching, paging(`ListExecutions ${name} ${statusFilter}`, nextToken, maxResults));
        return {
          executions: items.map(({ arn, name: executionName, status, startDate, stopDate }) => ({
            ...{ executionArn: arn, stateMachineArn, name: executionName, status, startDate, stopDate },
          })),
          nextToken: next,
        };
      },
    ),

    operation<DescribeExecutionCommandInput, DescribeExecutionCommandOutput>(DescribeExecution$, ({ executionArn }, call) => {
      const { arn, name, stateMachineArn, status, startDate, stopDate, input, output, error, cause } = execution(call, executionArn);
      return {
        ...{ executionArn: arn, stateMachineArn, name, status, startDate, stopDate, error, cause },
        ...{ input, inputDetails: { included: true } },
        ...(output !== undefined && { output, outputDetails: { included: true } }),
      };
    }),

    operation<GetExecutionHistoryCommandInput, GetExecutionHistoryCommandOutput>(
      GetExecutionHistory$,
      ({ executionArn, reverseOrder = false, nextToken, maxResults }, call) => {
        const { history } = execution(call, executionArn);
        const ordered = reverseOrder ? history.toReversed() : history;
        const { items, next } = pageOf(ordered, paging(`GetExecutionHistory ${executionArn} ${reverseOrder}`, nextToken, maxResults));
        return { events: items, nextToken: next };
      },
    ),
  ],
};

function machine({ region }: Call, arn = ''): StateMachineState {
  mustBeArn(arn, 'stateMachine');
  const found = region.states.stateMachine(arn);
  if (!found) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return found;
}

function execution({ region }: Call, arn = ''): ExecutionState {
  mustBeArn(arn, 'execution');
  const found = region.states.execution(arn);
  if (!found) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return found;
}

function mustBeArn(arn: string, kind: string): void {
  if (!new RegExp(`^arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:${kind}:\\S+$`).test(arn))
    throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
}

function paging(of: string, token: string | undefined, max: number | undefined): PageRequest {
  if (max !== undefined && (max < 0 || max > MOST_ASKED)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${max}' at 'maxResults' must be from 0 to ${MOST_ASKED}`,
    );
  }
  // 0 means the default.
  return { of, token, size: PAGE, max: max || PAGE, badToken: () => new AwsError('InvalidToken', `Invalid Token: '${token}'`) };
}
