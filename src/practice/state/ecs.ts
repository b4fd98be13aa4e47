import type {
  Cluster,
  Deployment,
  RegisterTaskDefinitionCommandInput,
  Service,
  ServiceEvent,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { createEcrState } from './ecr.ts';
import { impossible, keepNewest, type Scope } from './scope.ts';

export interface NewService {
  readonly cluster: string;
  readonly name: string;
  /** ARN, `family:revision`, or family for its newest revision. */
  readonly taskDefinition: string;
  /** Default 1. */
  readonly desiredCount?: number;
  /** Default `FARGATE`. */
  readonly launchType?: 'FARGATE' | 'EC2' | 'EXTERNAL';
  readonly networkConfiguration?: Service['networkConfiguration'];
}

export interface RolloutOptions {
  /** Default `COMPLETED`: as many tasks run as are wanted. Else none of the new ones does. */
  readonly rollout?: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';
  /** With a rollout that failed or hangs: what stopped its tasks, e.g. `CannotPullContainerError: ...`. */
  readonly stoppedReason?: string;
}

const MOST_TASKS = 500;
const MOST_EVENTS = 100;

export type EcsState = ReturnType<typeof createEcsState>;

export function createEcsState({ account, region, clock, mint, of }: Scope) {
  const ecr = of(createEcrState);
  const clusters = new Map<string, Cluster>();
  const services: Service[] = [];
  const definitions: TaskDefinition[] = [];
  const tasks: Task[] = [];
  const arnOf = (kind: string, name: string) => `arn:aws:ecs:${region}:${account}:${kind}/${name}`;
  const nameIn = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

  const active = <T extends { readonly status?: string | undefined }>(found: T | undefined, missing: string): T =>
    found?.status === 'ACTIVE' ? found : impossible(missing);
  const ofCluster = <T extends { readonly clusterArn?: string | undefined }>(all: readonly T[], cluster: string): readonly T[] =>
    all.filter(({ clusterArn }) => clusterArn === arnOf('cluster', nameIn(cluster)));

  const knownCluster = (name: string) => active(clusters.get(nameIn(name)), `Cluster not found: ${name}`);
  const findService = (cluster: string, name: string): Service | undefined =>
    ofCluster(services, cluster).findLast(({ serviceName }) => serviceName === nameIn(name));
  const knownService = (cluster: string, name: string) => active(findService(cluster, name), `Service not found: ${name}`);
  const findDefinition = (arnOrFamily: string): TaskDefinition | undefined => {
    const [family, wanted] = nameIn(arnOrFamily).split(':');
    const revisions = definitions.filter((definition) => definition.family === family);
    return revisions.findLast(({ status, revision }) => (wanted === undefined ? status === 'ACTIVE' : String(revision) === wanted));
  };
  const knownDefinition = (arnOrFamily: string) => active(findDefinition(arnOrFamily), 'TaskDefinition is inactive or was not found.');
  const replace = <T>(list: T[], old: T, next: T) => {
    list[list.indexOf(old)] = next;
  };
  const isOf = (task: Task, { serviceName, clusterArn }: Service) =>
    task.clusterArn === clusterArn && task.group === `service:${serviceName}` && task.lastStatus === 'RUNNING';

  return {
    createCluster(name: string): Cluster {
      if (clusters.get(name)?.status === 'ACTIVE') impossible(`Cluster already exists: ${name}`);
      const cluster: Cluster = { clusterName: name, clusterArn: arnOf('cluster', name), status: 'ACTIVE', capacityProviders: [] };
      clusters.set(name, cluster);
      clock.tick(1);
      return cluster;
    },
    /** It is reported as `INACTIVE` from then on. */
    deleteCluster(name: string): void {
      const cluster = knownCluster(name);
      if (services.some(({ clusterArn, status }) => clusterArn === cluster.clusterArn && status === 'ACTIVE'))
        impossible('The Cluster cannot be deleted while Services are active.');
      clusters.set(name, { ...cluster, status: 'INACTIVE' });
      clock.tick(1);
    },
    /** The next revision of its family. */
    registerTaskDefinition(input: Omit<RegisterTaskDefinitionCommandInput, 'tags'>): TaskDefinition {
      const { family } = input;
      if (!family) impossible('A task definition needs a family.');
      const revision = 1 + Math.max(0, ...definitions.filter((old) => old.family === family).map((old) => old.revision ?? 0));
      const definition: TaskDefinition = {
        ...structuredClone(input),
        revision,
        taskDefinitionArn: arnOf('task-definition', `${family}:${revision}`),
        status: 'ACTIVE',
        compatibilities: ['EC2', ...(input.requiresCompatibilities ?? []).filter((type) => type !== 'EC2')],
        registeredAt: clock.tick(1),
      };
      definitions.push(definition);
      return definition;
    },
    /** By ARN or `family:revision`. */
    deregisterTaskDefinition(name: string): void {
      const definition = knownDefinition(name);
      replace(definitions, definition, { ...definition, status: 'INACTIVE', deregisteredAt: clock.tick(1) });
    },
    /**
     * Makes a service and rolls it out. Containers run the image that their tag has in the account's registry at that time.
     */
    createService(
      { cluster, name, taskDefinition, desiredCount = 1, launchType = 'FARGATE', networkConfiguration }: NewService,
      options?: RolloutOptions,
    ): Service {
      const { clusterArn } = knownCluster(cluster);
      if (findService(cluster, name)?.status === 'ACTIVE') impossible('Creation of service was not idempotent.');
      const createdAt = clock.tick(1);
      const service: Service = {
        serviceName: name,
        serviceArn: arnOf('service', `${nameIn(cluster)}/${name}`),
        clusterArn,
        status: 'ACTIVE',
        launchType,
        schedulingStrategy: 'REPLICA',
        networkConfiguration: structuredClone(networkConfiguration),
        createdAt,
        events: [],
        deployments: [],
      };
      services.push(service);
      return rollOut(service, knownDefinition(taskDefinition), desiredCount, options);
    },
    /** A new deployment. */
    updateService(
      cluster: string,
      name: string,
      { taskDefinition, desiredCount }: Partial<Pick<NewService, 'taskDefinition' | 'desiredCount'>>,
      options?: RolloutOptions,
    ): Service {
      const service = knownService(cluster, name);
      const definition = knownDefinition(taskDefinition ?? service.taskDefinition ?? '');
      return rollOut(service, definition, desiredCount ?? service.desiredCount ?? 0, options);
    },
    /**
     * Its tasks stop; it is reported as `INACTIVE` from then on, or as `DRAINING` while they are still stopping.
     */
    deleteService(cluster: string, name: string, { draining = false }: { readonly draining?: boolean } = {}): void {
      const service = knownService(cluster, name);
      if (!draining) stopTasks(service, 'Scaling activity initiated by service deletion');
      const runningCount = draining ? service.runningCount : 0;
      const left = { desiredCount: 0, runningCount, pendingCount: 0, status: draining ? 'DRAINING' : 'INACTIVE' };
      replace(services, service, { ...service, ...left, deployments: [] });
      clock.tick(1);
    },
    cluster(nameOrArn: string): Cluster | undefined {
      const found = clusters.get(nameIn(nameOrArn));
      if (!found) return undefined;
      const own = services.filter(({ clusterArn, status }) => clusterArn === found.clusterArn && status === 'ACTIVE');
      const sum = (count: (service: Service) => number | undefined) => own.reduce((total, service) => total + (count(service) ?? 0), 0);
      return {
        ...found,
        activeServicesCount: own.length,
        runningTasksCount: sum(({ runningCount }) => runningCount),
        pendingTasksCount: sum(({ pendingCount }) => pendingCount),
        registeredContainerInstancesCount: 0,
      };
    },
    service: findService,
    /** Active and inactive ones of a cluster, in the order they were made. */
    services: (cluster: string) => ofCluster(services, cluster),
    taskDefinition: findDefinition,
    /** Of a cluster, oldest first. */
    tasks: (cluster: string) => ofCluster(tasks, cluster),
  };

  function rollOut(
    service: Service,
    definition: TaskDefinition,
    desiredCount: number,
    { rollout = 'COMPLETED', stoppedReason }: RolloutOptions = {},
  ): Service {
    const steady = rollout === 'COMPLETED';
    if (steady) stopTasks(service, 'Scaling activity initiated by deployment');
    const createdAt = clock.tick(1);
    const began = Array.from({ length: stoppedReason === undefined && !steady ? 0 : desiredCount }, () =>
      taskOf(service, definition, stoppedReason),
    );
    tasks.push(...began);
    keepNewest(tasks, MOST_TASKS);
    const counts = { desiredCount, runningCount: steady ? desiredCount : 0, pendingCount: rollout === 'IN_PROGRESS' ? desiredCount : 0 };
    const id = `ecs-svc/${BigInt(`0x${mint.hex(15)}`)}`;
    const deployment: Deployment = {
      ...counts,
      id,
      status: 'PRIMARY',
      taskDefinition: definition.taskDefinitionArn,
      failedTasks: stoppedReason === undefined ? 0 : desiredCount,
      launchType: service.launchType,
      networkConfiguration: service.networkConfiguration,
      rolloutState: rollout,
      rolloutStateReason: `ECS deployment ${id} ${rollout === 'IN_PROGRESS' ? 'in progress' : rollout.toLowerCase()}.`,
      createdAt,
      updatedAt: clock.tick(30),
    };
    // The deployment that is being replaced stays until the new one is complete.
    const replaced = steady
      ? []
      : (service.deployments ?? []).filter((old) => (old.runningCount ?? 0) > 0).map((old) => ({ ...old, status: 'ACTIVE' }));
    const next: Service = {
      ...service,
      desiredCount,
      runningCount: counts.runningCount + replaced.reduce((sum, old) => sum + (old.runningCount ?? 0), 0),
      pendingCount: counts.pendingCount,
      taskDefinition: definition.taskDefinitionArn,
      deployments: [deployment, ...replaced],
      events: [eventOf(service, steady, stoppedReason), ...(service.events ?? [])].slice(0, MOST_EVENTS),
    };
    replace(services, service, next);
    return next;
  }

  function eventOf({ serviceName }: Service, steady: boolean, reason: string | undefined): ServiceEvent {
    const said = steady
      ? 'has reached a steady state.'
      : `is unable to consistently start tasks successfully.${reason ? ` ${reason}` : ''}`;
    return { id: mint.uuid(), createdAt: clock.now(), message: `(service ${serviceName}) ${said}` };
  }

  function taskOf(
    { clusterArn = '', serviceName, launchType }: Service,
    definition: TaskDefinition,
    stoppedReason: string | undefined,
  ): Task {
    const running = stoppedReason === undefined;
    const taskArn = arnOf('task', `${nameIn(clusterArn)}/${mint.hex(32)}`);
    return {
      taskArn,
      clusterArn,
      taskDefinitionArn: definition.taskDefinitionArn,
      group: `service:${serviceName}`,
      launchType,
      lastStatus: running ? 'RUNNING' : 'STOPPED',
      desiredStatus: running ? 'RUNNING' : 'STOPPED',
      createdAt: clock.now(),
      startedAt: running ? clock.tick(10) : undefined,
      stoppedAt: running ? undefined : clock.tick(10),
      stoppedReason,
      containers: (definition.containerDefinitions ?? []).map(({ name, image = '' }) => ({
        containerArn: `${taskArn.replace(':task/', ':container/')}/${mint.uuid()}`,
        taskArn,
        name,
        image,
        imageDigest: running ? digestOf(image) : undefined,
        lastStatus: running ? 'RUNNING' : 'STOPPED',
        reason: stoppedReason,
      })),
    };
  }

  function stopTasks(service: Service, stoppedReason: string): void {
    for (const [at, task] of tasks.entries()) {
      if (!isOf(task, service)) continue;
      const stopped = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: clock.now(), stoppedReason };
      tasks[at] = { ...task, ...stopped, containers: task.containers?.map((container) => ({ ...container, lastStatus: 'STOPPED' })) };
    }
  }

  /** The digest a tag has now, for images of the account's own registry; made up for others. */
  function digestOf(image: string): string | undefined {
    const prefix = `${account}.dkr.ecr.${region}.amazonaws.com/`;
    if (!image.startsWith(prefix)) return `sha256:${mint.hex(64)}`;
    const [name = '', digest] = image.slice(prefix.length).split('@');
    if (digest !== undefined) return digest;
    const [repository = '', tag = 'latest'] = name.split(':');
    if (!ecr.repository(repository)) return undefined;
    return ecr.images(repository).find(({ imageTags }) => imageTags?.includes(tag))?.imageDigest;
  }
}
