import {
  type Bound,
  type Bucket,
  bytesOf,
  defineTask,
  deletion,
  type EcsService,
  everDone,
  failed,
  gone,
  type Image,
  type Left,
  leftover,
  leftWith,
  mustBeGone,
  readers,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { ownDeletion } from './deletion.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILD_LOG_GROUP, NAME, ROLES, SERVICE_LOG_GROUP, sourceArnOf } from './names.ts';
import { rulesAbout } from './push-rule.ts';

interface Registry extends Left<{ readonly arn: string }> {
  readonly images: readonly Image[];
}

/** What the pipeline left in the bucket that CodePipeline makes once for a region. */
interface Artifacts {
  readonly bucket: Bucket;
  /** Bytes under the pipeline's own prefix; `undefined` when there is nothing. */
  readonly bytes: number | undefined;
}

/** CodePipeline keeps artifacts under the first 20 characters of the pipeline's name. */
const PREFIX = `${NAME.slice(0, 20)}/`;
const bucketPrefix = (region: string) => `codepipeline-${region}-`;

const isThere = <Found extends { readonly status: string }>(found: Found | undefined) => (found?.status === 'INACTIVE' ? undefined : found);

const reads = {
  buildIds: readers.codebuild.buildIds,
  pipeline: readers.codepipeline.pipeline,
  pipelineNames: readers.codepipeline.pipelineNames,
  rules: readers.events.rules,
  service: readers.ecs.service,
  cluster: readers.ecs.cluster,
  taskDefinition: readers.ecs.taskDefinition,
  project: readers.codebuild.project,
  imageRepository: readers.ecr.repository,
  images: readers.ecr.images,
  sourceRepository: readers.codecommit.repository,
  buckets: readers.s3.buckets,
  objects: readers.s3.objects,
  logGroup: readers.logs.logGroup,
  role: readers.iam.role,
} as const;

/** Looks for artifacts in the buckets of CodePipeline; a bucket that serves other pipelines stays. */
async function artifactsLeft(aws: Bound<Pick<typeof reads, 'buckets' | 'objects' | 'pipelineNames'>>, region: string) {
  const buckets = await aws.buckets(bucketPrefix(region));
  const kept = await Promise.all(
    buckets.map(async (bucket): Promise<Artifacts> => {
      const objects = (await aws.objects(bucket.name, { prefix: PREFIX })) ?? [];
      return { bucket, bytes: objects.length === 0 ? undefined : bytesOf(objects) };
    }),
  );
  const own = kept.find(({ bytes }) => bytes !== undefined);
  if (own !== undefined || kept.length === 0) return own;
  const others = (await aws.pipelineNames()).filter((name) => name !== NAME);
  return others.length > 0 ? undefined : kept[0];
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const proof = everDone(context, () => aws.buildIds({ project: NAME, limit: 1 }));
  const left = leftWith(proof);
  return {
    pipeline: left(aws.pipeline(NAME)),
    rule: left(aws.rules('').then((rules) => rulesAbout(rules, sourceArnOf(context))[0])),
    service: left(aws.service(NAME, NAME).then(isThere)),
    cluster: left(aws.cluster(NAME).then(isThere)),
    taskDefinition: left(aws.taskDefinition(NAME)),
    project: left(aws.project(NAME)),
    registry: Promise.all([aws.imageRepository(NAME), proof]).then(
      async ([found, { done }]): Promise<Registry> => ({ found, images: (found && (await aws.images(NAME))) ?? [], done }),
    ),
    source: left(aws.sourceRepository(NAME)),
    artifacts: left(artifactsLeft(aws, context.region)),
    buildLogs: left(aws.logGroup(BUILD_LOG_GROUP)),
    serviceLogs: left(aws.logGroup(SERVICE_LOG_GROUP)),
    buildRole: left(aws.role(ROLES.build)),
    pipelineRole: left(aws.role(ROLES.pipeline)),
    ruleRole: left(aws.role(ROLES.rule)),
    executionRole: left(aws.role(ROLES.execution)),
  };
}

function judgeService(fact: Left<EcsService>): Verdict<Says> {
  if (fact.found === undefined) return gone(fact);
  return fact.found.status === 'DRAINING'
    ? waiting(['serviceDraining', { service: NAME }], 30)
    : failed(['serviceLeft', { service: NAME, tasks: fact.found.running }]);
}

const roleLeft = <const Id extends string>(id: Id) => leftover.role({ id, step: 12, order: 11 });

const arnOf = ({ found }: Left<{ readonly arn?: string | undefined }>) => found?.arn;
const nameOf = ({ found }: Left<{ readonly name: string }>) => found?.name ?? null;

export default defineTask({
  id: 'cleanup',
  messages,
  reads,
  observe,
  expectations: {
    pipeline: [
      {
        id: 'pipeline',
        step: 1,
        expected: null,
        judge: mustBeGone(() => ['pipelineLeft', { pipeline: NAME }]),
        observed: nameOf,
        resource: arnOf,
        console: (_fact, { console }) => console.pipelines(),
        fix: ({ found }, { region }) => found && ownDeletion.pipeline(region),
      },
    ],
    rule: [leftover.eventRule({ id: 'event-rule', step: 2, order: 2 })],
    service: [
      {
        id: 'service',
        step: 3,
        expected: null,
        judge: judgeService,
        observed: ({ found }) => found?.status ?? null,
        resource: arnOf,
        console: (_fact, { console }) => console.ecsCluster(NAME),
        fix: ({ found }, { region }) => found && ownDeletion.service(found.desired, region),
      },
    ],
    cluster: [
      {
        id: 'cluster',
        step: 4,
        // A cluster with a service in it cannot be deleted.
        after: 'service',
        expected: null,
        judge: mustBeGone(() => ['clusterLeft', { cluster: NAME }]),
        observed: ({ found }) => found?.status ?? null,
        resource: arnOf,
        console: (_fact, { console }) => console.ecsCluster(NAME),
        fix: ({ found }, { region }) => found && ownDeletion.cluster(region),
      },
    ],
    taskDefinition: [
      {
        id: 'task-definition',
        step: 5,
        expected: null,
        judge: mustBeGone(({ revision }) => ['taskDefinitionLeft', { family: NAME, revision }]),
        observed: ({ found }) => found?.revision ?? null,
        resource: arnOf,
        console: (_fact, { console }) => console.ecsTaskDefinition(NAME),
        fix: ({ found }, { region }) => found && ownDeletion.taskDefinition(region),
      },
    ],
    project: [leftover.project({ id: 'project', step: 6, order: 6 })],
    registry: [
      {
        id: 'image-repository',
        step: 7,
        expected: null,
        judge: (fact) => (fact.found ? failed(['imageRepositoryLeft', { repository: NAME, count: fact.images.length }]) : gone(fact)),
        observed: ({ found, images }) => (found ? images.length : null),
        resource: arnOf,
        console: (_fact, { console }) => console.ecrRepositories(),
        fix: ({ found, images }, { region }) => found && deletion.imageRepositoryWithImages(NAME, region, bytesOf(images), 7),
      },
    ],
    source: [leftover.sourceRepository({ id: 'code-repository', step: 8, order: 8 })],
    artifacts: [
      {
        id: 'artifact-bucket',
        step: 10,
        // The pipeline still needs it.
        after: 'pipeline',
        expected: null,
        judge: mustBeGone(({ bucket, bytes }) =>
          bytes === undefined ? ['bucketLeft', { bucket: bucket.name }] : ['artifactsLeft', { bucket: bucket.name, prefix: PREFIX }],
        ),
        observed: ({ found }) => found?.bucket.name ?? null,
        resource: ({ found }) => found?.bucket.name,
        console: ({ found }, { console }) => found && console.bucket(found.bucket.name),
        fix: ({ found }) =>
          found &&
          (found.bytes === undefined
            ? ownDeletion.bucket(found.bucket.name)
            : ownDeletion.artifacts(found.bucket.name, PREFIX, found.bytes)),
      },
    ],
    buildLogs: [leftover.logGroup({ id: 'build-log-group', step: 11, order: 10 })],
    serviceLogs: [leftover.logGroup({ id: 'service-log-group', step: 11, order: 10 })],
    buildRole: [roleLeft('build-role')],
    pipelineRole: [roleLeft('pipeline-role')],
    ruleRole: [roleLeft('rule-role')],
    executionRole: [roleLeft('execution-role')],
  },
});
