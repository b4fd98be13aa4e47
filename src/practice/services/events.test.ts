import {
  CloudTrailClient,
  InvalidLookupAttributesException,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
beforeAll(async () => {
  practice = await startTestEndpoint();
});
beforeEach(() => practice.account.reset());
afterAll(async () => {
  await practice.endpoint.close();
  expect(practice.bugs).toEqual([]);
});

describe('events', () => {
  const state = () => practice.account.region(REGION).events;
  const send = {
    rule: (Name: string) => new EventBridgeClient(practice.config).send(new DescribeRuleCommand({ Name })),
    rules: (NamePrefix?: string, rest = {}) => new EventBridgeClient(practice.config).send(new ListRulesCommand({ NamePrefix, ...rest })),
    targets: (Rule: string) => new EventBridgeClient(practice.config).send(new ListTargetsByRuleCommand({ Rule })),
  };

  it('describes rules and where they lead', async () => {
    const pattern = { source: ['aws.ecr'] };
    state().putRule({ name: 'push', pattern });
    state().putTargets('push', [{ Id: 'a', Arn: 'arn:aws:logs:a' }]);
    state().putTargets('push', [
      { Id: 'a', Arn: 'arn:aws:logs:b' },
      { Id: 'b', Arn: 'arn:aws:logs:c' },
    ]);
    state().putRule({ name: 'push', pattern, state: 'DISABLED' });
    expect(await send.rule('push')).toMatchObject({
      Arn: `arn:aws:events:${REGION}:${ACCOUNT}:rule/push`,
      EventPattern: JSON.stringify(pattern),
      State: 'DISABLED',
    });
    expect((await send.targets('push')).Targets).toEqual([
      { Id: 'a', Arn: 'arn:aws:logs:b' },
      { Id: 'b', Arn: 'arn:aws:logs:c' },
    ]);
    expect(() => state().deleteRule('push')).toThrow('has targets');
    state().removeTargets('push', ['a', 'b']);
    state().deleteRule('push');
    expect(await rejection(send.rule('push'))).toBeInstanceOf(ResourceNotFoundException);
    expect(await rejection(send.targets('push'))).toBeInstanceOf(ResourceNotFoundException);
    expect(() => state().putRule({ name: 'empty' })).toThrow('must be specified');
  });

  it('lists rules by prefix, page by page, on the default bus only', async () => {
    for (const name of ['b', 'a-2', 'a-1']) state().putRule({ name, schedule: 'rate(1 day)' });
    const { Rules, NextToken } = await send.rules('a', { Limit: 1 });
    expect(Rules).toMatchObject([{ Name: 'a-1' }]);
    expect((await send.rules('a', { NextToken })).Rules).toMatchObject([{ Name: 'a-2' }]);
    expect((await send.rules()).Rules).toHaveLength(3);
    expect(await rejection(send.rules('a', { EventBusName: 'other' }))).toBeInstanceOf(ResourceNotFoundException);
    expect(await rejection(send.rules('b', { NextToken }))).toMatchObject({ name: 'ValidationException' });
  });
});

describe('cloudtrail', () => {
  const state = () => practice.account.region(REGION).cloudtrail;
  const lookUp = (input: LookupEventsCommandInput) => new CloudTrailClient(practice.config).send(new LookupEventsCommand(input));

  it('looks events up by one attribute and by time, newest first', async () => {
    const early = state().record({
      name: 'PutImage',
      source: 'ecr.amazonaws.com',
      resources: [{ ResourceType: 'AWS::ECR::Repository', ResourceName: 'app' }],
    });
    const late = state().record({ name: 'PutImage', source: 'ecr.amazonaws.com', username: 'build', requestParameters: { a: 1 } });
    state().record({ name: 'DeleteRepository', source: 'ecr.amazonaws.com', errorCode: 'AccessDenied' });
    const byName = [{ AttributeKey: 'EventName', AttributeValue: 'PutImage' }] as const;
    const { Events = [] } = await lookUp({ LookupAttributes: [...byName] });
    expect(Events.map(({ EventId }) => EventId)).toEqual([late.EventId, early.EventId]);
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      eventName: 'PutImage',
      requestParameters: { a: 1 },
      awsRegion: REGION,
    });
    expect((await lookUp({ LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'app' }] })).Events).toHaveLength(1);
    expect((await lookUp({ LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'build' }] })).Events).toHaveLength(1);
    expect((await lookUp({ LookupAttributes: [...byName], EndTime: new Date(0) })).Events).toEqual([]);
    expect((await lookUp({})).Events).toHaveLength(3);
    const two = lookUp({ LookupAttributes: [...byName, { AttributeKey: 'Username', AttributeValue: 'build' }] });
    expect(await rejection(two)).toBeInstanceOf(InvalidLookupAttributesException);
  });

  it('gives at most 50 events at once', async () => {
    for (let n = 0; n < 60; n += 1) state().record({ name: 'PutImage', source: 'ecr.amazonaws.com' });
    const sizes: number[] = [];
    for await (const { Events = [] } of paginateLookupEvents({ client: new CloudTrailClient(practice.config) }, {}))
      sizes.push(Events.length);
    expect(sizes).toEqual([50, 10]);
    expect(await rejection(lookUp({ MaxResults: 51 }))).toMatchObject({ name: 'InvalidMaxResultsException' });
  });
});
