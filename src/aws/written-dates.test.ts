import { expect, test } from 'vitest';
import { factsOf, failure } from './ask.test-support.ts';
import { codebuild } from './services/codebuild.ts';
import { ecr } from './services/ecr.ts';
import { logs } from './services/logs.ts';
import { states } from './services/states.ts';
import { json } from './wire-endpoint.test-support.ts';

const images = (imagePushedAt: unknown) => json({ imageDetails: [{ imageDigest: 'sha256:a', imagePushedAt }] });

test.each([
  ['2026-11-20T10:00:00.250Z', '2026-11-20T10:00:00.250Z'],
  // As Python writes a time without an offset.
  ['2026-11-20T10:00:00.250999', '2026-11-20T10:00:00.250Z'],
  ['2026-11-20 10:00:00+00:00', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20T19:00:00+0900', '2026-11-20T10:00:00.000Z'],
  [1_795_168_800.25, new Date(1_795_168_800_250).toISOString()],
])('a time written as %s', async (written, iso) => {
  expect((await factsOf(ecr.images, ['app'], images(written)))?.map(({ pushedAt }) => pushedAt.toISOString())).toEqual([iso]);
});

test('in lists and structures, and only where the answer has times', async () => {
  const build = {
    ...{ id: 'p:1', arn: 'arn:b', projectName: 'p', buildStatus: 'SUCCEEDED', startTime: '2026-11-20T10:00:00.000Z' },
    endTime: '2026-11-20T10:05:00.000Z',
    phases: [{ phaseType: 'BUILD', phaseStatus: 'SUCCEEDED', startTime: '2026-11-20T10:01:00.000Z' }],
    environment: {
      ...{ type: 'LINUX_CONTAINER', image: 'i', computeType: 'c' },
      environmentVariables: [{ name: 'BUILT', value: '2026-11-20T10:00:00Z' }],
    },
  };
  const [found] = await factsOf(codebuild.builds, [['p:1']], json({ builds: [build] }));
  expect(found).toMatchObject({
    startedAt: new Date('2026-11-20T10:00:00Z'),
    endedAt: new Date('2026-11-20T10:05:00Z'),
    complete: true,
    environment: { variables: [{ name: 'BUILT', value: '2026-11-20T10:00:00Z' }] },
  });
});

test('numbers of another kind stay as they are', async () => {
  const reply = json({ logGroups: [{ logGroupName: '2026-11-20T10:00:00', creationTime: 1500, storedBytes: 1500 }] });
  expect(await factsOf(logs.logGroup, ['2026-11-20T10:00:00'], reply)).toEqual({ name: '2026-11-20T10:00:00', storedBytes: 1500 });
});

test('text that is no time is refused as ever', async () => {
  const reply = images('2026-11-20T25:61:00Z');
  expect(await failure(factsOf(ecr.images, ['app'], reply, reply))).toMatchObject({
    reason: 'malformed',
    trouble: 'unreadable',
  });
  const half = { body: '{"repositories":[{"createdAt":"2026-11-20T10:00:00Z"' };
  expect(await failure(factsOf(ecr.repository, ['app'], half, half))).toMatchObject({ reason: 'malformed' });
});

test('a list of state machines that only says their names', async () => {
  const reply = json({
    stateMachines: [{ name: 'm', stateMachineArn: 'arn:m', creationDate: '2026-11-20T10:00:00.000Z' }],
    nextToken: null,
  });
  expect(await factsOf(states.stateMachines, [], reply)).toEqual([{ name: 'm', arn: 'arn:m' }]);
});
