import {
  DescribeStateMachineCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidArn,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const roleArn = `arn:aws:iam::${ACCOUNT}:role/machine`;
const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:machine`;
const definition = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
const task = { state: 'Build', resourceType: 'codebuild', resource: 'startBuild.sync' };

describe('states', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: SFNClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new SFNClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.region(REGION).states;
  const describeMachine = () => client.send(new DescribeStateMachineCommand({ stateMachineArn }));

  it('describes state machines as they were saved last, and refuses those that are missing', async () => {
    expect(await rejection(describeMachine())).toBeInstanceOf(StateMachineDoesNotExist);
    const made = state().createStateMachine({ name: 'machine', roleArn, definition });
    expect(await describeMachine()).toMatchObject({
      ...{ stateMachineArn, name: 'machine', roleArn, type: 'STANDARD', status: 'ACTIVE', creationDate: made.creationDate },
      definition: JSON.stringify(definition),
      tracingConfiguration: { enabled: false },
      loggingConfiguration: { level: 'OFF' },
    });
    state().updateStateMachine('machine', { definition: '{ not json', tracing: true });
    expect(await describeMachine()).toMatchObject({ definition: '{ not json', tracingConfiguration: { enabled: true }, roleArn });
    expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toMatchObject([{ stateMachineArn, type: 'STANDARD' }]);
    expect(await rejection(client.send(new DescribeStateMachineCommand({ stateMachineArn: 'machine' })))).toBeInstanceOf(InvalidArn);
    expect(() => state().createStateMachine({ name: 'machine', roleArn, definition })).toThrow('Already Exists');
    state().deleteStateMachine('machine');
    expect(() => state().deleteStateMachine('machine')).toThrow('Does Not Exist');
    expect(await rejection(describeMachine())).toBeInstanceOf(StateMachineDoesNotExist);
  });

  it.each([
    {
      status: 'SUCCEEDED',
      tasks: [{ ...task, output: { ok: true } }],
      last: 'ExecutionSucceeded',
      ends: { executionSucceededEventDetails: { output: '{"ok":true}' } },
    },
    {
      status: 'FAILED',
      tasks: [{ ...task, failure: { error: 'E', cause: 'C' } }],
      last: 'ExecutionFailed',
      ends: { executionFailedEventDetails: { error: 'E', cause: 'C' } },
    },
    { status: 'RUNNING', tasks: [task], last: 'TaskSubmitted', ends: {} },
    { status: 'ABORTED', tasks: [], last: 'ExecutionAborted', ends: {} },
    { status: 'TIMED_OUT', tasks: [], last: 'ExecutionTimedOut', ends: {} },
  ] as const)('tells an execution that is $status, and what happened in it', async ({ status, tasks, last, ends }) => {
    state().createStateMachine({ name: 'machine', roleArn, definition });
    const { arn: executionArn, startDate } = state().startExecution('machine', { input: { a: 1 }, tasks, status });
    const { executions: [told] = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(told).toMatchObject({ executionArn, stateMachineArn, status, startDate });
    expect(told?.stopDate !== undefined).toBe(status !== 'RUNNING');
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events[0]?.executionStartedEventDetails).toMatchObject({ input: '{"a":1}' });
    expect(events.at(-1)).toMatchObject({ type: last, ...ends });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
    const { events: reversed } = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));
    expect(reversed).toEqual(events.toReversed());
  });

  it('lists executions newest first, page by page, by status', async () => {
    state().createStateMachine({ name: 'machine', roleArn, definition });
    for (let n = 0; n < 12; n += 1) state().startExecution('machine', { name: `run-${n}`, status: n % 2 === 0 ? 'SUCCEEDED' : 'FAILED' });
    const names: (string | undefined)[] = [];
    for await (const { executions = [] } of paginateListExecutions({ client, pageSize: 5 }, { stateMachineArn })) {
      names.push(...executions.map(({ name }) => name));
    }
    expect(names).toEqual(Array.from({ length: 12 }, (_, n) => `run-${11 - n}`));
    const failed: unknown[] = [];
    for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'FAILED' }))
      failed.push(...executions);
    expect(failed).toHaveLength(6);
    expect(() => state().startExecution('machine', { name: 'run-0' })).toThrow('Already Exists');
  });

  it('gives long histories page by page, and refuses what it does not know', async () => {
    state().createStateMachine({ name: 'machine', roleArn, definition });
    const { arn: executionArn } = state().startExecution('machine', { tasks: Array.from({ length: 40 }, () => task) });
    const sizes: number[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) sizes.push(events.length);
    expect(sizes).toEqual([100, 100, 42]);
    const bad = client.send(new GetExecutionHistoryCommand({ executionArn, nextToken: 'made-up' }));
    expect(await rejection(bad)).toBeInstanceOf(InvalidToken);
    const none = `${executionArn}0`;
    expect(await rejection(client.send(new GetExecutionHistoryCommand({ executionArn: none })))).toBeInstanceOf(ExecutionDoesNotExist);
    state().deleteStateMachine('machine');
    expect(await rejection(client.send(new GetExecutionHistoryCommand({ executionArn })))).toBeInstanceOf(ExecutionDoesNotExist);
  });

  it('speaks AWS JSON 1.0 and no other', async () => {
    const speak = (type: string) =>
      fetch(practice.endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': type,
          'x-amz-target': 'AWSStepFunctions.ListStateMachines',
          authorization: `AWS4-HMAC-SHA256 Credential=AKIAPRAC${ACCOUNT}/20261120/${REGION}/states/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: '{}',
      });
    const right = await speak('application/x-amz-json-1.0');
    expect([right.status, right.headers.get('content-type')]).toEqual([200, 'application/x-amz-json-1.0']);
    expect((await speak('application/x-amz-json-1.1')).status).toBe(400);
  });
});
