import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

describe('cloudformation', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: CloudFormationClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new CloudFormationClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.region(REGION).cloudformation;

  it('describes a stack with every member that was given', async () => {
    const made = state().createStack({
      name: 'web',
      description: 'a "quoted" <description> & more',
      outputs: { Uri: 'https://example.com/?a=1&b=2' },
      parameters: { Size: 'small' },
      tags: { Project: '실습' },
      capabilities: ['CAPABILITY_NAMED_IAM'],
    });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'web' }));
    expect(Stacks).toHaveLength(1);
    expect(Stacks?.[0]).toMatchObject({
      StackId: made.StackId,
      StackName: 'web',
      StackStatus: 'CREATE_COMPLETE',
      Description: 'a "quoted" <description> & more',
      Outputs: [{ OutputKey: 'Uri', OutputValue: 'https://example.com/?a=1&b=2' }],
      Parameters: [{ ParameterKey: 'Size', ParameterValue: 'small' }],
      Tags: [{ Key: 'Project', Value: '실습' }],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CreationTime: made.CreationTime,
    });
    expect(made.StackId).toMatch(new RegExp(`^arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/web/[0-9a-f-]{36}$`));
  });

  it('refuses a missing stack with ValidationError 400', async () => {
    const error = await rejection(client.send(new DescribeStacksCommand({ StackName: 'nope' })));
    expect(error).toBeInstanceOf(CloudFormationServiceException);
    expect(error).toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id nope does not exist',
      $metadata: { httpStatusCode: 400 },
    });
    const events = await rejection(client.send(new DescribeStackEventsCommand({ StackName: 'nope' })));
    expect(events).toMatchObject({ name: 'ValidationError', message: 'Stack [nope] does not exist' });
  });

  it('describes a deleted stack by id only and keeps it in the list', async () => {
    const { StackId: id } = state().createStack({ name: 'web' });
    state().deleteStack('web');
    state().createStack({ name: 'web' });
    state().deleteStack('web');

    expect((await rejection(client.send(new DescribeStacksCommand({ StackName: 'web' })))).name).toBe('ValidationError');
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: id }));
    expect(Stacks?.[0]).toMatchObject({ StackId: id, StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) });
    expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
    const { StackSummaries } = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE', 'DELETE_FAILED'] }));
    expect(StackSummaries?.map(({ StackName }) => StackName)).toEqual(['web', 'web']);
    const living = await client.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }));
    expect(living.StackSummaries).toEqual([]);
  });

  it('keeps a stack whose deletion failed, with the resource that is in the way', async () => {
    const resources = [{ logicalId: 'Registry', type: 'AWS::ECR::Repository', physicalId: 'app' }];
    state().createStack({ name: 'web', resources });
    state().deleteStack('web', { status: 'DELETE_FAILED', resource: 'Registry', reason: 'The repository is not empty' });

    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'web' }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: expect.stringContaining('[Registry]') });
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'web' }));
    expect(StackEvents?.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`)).toEqual([
      'web DELETE_FAILED',
      'Registry DELETE_FAILED',
      'web DELETE_IN_PROGRESS',
      'web CREATE_COMPLETE',
      'Registry CREATE_COMPLETE',
      'web CREATE_IN_PROGRESS',
    ]);
    expect(StackEvents?.[1]).toMatchObject({ PhysicalResourceId: 'app', ResourceStatusReason: 'The repository is not empty' });
  });

  it('reports the events it is told of between the start and the end', async () => {
    state().createStack({
      name: 'web',
      status: 'ROLLBACK_COMPLETE',
      events: [{ logicalId: 'Role', type: 'AWS::IAM::Role', status: 'CREATE_FAILED', reason: 'Requires capabilities' }],
    });
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'web' }));
    expect(StackEvents.map(({ ResourceStatus }) => ResourceStatus)).toEqual(['ROLLBACK_COMPLETE', 'CREATE_FAILED', 'CREATE_IN_PROGRESS']);
    expect(StackEvents[1]).toMatchObject({ ResourceStatusReason: 'Requires capabilities', ResourceType: 'AWS::IAM::Role' });
  });

  it('shows an update', async () => {
    state().createStack({ name: 'web', tags: { a: '1' }, outputs: { x: 'y' } });
    state().updateStack('web', { tags: { a: '2' } });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'web' }));
    expect(Stacks?.[0]).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      Tags: [{ Key: 'a', Value: '2' }],
      Outputs: [{ OutputKey: 'x', OutputValue: 'y' }],
      LastUpdatedTime: expect.any(Date),
    });
  });

  it('pages through stacks, summaries and events', async () => {
    for (let at = 0; at < 205; at += 1) state().createStack({ name: `s-${at}` });
    const pages: number[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) pages.push(Stacks.length);
    expect(pages).toEqual([100, 100, 5]);
    const names = new Set<string | undefined>();
    for await (const { StackSummaries = [] } of paginateListStacks({ client }, {})) {
      for (const { StackName } of StackSummaries) names.add(StackName);
    }
    expect(names.size).toBe(205);
    const events = Array.from({ length: 150 }, (_, at) => ({ logicalId: `R${at}`, type: 'AWS::X::Y', status: 'CREATE_COMPLETE' as const }));
    state().createStack({ name: 'busy', events });
    const seen: number[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: 'busy' })) seen.push(StackEvents.length);
    expect(seen).toEqual([100, 52]);
  });

  it('refuses a token it did not give out', async () => {
    for (let at = 0; at < 101; at += 1) state().createStack({ name: `s-${at}` });
    const { NextToken } = await client.send(new ListStacksCommand({}));
    expect(NextToken).toEqual(expect.any(String));
    expect((await rejection(client.send(new DescribeStacksCommand({ NextToken })))).name).toBe('ValidationError');
    expect((await rejection(client.send(new ListStacksCommand({ NextToken: 'made-up' })))).name).toBe('ValidationError');
  });
});
