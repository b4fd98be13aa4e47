import { expect, test } from 'vitest';
import { factsOf, read } from '../ask.test-support.ts';
import { json } from '../wire-endpoint.test-support.ts';
import { cloudtrail } from './cloudtrail.ts';
import { codepipeline } from './codepipeline.ts';
import { ecr } from './ecr.ts';
import { events } from './events.ts';
import { logs } from './logs.ts';

test('codepipeline: artifact stores of several regions, actions without configuration', async () => {
  const action = { name: 'a', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } };
  const pipeline = {
    ...{ name: 'p', roleArn: 'r', version: 4, stages: [{ name: 's', actions: [action] }] },
    artifactStores: { 'us-east-1': { type: 'S3', location: 'b', encryptionKey: { id: 'k', type: 'KMS' } } },
  };
  expect(await factsOf(codepipeline.pipeline, ['p'], json({ pipeline }))).toMatchObject({
    artifactStores: [{ bucket: 'b' }],
    stages: [{ actions: [{ provider: 'Manual', configuration: {}, inputs: [], outputs: [] }] }],
  });
});

test('codepipeline: an execution that has no source yet', async () => {
  const reply = json({ pipelineExecutionSummaries: [{ pipelineExecutionId: 'e', status: 'InProgress', startTime: 1 }] });
  expect(await factsOf(codepipeline.executions, ['p'], reply)).toEqual([{ id: 'e', status: 'InProgress', sources: [] }]);
});

test('cloudtrail: records of another shape say nothing, and do not hide the event', async () => {
  const event = (CloudTrailEvent: string) => ({ EventId: 'i', EventName: 'PutImage', EventTime: 1, CloudTrailEvent });
  const record = {
    errorCode: 'AccessDenied',
    userIdentity: { arn: 'arn:u', invokedBy: 'codebuild.amazonaws.com' },
    requestParameters: { imageTag: 'v1' },
  };
  const Events = ['{half', '[]', '{"requestParameters":7}', '{"requestParameters":null}', JSON.stringify(record)].map(event);
  const plain = { id: 'i', name: 'PutImage', at: new Date(1000) };
  expect(await factsOf(cloudtrail.lookUp, [{ by: 'EventName', value: 'PutImage' }], json({ Events }))).toEqual([
    ...[plain, plain, plain, plain],
    {
      ...plain,
      errorCode: 'AccessDenied',
      requestParameters: { imageTag: 'v1' },
    },
  ]);
});

test('cloudtrail: no more look-ups than the limit needs', async () => {
  const Events = Array.from({ length: 3 }, (_, n) => ({ EventId: `${n}`, EventName: 'PutImage', EventTime: n }));
  const from = new Date('2026-11-20T10:00:00Z');
  const { facts, bodies } = await read(cloudtrail.lookUp, [{ by: 'ResourceName', value: 'app', from, limit: 2 }], () =>
    json({ Events, NextToken: 'n' }),
  );
  expect(facts).toHaveLength(2);
  expect(bodies.map((body) => JSON.parse(body))).toEqual([
    { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'app' }], StartTime: from.getTime() / 1000, MaxResults: 50 },
  ]);
});

test('events: a schedule has no pattern; a pattern that is no JSON is its text', async () => {
  const rule = { Name: 'r', Arn: 'arn:r', State: 'ENABLED' };
  const Rules = [
    { ...rule, ScheduleExpression: 'rate(1 day)' },
    { ...rule, EventPattern: '{', ManagedBy: 'states.amazonaws.com' },
  ];
  expect(await factsOf(events.rules, [''], json({ Rules }))).toEqual([
    { name: 'r', arn: 'arn:r', state: 'ENABLED' },
    { name: 'r', arn: 'arn:r', state: 'ENABLED', pattern: '{' },
  ]);
});

test('ecr: policies that are no JSON are their text', async () => {
  expect(await factsOf(ecr.repositoryPolicy, ['r'], json({ repositoryName: 'r', policyText: '{' }))).toEqual({ document: '{' });
  expect(await factsOf(ecr.lifecyclePolicy, ['r'], json({ repositoryName: 'r', lifecyclePolicyText: 'x' }))).toEqual({ document: 'x' });
});

test('ecr: a scan that is not done', async () => {
  const reply = json({ imageScanStatus: { status: 'IN_PROGRESS', description: 'wait' } });
  const { facts, bodies } = await read(ecr.scanFindings, ['r', { digest: 'sha256:a' }], () => reply);
  expect(facts).toEqual({ status: 'IN_PROGRESS' });
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ repositoryName: 'r', imageId: { imageDigest: 'sha256:a' } });
});

test('logs: streams in the order of AWS, newest first', async () => {
  const logStreams = [{ logStreamName: 'b', lastEventTimestamp: 2000 }, { logStreamName: 'a' }];
  const { facts, bodies } = await read(logs.newestStreams, ['g', { limit: 2 }], () => json({ logStreams, nextToken: 'n' }));
  expect(facts).toEqual([{ name: 'b' }, { name: 'a' }]);
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ logGroupName: 'g', orderBy: 'LastEventTime', descending: true, limit: 2 });
});
