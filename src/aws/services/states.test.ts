import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from '../ask.test-support.ts';
import { json } from '../wire-endpoint.test-support.ts';
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
  test('by its name, with what traces it', async () => {
    const reply = json({
      ...machine,
      status: 'ACTIVE',
      tracingConfiguration: { enabled: true },
    });
    const { facts, bodies } = await read(states.stateMachine, ['m'], () => reply);
    expect(facts).toEqual({
      ...{ name: 'm', arn, status: 'ACTIVE', type: 'STANDARD', role: 'r', tracing: true },
      definition: { StartAt: 'A' },
    });
    expect(bodies[0]).toContain(arn);
  });

  test('by its ARN; without settings nothing is traced; a definition that is no JSON is its text', async () => {
    const facts = await factsOf(states.stateMachine, [arn], json({ ...machine, definition: '{' }));
    expect(facts).toMatchObject({ definition: '{', tracing: false });
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
      { id: 3, previousEventId: 2, type: 'TaskSucceeded', timestamp: 3, taskSucceededEventDetails: { output: 'half {' } },
      { id: 4, previousEventId: 3, type: 'TaskFailed', timestamp: 4, taskFailedEventDetails: { error: 'E' } },
      { id: 5, previousEventId: 4, type: 'WaitedForTheMoon', timestamp: 5 },
    ];
    expect(
      await factsOf(states.history, ['m:e'], json({ events: events.slice(0, 2), nextToken: 't' }), json({ events: events.slice(2) })),
    ).toEqual([
      { type: 'ExecutionStarted' },
      { type: 'TaskSubmitted', resourceType: 'codebuild', output: { Build: { Id: 'p:1' } } },
      { type: 'TaskSucceeded', output: 'half {' },
      { type: 'TaskFailed', error: 'E' },
      { type: 'WaitedForTheMoon' },
    ]);
    // Every execution has begun, so an empty history is none.
    expect(await failure(read(states.history, ['m:e'], () => json({ events: [] })))).toMatchObject({ reason: 'malformed' });
  });
});
