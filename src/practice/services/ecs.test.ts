import {
  ClientException,
  ClusterNotFoundException,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  InvalidParameterException,
  ListTasksCommand,
  paginateListTasks,
  ServiceNotFoundException,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const cluster = 'web';

describe('ecs', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: ECSClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new ECSClient(practice.config);
  });
  beforeEach(() => {
    practice.account.reset();
    state().createCluster(cluster);
    define('latest');
  });
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const place = () => practice.account.region(REGION);
  const state = () => place().ecs;
  const define = (tag: string) =>
    state().registerTaskDefinition({
      family: 'app',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [{ name: 'app', image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app:${tag}` }],
    });
  const serve = (name: string, desiredCount = 1) =>
    state().createService({ cluster, serviceName: name, taskDefinition: 'app', desiredCount });
  const serviceOf = async (name: string) => (await client.send(new DescribeServicesCommand({ cluster, services: [name] }))).services?.[0];
  const tasksOf = async (serviceName: string, desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING') => {
    const { taskArns = [] } = await client.send(new ListTasksCommand({ cluster, serviceName, desiredStatus }));
    return taskArns.length === 0 ? [] : ((await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []);
  };

  it('names clusters and services it does not have by the ARN they would have', async () => {
    const { clusters, failures } = await client.send(new DescribeClustersCommand({ clusters: [cluster, 'none'] }));
    expect(clusters).toMatchObject([{ clusterName: cluster, status: 'ACTIVE', activeServicesCount: 0 }]);
    expect(failures).toEqual([{ arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/none`, reason: 'MISSING' }]);
    serve('api');
    const found = await client.send(new DescribeServicesCommand({ cluster, services: ['api', 'none'] }));
    expect(found.services).toMatchObject([{ serviceName: 'api', launchType: 'FARGATE' }]);
    expect(found.failures).toEqual([{ arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/${cluster}/none`, reason: 'MISSING' }]);
    const elsewhere = client.send(new DescribeServicesCommand({ cluster: 'none', services: ['api'] }));
    expect(await rejection(elsewhere)).toBeInstanceOf(ClusterNotFoundException);
    const many = client.send(new DescribeServicesCommand({ cluster, services: Array.from({ length: 11 }, (_, n) => `s${n}`) }));
    expect(await rejection(many)).toBeInstanceOf(InvalidParameterException);
  });

  it('numbers revisions within a family', async () => {
    expect(define('v2').revision).toBe(2);
    const get = async (taskDefinition: string) => (await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition;
    expect(await get('app')).toMatchObject({ revision: 2, status: 'ACTIVE', compatibilities: ['EC2', 'FARGATE'] });
    expect(await get('app:1')).toMatchObject({ revision: 1 });
    state().deregisterTaskDefinition('app:2');
    expect(await get('app')).toMatchObject({ revision: 1 });
    expect(await get(`arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/app:2`)).toMatchObject({ status: 'INACTIVE' });
    const error = await rejection(get('none'));
    expect(error).toBeInstanceOf(ClientException);
    expect(error.message).toBe('Unable to describe task definition.');
  });

  it('runs the image that the tag has when the service is rolled out', async () => {
    place().ecr.createRepository('app');
    const { imageDigest: old } = place().ecr.putImage('app', { tags: ['latest'] });
    serve('api', 2);
    const { imageDigest: fresh } = place().ecr.putImage('app', { tags: ['latest'] });
    expect((await tasksOf('api')).map(({ containers }) => containers?.[0]?.imageDigest)).toEqual([old, old]);
    state().updateService(cluster, 'api', { desiredCount: 1 });
    expect((await tasksOf('api')).map(({ containers }) => containers?.[0]?.imageDigest)).toEqual([fresh]);
    expect(await tasksOf('api', 'STOPPED')).toMatchObject([{ lastStatus: 'STOPPED' }, { lastStatus: 'STOPPED' }]);
    expect(await serviceOf('api')).toMatchObject({
      runningCount: 1,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
      events: [{ message: '(service api) has reached a steady state.' }, {}],
    });
  });

  it('keeps the old deployment while a new one hangs or fails', async () => {
    serve('api', 2);
    state().updateService(cluster, 'api', {}, { rollout: 'IN_PROGRESS' });
    expect(await serviceOf('api')).toMatchObject({
      ...{ desiredCount: 2, runningCount: 2, pendingCount: 2 },
      deployments: [
        { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', runningCount: 0 },
        { status: 'ACTIVE', runningCount: 2 },
      ],
    });
    state().updateService(cluster, 'api', {}, { rollout: 'FAILED', stoppedReason: 'CannotPullContainerError: pull failed' });
    expect(await serviceOf('api')).toMatchObject({
      pendingCount: 0,
      deployments: [{ rolloutState: 'FAILED', failedTasks: 2 }, { runningCount: 2 }],
    });
    expect(await tasksOf('api', 'STOPPED')).toMatchObject([
      { stoppedReason: 'CannotPullContainerError: pull failed', containers: [{ reason: 'CannotPullContainerError: pull failed' }] },
      {},
    ]);
    expect(await tasksOf('api')).toHaveLength(2);
  });

  it('reports what was deleted as inactive', async () => {
    serve('api');
    expect(() => state().deleteCluster(cluster)).toThrow('Services are active');
    state().deleteService(cluster, 'api');
    expect(await serviceOf('api')).toMatchObject({ status: 'INACTIVE', desiredCount: 0, runningCount: 0 });
    expect(await rejection(tasksOf('api'))).toBeInstanceOf(ServiceNotFoundException);
    serve('api');
    expect(await serviceOf('api')).toMatchObject({ status: 'ACTIVE' });
    state().deleteService(cluster, 'api');
    state().deleteCluster(cluster);
    const { clusters } = await client.send(new DescribeClustersCommand({ clusters: [cluster] }));
    expect(clusters).toMatchObject([{ status: 'INACTIVE' }]);
    expect(await rejection(serviceOf('api'))).toBeInstanceOf(ClusterNotFoundException);
    expect(() => serve('api')).toThrow('Cluster not found');
  });

  it('lists the tasks of a service page by page', async () => {
    serve('few', 2);
    serve('many', 120);
    const tasks: number[] = [];
    for await (const { taskArns = [] } of paginateListTasks({ client }, { cluster, serviceName: 'many' })) tasks.push(taskArns.length);
    expect(tasks).toEqual([100, 20]);
    const { failures } = await client.send(new DescribeTasksCommand({ cluster, tasks: ['none'] }));
    expect(failures).toMatchObject([{ reason: 'MISSING' }]);
  });
});
