import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  DescribeResourcePoliciesCommand,
  InvalidParameterException,
  paginateDescribeLogGroups,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

describe('logs', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: CloudWatchLogsClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new CloudWatchLogsClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.region(REGION).logs;

  it('finds groups by prefix, neighbours too', async () => {
    for (const name of ['/aws/codebuild/app', '/aws/codebuild/app-2', '/aws/lambda/app']) state().createLogGroup(name, { storedBytes: 7 });
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/codebuild/app' }));
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/aws/codebuild/app', '/aws/codebuild/app-2']);
    expect(logGroups?.[0]).toMatchObject({ storedBytes: 7, arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/codebuild/app:*` });
    state().deleteLogGroup('/aws/codebuild/app');
    const after = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/codebuild/app' }));
    expect(after.logGroups).toHaveLength(1);
  });

  it('pages by 50', async () => {
    for (let at = 0; at < 120; at += 1) state().createLogGroup(`"group" ${at}`);
    const sizes: number[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: '"' })) sizes.push(logGroups.length);
    expect(sizes).toEqual([50, 50, 20]);
    expect(await rejection(client.send(new DescribeLogGroupsCommand({ limit: 51 })))).toBeInstanceOf(InvalidParameterException);
    expect(await rejection(client.send(new DescribeLogGroupsCommand({ nextToken: 'x' })))).toBeInstanceOf(InvalidParameterException);
  });

  it('lists streams by name or by the time of their last event', async () => {
    const names = async (options: Partial<DescribeLogStreamsCommandInput> = {}) =>
      (await client.send(new DescribeLogStreamsCommand({ logGroupName: 'g', ...options }))).logStreams?.map(
        ({ logStreamName }) => logStreamName,
      );
    expect(await rejection(names())).toBeInstanceOf(ResourceNotFoundException);
    state().createLogGroup('g');
    state().createLogStream('g', 'c');
    state().createLogStream('g', 'b', { lastEventAt: new Date(1000) });
    state().createLogStream('g', 'a', { lastEventAt: new Date(2000) });
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'b', 'c']);
    expect(await names({ orderBy: 'LastEventTime' })).toEqual(['c', 'b', 'a']);
    expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b']);
    expect(await rejection(names({ logStreamNamePrefix: 'b', orderBy: 'LastEventTime' }))).toBeInstanceOf(InvalidParameterException);
    expect(() => state().createLogStream('g', 'a')).toThrow('already exists');
    state().deleteLogGroup('g');
    state().createLogGroup('g');
    expect(await names()).toEqual([]);
  });

  it('tells which services may write', async () => {
    const policies = async () => (await client.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies;
    expect(await policies()).toEqual([]);
    state().putResourcePolicy('events', { Version: '2012-10-17', Statement: [] });
    expect(await policies()).toMatchObject([{ policyName: 'events', policyDocument: '{"Version":"2012-10-17","Statement":[]}' }]);
    state().deleteResourcePolicy('events');
    expect(await policies()).toEqual([]);
    expect(() => state().deleteResourcePolicy('events')).toThrow('does not exist');
  });
});
