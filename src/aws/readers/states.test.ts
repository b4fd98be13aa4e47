import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from '../testing/ask.ts';
import { json } from '../testing/wire-endpoint.ts';
import { states } from './states.ts';

const arn = 'arn:aws:states:ap-northeast-2:111122223333:stateMachine:m';
const machine = {
  stateMachineArn: arn,
  name: 'm',
  definition: '{"StartAt":"A"}',
  roleArn: 'r',
  type: 'STANDARD',
  creationDate: 1_763_600_000,
};

describe('a state machine', () => {
  test('by its name, with what logs and traces it', async () => {
    const group = 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/sfn:*';
    const reply = json({
      ...machine,
      status: 'ACTIVE',
      tracingConfiguration: { enabled: true },
      loggingConfiguration: { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group } }] },
    });
    const { facts, bodies } = await read(states.stateMachine, ['m'], () => reply);
    expect(facts).toEqual({
      ...{ name: 'm', arn, status: 'ACTIVE', type: 'STANDARD', role: 'r', createdAt: new Date(1_763_600_000_000), tracing: true },
      ...{ definition: { StartAt: 'A' }, definitionText: '{"StartAt":"A"}', logging: { level: 'ALL', logGroups: [group] } },
    });
    expect(bodies[0]).toContain(arn);
  });

  test('by its ARN; without settings nothing is logged or traced; a definition that is no JSON is its text', async () => {
    const facts = await factsOf(states.stateMachine, [arn], json({ ...machine, definition: '{' }));
    expect(facts).toMatchObject({ definition: '{', definitionText: '{', tracing: false, logging: { level: 'OFF', logGroups: [] } });
  });

  test('another one than was asked for is no answer', async () => {
    expect(await failure(read(states.stateMachine, ['other'], () => json(machine)))).toMatchObject({ reason: 'malformed' });
  });
});

describe('executions', () => {
  const entry = (name: string) => ({ executionArn: `${arn}:${name}`, stateMachineArn: arn, name, status: 'SUCCEEDED', startDate: 1 });

  test('no more pages than the limit needs', async () => {
    const first = json({ executions: [entry('b'), entry('a')], nextToken: 't' });
    expect(await factsOf(states.executions, ['m', { limit: 1 }], first)).toMatchObject([{ name: 'b' }]);
    const { facts, bodies } = await read(states.executions, ['m', { status: 'SUCCEEDED' }], ({ nth }) =>
      nth === 1 ? first : json({ executions: [entry('c')] }),
    );
    expect(facts).toHaveLength(3);
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ stateMachineArn: arn, statusFilter: 'SUCCEEDED', maxResults: 20 });
  });

  test('input and output that are no JSON are text', async () => {
    const execution = 'arn:aws:states:ap-northeast-2:111122223333:execution:m:e';
    const told = {
      executionArn: execution,
      stateMachineArn: arn,
      name: 'e',
      status: 'FAILED',
      startDate: 1,
      stopDate: 2,
      input: '{"a":',
      error: 'E',
    };
    expect(await factsOf(states.execution, ['m:e'], json(told))).toEqual({
      ...{ arn: execution, stateMachineArn: arn, name: 'e', status: 'FAILED', startedAt: new Date(1000), stoppedAt: new Date(2000) },
      ...{ input: '{"a":', error: 'E' },
    });
  });

  test('a history of kinds of events we know, and of ones we do not', async () => {
    const events = [
      { id: 1, type: 'ExecutionStarted', timestamp: 1, executionStartedEventDetails: { input: '{"key":1}' } },
      {
        id: 2,
        previousEventId: 1,
        type: 'TaskSubmitted',
        timestamp: 2,
        taskSubmittedEventDetails: { resourceType: 'codebuild', resource: 'startBuild.sync', output: '{"Build":{"Id":"p:1"}}' },
      },
      { id: 3, previousEventId: 2, type: 'WaitedForTheMoon', timestamp: 3 },
    ];
    expect(
      await factsOf(states.history, ['m:e'], json({ events: events.slice(0, 2), nextToken: 't' }), json({ events: events.slice(2) })),
    ).toEqual([
      { id: 1, type: 'ExecutionStarted', at: new Date(1000), input: { key: 1 } },
      {
        id: 2,
        previousId: 1,
        type: 'TaskSubmitted',
        at: new Date(2000),
        resourceType: 'codebuild',
        resource: 'startBuild.sync',
        output: { Build: { Id: 'p:1' } },
      },
      { id: 3, previousId: 2, type: 'WaitedForTheMoon', at: new Date(3000) },
    ]);
    // Every execution has begun, so an empty history is none.
    expect(await failure(read(states.history, ['m:e'], () => json({ events: [] })))).toMatchObject({ reason: 'malformed' });
  });
});
