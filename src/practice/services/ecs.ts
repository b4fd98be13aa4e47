import * as sdk from '@aws-sdk/client-ecs';
import { sought } from '../batch.ts';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Call, type RegionalService } from '../service.ts';
import { createEcsState, type EcsState } from '../state/ecs.ts';

const MOST_ASKED = 100;
const MOST_SERVICES = 10;

export const ecs: RegionalService<EcsState> = {
  client: sdk.ECSClient,
  state: createEcsState,
  paging: {
    token: 'nextToken',
    size: 100,
    badToken: () => refuse('InvalidParameterException', 'Invalid token'),
    limit: { member: 'maxResults', most: 100, bad: () => refuse('InvalidParameterException', 'maxResults must be from 1 to 100.') },
  },
  operations: [
    answers(sdk.DescribeClustersCommand, ({ clusters = ['default'] }, call) => {
      const { found, missing } = sought(asked('clusters', clusters, MOST_ASKED), call.state.cluster);
      return { clusters: found, failures: missing.map((name) => failure(call, `cluster/${name}`)) };
    }),

    answers(sdk.DescribeServicesCommand, ({ cluster: clusterName, services = [] }, call) => {
      const { clusterArn = '' } = cluster(call.state, clusterName);
      const { found, missing } = sought(asked('services', services, MOST_SERVICES), (name) => call.state.service(clusterArn, name));
      const prefix = `service/${clusterArn.slice(clusterArn.lastIndexOf('/') + 1)}`;
      return { services: found, failures: missing.map((name) => failure(call, `${prefix}/${name}`)) };
    }),

    answers(sdk.DescribeTaskDefinitionCommand, ({ taskDefinition = '' }, { state }) => ({
      taskDefinition: state.taskDefinition(taskDefinition) ?? refuse('ClientException', 'Unable to describe task definition.'),
      tags: [],
    })),

    answers(sdk.ListTasksCommand, ({ cluster: clusterName, serviceName, family, desiredStatus = 'RUNNING' }, { state, page }) => {
      const { clusterArn = '' } = cluster(state, clusterName);
      const service = serviceName === undefined ? undefined : state.service(clusterArn, serviceName);
      if (serviceName !== undefined && service?.status !== 'ACTIVE') refuse('ServiceNotFoundException', 'Service not found.');
      const isWanted = (task: sdk.Task) =>
        task.desiredStatus === desiredStatus &&
        (service === undefined || task.group === `service:${service.serviceName}`) &&
        (family === undefined || task.taskDefinitionArn?.includes(`/${family}:`));
      return page(state.tasks(clusterArn).filter(isWanted), (all) => ({ taskArns: all.map(({ taskArn = '' }) => taskArn) }));
    }),

    answers(sdk.DescribeTasksCommand, ({ cluster: clusterName, tasks = [] }, { state }) => {
      const { clusterArn = '' } = cluster(state, clusterName);
      const all = state.tasks(clusterArn);
      const { found, missing } = sought(asked('tasks', tasks, MOST_ASKED), (idOrArn) =>
        all.find(({ taskArn }) => taskArn === idOrArn || taskArn?.endsWith(`/${idOrArn}`)),
      );
      return { tasks: found, failures: missing.map((arn) => ({ arn, reason: 'MISSING' })) };
    }),
  ],
};

/** ECS names what it does not find by the ARN it would have. */
function failure({ region, account }: Call<EcsState>, resource: string): sdk.Failure {
  return { arn: `arn:aws:ecs:${region}:${account.id}:${resource}`, reason: 'MISSING' };
}

function cluster(state: EcsState, name = 'default'): sdk.Cluster {
  const found = state.cluster(name);
  return found?.status === 'ACTIVE' ? found : refuse('ClusterNotFoundException', 'Cluster not found.');
}

function asked(member: string, names: readonly string[], most: number): readonly string[] {
  if (names.length > 0 && names.length <= most) return names;
  return refuse('InvalidParameterException', `${member} must have from 1 to ${most} entries.`);
}
