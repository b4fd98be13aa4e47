import type { Cluster, CreateServiceRequest, RegisterTaskDefinitionRequest, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { createEcrState } from './ecr.ts';
import { impossible, keepNewest, type Scope } from './scope.ts';

type NewService = Pick<
  CreateServiceRequest,
  'cluster' | 'serviceName' | 'taskDefinition' | 'desiredCount' | 'launchType' | 'networkConfiguration'
>;

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
  // By the names of cluster and service.
  const services = new Map<string, Service>();
  // By `family:revision`, the oldest first.
  const definitions = new Map<string, TaskDefinition>();
  const tasks: Task[] = [];
  const arnOf = (kind: string, name: string) => `arn:aws:ecs:${region}:${account}:${kind}/${name}`;
  const nameIn = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

  const active = <T extends { readonly status?: string | undefined }>(found: T | undefined, missing: string): T =>
    found?.status === 'ACTIVE' ? found : impossible(missing);
  const activeServices = (cluster: Cluster) =>
    [...services.values()].filter(({ clusterArn, status }) => clusterArn === cluster.clusterArn && status === 'ACTIVE');

  const knownCluster = (name: string) => active(clusters.get(nameIn(name)), `Cluster not found: ${name}`);
  const keyOf = (cluster: string, name: string) => `${nameIn(cluster)}/${nameIn(name)}`;
  const findService = (cluster: string, name: string): Service | undefined => services.get(keyOf(cluster, name));
  const knownService = (cluster: string, name: string) => active(findService(cluster, name), `Service not found: ${name}`);
  const findDefinition = (arnOrFamily: string): TaskDefinition | undefined => {
    const name = nameIn(arnOrFamily);
    const newest = () => [...definitions.values()].findLast(({ family, status }) => family === name && status === 'ACTIVE');
    return name.includes(':') ? definitions.get(name) : newest();
  };
  const knownDefinition = (arnOrFamily: string) => active(findDefinition(arnOrFamily), 'TaskDefinition is inactive or was not found.');

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
      if (activeServices(cluster).length > 0) impossible('The Cluster cannot be deleted while Services are active.');
      clusters.set(name, { ...cluster, status: 'INACTIVE' });
      clock.tick(1);
    },
    /** The next revision of its family. */
    registerTaskDefinition(input: Omit<RegisterTaskDefinitionRequest, 'tags'>): TaskDefinition {
      const { family } = input;
      if (!family) impossible('A task definition needs a family.');
      const revision = 1 + [...definitions.values()].filter((old) => old.family === family).length;
      const definition: TaskDefinition = {
        ...structuredClone(input),
        revision,
        taskDefinitionArn: arnOf('task-definition', `${family}:${revision}`),
        status: 'ACTIVE',
        compatibilities: ['EC2', ...(input.requiresCompatibilities ?? []).filter((type) => type !== 'EC2')],
        registeredAt: clock.tick(1),
      };
      definitions.set(`${family}:${revision}`, definition);
      return definition;
    },
    /** By ARN or `family:revision`. */
    deregisterTaskDefinition(name: string): void {
      const definition = knownDefinition(name);
      const { family, revision } = definition;
      definitions.set(`${family}:${revision}`, { ...definition, status: 'INACTIVE', deregisteredAt: clock.tick(1) });
    },
    /**
     * Makes a service and rolls it out. Containers run the image that their tag has in the account's registry at that time.
     * `taskDefinition`: ARN, `family:revision`, or family for its newest revision.
     */
    createService(input: NewService, options?: RolloutOptions): Service {
      const { cluster = '', serviceName = '', taskDefinition = '', desiredCount = 1, launchType = 'FARGATE' } = input;
      const { clusterArn } = knownCluster(cluster);
      if (findService(cluster, serviceName)?.status === 'ACTIVE') impossible('Creation of service was not idempotent.');
      const service: Service = {
        serviceName,
        serviceArn: arnOf('service', `${nameIn(cluster)}/${serviceName}`),
        clusterArn,
        status: 'ACTIVE',
        launchType,
        schedulingStrategy: 'REPLICA',
        networkConfiguration: structuredClone(input.networkConfiguration),
        createdAt: clock.tick(1),
        events: [],
        deployments: [],
      };
      return rollOut(service, knownDefinition(taskDefinition), desiredCount, options);
    },
    /** A new deployment. */
    updateService(cluster: string, name: string, patch: Pick<NewService, 'taskDefinition' | 'desiredCount'>, options?: RolloutOptions) {
      const service = knownService(cluster, name);
      const definition = knownDefinition(patch.taskDefinition ?? service.taskDefinition ?? '');
      return rollOut(service, definition, patch.desiredCount ?? service.desiredCount ?? 0, options);
    },
    /** Its tasks stop; it is reported as `INACTIVE` from then on, or as `DRAINING` while they are still stopping. */
    deleteService(cluster: string, name: string, { draining = false }: { readonly draining?: boolean } = {}): void {
      const service = knownService(cluster, name);
      if (!draining) stopTasks(service, 'Scaling activity initiated by service deletion');
      const runningCount = draining ? service.runningCount : 0;
      const left = { desiredCount: 0, runningCount, pendingCount: 0, status: draining ? 'DRAINING' : 'INACTIVE' };
      services.set(keyOf(cluster, name), { ...service, ...left, deployments: [] });
      clock.tick(1);
    },
    cluster(nameOrArn: string): Cluster | undefined {
      const found = clusters.get(nameIn(nameOrArn));
      if (!found) return undefined;
      const own = activeServices(found);
      return {
        ...found,
        activeServicesCount: own.length,
        runningTasksCount: sumOf('runningCount', own),
        pendingTasksCount: sumOf('pendingCount', own),
        registeredContainerInstancesCount: 0,
      };
    },
    service: findService,
    taskDefinition: findDefinition,
    /** Of a cluster, oldest first. */
    tasks: (cluster: string): readonly Task[] => tasks.filter(({ clusterArn }) => clusterArn === arnOf('cluster', nameIn(cluster))),
  };

  function rollOut(service: Service, definition: TaskDefinition, desiredCount: number, options: RolloutOptions = {}): Service {
    const { rollout = 'COMPLETED', stoppedReason } = options;
    const steady = rollout === 'COMPLETED';
    if (steady) stopTasks(service, 'Scaling activity initiated by deployment');
    const createdAt = clock.tick(1);
    const began = stoppedReason === undefined && !steady ? 0 : desiredCount;
    for (let at = 0; at < began; at += 1) tasks.push(taskOf(service, definition, stoppedReason));
    keepNewest(tasks, MOST_TASKS);
    const counts = { desiredCount, runningCount: steady ? desiredCount : 0, pendingCount: rollout === 'IN_PROGRESS' ? desiredCount : 0 };
    const id = `ecs-svc/${BigInt(`0x${mint.hex(15)}`)}`;
    const deployment = {
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
    const running = (service.deployments ?? []).filter((old) => (old.runningCount ?? 0) > 0);
    const replaced = steady ? [] : running.map((old) => ({ ...old, status: 'ACTIVE' }));
    const unsteady = `is unable to consistently start tasks successfully.${stoppedReason ? ` ${stoppedReason}` : ''}`;
    const message = `(service ${service.serviceName}) ${steady ? 'has reached a steady state.' : unsteady}`;
    const next: Service = {
      ...service,
      desiredCount,
      runningCount: counts.runningCount + sumOf('runningCount', replaced),
      pendingCount: counts.pendingCount,
      taskDefinition: definition.taskDefinitionArn,
      deployments: [deployment, ...replaced],
      events: [{ id: mint.uuid(), createdAt: clock.now(), message }, ...(service.events ?? [])].slice(0, MOST_EVENTS),
    };
    services.set(keyOf(service.clusterArn ?? '', service.serviceName ?? ''), next);
    return next;
  }

  function taskOf({ clusterArn = '', serviceName, launchType }: Service, definition: TaskDefinition, stoppedReason?: string): Task {
    const running = stoppedReason === undefined;
    const lastStatus = running ? 'RUNNING' : 'STOPPED';
    const taskArn = arnOf('task', `${nameIn(clusterArn)}/${mint.hex(32)}`);
    return {
      taskArn,
      clusterArn,
      taskDefinitionArn: definition.taskDefinitionArn,
      group: `service:${serviceName}`,
      launchType,
      lastStatus,
      desiredStatus: lastStatus,
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
        lastStatus,
        reason: stoppedReason,
      })),
    };
  }

  function stopTasks({ serviceName, clusterArn }: Service, stoppedReason: string): void {
    for (const [at, task] of tasks.entries()) {
      if (task.clusterArn !== clusterArn || task.group !== `service:${serviceName}` || task.lastStatus !== 'RUNNING') continue;
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

function sumOf(member: 'runningCount' | 'pendingCount', all: readonly Pick<Service, 'runningCount' | 'pendingCount'>[]): number {
  return all.reduce((sum, one) => sum + (one[member] ?? 0), 0);
}
