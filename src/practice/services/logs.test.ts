import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  InvalidParameterException,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../fixture.ts';

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
});
