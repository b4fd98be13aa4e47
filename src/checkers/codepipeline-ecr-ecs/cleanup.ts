import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { codepipeline, codepipelineConsole, codepipelineDeletion, type Pipeline } from '../../aws/services/codepipeline.ts';
import { ecr, ecrDeletion } from '../../aws/services/ecr.ts';
import { type Cluster, ecs, ecsConsole, ecsDeletion } from '../../aws/services/ecs.ts';
import { events } from '../../aws/services/events.ts';
import { iam } from '../../aws/services/iam.ts';
import { logs } from '../../aws/services/logs.ts';
import { s3, s3Console, s3Deletion } from '../../aws/services/s3.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { failed, waiting } from '../engine/verdict.ts';
import { cleanupBy } from '../kit/cleanup/cleanup-by.ts';
import {
  bytesOf,
  deleting,
  everDone,
  gone,
  type LeftoverOfLab,
  leftover,
  leftoverKind,
  leftWith,
  mustBeGone,
  NEVER_USED,
} from '../kit/cleanup/leftovers.ts';
import { existing } from './existing.ts';
import { BUILD_LOG_GROUP, NAME, ROLES, SERVICE_LOG_GROUP, sourceArnOf } from './names.ts';
import { rulesAbout } from './push-rule.ts';
import { cleanUp, type Leftover, place } from './student.ts';

/** CodePipeline keeps artifacts under the first 20 characters of the pipeline's name. */
const PREFIX = `${NAME.slice(0, 20)}/`;
/** A task as the lab's task definition sizes it: vCPU and GB. */
const TASK_SIZE = { vcpu: 0.25, memory: 0.5 } as const;

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

/**
 * What the pipeline left in the bucket that CodePipeline makes once for a region: the bytes under its own prefix, or an empty bucket
 * that no other pipeline uses.
 */
async function artifactsLeft(aws: Bound<Pick<typeof reads, 'buckets' | 'objects' | 'pipelineNames'>>, region: string) {
  const buckets = await Promise.all(
    (await aws.buckets(`codepipeline-${region}-`)).map(async ({ name }) => {
      const objects = (await aws.objects(name, { prefix: PREFIX })) ?? [];
      return { name, bytes: objects.length === 0 ? undefined : bytesOf(objects) };
    }),
  );
  const own = buckets.find(({ bytes }) => bytes !== undefined);
  if (own !== undefined || buckets.length === 0) return own;
  return (await aws.pipelineNames()).some((name) => name !== NAME) ? undefined : buckets[0];
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const left = leftWith(everDone(context, () => aws.buildIds({ project: NAME, limit: 1 })));
  return {
    pipeline: left(aws.pipeline(NAME)),
    rule: left(aws.rules('').then((rules) => rulesAbout(rules, sourceArnOf(context))[0])),
    service: left(aws.service(NAME, NAME).then(existing)),
    cluster: left(aws.cluster(NAME).then(existing)),
    taskDefinition: left(aws.taskDefinition(NAME)),
    project: left(aws.project(NAME)),
    registry: left(aws.imageRepository(NAME).then(async (found) => found && { ...found, images: (await aws.images(NAME)) ?? [] })),
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

/** Cleans up everything but what is to be kept. */
const leaving =
  (...keep: readonly Leftover[]) =>
  (account: PracticeAccount) =>
    cleanUp(account, ...keep);

/** One leftover: leaving it is its practice move. @param own titles, where the lab leaves several of a kind */
const left = (id: string, step: number, order: number, keep: Leftover, own?: ReturnType<typeof deleting>): LeftoverOfLab => ({
  id,
  step,
  order,
  ...(own && { title: own.title }),
  leave: { id: `${id}-left`, ...(own && { title: own.leave }), instead: leaving(keep) },
});
const logGroup = (id: string, keep: Leftover, ...titles: Parameters<typeof deleting>) =>
  leftover.logGroup(left(id, 11, 10, keep, deleting(...titles)));
const role = (id: string, keep: Leftover, ...titles: Parameters<typeof deleting>) =>
  leftover.role(left(id, 12, 11, keep, deleting(...titles)));

const pipelineLeft = leftoverKind<Pipeline>({
  ...deleting('파이프라인을', 'パイプライン', 'pipeline'),
  left: {
    ko: '"{name}" 파이프라인이 남아 있습니다. 다른 리소스보다 먼저 삭제합니다.',
    ja: 'パイプライン "{name}" が残っています。ほかのリソースより先に削除してください。',
    en: 'The pipeline "{name}" is left. Delete it before the other resources.',
  },
  link: (place) => codepipelineConsole.pipelines(place),
  fix: (place) => codepipelineDeletion.pipeline(place, NAME),
});

const clusterLeft = leftoverKind<Cluster>({
  ...deleting('ECS 클러스터를', 'ECS クラスター', 'ECS cluster'),
  left: {
    ko: '"{name}" 클러스터가 남아 있습니다. 삭제합니다.',
    ja: 'クラスター "{name}" が残っています。削除してください。',
    en: 'The cluster "{name}" is left. Delete it.',
  },
  link: (place) => ecsConsole.cluster(place, NAME),
  fix: (place) => ecsDeletion.cluster(place, NAME),
});

const on = expectationsOn<typeof observe>();

export default defineTask({
  ...cleanupBy(leaving()),
  reads,
  observe,
  expectations: [
    on.pipeline(pipelineLeft(left('pipeline', 1, 1, 'pipeline'))),
    on.rule(leftover.eventRule({ ...left('event-rule', 2, 2, 'rule'), leave: { id: 'rule-left', instead: leaving('rule') } })),
    on.service({
      id: 'service',
      title: { ko: 'ECS 서비스를 삭제했다', ja: 'ECS サービスを削除した', en: 'The ECS service has been deleted' },
      step: 3,
      expected: null,
      judge(fact) {
        if (fact.found === undefined) return gone(fact);
        return fact.found.status === 'DRAINING'
          ? waiting(['serviceDraining', { service: NAME }], 30)
          : failed(['serviceLeft', { service: NAME, tasks: fact.found.running }]);
      },
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
          instead: leaving('service', 'cluster'),
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
          instead: leaving('taskDefinition'),
        },
      },
    }),
    on.project(leftover.project(left('project', 6, 6, 'project'))),
    on.registry({
      ...leftover.imageRepository(left('image-repository', 7, 7, 'images')),
      observed: ({ found }) => found?.images.length ?? null,
      fix: ({ found }, place) => found && ecrDeletion.repositoryWithImages(place, NAME, bytesOf(found.images)),
    }),
    on.source(leftover.sourceRepository(left('code-repository', 8, 8, 'source'))),
    on.artifacts({
      id: 'artifact-bucket',
      title: { ko: '아티팩트가 S3에 남아 있지 않다', ja: 'アーティファクトが S3 に残っていない', en: 'No artifacts are left in S3' },
      step: 10,
      after: 'pipeline',
      expected: null,
      judge: mustBeGone(({ name: bucket, bytes }) =>
        bytes === undefined ? ['bucketLeft', { bucket }] : ['artifactsLeft', { bucket, prefix: PREFIX }],
      ),
      observed: ({ found }) => found?.name ?? null,
      resource: ({ found }) => found?.name,
      console: ({ found }, place) => found && s3Console.bucket(place, found.name),
      order: 9,
      fix({ found }, place) {
        if (found?.bytes === undefined) return found && s3Deletion.bucket(place, found.name);
        return s3Deletion.objects(place, found.name, PREFIX, found.bytes);
      },
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
          instead: leaving('artifacts', 'bucket'),
        },
        'bucket-left': {
          title: { ko: '빈 아티팩트 버킷을 남긴다', ja: '空のアーティファクトのバケットを残す', en: 'Leave the empty artifact bucket' },
          says: 'bucketLeft',
          instead: leaving('bucket'),
        },
      },
    }),
    on.buildLogs(logGroup('build-log-group', 'buildLogs', '빌드의 로그 그룹을', 'ビルドのロググループ', 'log group of the builds')),
    on.serviceLogs(
      logGroup('service-log-group', 'serviceLogs', '서비스의 로그 그룹을', 'サービスのロググループ', 'log group of the service'),
    ),
    on.buildRole(role('build-role', 'buildRole', '빌드 역할을', 'ビルドのロール', 'build role')),
    on.pipelineRole(role('pipeline-role', 'pipelineRole', '파이프라인 역할을', 'パイプラインのロール', 'pipeline role')),
    on.ruleRole(role('rule-role', 'ruleRole', '규칙의 역할을', 'ルールのロール', "rule's role")),
    on.executionRole(role('execution-role', 'executionRole', '태스크 실행 역할을', 'タスク実行ロール', 'task execution role')),
  ],
});
