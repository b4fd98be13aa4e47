import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from '../ask.test-support.ts';
import { json, jsonError } from '../wire-endpoint.test-support.ts';
import { ecs } from './ecs.ts';

const service = {
  ...{
    serviceName: 's',
    serviceArn: 'arn:s',
    status: 'ACTIVE',
    desiredCount: 1,
    runningCount: 0,
    pendingCount: 1,
    taskDefinition: 'arn:t:1',
  },
};

test('an empty list without a reason says nothing about a cluster or service', async () => {
  const empty = [json({ clusters: [], failures: [] }), json({ clusters: [], failures: [{ arn: 'c', reason: 'ACCESS' }] })];
  for (const reply of empty) expect(await failure(read(ecs.cluster, ['c'], () => reply))).toMatchObject({ reason: 'malformed' });
  const other = json({ services: [{ ...service, serviceName: 'other' }] });
  for (const reply of [json({ services: [] }), other]) {
    expect(await failure(read(ecs.service, ['c', 's'], () => reply))).toMatchObject({ reason: 'malformed' });
  }
});

test('a service on capacity providers, outside a VPC of its own, with many events', async () => {
  const events = Array.from({ length: 30 }, (_, n) => ({ id: String(n), createdAt: n, message: `event ${n}` }));
  const reply = json({ services: [{ ...service, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }], events }] });
  const facts = await factsOf(ecs.service, ['c', 's'], reply);
  expect(facts).toMatchObject({ capacityProviders: ['FARGATE_SPOT'], deployments: [] });
  expect(facts).not.toMatchObject({ network: expect.anything() });
  expect(facts?.events).toHaveLength(10);
});

test('a task definition that does not exist, however an endpoint words it', async () => {
  for (const message of ['Unable to describe task definition.', 'The specified task definition does not exist.']) {
    expect(await factsOf(ecs.taskDefinition, ['t'], jsonError('ClientException', message))).toBeUndefined();
  }
  const other = read(ecs.taskDefinition, ['t'], () => jsonError('ClientException', 'Family contains invalid characters.'));
  expect(await failure(other)).toMatchObject({ code: 'ClientException' });
});

describe('tasks', () => {
  const listed = json({ taskArns: ['arn:1', 'arn:2'] });
  const task = (taskArn: string) => ({
    taskArn,
    lastStatus: 'RUNNING',
    taskDefinitionArn: 'arn:t:1',
    containers: [{ name: 'app', imageDigest: 'sha256:a' }],
  });
  const ask = (described: object) =>
    read(ecs.tasks, [{ cluster: 'c', service: 's' }], ({ operation }) => (operation === 'ListTasks' ? listed : json(described)));

  test('one that stopped to exist since it was listed is left out', async () => {
    const { facts } = await ask({ tasks: [task('arn:1')], failures: [{ arn: 'arn:2', reason: 'MISSING' }] });
    expect(facts).toMatchObject([{ arn: 'arn:1', containers: [{ name: 'app', imageDigest: 'sha256:a' }] }]);
  });

  test('one that is left out without a word is trouble', async () => {
    expect(await failure(ask({ tasks: [task('arn:1')] }))).toMatchObject({ reason: 'malformed', operation: 'ecs:DescribeTasks' });
  });

  test('those that run, or those that stopped', async () => {
    for (const [stopped, wanted] of [
      [false, 'RUNNING'],
      [true, 'STOPPED'],
    ] as const) {
      const { bodies } = await read(ecs.tasks, [{ cluster: 'c', service: 's', stopped }], () => json({ taskArns: [] }));
      expect(bodies).toEqual([JSON.stringify({ cluster: 'c', serviceName: 's', desiredStatus: wanted })]);
    }
  });
});
