import { type Cluster, type EcsService, type Task as EcsTask, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { type Policy, rolePolicies } from '../dialects/iam/document.ts';
import { asSentence } from '../engine/as-sentence.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { incomplete } from '../engine/incomplete.ts';
import { defineTask, type TaskDefinition } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, type Verdict, waiting } from '../engine/verdict.ts';
import { imageDefinitionsFile } from '../kit/codepipeline/pipeline.ts';
import { accessOf, judgeAccess } from '../kit/iam/role-access.ts';
import { CONTAINER, DEFINITIONS, imageUriOf, NAME, OTHER_REGIONS, ROLES, roleName, serviceArnOf, TAG } from './names.ts';
import { PIPELINE_DEPLOY_POLICY } from './practice-files.ts';
import {
  allowDeploy,
  buildStage,
  changeStages,
  createService,
  DEPLOY_POLICY,
  deployService,
  deployStage,
  otherContainer,
  type Pipeline,
  place,
  pushImage,
  sourceStage,
  statements,
  updateService,
} from './student.ts';
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

function judgeService({ cluster, service }: Service, { region }: TaskContext) {
  if (!isThere(cluster)) return notStarted(['clusterMissing', { cluster: NAME, region }]);
  return service === undefined ? failed(['serviceMissing', { service: NAME, cluster: NAME }]) : passed();
}

function judgeFargate({ service }: Service) {
  if (service === undefined) return blocked('service-exists');
  const { launchType, capacityProviders } = service;
  const providers = capacityProviders.length > 0 ? capacityProviders : [launchType ?? '-'];
  return providers.every((name) => name === 'FARGATE' || name === 'FARGATE_SPOT')
    ? passed()
    : failed(['serviceNotFargate', { found: providers.join(', ') }]);
}

function judgeContainer({ definition }: Definition, context: TaskContext) {
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
function judgePermissions({ pipeline, policies, definition }: Deployer, context: TaskContext) {
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

function judgeStage({ pipeline }: OfPipeline) {
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

function judgeSteady(service: EcsService | undefined) {
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

function judgeRunning({ service, tasks = [], images }: Running) {
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

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-7',
  title: { ko: 'ECS에서 실행하고 배포 자동화', ja: 'ECS での実行とデプロイの自動化', en: 'Run it on ECS and deploy automatically' },
  needs: ['task-5', 'task-6'],
  reads,
  observe,
  solve: {
    id: 'deploy-service',
    title: {
      ko: 'ECS 서비스를 만들고 배포를 자동화한다',
      ja: 'ECS サービスを作成し、デプロイを自動化する',
      en: 'Create the ECS service and deploy to it',
    },
    play: deployService,
  },
  expectations: [
    on.service({
      id: 'service-exists',
      title: { ko: 'ECS 서비스가 있다', ja: 'ECS サービスがある', en: 'The ECS service exists' },
      step: 15,
      expected: NAME,
      judge: judgeService,
      observed: ({ cluster, service }) => ({ cluster: cluster?.status ?? null, service: service?.status ?? null }),
      resource: ({ service, cluster }) => service?.arn ?? cluster?.arn,
      console: serviceLink,
      says: {
        serviceMissing: {
          ko: '"{cluster}" 클러스터에 "{service}" 서비스가 없습니다. 그 이름으로 서비스를 생성합니다.',
          ja: 'クラスター "{cluster}" にサービス "{service}" がありません。その名前でサービスを作成してください。',
          en: 'The cluster "{cluster}" has no service "{service}". Create a service of that name.',
        },
      },
      elsewhere: {
        regions: OTHER_REGIONS,
        reads: ['cluster'],
        find: async (aws) => {
          const cluster = await aws.cluster(NAME);
          return isThere(cluster) ? cluster?.arn : undefined;
        },
      },
      breaks: {
        'service-forgotten': {
          title: {
            ko: '클러스터만 만들고 서비스를 만들지 않는다',
            ja: 'クラスターだけ作ってサービスを作らない',
            en: 'Create the cluster without a service',
          },
          says: 'serviceMissing',
          play: (account) => place(account).ecs.deleteService(NAME, NAME),
        },
      },
    }),
    on.service({
      id: 'service-fargate',
      title: { ko: '서비스가 Fargate에서 실행된다', ja: 'サービスが Fargate で動く', en: 'The service runs on Fargate' },
      step: 12,
      after: 'service-exists',
      expected: 'FARGATE',
      judge: judgeFargate,
      observed: ({ service }) => service && (service.launchType ?? service.capacityProviders),
      resource: ({ service }) => service?.arn,
      console: serviceLink,
      says: {
        serviceNotFargate: {
          ko: '서비스가 {found}에서 실행됩니다. 시작 유형을 FARGATE로 해서 서비스를 다시 생성합니다.',
          ja: 'サービスが {found} で動いています。起動タイプを FARGATE にしてサービスを作り直してください。',
          en: 'The service runs on {found}. Create it again with the launch type FARGATE.',
        },
      },
      breaks: {
        'service-on-ec2': {
          title: { ko: '시작 유형으로 EC2를 고른다', ja: '起動タイプに EC2 を選ぶ', en: 'Choose the launch type EC2' },
          says: 'serviceNotFargate',
          play(account) {
            place(account).ecs.deleteService(NAME, NAME);
            createService(account, 'EC2');
          },
        },
      },
    }),
    on.definition({
      id: 'container-image',
      title: {
        ko: '태스크 정의의 컨테이너가 푸시한 이미지를 쓴다',
        ja: 'タスク定義のコンテナがプッシュしたイメージを使う',
        en: 'The task definition runs the pushed image',
      },
      step: 8,
      after: 'service-exists',
      expected: (_fact, context) => ({ [CONTAINER]: `${imageUriOf(context)}:${TAG}` }),
      judge: judgeContainer,
      observed: ({ definition }) => definition && Object.fromEntries(definition.containers.map(({ name, image }) => [name, image])),
      resource: ({ definition }) => definition?.arn,
      console: serviceLink,
      says: {
        containerMissing: {
          ko: '태스크 정의의 컨테이너가 "{found}"입니다. buildspec.yml이 적는 이름과 같은 "{container}" 컨테이너로 새 리비전을 만듭니다.',
          ja: 'タスク定義のコンテナは "{found}" です。buildspec.yml が書く名前と同じ "{container}" にして、新しいリビジョンを作ってください。',
          en: 'The task definition has the container "{found}". Make a new revision with "{container}", the name that buildspec.yml writes.',
        },
        containerImageOther: {
          ko: '컨테이너의 이미지가 "{found}"입니다. 빌드가 푸시한 "{expected}" 이미지로 새 리비전을 만들고 서비스를 업데이트합니다.',
          ja: 'コンテナのイメージが "{found}" です。ビルドがプッシュした "{expected}" にした新しいリビジョンを作り、サービスを更新してください。',
          en: 'The image of the container is "{found}". Make a new revision with the pushed image "{expected}" and update the service.',
        },
      },
      breaks: {
        'container-misnamed': {
          title: { ko: '컨테이너 이름을 web으로 적는다', ja: 'コンテナ名を web にする', en: 'Call the container web' },
          says: 'containerMissing',
          play: (account) => otherContainer(account, { name: 'web' }),
        },
        'container-other-image': {
          title: {
            ko: '태스크 정의에 공개 nginx 이미지를 적는다',
            ja: 'タスク定義に公開の nginx イメージを書く',
            en: 'Run a public nginx image',
          },
          says: 'containerImageOther',
          play: (account) => otherContainer(account, { image: 'public.ecr.aws/docker/library/nginx:1.30-alpine' }),
        },
      },
    }),
    on.deployer({
      id: 'deploy-allowed',
      title: { ko: '파이프라인이 ECS에 배포할 수 있다', ja: 'パイプラインが ECS にデプロイできる', en: 'The pipeline may deploy to ECS' },
      step: 18,
      after: 'service-exists',
      judge: judgePermissions,
      observed: ({ policies }) => policies.map(({ name }) => name),
      resource: ({ pipeline }) => pipeline?.role,
      console: ({ pipeline }, { console }) => pipeline && console.role(roleName(pipeline.role)),
      says: {
        actionsMissing: {
          ko: '"{role}" 역할에 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책을 추가합니다.',
          ja: 'ロール "{role}" に、"{resource}" に対する次の権限がありません: {actions}。手順のポリシーを追加してください。',
          en: 'The role "{role}" lacks these permissions: {actions} on the resource {resource}. Add the policy of the guide.',
        },
      },
      breaks: {
        'deploy-not-allowed': {
          title: {
            ko: '파이프라인 역할에 정책을 추가하지 않는다',
            ja: 'パイプラインのロールにポリシーを追加しない',
            en: 'Do not add the policy to the pipeline role',
          },
          says: 'actionsMissing',
          play: (account) => account.iam.deleteRolePolicy(ROLES.pipeline, DEPLOY_POLICY),
        },
        'pass-role-forgotten': {
          title: {
            ko: '정책에서 iam:PassRole을 빠뜨린다',
            ja: 'ポリシーから iam:PassRole を抜く',
            en: 'Leave iam:PassRole out of the policy',
          },
          says: 'actionsMissing',
          play: (account) =>
            allowDeploy(
              account,
              statements(account, PIPELINE_DEPLOY_POLICY, (each) => (each.Sid === 'PassExecutionRole' ? undefined : each)),
            ),
        },
      },
    }),
    on.stage({
      id: 'deploy-stage',
      title: {
        ko: '파이프라인이 빌드 결과를 이 서비스에 배포한다',
        ja: 'パイプラインがビルドの結果をこのサービスにデプロイする',
        en: 'The pipeline deploys what it builds to this service',
      },
      step: 21,
      after: 'service-exists',
      expected: { provider: 'ECS', ClusterName: NAME, ServiceName: NAME, FileName: DEFINITIONS },
      judge: judgeStage,
      observed: ({ pipeline }) => pipeline && (deliveryOf(pipeline)?.deploy?.configuration ?? null),
      resource: ({ pipeline }) => pipeline?.arn,
      console: pipelineLink,
      says: {
        deployMissing: {
          ko: '"{pipeline}" 파이프라인에 Amazon ECS에 배포하는 작업이 없습니다. Build 다음에 Deploy 스테이지를 추가합니다.',
          ja: 'パイプライン "{pipeline}" に Amazon ECS へデプロイするアクションがありません。Build の後に Deploy ステージを追加してください。',
          en: 'The pipeline "{pipeline}" has no action that deploys to Amazon ECS. Add a deploy stage after the build.',
        },
        deployNotFed: {
          ko: '배포 작업의 입력 아티팩트가 "{found}"입니다. imagedefinitions.json이 들어 있는 빌드의 출력 아티팩트로 바꿉니다.',
          ja: 'デプロイのアクションの入力アーティファクトが "{found}" です。imagedefinitions.json の入ったビルドの出力アーティファクトに変えてください。',
          en: 'The deploy action takes the artifact "{found}". Give it the output artifact of the build, which holds imagedefinitions.json.',
        },
        deployElsewhere: {
          ko: '배포 작업이 "{found}" 서비스에 배포합니다. "{expected}" 서비스로 바꿉니다.',
          ja: 'デプロイのアクションは "{found}" にデプロイします。"{expected}" に変えてください。',
          en: 'The deploy action deploys to "{found}". Change it to "{expected}".',
        },
        deployOtherFile: {
          ko: '배포 작업이 "{found}" 파일을 읽습니다. 빌드가 만드는 {file} 파일로 바꿉니다.',
          ja: 'デプロイのアクションは "{found}" を読みます。ビルドが作る {file} に変えてください。',
          en: 'The deploy action reads "{found}". Change it to {file}, which the build writes.',
        },
      },
      breaks: {
        'deploy-forgotten': {
          title: { ko: 'Deploy 스테이지를 추가하지 않는다', ja: 'Deploy ステージを追加しない', en: 'Do not add the deploy stage' },
          says: 'deployMissing',
          play: (account) => changeStages(account, sourceStage(), buildStage()),
        },
        'deploy-source-artifact': {
          title: {
            ko: '입력 아티팩트로 SourceArtifact를 고른다',
            ja: '入力アーティファクトに SourceArtifact を選ぶ',
            en: 'Choose SourceArtifact as the input',
          },
          says: 'deployNotFed',
          play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({}, 'SourceArtifact')),
        },
        'deploy-elsewhere': {
          title: { ko: '다른 서비스에 배포한다', ja: '別のサービスにデプロイする', en: 'Deploy to another service' },
          says: 'deployElsewhere',
          play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({ ServiceName: 'web' })),
        },
        'deploy-other-file': {
          title: {
            ko: '이미지 정의 파일 이름을 잘못 적는다',
            ja: 'イメージ定義ファイルの名前を間違える',
            en: 'Misspell the image definitions file',
          },
          says: 'deployOtherFile',
          play: (account) => changeStages(account, sourceStage(), buildStage(), deployStage({ FileName: 'artifacts.json' })),
        },
      },
    }),
    on.steady({
      id: 'service-steady',
      title: { ko: '서비스가 안정적으로 실행되고 있다', ja: 'サービスが安定して動いている', en: 'The service is steady' },
      step: 25,
      after: 'service-exists',
      judge: judgeSteady,
      observed: (service) => service && { desired: service.desired, running: service.running, pending: service.pending },
      resource: (service) => service?.arn,
      console: serviceLink,
      says: {
        serviceStopped: {
          ko: '"{service}" 서비스의 원하는 태스크 수가 0입니다. 1로 업데이트합니다.',
          ja: 'サービス "{service}" の必要なタスクの数が 0 です。1 に更新してください。',
          en: 'The service "{service}" wants no tasks. Update the desired number of tasks to 1.',
        },
        serviceFailing: {
          ko: '서비스의 태스크가 {failures}번 시작하지 못했습니다: {reason} 서비스의 이벤트와 중지된 태스크에서 원인을 찾아 고칩니다.',
          ja: 'サービスのタスクが {failures} 回起動に失敗しました: {reason} サービスのイベントと停止したタスクで原因を探して直してください。',
          en: 'Tasks of the service failed to start {failures, plural, one {once} other {# times}}: {reason} Find the cause in the events of the service and the stopped tasks.',
        },
        serviceDeploying: {
          ko: '서비스를 배포하는 중입니다(실행 중 {running}, 필요 {desired}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'サービスをデプロイしています(実行中 {running}、必要 {desired})。終わるまで待ってから、もう一度確認してください。',
          en: 'The service is being deployed ({running} of {desired} tasks run). Wait until it has ended, then check again.',
        },
      },
      breaks: {
        'service-stopped': {
          title: { ko: '원하는 태스크를 0으로 만든다', ja: '必要なタスクを 0 にする', en: 'Set the desired tasks to 0' },
          says: 'serviceStopped',
          play: (account) => updateService(account, { desiredCount: 0 }),
        },
        'service-failing': {
          title: { ko: '태스크가 이미지를 받지 못한다', ja: 'タスクがイメージを取得できない', en: 'Tasks cannot pull the image' },
          says: 'serviceFailing',
          play: (account) =>
            updateService(
              account,
              {},
              { rollout: 'FAILED', stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 7 time(s)' },
            ),
        },
      },
      moments: {
        'service-deploying': {
          title: { ko: '서비스를 배포하는 도중', ja: 'サービスをデプロイしている最中', en: 'While the service is being deployed' },
          says: 'serviceDeploying',
          play: (account) => updateService(account, {}, { rollout: 'IN_PROGRESS' }),
        },
      },
    }),
    on.running({
      id: 'running-image',
      title: {
        ko: '실행 중인 태스크가 ECR의 v0.95 이미지를 쓴다',
        ja: '動いているタスクが ECR の v0.95 のイメージを使っている',
        en: 'The running task uses the v0.95 image of ECR',
      },
      step: 25,
      after: ['container-image', 'service-steady'],
      expected: ({ images }) => images?.find(({ tags }) => tags.includes(TAG))?.digest,
      judge: judgeRunning,
      observed: ({ tasks }) => tasks?.flatMap(({ containers }) => containers.map(({ imageDigest = null }) => imageDigest)) ?? null,
      resource: ({ service }) => service?.arn,
      console: serviceLink,
      says: {
        imageNotRunning: {
          ko: '실행 중인 태스크의 이미지는 "{found}"이지만 {tag} 태그의 이미지는 "{expected}"입니다. 파이프라인을 실행해 다시 배포합니다.',
          ja: '動いているタスクのイメージは "{found}" ですが、{tag} タグのイメージは "{expected}" です。パイプラインを実行してデプロイし直してください。',
          en: 'The running task uses the image "{found}", but {tag} is "{expected}". Run the pipeline to deploy it.',
        },
        imagePartRunning: {
          ko: '{tag} 태그는 여러 플랫폼의 이미지를 묶은 것이고 실행 중인 태스크는 그 가운데 하나일 수 있는 "{found}" 이미지를 사용합니다. 같은 이미지인지 여기서는 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 플랫폼 하나만 빌드해 다시 배포하면 확인할 수 있습니다.',
          ja: 'タグ {tag} は複数のプラットフォームのイメージをまとめたもので、動いているタスクは "{found}" を使っています。その 1 つかどうか、ここからは判断できませんでした。間違いという意味ではありません。1 つのプラットフォームだけをビルドしてデプロイし直せば確認できます。',
          en: 'The tag {tag} bundles images for several platforms, and the running task uses "{found}", which may be one of them. Whether it is cannot be told from here. That does not mean that it is wrong. Build for one platform and deploy again, and it can be checked.',
        },
      },
      breaks: {
        'image-not-deployed': {
          title: { ko: '빌드만 하고 배포하지 않는다', ja: 'ビルドだけしてデプロイしない', en: 'Build again without deploying' },
          says: 'imageNotRunning',
          play: (account) => pushImage(account),
        },
      },
      moments: {
        'image-index': {
          title: {
            ko: '여러 플랫폼용 이미지를 푸시한다',
            ja: '複数のプラットフォームのイメージをプッシュする',
            en: 'Push an image for several platforms',
          },
          says: 'imagePartRunning',
          play: (account) => void place(account).ecr.putImage(NAME, { tags: [TAG], mediaType: 'application/vnd.oci.image.index.v1+json' }),
        },
      },
    }),
  ],
});
