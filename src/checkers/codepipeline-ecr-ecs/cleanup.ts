import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { codepipeline, codepipelineConsole, codepipelineDeletion, type Pipeline } from '../../aws/services/codepipeline.ts';
import { ecr, ecrDeletion, type Image, type ImageRepository } from '../../aws/services/ecr.ts';
import { type Cluster, type EcsService, ecs, ecsConsole, ecsDeletion } from '../../aws/services/ecs.ts';
import { events } from '../../aws/services/events.ts';
import { iam } from '../../aws/services/iam.ts';
import { logs } from '../../aws/services/logs.ts';
import { type Bucket, s3, s3Console, s3Deletion } from '../../aws/services/s3.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Texts } from '../engine/texts.ts';
import { failed, waiting } from '../engine/verdict.ts';
import { bytesOf, everDone, gone, type Left, leftover, leftoverKind, leftWith, mustBeGone, NEVER_USED } from '../kit/cleanup/leftovers.ts';
import { BUILD_LOG_GROUP, NAME, ROLES, SERVICE_LOG_GROUP, sourceArnOf } from './names.ts';
import { rulesAbout } from './push-rule.ts';
import { cleanUp, type Leftover, place } from './student.ts';

interface Registry extends Left<ImageRepository> {
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
/** A task as the lab's task definition sizes it: vCPU and GB. */
const TASK_SIZE = { vcpu: 0.25, memory: 0.5 } as const;
const bucketPrefix = (region: string) => `codepipeline-${region}-`;

const isThere = <Found extends { readonly status: string }>(found: Found | undefined) => (found?.status === 'INACTIVE' ? undefined : found);

const reads = {
  buildIds: codebuild.buildIds,
  pipeline: codepipeline.pipeline,
  pipelineNames: codepipeline.pipelineNames,
  rules: events.rules,
  service: ecs.service,
  cluster: ecs.cluster,
  taskDefinition: ecs.taskDefinition,
  project: codebuild.project,
  imageRepository: ecr.repository,
  images: ecr.images,
  sourceRepository: codecommit.repository,
  buckets: s3.buckets,
  objects: s3.objects,
  logGroup: logs.logGroup,
  role: iam.role,
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

function judgeService(fact: Left<EcsService>) {
  if (fact.found === undefined) return gone(fact);
  return fact.found.status === 'DRAINING'
    ? waiting(['serviceDraining', { service: NAME }], 30)
    : failed(['serviceLeft', { service: NAME, tasks: fact.found.running }]);
}

interface OwnTexts {
  readonly title?: Texts;
  /** Title and id of the practice move. */
  readonly leave?: Texts;
  readonly move?: string;
}

/** One leftover: cleaning up everything but this is its practice move. */
const left = (id: string, step: number, order: number, keep: Leftover, { title, leave, move = `${id}-left` }: OwnTexts = {}) => ({
  id,
  step,
  order,
  ...(title && { title }),
  leave: { id: move, ...(leave && { title: leave }), instead: (account: PracticeAccount) => cleanUp(account, keep) },
});

/** Titles for one of several leftovers of a kind. @param ko as an object, with its particle */
const one = (ko: string, ja: string, en: string): OwnTexts => ({
  title: { ko: `${ko} 삭제했다`, ja: `${ja}を削除した`, en: `The ${en} has been deleted` },
  leave: { ko: `${ko} 남긴다`, ja: `${ja}を残す`, en: `Leave the ${en}` },
});

const pipelineLeft = leftoverKind<Pipeline>({
  title: { ko: '파이프라인을 삭제했다', ja: 'パイプラインを削除した', en: 'The pipeline has been deleted' },
  left: {
    ko: '"{name}" 파이프라인이 남아 있습니다. 다른 리소스보다 먼저 삭제합니다.',
    ja: 'パイプライン "{name}" が残っています。ほかのリソースより先に削除してください。',
    en: 'The pipeline "{name}" is left. Delete it before the other resources.',
  },
  leave: { ko: '파이프라인을 삭제하지 않는다', ja: 'パイプラインを削除しない', en: 'Leave the pipeline' },
  link: (place) => codepipelineConsole.pipelines(place),
  fix: (place) => codepipelineDeletion.pipeline(place, NAME),
});

const clusterLeft = leftoverKind<Cluster>({
  title: { ko: 'ECS 클러스터를 삭제했다', ja: 'ECS クラスターを削除した', en: 'The ECS cluster has been deleted' },
  left: {
    ko: '"{name}" 클러스터가 남아 있습니다. 삭제합니다.',
    ja: 'クラスター "{name}" が残っています。削除してください。',
    en: 'The cluster "{name}" is left. Delete it.',
  },
  leave: { ko: 'ECS 클러스터를 남긴다', ja: 'ECS クラスターを残す', en: 'Leave the ECS cluster' },
  link: (place) => ecsConsole.cluster(place, NAME),
  fix: (place) => ecsDeletion.cluster(place, NAME),
});

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'cleanup',
  title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up the resources' },
  reads,
  observe,
  solve: {
    id: 'clean-up',
    title: { ko: '리소스를 모두 삭제한다', ja: 'リソースをすべて削除する', en: 'Delete everything' },
    play: (account) => cleanUp(account),
  },
  expectations: [
    on.pipeline(pipelineLeft(left('pipeline', 1, 1, 'pipeline'))),
    on.rule(leftover.eventRule(left('event-rule', 2, 2, 'rule', { move: 'rule-left' }))),
    on.service({
      id: 'service',
      title: { ko: 'ECS 서비스를 삭제했다', ja: 'ECS サービスを削除した', en: 'The ECS service has been deleted' },
      step: 3,
      expected: null,
      judge: judgeService,
      observed: ({ found }) => found?.status ?? null,
      resource: ({ found }) => found?.arn,
      console: (_fact, place) => ecsConsole.cluster(place, NAME),
      order: 3,
      fix: ({ found }, place) => found && ecsDeletion.service(place, NAME, NAME, { count: found.desired, ...TASK_SIZE }),
      says: {
        ...NEVER_USED,
        serviceLeft: {
          ko: '"{service}" 서비스가 태스크 {tasks}개를 실행하고 있으며 비용이 계속 발생합니다. 강제로 삭제합니다.',
          ja: 'サービス "{service}" がタスクを {tasks} 個動かしていて、料金がかかり続けています。強制削除してください。',
          en: 'The service "{service}" still runs ({tasks, plural, one {# task} other {# tasks}}) and costs money all the time. Force its deletion.',
        },
        serviceDraining: {
          ko: '"{service}" 서비스를 삭제하는 중입니다. 태스크가 멈출 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'サービス "{service}" を削除しています。タスクが止まるまで待ってから、もう一度確認してください。',
          en: 'The service "{service}" is being deleted. Wait until its tasks have stopped, then check again.',
        },
      },
      breaks: {
        'service-left': {
          title: { ko: 'ECS 서비스를 삭제하지 않는다', ja: 'ECS サービスを削除しない', en: 'Leave the ECS service' },
          says: 'serviceLeft',
          instead: (account) => cleanUp(account, 'service', 'cluster'),
        },
      },
      moments: {
        'service-draining': {
          title: { ko: 'ECS 서비스를 삭제하는 도중', ja: 'ECS サービスを削除している最中', en: 'While the ECS service is being deleted' },
          says: 'serviceDraining',
          instead(account) {
            cleanUp(account, 'service', 'cluster');
            place(account).ecs.deleteService(NAME, NAME, { draining: true });
          },
        },
      },
    }),
    on.cluster({ ...clusterLeft(left('cluster', 4, 4, 'cluster')), after: 'service', observed: ({ found }) => found?.status ?? null }),
    on.taskDefinition({
      id: 'task-definition',
      title: { ko: '태스크 정의를 등록 취소했다', ja: 'タスク定義を登録解除した', en: 'The task definition has been deregistered' },
      step: 5,
      expected: null,
      judge: mustBeGone(({ revision }) => ['taskDefinitionLeft', { family: NAME, revision }]),
      observed: ({ found }) => found?.revision ?? null,
      resource: ({ found }) => found?.arn,
      console: (_fact, place) => ecsConsole.taskDefinition(place, NAME),
      order: 5,
      fix: ({ found }, place) => found && ecsDeletion.taskDefinition(place, NAME),
      says: {
        ...NEVER_USED,
        taskDefinitionLeft: {
          ko: '"{family}" 태스크 정의가 등록되어 있습니다(리비전 {revision}). 모든 리비전을 등록 취소합니다.',
          ja: 'タスク定義 "{family}" のリビジョン {revision} が登録されたままです。すべてのリビジョンを登録解除してください。',
          en: 'Revision {revision} of the task definition "{family}" is still registered. Deregister every revision.',
        },
      },
      breaks: {
        'task-definition-left': {
          title: { ko: '태스크 정의를 등록 취소하지 않는다', ja: 'タスク定義を登録解除しない', en: 'Leave the task definition registered' },
          says: 'taskDefinitionLeft',
          instead: (account) => cleanUp(account, 'taskDefinition'),
        },
      },
    }),
    on.project(leftover.project(left('project', 6, 6, 'project'))),
    on.registry({
      ...leftover.imageRepository(left('image-repository', 7, 7, 'images')),
      observed: ({ found, images }) => (found ? images.length : null),
      order: 7,
      fix: ({ found, images }, place) => found && ecrDeletion.repositoryWithImages(place, NAME, bytesOf(images)),
    }),
    on.source(leftover.sourceRepository(left('code-repository', 8, 8, 'source'))),
    on.artifacts({
      id: 'artifact-bucket',
      title: { ko: '아티팩트가 S3에 남아 있지 않다', ja: 'アーティファクトが S3 に残っていない', en: 'No artifacts are left in S3' },
      step: 10,
      after: 'pipeline',
      expected: null,
      judge: mustBeGone(({ bucket, bytes }) =>
        bytes === undefined ? ['bucketLeft', { bucket: bucket.name }] : ['artifactsLeft', { bucket: bucket.name, prefix: PREFIX }],
      ),
      observed: ({ found }) => found?.bucket.name ?? null,
      resource: ({ found }) => found?.bucket.name,
      console: ({ found }, place) => found && s3Console.bucket(place, found.bucket.name),
      order: 9,
      fix: ({ found }, place) =>
        found &&
        (found.bytes === undefined
          ? s3Deletion.bucket(place, found.bucket.name)
          : s3Deletion.objects(place, found.bucket.name, PREFIX, found.bytes)),
      says: {
        ...NEVER_USED,
        artifactsLeft: {
          ko: '"{bucket}" 버킷의 {prefix} 아래에 이 파이프라인의 아티팩트가 남아 있습니다. 다른 파이프라인이 없다면 버킷을 비우고 삭제하고, 있다면 이 폴더만 삭제합니다.',
          ja: 'バケット "{bucket}" の {prefix} に、このパイプラインのアーティファクトが残っています。ほかのパイプラインがなければバケットを空にして削除し、あればこのフォルダだけを削除してください。',
          en: 'The bucket "{bucket}" still holds artifacts of this pipeline under {prefix}. Without other pipelines empty and delete the bucket; with others delete this folder only.',
        },
        bucketLeft: {
          ko: '"{bucket}" 버킷이 남아 있고 이 리전에 이를 쓰는 파이프라인이 없습니다. 비우고 삭제합니다.',
          ja: 'バケット "{bucket}" が残っていて、このリージョンにそれを使うパイプラインはありません。空にして削除してください。',
          en: 'The bucket "{bucket}" is left, and no pipeline of this region uses it. Empty and delete it.',
        },
      },
      breaks: {
        'artifacts-left': {
          title: {
            ko: '아티팩트 버킷을 비우지 않는다',
            ja: 'アーティファクトのバケットを空にしない',
            en: 'Leave the artifacts in the bucket',
          },
          says: 'artifactsLeft',
          instead: (account) => cleanUp(account, 'artifacts', 'bucket'),
        },
        'bucket-left': {
          title: { ko: '빈 아티팩트 버킷을 남긴다', ja: '空のアーティファクトのバケットを残す', en: 'Leave the empty artifact bucket' },
          says: 'bucketLeft',
          instead: (account) => cleanUp(account, 'bucket'),
        },
      },
    }),
    on.buildLogs(
      leftover.logGroup(
        left('build-log-group', 11, 10, 'buildLogs', one('빌드의 로그 그룹을', 'ビルドのロググループ', 'log group of the builds')),
      ),
    ),
    on.serviceLogs(
      leftover.logGroup(
        left('service-log-group', 11, 10, 'serviceLogs', one('서비스의 로그 그룹을', 'サービスのロググループ', 'log group of the service')),
      ),
    ),
    on.buildRole(leftover.role(left('build-role', 12, 11, 'buildRole', one('빌드 역할을', 'ビルドのロール', 'build role')))),
    on.pipelineRole(
      leftover.role(left('pipeline-role', 12, 11, 'pipelineRole', one('파이프라인 역할을', 'パイプラインのロール', 'pipeline role'))),
    ),
    on.ruleRole(leftover.role(left('rule-role', 12, 11, 'ruleRole', one('규칙의 역할을', 'ルールのロール', "rule's role")))),
    on.executionRole(
      leftover.role(left('execution-role', 12, 11, 'executionRole', one('태스크 실행 역할을', 'タスク実行ロール', 'task execution role'))),
    ),
  ],
});
