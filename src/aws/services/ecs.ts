import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { costing, free, shellWord, usd } from '../deletion.ts';
import { type FactsOf, facts, from, list, listOf, maybeText, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import { type ActionScope, limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'cluster', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-ecs')>('@aws-sdk/client-ecs');

const clusterArn = (name: string) => regionalArn('ecs', `cluster/${name}`);
const ofTasks = limitedTo('cluster', (name) => regionalArn('ecs', `task/${name}/*`));
const inCluster: ActionScope = { within: { key: 'ecs:cluster', kind: 'cluster', arn: clusterArn } };

const service = defineService({ name: 'ecs', client: () => sdk.ECSClient });

const clusterFacts = facts({
  name: from('clusterName', text),
  arn: from('clusterArn', text),
  /** `ACTIVE`, `PROVISIONING`, `DEPROVISIONING`, `FAILED` or `INACTIVE`: deleted clusters are reported for a while. */
  status: text,
});
export type Cluster = FactsOf<typeof clusterFacts>;

const count = z.number().int().nonnegative();

const deploymentFacts = facts({
  failed: from('failedTasks', count.default(0)),
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`. Unset on services that do not report it. */
  rollout: from('rolloutState', maybeText),
  rolloutReason: from('rolloutStateReason', maybeText),
});

const serviceFacts = facts({
  name: from('serviceName', text),
  arn: from('serviceArn', text),
  /** `ACTIVE`, `DRAINING` or `INACTIVE`: deleted services are reported for a while. */
  status: text,
  /** `FARGATE`, `EC2`, `EXTERNAL`; unset when capacity providers decide. */
  launchType: maybeText,
  /** Names of the capacity providers, e.g. `FARGATE_SPOT`. */
  capacityProviders: from('capacityProviderStrategy', listOf('capacityProvider')),
  desired: from('desiredCount', count),
  running: from('runningCount', count),
  pending: from('pendingCount', count),
  /** ARN of the task definition's revision that is wanted. */
  taskDefinition: text,
  deployments: list(deploymentFacts),
  /** What ECS says about it, newest first, at most 10. */
  events: list(facts({ message: z.string() })).transform((events) => events.slice(0, 10)),
});
export type EcsService = FactsOf<typeof serviceFacts>;

const containerFacts = facts({ name: text, image: text });

const taskDefinitionFacts = facts({
  arn: from('taskDefinitionArn', text),
  revision: z.number(),
  /** ARN of the role that pulls images and writes logs. */
  executionRole: from('executionRoleArn', maybeText),
  containers: from('containerDefinitions', z.array(containerFacts).min(1)),
});
export type TaskDefinition = FactsOf<typeof taskDefinitionFacts>;

const taskFacts = facts({
  arn: from('taskArn', text),
  /** `PROVISIONING`, `PENDING`, `RUNNING`, `STOPPED`, ... */
  status: from('lastStatus', text),
  /** With digests such as `sha256:<64 hexadecimal digits>`, unset until the image is pulled. */
  containers: list(facts({ name: text, imageDigest: maybeText })),
});
export type Task = FactsOf<typeof taskFacts>;

const NO_CLUSTER = ['ClusterNotFoundException'];
const failures = list(facts({ arn: maybeText, reason: maybeText }));
const arnsMissing = failures.transform((found) => found.filter(({ reason }) => reason === 'MISSING').map(({ arn }) => arn));
/** What ECS says itself is not there: an empty list says nothing. */
const missing = from('failures', arnsMissing);

/** The cluster of this name. */
const cluster = service.one('cluster', {
  finds: 'cluster',
  calls: { DescribeClusters: limitedTo('cluster', clusterArn) },
  command: ([name]: [name: string]) => new sdk.DescribeClustersCommand({ clusters: [name] }),
  answer: facts({ clusters: list(clusterFacts), missing }),
  misfit: ({ clusters, missing: named }, [name]) => unlessTold('cluster', name, clusters, named),
  gives: ({ clusters: [found] }) => found,
});

/** The service of this name in a cluster. `undefined` also when there is no such cluster. */
const serviceOfCluster = service.one('service', {
  calls: { DescribeServices: limitedTo('cluster', (name) => regionalArn('ecs', `service/${name}/*`)) },
  probe: (name) => [name, 'labproof'],
  command: ([clusterName, name]: [cluster: string, service: string]) =>
    new sdk.DescribeServicesCommand({ cluster: clusterName, services: [name] }),
  answer: facts({ services: list(serviceFacts), missing }),
  misfit: ({ services, missing: named }, [, name]) => unlessTold('service', name, services, named),
  absent: NO_CLUSTER,
  gives: ({ services: [found] }) => found,
});

/** What is wrong with an answer that neither gives the one thing of this name nor says that it is missing. */
function unlessTold(what: string, name: string, found: readonly { readonly name: string }[], named: readonly unknown[]) {
  const isTold = found.length === 0 ? named.length > 0 : found.length === 1 && found[0]?.name === name;
  return isTold ? undefined : `says neither that the ${what} exists nor that it does not`;
}

// ECS has no code of its own for this.
const noTaskDefinition = ({ name, message }: Error) =>
  name === 'ClientException' && /unable to describe task definition|task definition does not exist/i.test(message);

/** A task definition by ARN, `family:revision`, or family for its newest active revision. */
const taskDefinition = service.one('taskDefinition', {
  calls: { DescribeTaskDefinition: UNLIMITED },
  command: ([arnOrFamily]: [arnOrFamily: string]) => new sdk.DescribeTaskDefinitionCommand({ taskDefinition: arnOrFamily }),
  answer: within('taskDefinition', taskDefinitionFacts),
  absent: noTaskDefinition,
});

interface TasksOf {
  readonly cluster: string;
  readonly service: string;
  readonly stopped?: boolean;
}

/** The most tasks that are described (a limit of DescribeTasks). */
const MAX_TASKS = 100;

const taskArns = service.list('taskArns', {
  calls: { ListTasks: inCluster },
  command: ([{ cluster: clusterName, service: serviceName, stopped = false }]: [of: TasksOf], { token }) =>
    new sdk.ListTasksCommand({ cluster: clusterName, serviceName, desiredStatus: stopped ? 'STOPPED' : 'RUNNING', nextToken: token }),
  page: page('taskArns', z.string().startsWith('arn:')),
  absent: [...NO_CLUSTER, 'ServiceNotFoundException'],
  maxPages: 10,
  limit: () => MAX_TASKS,
});

/**
 * Tasks of a service, at most 100, in no particular order: those that should run (default), or those that stopped within the last hour.
 * `undefined` when there is no such cluster or service.
 */
const tasks = service.reader('tasks', {
  calls: { ListTasks: inCluster, DescribeTasks: ofTasks },
  probe: (name) => [{ cluster: name, service: 'labproof' }],
  async read(aws, of: TasksOf): Promise<readonly Task[] | undefined> {
    const arns = await taskArns.read(aws, of);
    if (arns === undefined || arns.length === 0) return arns && [];
    const found = await aws.send(service, new sdk.DescribeTasksCommand({ cluster: of.cluster, tasks: [...arns] }), {
      answer: facts({ tasks: list(taskFacts), missing }),
      misfit: (answer) =>
        arns.every((arn) => answer.tasks.some((task) => task.arn === arn) || answer.missing.includes(arn))
          ? undefined
          : 'leaves out a task without saying that it does not exist',
      absent: NO_CLUSTER,
    });
    return found?.tasks;
  },
});

export const ecs = { cluster, service: serviceOfCluster, taskDefinition, tasks };

const clusterPage = (place: Place, name: string, rest: string) => consolePage(place, `ecs/v2/clusters/${encoded(name)}/services${rest}`);

export const ecsConsole = {
  cluster: (place: Place, name: string) => clusterPage(place, name, ''),
  service: (place: Place, clusterName: string, name: string) => clusterPage(place, clusterName, `/${encoded(name)}/health`),
  taskDefinition: (place: Place, family: string) => consolePage(place, `ecs/v2/task-definitions/${encoded(family)}`),
};

// USD an hour, November 2026 (AWS Fargate pricing, Amazon VPC pricing).
const FARGATE: Readonly<Record<string, { vcpu: number; gb: number }>> = { 'ap-northeast-1': { vcpu: 0.05056, gb: 0.00553 } };
const ADDRESS = 0.005;
const HOURS_A_MONTH = 730;

/** Tasks on Fargate, all of one size. */
export interface RunningTasks {
  readonly count: number;
  readonly vcpu: number;
  /** GB of memory. */
  readonly memory: number;
}

/** What a month of tasks costs, each with a public address; unset for regions whose price is not known here. */
export function taskCost({ region }: Place, { count: tasksRunning, vcpu, memory }: RunningTasks) {
  const price = FARGATE[region];
  return price && usd((vcpu * price.vcpu + memory * price.gb + ADDRESS) * HOURS_A_MONTH * tasksRunning);
}

export const ecsDeletion = {
  /** With its tasks. */
  service: (place: Place, clusterName: string, name: string, running: RunningTasks) =>
    costing(
      taskCost(place, running),
      `aws ecs delete-service --region ${place.region} --cluster ${shellWord(clusterName)} --service ${shellWord(name)} --force`,
    ),
  cluster: ({ region }: Place, name: string) => free(`aws ecs delete-cluster --region ${region} --cluster ${shellWord(name)}`),
  /** Every revision of a family. */
  taskDefinition: ({ region }: Place, family: string) => {
    const revisions = `aws ecs list-task-definitions --region ${region} --family-prefix ${shellWord(family)} --query 'taskDefinitionArns[]' --output text`;
    return free(
      `for revision in $(${revisions}); do aws ecs deregister-task-definition --region ${region} --task-definition "$revision" > /dev/null; done`,
    );
  },
};
