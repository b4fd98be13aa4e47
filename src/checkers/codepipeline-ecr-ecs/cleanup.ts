import { type Bucket, type EcsService, type Image, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { failed, type Verdict, waiting } from '../engine/verdict.ts';
import { deletion } from '../kit/cleanup/deletion.ts';
import { bytesOf, everDone, gone, type Left, leftover, leftWith, mustBeGone } from '../kit/cleanup/leftovers.ts';
import { ownDeletion } from './deletion.ts';
import { BUILD_LOG_GROUP, NAME, ROLES, SERVICE_LOG_GROUP, sourceArnOf } from './names.ts';
import { rulesAbout } from './push-rule.ts';
import { cleanedBut, cleanUp, place } from './student.ts';

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

function judgeService(fact: Left<EcsService>) {
  if (fact.found === undefined) return gone(fact);
  return fact.found.status === 'DRAINING'
    ? waiting(['serviceDraining', { service: NAME }], 30)
    : failed(['serviceLeft', { service: NAME, tasks: fact.found.running }]);
}

const roleLeft = <const Id extends string>(id: Id) => leftover.role({ id, step: 12, order: 11 });

const arnOf = ({ found }: Left<{ readonly arn?: string | undefined }>) => found?.arn;
const nameOf = ({ found }: Left<{ readonly name: string }>) => found?.name ?? null;

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
    on.pipeline({
      id: 'pipeline',
      title: { ko: '파이프라인을 삭제했다', ja: 'パイプラインを削除した', en: 'The pipeline has been deleted' },
      step: 1,
      expected: null,
      judge: mustBeGone(() => ['pipelineLeft', { pipeline: NAME }]),
      observed: nameOf,
      resource: arnOf,
      console: (_fact, { console }) => console.pipelines(),
      fix: ({ found }, { region }) => found && ownDeletion.pipeline(region),
      says: {
        pipelineLeft: {
          ko: '"{pipeline}" 파이프라인이 남아 있습니다. 다른 리소스보다 먼저 삭제합니다.',
          ja: 'パイプライン "{pipeline}" が残っています。ほかのリソースより先に削除してください。',
          en: 'The pipeline "{pipeline}" is left. Delete it before the other resources.',
        },
      },
      breaks: {
        'pipeline-left': {
          title: { ko: '파이프라인을 삭제하지 않는다', ja: 'パイプラインを削除しない', en: 'Leave the pipeline' },
          says: 'pipelineLeft',
          instead: (account) => cleanedBut(account, 'pipeline'),
        },
      },
    }),
    on.rule({
      ...leftover.eventRule({ id: 'event-rule', step: 2, order: 2 }),
      title: { ko: 'EventBridge 규칙이 남아 있지 않다', ja: 'EventBridge のルールが残っていない', en: 'No EventBridge rule is left' },
      says: {
        ruleLeft: {
          ko: '리포지토리의 변경을 기다리는 "{rule}" EventBridge 규칙이 남아 있습니다. 삭제합니다.',
          ja: 'リポジトリの変更を待つ EventBridge のルール "{rule}" が残っています。削除してください。',
          en: 'The EventBridge rule "{rule}", which waits for changes of the repository, is left. Delete it.',
        },
      },
      breaks: {
        'rule-left': {
          title: { ko: 'EventBridge 규칙을 남긴다', ja: 'EventBridge のルールを残す', en: 'Leave the EventBridge rule' },
          says: 'ruleLeft',
          instead: (account) => cleanedBut(account, 'rule'),
        },
      },
    }),
    on.service({
      id: 'service',
      title: { ko: 'ECS 서비스를 삭제했다', ja: 'ECS サービスを削除した', en: 'The ECS service has been deleted' },
      step: 3,
      expected: null,
      judge: judgeService,
      observed: ({ found }) => found?.status ?? null,
      resource: arnOf,
      console: (_fact, { console }) => console.ecsCluster(NAME),
      fix: ({ found }, { region }) => found && ownDeletion.service(found.desired, region),
      says: {
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
          instead: (account) => cleanedBut(account, 'service', 'cluster'),
        },
      },
      moments: {
        'service-draining': {
          title: { ko: 'ECS 서비스를 삭제하는 도중', ja: 'ECS サービスを削除している最中', en: 'While the ECS service is being deleted' },
          says: 'serviceDraining',
          instead(account) {
            cleanedBut(account, 'service', 'cluster');
            place(account).ecs.deleteService(NAME, NAME, { draining: true });
          },
        },
      },
    }),
    on.cluster({
      id: 'cluster',
      title: { ko: 'ECS 클러스터를 삭제했다', ja: 'ECS クラスターを削除した', en: 'The ECS cluster has been deleted' },
      step: 4,
      after: 'service',
      expected: null,
      judge: mustBeGone(() => ['clusterLeft', { cluster: NAME }]),
      observed: ({ found }) => found?.status ?? null,
      resource: arnOf,
      console: (_fact, { console }) => console.ecsCluster(NAME),
      fix: ({ found }, { region }) => found && ownDeletion.cluster(region),
      says: {
        clusterLeft: {
          ko: '"{cluster}" 클러스터가 남아 있습니다. 삭제합니다.',
          ja: 'クラスター "{cluster}" が残っています。削除してください。',
          en: 'The cluster "{cluster}" is left. Delete it.',
        },
      },
      breaks: {
        'cluster-left': {
          title: { ko: 'ECS 클러스터를 남긴다', ja: 'ECS クラスターを残す', en: 'Leave the ECS cluster' },
          says: 'clusterLeft',
          instead: (account) => cleanedBut(account, 'cluster'),
        },
      },
    }),
    on.taskDefinition({
      id: 'task-definition',
      title: { ko: '태스크 정의를 등록 취소했다', ja: 'タスク定義を登録解除した', en: 'The task definition has been deregistered' },
      step: 5,
      expected: null,
      judge: mustBeGone(({ revision }) => ['taskDefinitionLeft', { family: NAME, revision }]),
      observed: ({ found }) => found?.revision ?? null,
      resource: arnOf,
      console: (_fact, { console }) => console.ecsTaskDefinition(NAME),
      fix: ({ found }, { region }) => found && ownDeletion.taskDefinition(region),
      says: {
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
          instead: (account) => cleanedBut(account, 'task-definition'),
        },
      },
    }),
    on.project({
      ...leftover.project({ id: 'project', step: 6, order: 6 }),
      title: { ko: 'CodeBuild 프로젝트를 삭제했다', ja: 'CodeBuild プロジェクトを削除した', en: 'The CodeBuild project has been deleted' },
      says: {
        projectLeft: {
          ko: '"{project}" 프로젝트가 남아 있습니다. CodeBuild에서 삭제합니다.',
          ja: 'プロジェクト "{project}" が残っています。CodeBuild で削除してください。',
          en: 'The project "{project}" is left. Delete it in CodeBuild.',
        },
      },
      breaks: {
        'project-left': {
          title: { ko: 'CodeBuild 프로젝트를 남긴다', ja: 'CodeBuild プロジェクトを残す', en: 'Leave the CodeBuild project' },
          says: 'projectLeft',
          instead: (account) => cleanedBut(account, 'project'),
        },
      },
    }),
    on.registry({
      id: 'image-repository',
      title: { ko: 'ECR 리포지토리를 삭제했다', ja: 'ECR リポジトリを削除した', en: 'The ECR repository has been deleted' },
      step: 7,
      expected: null,
      judge: (fact) => (fact.found ? failed(['imageRepositoryLeft', { repository: NAME, count: fact.images.length }]) : gone(fact)),
      observed: ({ found, images }) => (found ? images.length : null),
      resource: arnOf,
      console: (_fact, { console }) => console.ecrRepositories(),
      fix: ({ found, images }, { region }) => found && deletion.imageRepositoryWithImages(NAME, region, bytesOf(images), 7),
      says: {
        imageRepositoryLeft: {
          ko: '"{repository}" ECR 리포지토리가 이미지 {count}개와 함께 남아 있습니다. 삭제합니다.',
          ja: 'ECR リポジトリ "{repository}" がイメージ {count} 個と一緒に残っています。削除してください。',
          en: 'The ECR repository "{repository}" is left with {count, plural, one {# image} other {# images}}. Delete it.',
        },
      },
      breaks: {
        'image-repository-left': {
          title: { ko: 'ECR 리포지토리를 남긴다', ja: 'ECR リポジトリを残す', en: 'Leave the ECR repository' },
          says: 'imageRepositoryLeft',
          instead: (account) => cleanedBut(account, 'images'),
        },
      },
    }),
    on.source({
      ...leftover.sourceRepository({ id: 'code-repository', step: 8, order: 8 }),
      title: {
        ko: 'CodeCommit 리포지토리를 삭제했다',
        ja: 'CodeCommit リポジトリを削除した',
        en: 'The CodeCommit repository has been deleted',
      },
      says: {
        sourceRepositoryLeft: {
          ko: '"{repository}" CodeCommit 리포지토리가 남아 있습니다. 삭제합니다.',
          ja: 'CodeCommit リポジトリ "{repository}" が残っています。削除してください。',
          en: 'The CodeCommit repository "{repository}" is left. Delete it.',
        },
      },
      breaks: {
        'code-repository-left': {
          title: { ko: 'CodeCommit 리포지토리를 남긴다', ja: 'CodeCommit リポジトリを残す', en: 'Leave the CodeCommit repository' },
          says: 'sourceRepositoryLeft',
          instead: (account) => cleanedBut(account, 'source'),
        },
      },
    }),
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
      console: ({ found }, { console }) => found && console.bucket(found.bucket.name),
      fix: ({ found }) =>
        found &&
        (found.bytes === undefined ? ownDeletion.bucket(found.bucket.name) : ownDeletion.artifacts(found.bucket.name, PREFIX, found.bytes)),
      says: {
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
          instead: (account) => cleanedBut(account, 'artifacts'),
        },
        'bucket-left': {
          title: { ko: '빈 아티팩트 버킷을 남긴다', ja: '空のアーティファクトのバケットを残す', en: 'Leave the empty artifact bucket' },
          says: 'bucketLeft',
          instead: (account) => cleanedBut(account, 'bucket'),
        },
      },
    }),
    on.buildLogs({
      ...leftover.logGroup({ id: 'build-log-group', step: 11, order: 10 }),
      title: {
        ko: '빌드의 로그 그룹을 삭제했다',
        ja: 'ビルドのロググループを削除した',
        en: 'The log group of the builds has been deleted',
      },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. 프로젝트나 서비스와 함께 사라지지 않으므로 CloudWatch에서 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。プロジェクトやサービスと一緒には消えないので、CloudWatch で削除してください。',
          en: 'The log group "{group}" is left. It does not go with the project or the service; delete it in CloudWatch.',
        },
      },
      breaks: {
        'build-log-group-left': {
          title: { ko: '빌드의 로그 그룹을 남긴다', ja: 'ビルドのロググループを残す', en: 'Leave the log group of the builds' },
          says: 'logGroupLeft',
          instead: (account) => cleanedBut(account, 'build-logs'),
        },
      },
    }),
    on.serviceLogs({
      ...leftover.logGroup({ id: 'service-log-group', step: 11, order: 10 }),
      title: {
        ko: '서비스의 로그 그룹을 삭제했다',
        ja: 'サービスのロググループを削除した',
        en: 'The log group of the service has been deleted',
      },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. 프로젝트나 서비스와 함께 사라지지 않으므로 CloudWatch에서 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。プロジェクトやサービスと一緒には消えないので、CloudWatch で削除してください。',
          en: 'The log group "{group}" is left. It does not go with the project or the service; delete it in CloudWatch.',
        },
      },
      breaks: {
        'service-log-group-left': {
          title: { ko: '서비스의 로그 그룹을 남긴다', ja: 'サービスのロググループを残す', en: 'Leave the log group of the service' },
          says: 'logGroupLeft',
          instead: (account) => cleanedBut(account, 'service-logs'),
        },
      },
    }),
    on.buildRole({
      ...roleLeft('build-role'),
      title: { ko: '빌드 역할을 삭제했다', ja: 'ビルドのロールを削除した', en: 'The build role has been deleted' },
      says: {
        roleLeft: {
          ko: '"{role}" 역할이 남아 있습니다. IAM에서 삭제합니다.',
          ja: 'ロール "{role}" が残っています。IAM で削除してください。',
          en: 'The role "{role}" is left. Delete it in IAM.',
        },
      },
      breaks: {
        'build-role-left': {
          title: { ko: '빌드 역할을 남긴다', ja: 'ビルドのロールを残す', en: 'Leave the build role' },
          says: 'roleLeft',
          instead: (account) => cleanedBut(account, 'buildRole'),
        },
      },
    }),
    on.pipelineRole({
      ...roleLeft('pipeline-role'),
      title: { ko: '파이프라인 역할을 삭제했다', ja: 'パイプラインのロールを削除した', en: 'The pipeline role has been deleted' },
      says: {
        roleLeft: {
          ko: '"{role}" 역할이 남아 있습니다. IAM에서 삭제합니다.',
          ja: 'ロール "{role}" が残っています。IAM で削除してください。',
          en: 'The role "{role}" is left. Delete it in IAM.',
        },
      },
      breaks: {
        'pipeline-role-left': {
          title: { ko: '파이프라인 역할을 남긴다', ja: 'パイプラインのロールを残す', en: 'Leave the pipeline role' },
          says: 'roleLeft',
          instead: (account) => cleanedBut(account, 'pipelineRole'),
        },
      },
    }),
    on.ruleRole({
      ...roleLeft('rule-role'),
      title: { ko: '규칙의 역할을 삭제했다', ja: 'ルールのロールを削除した', en: "The rule's role has been deleted" },
      says: {
        roleLeft: {
          ko: '"{role}" 역할이 남아 있습니다. IAM에서 삭제합니다.',
          ja: 'ロール "{role}" が残っています。IAM で削除してください。',
          en: 'The role "{role}" is left. Delete it in IAM.',
        },
      },
      breaks: {
        'rule-role-left': {
          title: { ko: '규칙의 역할을 남긴다', ja: 'ルールのロールを残す', en: "Leave the rule's role" },
          says: 'roleLeft',
          instead: (account) => cleanedBut(account, 'ruleRole'),
        },
      },
    }),
    on.executionRole({
      ...roleLeft('execution-role'),
      title: { ko: '태스크 실행 역할을 삭제했다', ja: 'タスク実行ロールを削除した', en: 'The task execution role has been deleted' },
      says: {
        roleLeft: {
          ko: '"{role}" 역할이 남아 있습니다. IAM에서 삭제합니다.',
          ja: 'ロール "{role}" が残っています。IAM で削除してください。',
          en: 'The role "{role}" is left. Delete it in IAM.',
        },
      },
      breaks: {
        'execution-role-left': {
          title: { ko: '태스크 실행 역할을 남긴다', ja: 'タスク実行ロールを残す', en: 'Leave the task execution role' },
          says: 'roleLeft',
          instead: (account) => cleanedBut(account, 'executionRole'),
        },
      },
    }),
  ],
});
