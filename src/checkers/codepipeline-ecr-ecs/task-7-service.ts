import {
  accessOf,
  asSentence,
  type Bound,
  blocked,
  type Cluster,
  defineTask,
  type EcsService,
  type EcsTask,
  failed,
  type Image,
  imageDefinitionsFile,
  incomplete,
  judgeAccess,
  notStarted,
  type Pipeline,
  type Policy,
  passed,
  readers,
  rolePolicies,
  type TaskContext,
  type TaskDefinition,
  undecided,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { CONTAINER, DEFINITIONS, imageUriOf, NAME, OTHER_REGIONS, roleName, serviceArnOf, TAG } from './names.ts';
import { deliveryOf } from './task-6-pipeline.ts';

interface Service {
  readonly cluster: Cluster | undefined;
  readonly service: EcsService | undefined;
}

interface Definition {
  /** The revision that the service runs; unset while there is no service. */
  readonly definition: TaskDefinition | undefined;
}

interface OfPipeline {
  readonly pipeline: Pipeline | undefined;
}

interface Deployer extends Definition, OfPipeline {
  /** Of the pipeline's role; none when there is no such role. */
  readonly policies: readonly Policy[];
}

interface Running {
  readonly service: EcsService | undefined;
  readonly tasks: readonly EcsTask[] | undefined;
  readonly images: readonly Image[] | undefined;
}

/** Deleted clusters and services are reported for a while. */
const isThere = (resource: { readonly status: string } | undefined) => resource !== undefined && resource.status !== 'INACTIVE';

const reads = {
  cluster: readers.ecs.cluster,
  service: readers.ecs.service,
  definition: readers.ecs.taskDefinition,
  tasks: readers.ecs.tasks,
  images: readers.ecr.images,
  pipeline: readers.codepipeline.pipeline,
  policies: readers.iam.rolePolicies,
} as const;

function observe(aws: Bound<typeof reads>) {
  const live = aws.service(NAME, NAME).then((found) => (found?.status === 'ACTIVE' ? found : undefined));
  const service = Promise.all([aws.cluster(NAME), live]).then(([cluster, found]): Service => ({ cluster, service: found }));
  const definition = live.then(async (found): Promise<Definition> => {
    return { definition: found && (await aws.definition(found.taskDefinition)) };
  });
  const pipeline = aws.pipeline(NAME);
  const policies = pipeline.then(async (found) => {
    const known = found && (await aws.policies(found.role));
    return known === undefined ? [] : rolePolicies(known);
  });
  const deployer = Promise.all([pipeline, policies, definition]).then(
    ([found, allowed, ofService]): Deployer => ({ pipeline: found, policies: allowed, ...ofService }),
  );
  const running = Promise.all([live, aws.tasks({ cluster: NAME, service: NAME }), aws.images(NAME)]).then(
    ([found, tasks, images]): Running => ({ service: found, tasks, images }),
  );
  const stage = pipeline.then((found): OfPipeline => ({ pipeline: found }));
  return { service, definition, deployer, stage, steady: live, running };
}

function judgeService({ cluster, service }: Service, { region }: TaskContext): Verdict<Says> {
  if (!isThere(cluster)) return notStarted(['clusterMissing', { cluster: NAME, region }]);
  return service === undefined ? failed(['serviceMissing', { service: NAME, cluster: NAME }]) : passed();
}

function judgeFargate({ service }: Service): Verdict<Says> {
  if (service === undefined) return blocked('service-exists');
  const { launchType, capacityProviders } = service;
  const providers = capacityProviders.length > 0 ? capacityProviders : [launchType ?? '-'];
  return providers.every((name) => name === 'FARGATE' || name === 'FARGATE_SPOT')
    ? passed()
    : failed(['serviceNotFargate', { found: providers.join(', ') }]);
}

function judgeContainer({ definition }: Definition, context: TaskContext): Verdict<Says> {
  if (definition === undefined) return blocked('service-exists');
  const container = definition.containers.find(({ name }) => name === CONTAINER);
  const names = definition.containers.map(({ name }) => name).join(', ');
  if (container === undefined) return failed(['containerMissing', { found: names, container: CONTAINER }]);
  const expected = `${imageUriOf(context)}:${TAG}`;
  // A digest names the image even more exactly.
  const same = container.image === expected || container.image.startsWith(`${imageUriOf(context)}@`);
  return same ? passed() : failed(['containerImageOther', { found: container.image, expected }]);
}

/** Source: CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference". */
function judgePermissions({ pipeline, policies, definition }: Deployer, context: TaskContext): Verdict<Says> {
  if (pipeline === undefined) return blocked('task-6');
  const service = serviceArnOf(context);
  const execution = definition?.executionRole;
  const passTo = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  const needed = [
    { resource: '*', access: accessOf(policies, ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], '*', context) },
    { resource: service, access: accessOf(policies, ['ecs:DescribeServices', 'ecs:UpdateService'], service, context) },
    ...(execution === undefined ? [] : [{ resource: execution, access: accessOf(policies, ['iam:PassRole'], execution, context, passTo) }]),
  ];
  const verdicts = needed.map(({ resource, access }) => judgeAccess(roleName(pipeline.role), access, resource, context));
  // What is wrong comes before what is not decided.
  return verdicts.find(({ status }) => status === 'failed') ?? verdicts.find(({ status }) => status !== 'passed') ?? passed();
}

function judgeStage({ pipeline }: OfPipeline): Verdict<Says> {
  if (pipeline === undefined) return blocked('task-6');
  const deployments = pipeline.stages.flatMap(({ actions }) => actions).filter(({ provider }) => provider === 'ECS');
  const [any] = deployments;
  if (any === undefined) return failed(['deployMissing', { pipeline: NAME }]);
  const deploy = deliveryOf(pipeline)?.deploy;
  if (deploy?.provider !== 'ECS') return failed(['deployNotFed', { found: any.inputs.join(', ') || '-' }]);
  const { ClusterName = '-', ServiceName = '-' } = deploy.configuration;
  if (ClusterName !== NAME || ServiceName !== NAME) {
    return failed(['deployElsewhere', { found: `${ClusterName}/${ServiceName}`, expected: `${NAME}/${NAME}` }]);
  }
  const file = imageDefinitionsFile(deploy);
  return file === DEFINITIONS ? passed() : failed(['deployOtherFile', { found: file, file: DEFINITIONS }]);
}

// One task that fails may be bad luck; a service that cannot start tries again and again.
const TOO_MANY_FAILED = 2;

function judgeSteady(service: EcsService | undefined): Verdict<Says> {
  if (service === undefined) return blocked('service-exists');
  const { desired, running, pending, deployments, events } = service;
  if (desired === 0) return failed(['serviceStopped', { service: NAME }]);
  const broken = deployments.find(({ rollout, failed: tries }) => rollout === 'FAILED' || tries >= TOO_MANY_FAILED);
  if (broken !== undefined) {
    return failed(['serviceFailing', { failures: broken.failed, reason: asSentence(broken.rolloutReason ?? events[0]?.message ?? '-') }]);
  }
  const done = deployments.length === 1 && deployments.every(({ rollout }) => rollout === undefined || rollout === 'COMPLETED');
  if (done && running >= desired && pending === 0) return passed({ observed: { desired, running } });
  return waiting(['serviceDeploying', { running, desired }], 30);
}

const INDEX = /manifest\.list|image\.index/;

function judgeRunning({ service, tasks = [], images }: Running): Verdict<Says> {
  if (service === undefined) return blocked('service-exists');
  if (images === undefined) return failed(['registryGone', { repository: NAME }]);
  const image = images.find(({ tags }) => tags.includes(TAG));
  if (image === undefined) return failed(['imageMissing', { repository: NAME, tag: TAG }]);
  // The service is steady, so its tasks are there; an endpoint that starts none counts what it cannot show.
  if (tasks.length === 0) incomplete('ecs:ListTasks', `the ${service.running} tasks that the service runs`);
  const containers = tasks.flatMap((task) => task.containers.map((container) => ({ ...container, task: task.status })));
  const own = containers.filter(({ name }) => name === CONTAINER);
  const digests = own.map(({ imageDigest }) => imageDigest);
  const found = digests.find((digest) => digest !== image.digest);
  if (digests.length === 0 || (found === undefined && digests.includes(undefined))) {
    const unnamed = own.some(({ imageDigest, task }) => imageDigest === undefined && task === 'RUNNING');
    if (unnamed) incomplete('ecs:DescribeTasks', 'the digest of the image that a task runs');
    return waiting(['serviceDeploying', { running: service.running, desired: service.desired }], 30);
  }
  if (found === undefined) return passed({ observed: image.digest });
  // Of an image for several platforms a task may name the part that it runs, which has no tag.
  const part = INDEX.test(image.mediaType ?? '') && images.some(({ digest, tags }) => digest === found && tags.length === 0);
  return part
    ? undecided(['imagePartRunning', { found, tag: TAG }])
    : failed(['imageNotRunning', { found, expected: image.digest, tag: TAG }]);
}

const serviceLink = (_fact: unknown, { console }: TaskContext) => console.ecsService(NAME, NAME);
const pipelineLink = (_fact: unknown, { console }: TaskContext) => console.pipeline(NAME);

export default defineTask({
  id: 'task-7',
  messages,
  needs: ['task-5', 'task-6'],
  reads,
  observe,
  expectations: {
    service: [
      {
        id: 'service-exists',
        step: 15,
        expected: NAME,
        judge: judgeService,
        observed: ({ cluster, service }) => ({ cluster: cluster?.status ?? null, service: service?.status ?? null }),
        resource: ({ service, cluster }) => service?.arn ?? cluster?.arn,
        console: serviceLink,
      },
      {
        id: 'service-fargate',
        step: 12,
        after: 'service-exists',
        expected: 'FARGATE',
        judge: judgeFargate,
        observed: ({ service }) => service && (service.launchType ?? service.capacityProviders),
        resource: ({ service }) => service?.arn,
        console: serviceLink,
      },
    ],
    definition: [
      {
        id: 'container-image',
        step: 8,
        after: 'service-exists',
        expected: (_fact, context) => ({ [CONTAINER]: `${imageUriOf(context)}:${TAG}` }),
        judge: judgeContainer,
        observed: ({ definition }) => definition && Object.fromEntries(definition.containers.map(({ name, image }) => [name, image])),
        resource: ({ definition }) => definition?.arn,
        console: serviceLink,
      },
    ],
    deployer: [
      {
        id: 'deploy-allowed',
        step: 18,
        after: 'service-exists',
        judge: judgePermissions,
        observed: ({ policies }) => policies.map(({ name }) => name),
        resource: ({ pipeline }) => pipeline?.role,
        console: ({ pipeline }, { console }) => pipeline && console.role(roleName(pipeline.role)),
      },
    ],
    stage: [
      {
        id: 'deploy-stage',
        step: 21,
        after: 'service-exists',
        expected: { provider: 'ECS', ClusterName: NAME, ServiceName: NAME, FileName: DEFINITIONS },
        judge: judgeStage,
        observed: ({ pipeline }) => pipeline && (deliveryOf(pipeline)?.deploy?.configuration ?? null),
        resource: ({ pipeline }) => pipeline?.arn,
        console: pipelineLink,
      },
    ],
    steady: [
      {
        id: 'service-steady',
        step: 25,
        after: 'service-exists',
        judge: judgeSteady,
        observed: (service) => service && { desired: service.desired, running: service.running, pending: service.pending },
        resource: (service) => service?.arn,
        console: serviceLink,
      },
    ],
    running: [
      {
        id: 'running-image',
        step: 25,
        after: ['container-image', 'service-steady'],
        expected: ({ images }) => images?.find(({ tags }) => tags.includes(TAG))?.digest,
        judge: judgeRunning,
        observed: ({ tasks }) => tasks?.flatMap(({ containers }) => containers.map(({ imageDigest = null }) => imageDigest)) ?? null,
        resource: ({ service }) => service?.arn,
        console: serviceLink,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['cluster'],
    find: {
      'service-exists': async (aws) => {
        const cluster = await aws.cluster(NAME);
        return isThere(cluster) ? cluster?.arn : undefined;
      },
    },
  },
});
