import type { ActionDeclaration } from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeAccount, PracticeRegion } from '../../practice/account.ts';
import { newAccountId } from '../../practice/account-id.ts';
import { FAULT_KINDS, type FaultKind } from '../../practice/faults.ts';
import { type PracticeEndpoint, startPractice } from '../../practice/server.ts';
import { CannotLook, type UnknownReason } from '../errors.ts';
import type { AnyReader, Reader } from '../reader.ts';
import { openSession } from '../session.ts';
import { SHORT_ATTEMPT_MS } from '../wire-endpoint.test-support.ts';
import { readers } from './readers.test-support.ts';

const region = 'ap-northeast-2';
const { cloudformation, cloudtrail, codebuild, codecommit, codepipeline, ecr, ecs, events, iam, logs, s3, states } = readers;
let endpoint: PracticeEndpoint;

beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

/** An account in which everything that a reader can be asked for exists. */
function inhabited(seed: string): PracticeAccount {
  const account = endpoint.account(newAccountId(seed));
  const place = account.region(region);
  account.iam.createRole({ name: 'build-role', path: '/service-role/' });
  place.cloudformation.createStack({ name: 'stack', outputs: { Uri: 'x' }, tags: { Week: '9-2' } });
  place.cloudformation.createStack({
    name: 'broken',
    status: 'ROLLBACK_COMPLETE',
    events: [{ logicalId: 'Repo', type: 'AWS::ECR::Repository', status: 'CREATE_FAILED', reason: 'already exists' }],
  });
  place.cloudformation.createStack({ name: 'gone' });
  place.cloudformation.deleteStack('gone');
  place.codecommit.createRepository('repo');
  place.codecommit.createRepository('bare');
  place.codecommit.push('repo', 'main', { 'app.js': 'hello\n', 'src/lib.js': '' });
  place.ecr.createRepository('images');
  place.ecr.putImage('images', { tags: ['latest'] });
  for (const name of ['project', 'old']) {
    place.codebuild.createProject({
      name,
      source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/repo` },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        computeType: 'BUILD_GENERAL1_SMALL',
        privilegedMode: true,
        environmentVariables: [{ name: 'A', value: '1', type: 'PLAINTEXT' }],
      },
      serviceRole: `arn:aws:iam::${account.id}:role/service-role/build-role`,
    });
    place.codebuild.startBuild(name);
    place.codebuild.startBuild(name, {
      status: 'FAILED',
      failedPhase: { type: 'BUILD', code: 'COMMAND_EXECUTION_ERROR', message: 'exit 1' },
    });
  }
  place.codebuild.deleteProject('old');
  account.iam.createRole({ name: 'watched' });
  account.iam.putRolePolicy('watched', 'p', {});
  inhabitOthers(account, place);
  return account;
}

const ISSUER = 'token.actions.githubusercontent.com';
const PUSH = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' }] };
const PULL_ONLY = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly';
const LIFECYCLE = { rules: [{ rulePriority: 1, selection: {}, action: { type: 'expire' } }] };
const PATTERN = { source: ['aws.ecr'], 'detail-type': ['ECR Image Action'] };
const ASL = { StartAt: 'Build', States: { Build: { Type: 'Task', Resource: 'arn:aws:states:::codebuild:startBuild.sync', End: true } } };

/** What the labs beyond the first look at. */
function inhabitOthers({ id, iam: identities, s3: store }: PracticeAccount, place: PracticeRegion): void {
  const { policy, role } = { policy: identities.createPolicy({ name: 'push', document: PUSH }), role: 'build-role' };
  identities.attachRolePolicy(role, policy.arn);
  identities.attachRolePolicy(role, PULL_ONLY);
  identities.attachRolePolicy(role, 'arn:aws:iam::aws:policy/Unheard');
  identities.putRolePolicy(role, 'inline', PUSH);
  identities.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: ['sts.amazonaws.com'] });

  place.ecr.createRepository('scanned', { encryptionType: 'KMS', scanOnPush: true, imageTagMutability: 'IMMUTABLE' });
  const { imageDigest = '' } = place.ecr.putImage('scanned', { tags: ['v1'] });
  place.ecr.setScan('scanned', imageDigest, {
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { findingSeverityCounts: { HIGH: 2 } },
  });
  place.ecr.setRepositoryPolicy('scanned', PUSH);
  place.ecr.setLifecyclePolicy('scanned', LIFECYCLE);
  place.ecr.setRegistryScanning({
    scanType: 'BASIC',
    rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
  });

  place.logs.createLogStream('/aws/codebuild/project', 'stream', { lastEventAt: new Date(1_000) });
  place.logs.putResourcePolicy('events', PUSH);
  place.events.putRule({ name: 'push-rule', pattern: PATTERN });
  place.events.putTargets('push-rule', [{ Id: 'logs', Arn: `arn:aws:logs:${region}:${id}:log-group:/aws/events/ecr` }]);
  place.cloudtrail.record({ name: 'PutImage', source: 'ecr.amazonaws.com', requestParameters: { repositoryName: 'scanned' } });

  const artifacts = `codepipeline-${region}-1`;
  store.createBucket(artifacts, { region });
  store.createBucket('versioned', { region, versioning: 'Enabled', publicAccessBlock: null });
  store.createBucket('virginia', { region: 'us-east-1' });
  store.putObject('versioned', 'a/b.tar', { sizeInBytes: 5_000_000 });
  store.putObject('versioned', 'a/b.tar', { sizeInBytes: 6_000_000 });
  store.putObject('versioned', 'a/b.tar.gz');
  store.putObject('versioned', 'a/b & <c>.txt');
  store.deleteObject('versioned', 'a/b.tar.gz');
  const kms = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: `arn:aws:kms:${region}:${id}:key/1` } as const;
  store.putEncryption('versioned', { ApplyServerSideEncryptionByDefault: kms, BucketKeyEnabled: true });

  place.codepipeline.createPipeline({
    name: 'pipeline',
    roleArn: `arn:aws:iam::${id}:role/pipeline`,
    artifactStore: { type: 'S3', location: artifacts },
    stages: [
      {
        name: 'Source',
        actions: [action('Source', 'Source', 'CodeCommit', { RepositoryName: 'repo', BranchName: 'main' }, undefined, 'source')],
      },
      { name: 'Build', actions: [action('Build', 'Build', 'CodeBuild', { ProjectName: 'project' }, 'source', 'built')] },
    ],
  });
  place.codepipeline.startExecution('pipeline', { failedAction: { name: 'Build', message: 'no' } });
  place.codepipeline.startExecution('pipeline', { externalIds: { Build: 'project:1' } });

  place.ecs.createCluster('cluster');
  place.ecs.registerTaskDefinition({
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${id}:role/execution`,
    containerDefinitions: [
      {
        name: 'app',
        image: `${id}.dkr.ecr.${region}.amazonaws.com/scanned:v1`,
        portMappings: [{ containerPort: 80, protocol: 'tcp' }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } },
      },
    ],
  });
  const awsvpcConfiguration = { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' as const };
  place.ecs.createService({ cluster: 'cluster', serviceName: 'web', taskDefinition: 'web', networkConfiguration: { awsvpcConfiguration } });

  place.states.createStateMachine({ name: 'machine', roleArn: `arn:aws:iam::${id}:role/machine`, definition: ASL, tracing: true });
  const build = { Build: { Id: 'project:1', BuildStatus: 'SUCCEEDED' } };
  const task = { state: 'Build', resourceType: 'codebuild', resource: 'startBuild.sync', parameters: { ProjectName: 'project' } };
  place.states.startExecution('machine', { name: 'first', tasks: [{ ...task, failure: { error: 'States.TaskFailed', cause: 'FAILED' } }] });
  place.states.startExecution('machine', { name: 'second', input: { key: 'a/b.tar' }, tasks: [{ ...task, output: build }] });
}

function action(
  name: string,
  category: 'Source' | 'Build',
  provider: string,
  configuration: Record<string, string>,
  input: string | undefined,
  output: string,
): ActionDeclaration {
  return {
    name,
    actionTypeId: { category, owner: 'AWS', provider, version: '1' },
    configuration,
    inputArtifacts: input === undefined ? [] : [{ name: input }],
    outputArtifacts: [{ name: output }],
  };
}

const sessionOf = (account: string, attemptMs = 30_000) => {
  const { url, credentials } = endpoint;
  return openSession({ region, endpoint: url, credentials: credentials(account), timeouts: { attemptMs, backoffMs: 1 }, paced: false });
};

async function ask<Args extends readonly unknown[], Facts>(
  account: PracticeAccount,
  reader: Reader<Args, Facts>,
  ...args: Args
): Promise<Facts> {
  return reader.read((await sessionOf(account.id)).caller({ allowed: new Set(reader.calls) }), ...args);
}

describe('facts of an inhabited account', () => {
  test('cloudformation', async () => {
    const account = inhabited('cloudformation');
    expect(await ask(account, cloudformation.stack, 'stack')).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { Uri: 'x' },
      tags: { Week: '9-2' },
    });
    expect(await ask(account, cloudformation.stack, 'none')).toBeUndefined();
    expect(await ask(account, cloudformation.stack, 'gone')).toBeUndefined();
    const [deleted] = await ask(account, cloudformation.deletedStacks, 'gone');
    expect(deleted).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await ask(account, cloudformation.stack, deleted?.id ?? '')).toMatchObject({ name: 'gone', status: 'DELETE_COMPLETE' });
    expect(await ask(account, cloudformation.deletedStacks, 'stack')).toEqual([]);
    expect(await ask(account, cloudformation.stackFailures, 'broken')).toMatchObject([{ logicalId: 'Repo', reason: 'already exists' }]);
    expect(await ask(account, cloudformation.stackFailures, 'stack')).toEqual([]);
    expect(await ask(account, cloudformation.stackFailures, 'none')).toBeUndefined();
    expect(await ask(account, cloudformation.stackCompletion, deleted?.id ?? '')).toMatchObject({
      status: 'CREATE_COMPLETE',
      eventId: expect.stringMatching(/./),
      at: expect.any(Date),
    });
    expect(await ask(account, cloudformation.stackCompletion, 'broken')).toBeUndefined();
    expect(await ask(account, cloudformation.stackCompletion, 'none')).toBeUndefined();
  });

  test('codecommit', async () => {
    const account = inhabited('codecommit');
    const head = account.region(region).codecommit.head('repo', 'main');
    expect(await ask(account, codecommit.repository, 'repo')).toMatchObject({ name: 'repo', defaultBranch: 'main' });
    expect((await ask(account, codecommit.repository, 'bare'))?.defaultBranch).toBeUndefined();
    expect(await ask(account, codecommit.pushedRepository, 'repo')).toMatchObject({ name: 'repo', defaultBranch: 'main' });
    expect(await ask(account, codecommit.pushedRepository, 'bare')).toMatchObject({ name: 'bare' });
    expect(await ask(account, codecommit.branch, 'repo', 'main')).toEqual({ name: 'main', commitId: head });
    expect(await ask(account, codecommit.branch, 'repo', 'master')).toBeUndefined();
    expect(await ask(account, codecommit.branches, 'repo')).toEqual(['main']);
    expect(await ask(account, codecommit.branches, 'bare')).toEqual([]);
    expect(await ask(account, codecommit.folder, 'repo', undefined, '/')).toMatchObject({
      state: 'present',
      files: [{ path: 'app.js' }],
      folders: ['src'],
    });
    expect(await ask(account, codecommit.folder, 'bare', undefined, '/')).toEqual({ state: 'empty' });
    expect(await ask(account, codecommit.folder, 'none', undefined, '/')).toEqual({ state: 'no-repository' });
    expect(await ask(account, codecommit.folder, 'repo', 'master', '/')).toEqual({ state: 'no-commit' });
    expect(await ask(account, codecommit.folder, 'repo', 'main', 'lib')).toEqual({ state: 'no-path' });
    expect(await ask(account, codecommit.file, 'repo', undefined, 'app.js')).toMatchObject({ state: 'present', text: 'hello\n' });
    expect(await ask(account, codecommit.file, 'repo', 'main', 'src/lib.js')).toMatchObject({ state: 'present', text: '' });
    expect(await ask(account, codecommit.file, 'repo', 'main', 'none.js')).toEqual({ state: 'no-path' });
    expect(await ask(account, codecommit.file, 'bare', undefined, 'app.js')).toEqual({ state: 'empty' });
  });

  test('an account without CodeCommit', async () => {
    const account = inhabited('closed');
    account.settings.codecommitAvailable = false;
    await expect(ask(account, codecommit.repository, 'repo')).rejects.toMatchObject({
      reason: 'access',
      code: 'OperationNotAllowedException',
    });
  });

  test('codebuild', async () => {
    const account = inhabited('codebuild');
    expect(await ask(account, codebuild.project, 'project')).toMatchObject({
      name: 'project',
      environment: { privileged: true, variables: [{ name: 'A', value: '1', type: 'PLAINTEXT' }] },
    });
    expect(await ask(account, codebuild.project, 'old')).toBeUndefined();
    expect(await ask(account, codebuild.projectNames)).toEqual(['project']);
    const ids = (await ask(account, codebuild.buildIdsOfProject, 'project')) ?? [];
    expect(await ask(account, codebuild.builds, ids)).toMatchObject([
      { number: 2, status: 'FAILED', complete: true },
      { number: 1, status: 'SUCCEEDED', resolvedSourceVersion: account.region(region).codecommit.head('repo', 'main') },
    ]);
    expect(await ask(account, codebuild.buildIdsOfProject, 'old')).toBeUndefined();
    const survivors = await ask(account, codebuild.buildIds, { project: 'old' });
    expect(await ask(account, codebuild.builds, [...survivors, 'old:00000000-0000-0000-0000-000000000000'])).toMatchObject([
      { project: 'old', status: 'FAILED' },
      { project: 'old', status: 'SUCCEEDED' },
    ]);
  });

  test('ecr, iam and logs', async () => {
    const account = inhabited('rest');
    expect(await ask(account, ecr.repository, 'images')).toMatchObject({ uri: `${account.id}.dkr.ecr.${region}.amazonaws.com/images` });
    expect(await ask(account, ecr.repository, 'none')).toBeUndefined();
    expect(await ask(account, ecr.images, 'images')).toMatchObject([{ tags: ['latest'] }]);
    expect(await ask(account, ecr.images, 'none')).toBeUndefined();
    expect(await ask(account, iam.role, `arn:aws:iam::${account.id}:role/service-role/build-role`)).toMatchObject({
      arn: expect.stringContaining('/service-role/'),
    });
    expect(await ask(account, iam.role, 'none')).toBeUndefined();
    expect(await ask(account, logs.logGroup, '/aws/codebuild/project')).toMatchObject({ name: '/aws/codebuild/project' });
    expect(await ask(account, logs.logGroup, '/aws/codebuild/proj')).toBeUndefined();
  });

  test('ecr: settings of a repository and its registry', async () => {
    const account = inhabited('registry');
    expect(await ask(account, ecr.repository, 'scanned')).toMatchObject({
      scanOnPush: true,
      encryption: 'KMS',
      tagMutability: 'IMMUTABLE',
    });
    expect(await ask(account, ecr.repositoryNames)).toEqual(['images', 'scanned']);
    expect(await ask(account, ecr.repositoryPolicy, 'scanned')).toEqual({ document: PUSH });
    expect(await ask(account, ecr.repositoryPolicy, 'images')).toBeUndefined();
    expect(await ask(account, ecr.lifecyclePolicy, 'scanned')).toEqual({ document: LIFECYCLE });
    expect(await ask(account, ecr.lifecyclePolicy, 'none')).toBeUndefined();
    expect(await ask(account, ecr.registryScanning)).toEqual({
      rules: [{ frequency: 'SCAN_ON_PUSH', repositories: ['*'] }],
    });
    expect(await ask(account, ecr.scanFindings, 'scanned', { tag: 'v1' })).toEqual({ status: 'COMPLETE' });
    expect(await ask(account, ecr.scanFindings, 'images', { tag: 'latest' })).toBeUndefined();
    expect(await ask(account, ecr.scanFindings, 'scanned', { tag: 'none' })).toBeUndefined();
  });

  test('iam: what a role may do, and who signs in from outside', async () => {
    const account = inhabited('policies');
    const own = `arn:aws:iam::${account.id}:policy/push`;
    expect(await ask(account, iam.rolePolicies, 'build-role')).toEqual({
      inline: [{ name: 'inline', document: PUSH }],
      attached: [
        { arn: own, document: PUSH },
        { arn: PULL_ONLY, document: expect.objectContaining({ Statement: [expect.objectContaining({ Effect: 'Allow' })] }) },
        { arn: 'arn:aws:iam::aws:policy/Unheard', document: undefined },
      ],
    });
    expect(await ask(account, iam.rolePolicies, 'none')).toBeUndefined();
    account.iam.createPolicyVersion(own, LIFECYCLE);
    expect(await ask(account, iam.policy, 'push')).toEqual({ arn: own, name: 'push', document: LIFECYCLE });
    expect(await ask(account, iam.oidcProvider, ISSUER)).toEqual({ clientIds: ['sts.amazonaws.com'] });
    expect(await ask(account, iam.oidcProvider, 'accounts.google.com')).toBeUndefined();
  });

  test('codepipeline', async () => {
    const account = inhabited('pipeline');
    const head = account.region(region).codecommit.head('repo', 'main');
    const pipeline = await ask(account, codepipeline.pipeline, 'pipeline');
    expect(pipeline).toMatchObject({
      role: `arn:aws:iam::${account.id}:role/pipeline`,
      artifactStores: [{ bucket: `codepipeline-${region}-1` }],
      stages: [
        {
          name: 'Source',
          actions: [{ category: 'Source', provider: 'CodeCommit', configuration: { BranchName: 'main' }, outputs: ['source'] }],
        },
        { name: 'Build', actions: [{ provider: 'CodeBuild', configuration: { ProjectName: 'project' }, inputs: ['source'] }] },
      ],
    });
    expect(await ask(account, codepipeline.pipeline, 'none')).toBeUndefined();
    expect(await ask(account, codepipeline.pipelineNames)).toEqual(['pipeline']);
    const executions = (await ask(account, codepipeline.executions, 'pipeline')) ?? [];
    expect(executions).toMatchObject([{ status: 'Succeeded', sources: [{ revision: head }] }, { status: 'Failed' }]);
    expect(await ask(account, codepipeline.executions, 'pipeline', { limit: 1 })).toEqual(executions.slice(0, 1));
    expect(await ask(account, codepipeline.executions, 'none')).toBeUndefined();
    expect(await ask(account, codepipeline.actionExecutions, 'pipeline', executions[0]?.id ?? '')).toMatchObject([
      { stage: 'Build', status: 'Succeeded' },
      { stage: 'Source', status: 'Succeeded' },
    ]);
    expect(await ask(account, codepipeline.actionExecutions, 'pipeline', executions[1]?.id ?? '')).toMatchObject([
      { stage: 'Build', status: 'Failed', error: { message: 'no' } },
      { stage: 'Source', status: 'Succeeded' },
    ]);
    expect(await ask(account, codepipeline.actionExecutions, 'pipeline', 'none')).toBeUndefined();
  });

  test('ecs', async () => {
    const account = inhabited('ecs');
    const { ecs: containers, ecr: registry } = account.region(region);
    expect(await ask(account, ecs.cluster, 'cluster')).toMatchObject({ name: 'cluster', status: 'ACTIVE' });
    expect(await ask(account, ecs.cluster, 'none')).toBeUndefined();
    const definition = await ask(account, ecs.taskDefinition, 'web');
    expect(definition).toMatchObject({
      revision: 1,
      executionRole: `arn:aws:iam::${account.id}:role/execution`,
      containers: [{ name: 'app', image: `${account.id}.dkr.ecr.${region}.amazonaws.com/scanned:v1` }],
    });
    expect(await ask(account, ecs.taskDefinition, 'none')).toBeUndefined();
    expect(await ask(account, ecs.service, 'cluster', 'web')).toMatchObject({
      status: 'ACTIVE',
      launchType: 'FARGATE',
      desired: 1,
      running: 1,
      taskDefinition: definition?.arn,
      deployments: [{ rollout: 'COMPLETED', failed: 0 }],
      events: [{ message: expect.stringContaining('has reached a steady state.') }],
    });
    expect(await ask(account, ecs.service, 'cluster', 'none')).toBeUndefined();
    expect(await ask(account, ecs.service, 'none', 'web')).toBeUndefined();
    const [image] = registry.images('scanned');
    expect(await ask(account, ecs.tasks, { cluster: 'cluster', service: 'web' })).toMatchObject([
      {
        status: 'RUNNING',
        containers: [{ name: 'app', imageDigest: image?.imageDigest }],
      },
    ]);
    expect(await ask(account, ecs.tasks, { cluster: 'cluster', service: 'none' })).toBeUndefined();

    containers.updateService('cluster', 'web', {}, { rollout: 'FAILED', stoppedReason: 'CannotPullContainerError: not found' });
    expect(await ask(account, ecs.service, 'cluster', 'web')).toMatchObject({
      running: 1,
      deployments: [{ rollout: 'FAILED', failed: 1 }, { failed: 0 }],
    });
    expect(await ask(account, ecs.tasks, { cluster: 'cluster', service: 'web', stopped: true })).toMatchObject([{ status: 'STOPPED' }]);
    containers.deleteService('cluster', 'web');
    expect(await ask(account, ecs.service, 'cluster', 'web')).toMatchObject({ status: 'INACTIVE', running: 0 });
    containers.deleteCluster('cluster');
    expect(await ask(account, ecs.cluster, 'cluster')).toMatchObject({ status: 'INACTIVE' });
    expect(await ask(account, ecs.service, 'cluster', 'web')).toBeUndefined();
  });

  test('events, cloudtrail and who may write logs', async () => {
    const account = inhabited('events');
    const arn = `arn:aws:events:${region}:${account.id}:rule/push-rule`;
    const rule = { name: 'push-rule', arn, state: 'ENABLED', pattern: PATTERN };
    expect(await ask(account, events.rules, 'push')).toEqual([rule]);
    expect(await ask(account, events.rules, 'pull')).toEqual([]);
    expect(await ask(account, events.rule, 'push-rule')).toEqual(rule);
    expect(await ask(account, events.rule, 'push')).toBeUndefined();
    expect(await ask(account, events.targets, 'push-rule')).toMatchObject([{ arn: expect.stringContaining('/aws/events/ecr') }]);
    expect(await ask(account, events.targets, 'none')).toBeUndefined();
    expect(await ask(account, cloudtrail.lookUp, { by: 'EventName', value: 'PutImage' })).toMatchObject([
      { name: 'PutImage', source: 'ecr.amazonaws.com', username: 'practice', requestParameters: { repositoryName: 'scanned' } },
    ]);
    expect(await ask(account, cloudtrail.lookUp, { by: 'EventName', value: 'DeleteRepository' })).toEqual([]);
    const changes = await ask(account, cloudtrail.iamChanges, 'watched');
    expect(changes.map(({ name, source }) => [name, source]).sort()).toEqual([
      ['CreateRole', 'iam.amazonaws.com'],
      ['PutRolePolicy', 'iam.amazonaws.com'],
    ]);
    expect(changes.find(({ name }) => name === 'PutRolePolicy')?.requestParameters).toMatchObject({ roleName: 'watched', policyName: 'p' });
    expect(await ask(account, cloudtrail.iamChanges, 'nobody')).toEqual([]);
    expect(await ask(account, cloudtrail.lookUp, { by: 'EventName', value: 'PutImage', from: new Date() })).toEqual([]);
    expect(await ask(account, logs.newestStreams, '/aws/codebuild/project')).toEqual([{ name: 'stream' }]);
    expect(await ask(account, logs.newestStreams, 'none')).toBeUndefined();
    expect(await ask(account, logs.resourcePolicies)).toEqual([{ name: 'events', document: PUSH }]);
  });

  test('s3', async () => {
    const account = inhabited('s3');
    expect(await ask(account, s3.buckets, 'version')).toMatchObject([{ name: 'versioned', region }]);
    expect((await ask(account, s3.buckets, 'codepipeline-')).map(({ name }) => name)).toEqual([`codepipeline-${region}-1`]);
    expect(await ask(account, s3.buckets, '')).toHaveLength(3);
    expect(await ask(account, s3.bucketRegion, 'versioned')).toBe(region);
    expect(await ask(account, s3.bucketRegion, 'virginia')).toBe('us-east-1');
    expect(await ask(account, s3.bucketRegion, 'none')).toBeUndefined();
    expect(await ask(account, s3.publicAccessBlock, `codepipeline-${region}-1`)).toEqual({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    expect(await ask(account, s3.publicAccessBlock, 'versioned')).toBeUndefined();
    expect(await ask(account, s3.encryption, 'versioned')).toEqual({ algorithm: 'aws:kms', bucketKey: true });
    expect(await ask(account, s3.encryption, `codepipeline-${region}-1`)).toEqual({ algorithm: 'AES256', bucketKey: false });
    expect(await ask(account, s3.encryption, 'none')).toBeUndefined();
    expect((await ask(account, s3.objects, 'versioned'))?.map(({ key }) => key)).toEqual(['a/b & <c>.txt', 'a/b.tar']);
    expect(await ask(account, s3.objects, 'versioned', { prefix: 'none' })).toEqual([]);
    expect(await ask(account, s3.object, 'versioned', 'a/b.tar')).toMatchObject({ key: 'a/b.tar', sizeBytes: 6_000_000 });
    expect(await ask(account, s3.object, 'versioned', 'a/b')).toBeUndefined();
    expect(await ask(account, s3.object, 'none', 'a')).toBeUndefined();
    expect(await ask(account, s3.objectVersions, 'versioned', { prefix: 'a/b.tar' })).toMatchObject([
      { key: 'a/b.tar', latest: true, deleteMarker: false, sizeBytes: 6_000_000 },
      { key: 'a/b.tar', latest: false, deleteMarker: false, sizeBytes: 5_000_000 },
      { key: 'a/b.tar.gz', latest: false, deleteMarker: false },
      { key: 'a/b.tar.gz', latest: true, deleteMarker: true },
    ]);
    // Of a bucket in another region nothing is known from here.
    await expect(ask(account, s3.publicAccessBlock, 'virginia')).rejects.toMatchObject({
      code: 'PermanentRedirect',
      reason: 'region',
      trouble: 'other-region',
    });
  });

  test('states', async () => {
    const account = inhabited('states');
    const arn = `arn:aws:states:${region}:${account.id}:stateMachine:machine`;
    expect(await ask(account, states.stateMachine, 'machine')).toMatchObject({
      arn,
      type: 'STANDARD',
      definition: ASL,
      tracing: true,
    });
    expect(await ask(account, states.stateMachine, 'none')).toBeUndefined();
    expect(await ask(account, states.stateMachines)).toMatchObject([{ name: 'machine', arn }]);
    const executions = await ask(account, states.executions, 'machine');
    expect(executions).toMatchObject([
      { name: 'second', status: 'SUCCEEDED' },
      { name: 'first', status: 'FAILED' },
    ]);
    expect(await ask(account, states.executions, arn, { status: 'FAILED' })).toEqual(executions?.slice(1));
    expect(await ask(account, states.executions, 'none')).toBeUndefined();
    const output = { Build: { Id: 'project:1', BuildStatus: 'SUCCEEDED' } };
    const happened = await ask(account, states.history, 'machine:second');
    expect(happened?.map(({ type }) => type)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded'],
      ...['TaskStateExited', 'ExecutionSucceeded'],
    ]);
    expect(happened?.[2]).toMatchObject({ resourceType: 'codebuild' });
    expect(happened?.[5]).toMatchObject({ output });
    expect((await ask(account, states.history, 'machine:first'))?.at(-1)).toMatchObject({ type: 'ExecutionFailed', cause: 'FAILED' });
    expect(await ask(account, states.history, 'machine:third')).toBeUndefined();
  });
});

/** An argument that is only known once there is an account. */
const NOW_KNOWN = Symbol('known once there is an account');

/** A question to every reader whose right answer is known to be neither absence nor trouble. */
const questions: readonly (readonly [AnyReader, ...unknown[]])[] = [
  [cloudformation.stack, 'stack'],
  [cloudformation.stackFailures, 'broken'],
  [cloudformation.stackCompletion, 'stack'],
  [cloudformation.deletedStacks, 'gone'],
  [codecommit.repository, 'repo'],
  [codecommit.pushedRepository, 'repo'],
  [codecommit.branch, 'repo', 'main'],
  [codecommit.branches, 'repo'],
  [codecommit.folder, 'repo', undefined, '/'],
  [codecommit.file, 'repo', undefined, 'app.js'],
  [codebuild.project, 'project'],
  [codebuild.projectNames],
  [codebuild.buildIdsOfProject, 'project'],
  [codebuild.buildIds, { project: 'old' }],
  [codebuild.builds, []],
  [ecr.repository, 'images'],
  [ecr.repositoryNames],
  [ecr.images, 'images'],
  [ecr.repositoryPolicy, 'scanned'],
  [ecr.lifecyclePolicy, 'scanned'],
  [ecr.registryScanning],
  [ecr.scanFindings, 'scanned', { tag: 'v1' }],
  [iam.role, 'build-role'],
  [iam.policy, 'push'],
  [iam.rolePolicies, 'build-role'],
  [iam.oidcProvider, ISSUER],
  [logs.logGroup, '/aws/codebuild/project'],
  [logs.newestStreams, '/aws/codebuild/project'],
  [logs.resourcePolicies],
  [codepipeline.pipeline, 'pipeline'],
  [codepipeline.pipelineNames],
  [codepipeline.executions, 'pipeline'],
  [codepipeline.actionExecutions, 'pipeline', NOW_KNOWN],
  [ecs.cluster, 'cluster'],
  [ecs.service, 'cluster', 'web'],
  [ecs.taskDefinition, 'web:1'],
  [ecs.tasks, { cluster: 'cluster', service: 'web' }],
  [events.rules, 'push'],
  [events.rule, 'push-rule'],
  [events.targets, 'push-rule'],
  [cloudtrail.lookUp, { by: 'EventName', value: 'PutImage' }],
  [cloudtrail.iamChanges, 'watched'],
  [s3.buckets, 'versioned'],
  [s3.bucketRegion, 'virginia'],
  [s3.publicAccessBlock, `codepipeline-${region}-1`],
  [s3.encryption, 'versioned'],
  [s3.objects, 'versioned'],
  [s3.object, 'versioned', 'a/b.tar'],
  [s3.objectVersions, 'versioned'],
  [states.stateMachine, 'machine'],
  [states.stateMachines],
  [states.executions, 'machine'],
  [states.history, 'machine:second'],
];

/** Ids that follow from what an account went through. */
function known({ id }: PracticeAccount, reader: AnyReader, args: readonly unknown[]): readonly unknown[] {
  const place = endpoint.account(id).region(region);
  if (reader === codebuild.builds) return [place.codebuild.builds('project').map((build) => build.id)];
  const [execution] = place.codepipeline.executions('pipeline');
  return args.map((arg) => (arg === NOW_KNOWN ? execution?.summary.pipelineExecutionId : arg));
}

/** Faults that one retry overcomes, and the reason they end with when they stay. */
const faults: Readonly<Record<FaultKind, { readonly passes: boolean; readonly reason: UnknownReason }>> = {
  throttle: { passes: true, reason: 'throttled' },
  denied: { passes: false, reason: 'access' },
  '5xx': { passes: true, reason: 'network' },
  html200: { passes: true, reason: 'malformed' },
  empty200: { passes: true, reason: 'malformed' },
  truncate: { passes: true, reason: 'malformed' },
  hang: { passes: true, reason: 'network' },
  expired: { passes: false, reason: 'expired' },
};

test('every reader is asked', () => {
  const every = Object.values(readers).flatMap((service) => Object.values<AnyReader>(service));
  expect(new Set(questions.map(([reader]) => reader))).toEqual(new Set(every));
});

// Concurrent, because silence has to be waited out.
describe.concurrent.each(FAULT_KINDS)('the fault %s', (fault) => {
  const { passes, reason } = faults[fault];
  const attemptMs = fault === 'hang' ? SHORT_ATTEMPT_MS : 30_000;

  const asked = questions.map(([reader, ...args]) => ({ name: reader.name, reader, args }));
  test.each(asked)('$name', { timeout: 60_000 }, async ({ reader, args }) => {
    const on = async (account: PracticeAccount) => {
      const session = await sessionOf(account.id, attemptMs);
      const asked = known(account, reader, args);
      return () => reader.read(session.caller({ allowed: new Set(reader.calls) }), ...asked);
    };
    const untroubled = inhabited(`${fault} ${reader.name}`);
    await (await on(untroubled))();
    const made = new Set(untroubled.calls.map(({ operation }) => operation).filter((operation) => !operation.startsWith('sts:')));
    expect(made.size).toBeGreaterThan(0);

    for (const operation of made) {
      // One account for each: calls that were under way when another failed meet no fault that is not theirs.
      const account = inhabited(`${fault} ${reader.name} ${operation}`);
      const { id } = account;
      const read = await on(account);
      const right = await read();
      endpoint.arm(id, { operation, fault, times: 1 });
      if (passes) expect(await read()).toEqual(right);
      else await expect(read()).rejects.toMatchObject({ reason, operation });

      endpoint.arm(id, { operation, fault, times: 1000 });
      const trouble = await read().catch((error: unknown) => error);
      expect(trouble).toBeInstanceOf(CannotLook);
      expect(trouble).toMatchObject({ reason, operation });
    }
  });
});
