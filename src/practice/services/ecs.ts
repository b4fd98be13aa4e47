import {
  type Cluster,
  DescribeClusters$,
  type DescribeClustersCommandInput,
  type DescribeClustersCommandOutput,
  DescribeServices$,
  type DescribeServicesCommandInput,
  type DescribeServicesCommandOutput,
  DescribeTaskDefinition$,
  type DescribeTaskDefinitionCommandInput,
  type DescribeTaskDefinitionCommandOutput,
  DescribeTasks$,
  type DescribeTasksCommandInput,
  type DescribeTasksCommandOutput,
  type Failure,
  ListServices$,
  type ListServicesCommandInput,
  type ListServicesCommandOutput,
  ListTasks$,
  type ListTasksCommandInput,
  type ListTasksCommandOutput,
  type Task,
} from '@aws-sdk/client-ecs';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';

const MOST_ASKED = 100;
const MOST_SERVICES = 10;

export const ecs: Service = {
  id: 'ecs',
  wire: { protocol: 'json', target: 'AmazonEC2ContainerServiceV20141113' },
  operations: [
    operation<DescribeClustersCommandInput, DescribeClustersCommandOutput>(DescribeClusters$, ({ clusters = ['default'] }, call) => {
      const { region } = call;
      const wanted = asked('clusters', clusters, MOST_ASKED);
      return {
        clusters: wanted.flatMap((name) => region.ecs.cluster(name) ?? []),
        failures: wanted.filter((name) => !region.ecs.cluster(name)).map((name) => missing(call, `cluster/${name}`)),
      };
    }),

    operation<DescribeServicesCommandInput, DescribeServicesCommandOutput>(
      DescribeServices$,
      ({ cluster: clusterName, services = [] }, call) => {
        const { clusterArn = '' } = cluster(call, clusterName);
        const wanted = asked('services', services, MOST_SERVICES);
        const find = (name: string) => call.region.ecs.service(clusterArn, name);
        return {
          services: wanted.flatMap((name) => find(name) ?? []),
          failures: wanted.filter((name) => !find(name)).map((name) => missing(call, `service/${lastPart(clusterArn)}/${name}`)),
        };
      },
    ),

    operation<ListServicesCommandInput, ListServicesCommandOutput>(
      ListServices$,
      ({ cluster: clusterName, nextToken, maxResults, launchType }, call) => {
        const { clusterArn = '' } = cluster(call, clusterName);
        const active = call.region.ecs
          .services(clusterArn)
          .filter((service) => service.status !== 'INACTIVE' && (launchType === undefined || service.launchType === launchType));
        const { items, next } = pageOf(active, paging(`ListServices ${clusterArn} ${launchType}`, nextToken, maxResults, 10));
        return { serviceArns: items.map(({ serviceArn = '' }) => serviceArn), nextToken: next };
      },
    ),

    operation<DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionCommandOutput>(
      DescribeTaskDefinition$,
      ({ taskDefinition = '' }, { region }) => {
        const found = region.ecs.taskDefinition(taskDefinition);
        if (!found) throw new AwsError('ClientException', 'Unable to describe task definition.');
        return { taskDefinition: found, tags: [] };
      },
    ),

    operation<ListTasksCommandInput, ListTasksCommandOutput>(
      ListTasks$,
      ({ cluster: clusterName, serviceName, family, desiredStatus = 'RUNNING', nextToken, maxResults }, call) => {
        const { clusterArn = '' } = cluster(call, clusterName);
        const service = serviceName === undefined ? undefined : call.region.ecs.service(clusterArn, serviceName);
        if (serviceName !== undefined && service?.status !== 'ACTIVE') throw new AwsError('ServiceNotFoundException', 'Service not found.');
        const isWanted = (task: Task) =>
          task.desiredStatus === desiredStatus &&
          (service === undefined || task.group === `service:${service.serviceName}`) &&
          (family === undefined || task.taskDefinitionArn?.includes(`/${family}:`));
        const matching = call.region.ecs.tasks(clusterArn).filter(isWanted);
        const of = `ListTasks ${clusterArn} ${serviceName} ${family} ${desiredStatus}`;
        const { items, next } = pageOf(matching, paging(of, nextToken, maxResults, MOST_ASKED));
        return { taskArns: items.map(({ taskArn = '' }) => taskArn), nextToken: next };
      },
    ),

    operation<DescribeTasksCommandInput, DescribeTasksCommandOutput>(DescribeTasks$, ({ cluster: clusterName, tasks = [] }, call) => {
      const { clusterArn = '' } = cluster(call, clusterName);
      const wanted = asked('tasks', tasks, MOST_ASKED);
      const all = call.region.ecs.tasks(clusterArn);
      const find = (idOrArn: string) => all.find(({ taskArn }) => taskArn === idOrArn || taskArn?.endsWith(`/${idOrArn}`));
      return {
        tasks: wanted.flatMap((task) => find(task) ?? []),
        failures: wanted.filter((task) => !find(task)).map((task) => ({ arn: task, reason: 'MISSING' })),
      };
    }),
  ],
};

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** ECS names what it does not find by the ARN it would have. */
function missing({ region, account }: Call, resource: string): Failure {
  return { arn: `arn:aws:ecs:${region.name}:${account.id}:${resource}`, reason: 'MISSING' };
}

function cluster({ region }: Call, name = 'default'): Cluster {
  const found = region.ecs.cluster(name);
  if (found?.status !== 'ACTIVE') throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
}

function asked(member: string, names: readonly string[], most: number): readonly string[] {
  if (names.length === 0 || names.length > most)
    throw new AwsError('InvalidParameterException', `${member} must have from 1 to ${most} entries.`);
  return [...new Set(names)];
}

function paging(of: string, token: string | undefined, max: number | undefined, size: number): PageRequest {
  if (max !== undefined && (max < 1 || max > MOST_ASKED))
    throw new AwsError('InvalidParameterException', `maxResults must be from 1 to ${MOST_ASKED}.`);
  return { of, token, size, max, badToken: () => new AwsError('InvalidParameterException', 'Invalid token') };
}
