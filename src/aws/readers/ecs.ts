import { z } from 'zod';
import { defineReader, type ServiceError } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  /** `ACTIVE`, `PROVISIONING`, `DEPROVISIONING`, `FAILED` or `INACTIVE`: deleted clusters are reported for a while. */
  readonly status: string;
  readonly activeServices: number;
  readonly runningTasks: number;
  readonly pendingTasks: number;
  readonly capacityProviders: readonly string[];
}

export interface Deployment {
  /** `PRIMARY`: the one that is wanted. `ACTIVE`: one that is being replaced. */
  readonly status: string;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failed: number;
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`. Unset on services that do not report it. */
  readonly rollout?: string | undefined;
  readonly rolloutReason?: string | undefined;
  readonly updatedAt?: Date | undefined;
}

export interface EcsService {
  readonly name: string;
  readonly arn: string;
  /** `ACTIVE`, `DRAINING` or `INACTIVE`: deleted services are reported for a while. */
  readonly status: string;
  /** `FARGATE`, `EC2`, `EXTERNAL`; unset when capacity providers decide. */
  readonly launchType?: string | undefined;
  /** Names of the capacity providers, e.g. `FARGATE_SPOT`. */
  readonly capacityProviders: readonly string[];
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** ARN of the task definition's revision that is wanted. */
  readonly taskDefinition: string;
  readonly deployments: readonly Deployment[];
  /** Unset outside `awsvpc` networks. */
  readonly network?:
    | { readonly subnets: readonly string[]; readonly securityGroups: readonly string[]; readonly publicIp: boolean }
    | undefined;
  /** What ECS says about it, newest first, at most 10. */
  readonly events: readonly { readonly at?: Date | undefined; readonly message: string }[];
  readonly createdAt?: Date | undefined;
}

export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly ports: readonly {
    readonly container?: number | undefined;
    readonly host?: number | undefined;
    readonly protocol?: string | undefined;
  }[];
  readonly logs?: { readonly driver: string; readonly options: Readonly<Record<string, string>> } | undefined;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`. */
  readonly status?: string | undefined;
  readonly networkMode?: string | undefined;
  /** Launch types it was made for, e.g. `FARGATE`. */
  readonly requires: readonly string[];
  /** CPU units and MiB of memory, as ECS spells them. */
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  /** ARN of the role that pulls images and writes logs. */
  readonly executionRole?: string | undefined;
  /** ARN of the role of the application itself. */
  readonly taskRole?: string | undefined;
  /** `X86_64`, `ARM64`; unset means `X86_64`. */
  readonly cpuArchitecture?: string | undefined;
  readonly containers: readonly ContainerDefinition[];
}

export interface Task {
  readonly arn: string;
  /** `PROVISIONING`, `PENDING`, `RUNNING`, `STOPPED`, ... */
  readonly status: string;
  readonly taskDefinition: string;
  readonly launchType?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers: readonly {
    readonly name: string;
    readonly image?: string | undefined;
    /** `sha256:<64 hexadecimal digits>`; unset until the image is pulled. */
    readonly imageDigest?: string | undefined;
    readonly status?: string | undefined;
    readonly exitCode?: number | undefined;
    readonly reason?: string | undefined;
  }[];
}

const NO_CLUSTER = ['ClusterNotFoundException'];
const count = z.number().int().nonnegative();
const failures = z.array(z.object({ arn: z.string().optional(), reason: z.string().optional() })).optional();
/** Whether ECS says itself that what was asked for is not there: an empty list says nothing. */
const isMissing = (list: z.infer<typeof failures> = []) => list.some(({ reason }) => reason === 'MISSING');
const providers = z
  .array(z.object({ capacityProvider: z.string() }))
  .optional()
  .transform((list = []) => list.map(({ capacityProvider }) => capacityProvider));

/** The cluster of this name. */
const cluster = defineReader({
  name: 'ecs.cluster',
  calls: ['ecs:DescribeClusters'],
  finds: 'cluster',
  async read(aws, name: string): Promise<Cluster | undefined> {
    const clusterShape = z.object({
      clusterName: z.literal(name),
      clusterArn: z.string().min(1),
      status: z.string().min(1),
      activeServicesCount: count.optional(),
      runningTasksCount: count.optional(),
      pendingTasksCount: count.optional(),
      capacityProviders: z.array(z.string()).optional(),
    });
    const answer = z
      .object({ clusters: z.array(clusterShape).max(1).optional(), failures })
      .refine((found) => found.clusters?.length === 1 || isMissing(found.failures), {
        message: 'says neither that the cluster exists nor that it does not',
      });
    const { clusters = [] } = await aws.send(sdk.ecs.ECSClient, new sdk.ecs.DescribeClustersCommand({ clusters: [name] }), { answer });
    const [found] = clusters;
    return (
      found && {
        name,
        arn: found.clusterArn,
        status: found.status,
        activeServices: found.activeServicesCount ?? 0,
        runningTasks: found.runningTasksCount ?? 0,
        pendingTasks: found.pendingTasksCount ?? 0,
        capacityProviders: found.capacityProviders ?? [],
      }
    );
  },
});

const deploymentShape = z
  .object({
    status: z.string().min(1),
    taskDefinition: z.string().min(1),
    desiredCount: count.optional(),
    runningCount: count.optional(),
    pendingCount: count.optional(),
    failedTasks: count.optional(),
    rolloutState: z.string().optional(),
    rolloutStateReason: z.string().optional(),
    updatedAt: z.date().optional(),
  })
  .transform(
    (deployment): Deployment => ({
      status: deployment.status,
      taskDefinition: deployment.taskDefinition,
      desired: deployment.desiredCount ?? 0,
      running: deployment.runningCount ?? 0,
      pending: deployment.pendingCount ?? 0,
      failed: deployment.failedTasks ?? 0,
      rollout: deployment.rolloutState,
      rolloutReason: deployment.rolloutStateReason,
      updatedAt: deployment.updatedAt,
    }),
  );

const serviceShape = z.object({
  serviceName: z.string().min(1),
  serviceArn: z.string().min(1),
  status: z.string().min(1),
  launchType: z.string().optional(),
  capacityProviderStrategy: providers,
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  taskDefinition: z.string().min(1),
  deployments: z.array(deploymentShape).optional(),
  networkConfiguration: z
    .object({
      awsvpcConfiguration: z
        .object({
          subnets: z.array(z.string()),
          securityGroups: z.array(z.string()).optional(),
          assignPublicIp: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  events: z.array(z.object({ createdAt: z.date().optional(), message: z.string() })).optional(),
  createdAt: z.date().optional(),
});

/** The service of this name in a cluster. `undefined` also when there is no such cluster. */
const service = defineReader({
  name: 'ecs.service',
  calls: ['ecs:DescribeServices'],
  probe: (name) => [name, 'labproof'],
  async read(aws, clusterName: string, name: string): Promise<EcsService | undefined> {
    const answer = z
      .object({ services: z.array(serviceShape).max(1).optional(), failures })
      .refine((found) => found.services?.[0]?.serviceName === name || isMissing(found.failures), {
        message: 'says neither that the service exists nor that it does not',
      });
    const found = await aws.send(sdk.ecs.ECSClient, new sdk.ecs.DescribeServicesCommand({ cluster: clusterName, services: [name] }), {
      answer,
      absent: NO_CLUSTER,
    });
    const shape = found?.services?.[0];
    if (shape === undefined) return undefined;
    const vpc = shape.networkConfiguration?.awsvpcConfiguration;
    return {
      name,
      arn: shape.serviceArn,
      status: shape.status,
      launchType: shape.launchType,
      capacityProviders: shape.capacityProviderStrategy,
      desired: shape.desiredCount,
      running: shape.runningCount,
      pending: shape.pendingCount,
      taskDefinition: shape.taskDefinition,
      deployments: shape.deployments ?? [],
      network: vpc && { subnets: vpc.subnets, securityGroups: vpc.securityGroups ?? [], publicIp: vpc.assignPublicIp === 'ENABLED' },
      events: (shape.events ?? []).slice(0, 10).map(({ createdAt, message }) => ({ at: createdAt, message })),
      createdAt: shape.createdAt,
    };
  },
});

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** The names of a cluster's services. `undefined` when there is no such cluster. */
const serviceNames = defineReader({
  name: 'ecs.serviceNames',
  calls: ['ecs:ListServices'],
  async read(aws, clusterName: string): Promise<readonly string[] | undefined> {
    const answer = z.object({ serviceArns: z.array(z.string().min(1)), nextToken: z.string().optional() });
    const arns = await allPages<string>(
      async (nextToken) => {
        const command = new sdk.ecs.ListServicesCommand({ cluster: clusterName, maxResults: 100, nextToken });
        const page = await aws.send(sdk.ecs.ECSClient, command, { answer, absent: NO_CLUSTER });
        return page && { items: page.serviceArns, next: page.nextToken };
      },
      { operation: 'ecs:ListServices', maxPages: 20 },
    );
    return arns?.map(lastPart);
  },
});

const containerShape = z
  .object({
    name: z.string().min(1),
    image: z.string().min(1),
    essential: z.boolean().optional(),
    portMappings: z
      .array(z.object({ containerPort: z.number().optional(), hostPort: z.number().optional(), protocol: z.string().optional() }))
      .optional(),
    logConfiguration: z.object({ logDriver: z.string(), options: z.record(z.string(), z.string()).optional() }).optional(),
  })
  .transform(
    ({ name, image, essential = true, portMappings = [], logConfiguration }): ContainerDefinition => ({
      name,
      image,
      essential,
      ports: portMappings.map(({ containerPort, hostPort, protocol }) => ({ container: containerPort, host: hostPort, protocol })),
      logs: logConfiguration && { driver: logConfiguration.logDriver, options: logConfiguration.options ?? {} },
    }),
  );

// ECS has no code of its own for this.
const noTaskDefinition = ({ name, message }: ServiceError) =>
  name === 'ClientException' && /unable to describe task definition|task definition does not exist/i.test(message);

/** A task definition by ARN, `family:revision`, or family for its newest active revision. */
const taskDefinition = defineReader({
  name: 'ecs.taskDefinition',
  calls: ['ecs:DescribeTaskDefinition'],
  async read(aws, arnOrFamily: string): Promise<TaskDefinition | undefined> {
    const answer = z.object({
      taskDefinition: z.object({
        taskDefinitionArn: z.string().min(1),
        family: z.string().min(1),
        revision: z.number(),
        status: z.string().optional(),
        networkMode: z.string().optional(),
        requiresCompatibilities: z.array(z.string()).optional(),
        cpu: z.string().optional(),
        memory: z.string().optional(),
        executionRoleArn: z.string().optional(),
        taskRoleArn: z.string().optional(),
        runtimePlatform: z.object({ cpuArchitecture: z.string().optional() }).optional(),
        containerDefinitions: z.array(containerShape).min(1),
      }),
    });
    const command = new sdk.ecs.DescribeTaskDefinitionCommand({ taskDefinition: arnOrFamily });
    const found = await aws.send(sdk.ecs.ECSClient, command, { answer, absent: noTaskDefinition });
    if (found === undefined) return undefined;
    const shape = found.taskDefinition;
    return {
      arn: shape.taskDefinitionArn,
      family: shape.family,
      revision: shape.revision,
      status: shape.status,
      networkMode: shape.networkMode,
      requires: shape.requiresCompatibilities ?? [],
      cpu: shape.cpu,
      memory: shape.memory,
      executionRole: shape.executionRoleArn,
      taskRole: shape.taskRoleArn,
      cpuArchitecture: shape.runtimePlatform?.cpuArchitecture,
      containers: shape.containerDefinitions,
    };
  },
});

const taskShape = z
  .object({
    taskArn: z.string().min(1),
    lastStatus: z.string().min(1),
    taskDefinitionArn: z.string().min(1),
    launchType: z.string().optional(),
    startedAt: z.date().optional(),
    stoppedReason: z.string().optional(),
    containers: z
      .array(
        z.object({
          name: z.string().min(1),
          image: z.string().optional(),
          imageDigest: z.string().optional(),
          lastStatus: z.string().optional(),
          exitCode: z.number().optional(),
          reason: z.string().optional(),
        }),
      )
      .optional(),
  })
  .transform(
    ({ taskArn, lastStatus, taskDefinitionArn, launchType, startedAt, stoppedReason, containers = [] }): Task => ({
      arn: taskArn,
      status: lastStatus,
      taskDefinition: taskDefinitionArn,
      launchType,
      startedAt,
      stoppedReason,
      containers: containers.map(({ lastStatus: status, ...container }) => ({ ...container, status })),
    }),
  );

/** The most tasks that are described (a limit of DescribeTasks). */
const MAX_TASKS = 100;

/**
 * Tasks of a service, at most 100, in no particular order: those that should run (default), or those that stopped within the last hour.
 * `undefined` when there is no such cluster or service.
 */
const tasks = defineReader({
  name: 'ecs.tasks',
  calls: ['ecs:ListTasks', 'ecs:DescribeTasks'],
  probe: (name) => [{ cluster: name, service: 'labproof' }],
  async read(
    aws,
    {
      cluster: clusterName,
      service: serviceName,
      stopped = false,
    }: { readonly cluster: string; readonly service: string; readonly stopped?: boolean },
  ): Promise<readonly Task[] | undefined> {
    const list = z.object({ taskArns: z.array(z.string().startsWith('arn:')), nextToken: z.string().optional() });
    const arns = await allPages<string>(
      async (nextToken) => {
        const desiredStatus = stopped ? 'STOPPED' : 'RUNNING';
        const command = new sdk.ecs.ListTasksCommand({ cluster: clusterName, serviceName, desiredStatus, nextToken });
        const page = await aws.send(sdk.ecs.ECSClient, command, { answer: list, absent: [...NO_CLUSTER, 'ServiceNotFoundException'] });
        return page && { items: page.taskArns, next: page.nextToken };
      },
      { operation: 'ecs:ListTasks', maxPages: 10, enough: (soFar) => soFar.length >= MAX_TASKS },
    );
    if (arns === undefined || arns.length === 0) return arns as readonly Task[] | undefined;
    const wanted = arns.slice(0, MAX_TASKS);
    const described = z
      .object({ tasks: z.array(taskShape).optional(), failures })
      .refine(
        (found) =>
          wanted.every(
            (arn) =>
              found.tasks?.some((task) => task.arn === arn) ||
              found.failures?.some((failure) => failure.arn === arn && failure.reason === 'MISSING'),
          ),
        { message: 'leaves out a task without saying that it does not exist' },
      );
    const found = await aws.send(sdk.ecs.ECSClient, new sdk.ecs.DescribeTasksCommand({ cluster: clusterName, tasks: wanted }), {
      answer: described,
      absent: NO_CLUSTER,
    });
    return found && (found.tasks ?? []);
  },
});

export const ecs = { cluster, service, serviceNames, taskDefinition, tasks };
