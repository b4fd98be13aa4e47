import type { Bound } from '../../aws/reader.ts';
import { codepipeline } from '../../aws/services/codepipeline.ts';
import { ecr } from '../../aws/services/ecr.ts';
import { type EcsService, ecs, ecsConsole } from '../../aws/services/ecs.ts';
import { iam } from '../../aws/services/iam.ts';
import { rolePolicies } from '../dialects/iam/document.ts';
import { asSentence } from '../engine/as-sentence.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { incomplete } from '../engine/incomplete.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, waiting } from '../engine/verdict.ts';
import { existing } from './existing.ts';
import { CONTAINER, NAME, OTHER_REGIONS, TAG } from './names.ts';
import { noImage, PUSHED_IMAGE_SAYS, pushedImage } from './pushed-image.ts';
import {
  allowDeploy,
  createService,
  DEPLOY_POLICY,
  deployService,
  place,
  pushImage,
  runRevision,
  TASK_DEFINITION,
  updateService,
} from './student.ts';
import { containerImage, deployAllowed, deployToService } from './task-7-deployment.ts';

const reads = {
  cluster: ecs.cluster,
  service: ecs.service,
  definition: ecs.taskDefinition,
  tasks: ecs.tasks,
  images: ecr.images,
  pipeline: codepipeline.pipeline,
  policies: iam.rolePolicies,
} as const;

function observe(aws: Bound<typeof reads>) {
  const live = aws.service(NAME, NAME).then((found) => (found?.status === 'ACTIVE' ? found : undefined));
  const definition = live.then((found) => found && aws.definition(found.taskDefinition));
  const pipeline = aws.pipeline(NAME);
  const policies = pipeline.then(async (found) => {
    const known = found && (await aws.policies(found.role));
    return known === undefined ? [] : rolePolicies(known);
  });
  return {
    service: Promise.all([aws.cluster(NAME), live]).then(([cluster, service]) => ({ cluster, service })),
    definition,
    deployer: Promise.all([pipeline, policies, definition]).then(([found, allowed, run]) => ({
      pipeline: found,
      policies: allowed,
      definition: run,
    })),
    pipeline,
    running: Promise.all([live, aws.tasks({ cluster: NAME, service: NAME }), aws.images(NAME)]).then(([service, tasks, images]) => ({
      service,
      tasks,
      images,
    })),
  };
}

/** What checks that look at the service have in common. */
const ofService = {
  resource: ({ service }: { readonly service: EcsService | undefined }) => service?.arn,
  console: (_fact: unknown, place: TaskContext) => ecsConsole.service(place, NAME, NAME),
} as const;

const DEPLOYING_SAYS = says({
  serviceDeploying: {
    ko: '서비스를 배포하는 중입니다(실행 중 {running}, 필요 {desired}). 끝날 때까지 기다린 뒤 다시 확인합니다.',
    ja: 'サービスをデプロイしています(実行中 {running}、必要 {desired})。終わるまで待ってから、もう一度確認してください。',
    en: 'The service is being deployed ({running} of {desired} tasks run). Wait until it has ended, then check again.',
  },
});

const deploying = ({ running, desired }: EcsService) => waiting(['serviceDeploying', { running, desired }] as const, 30);

// One task that fails may be bad luck; a service that cannot start tries again and again.
const TOO_MANY_FAILED = 2;
const INDEX = /manifest\.list|image\.index/;

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
  files: {
    [TASK_DEFINITION]: { checks: ['container-image', 'deploy-allowed'], use: (account, text) => runRevision(account, {}, text) },
    [DEPLOY_POLICY]: { checks: ['deploy-allowed'], use: allowDeploy },
  },
  expectations: [
    on.service({
      ...ofService,
      id: 'service-exists',
      title: { ko: 'ECS 서비스가 있다', ja: 'ECS サービスがある', en: 'The ECS service exists' },
      step: 15,
      expected: NAME,
      judge({ cluster, service }, { region }) {
        if (existing(cluster) === undefined) return notStarted(['clusterMissing', { cluster: NAME, region }]);
        return service === undefined ? failed(['serviceMissing', { service: NAME, cluster: NAME }]) : passed();
      },
      observed: ({ cluster, service }) => ({ cluster: cluster?.status ?? null, service: service?.status ?? null }),
      resource: ({ service, cluster }) => service?.arn ?? cluster?.arn,
      says: {
        clusterMissing: {
          ko: '{region} 리전에 "{cluster}" ECS 클러스터가 없습니다. 클러스터와 서비스를 생성합니다.',
          ja: '{region} リージョンに ECS クラスター "{cluster}" がありません。クラスターとサービスを作成してください。',
          en: 'There is no ECS cluster "{cluster}" in {region}. Create the cluster and the service.',
        },
        serviceMissing: {
          ko: '"{cluster}" 클러스터에 "{service}" 서비스가 없습니다. 그 이름으로 서비스를 생성합니다.',
          ja: 'クラスター "{cluster}" にサービス "{service}" がありません。その名前でサービスを作成してください。',
          en: 'The cluster "{cluster}" has no service "{service}". Create a service of that name.',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['cluster'], find: async (aws) => existing(await aws.cluster(NAME))?.arn },
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
      ...ofService,
      id: 'service-fargate',
      title: { ko: '서비스가 Fargate에서 실행된다', ja: 'サービスが Fargate で動く', en: 'The service runs on Fargate' },
      step: 12,
      after: 'service-exists',
      expected: 'FARGATE',
      judge({ service }) {
        if (service === undefined) return blocked('service-exists');
        const { launchType, capacityProviders } = service;
        const providers = capacityProviders.length > 0 ? capacityProviders : [launchType ?? '-'];
        return providers.every((name) => name === 'FARGATE' || name === 'FARGATE_SPOT')
          ? passed()
          : failed(['serviceNotFargate', { found: providers.join(', ') }]);
      },
      observed: ({ service }) => service && (service.launchType ?? service.capacityProviders),
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
    on.definition(containerImage),
    on.deployer(deployAllowed),
    on.pipeline(deployToService),
    on.service({
      ...ofService,
      id: 'service-steady',
      title: { ko: '서비스가 안정적으로 실행되고 있다', ja: 'サービスが安定して動いている', en: 'The service is steady' },
      step: 25,
      after: 'service-exists',
      judge({ service }) {
        if (service === undefined) return blocked('service-exists');
        const { desired, running, pending, deployments, events } = service;
        if (desired === 0) return failed(['serviceStopped', { service: NAME }]);
        const broken = deployments.find(({ rollout, failed: tries }) => rollout === 'FAILED' || tries >= TOO_MANY_FAILED);
        if (broken !== undefined) {
          return failed([
            'serviceFailing',
            { failures: broken.failed, reason: asSentence(broken.rolloutReason ?? events[0]?.message ?? '-') },
          ]);
        }
        const done = deployments.length === 1 && deployments.every(({ rollout }) => rollout === undefined || rollout === 'COMPLETED');
        if (done && running >= desired && pending === 0) return passed({ observed: { desired, running } });
        return deploying(service);
      },
      observed: ({ service }) => service && { desired: service.desired, running: service.running, pending: service.pending },
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
        ...DEPLOYING_SAYS,
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
      ...ofService,
      id: 'running-image',
      title: {
        ko: '실행 중인 태스크가 ECR의 v0.95 이미지를 쓴다',
        ja: '動いているタスクが ECR の v0.95 のイメージを使っている',
        en: 'The running task uses the v0.95 image of ECR',
      },
      step: 25,
      after: ['container-image', 'service-steady'],
      expected: ({ images }) => pushedImage(images)?.digest,
      judge({ service, tasks = [], images }) {
        if (service === undefined) return blocked('service-exists');
        const image = pushedImage(images);
        if (image === undefined) return noImage(images);
        // The service is steady, so its tasks are there; an endpoint that starts none counts what it cannot show.
        if (tasks.length === 0) incomplete('ecs:ListTasks', `the ${service.running} tasks that the service runs`);
        const containers = tasks.flatMap((task) => task.containers.map((container) => ({ ...container, task: task.status })));
        const own = containers.filter(({ name }) => name === CONTAINER);
        const digests = own.map(({ imageDigest }) => imageDigest);
        const found = digests.find((digest) => digest !== image.digest);
        if (digests.length === 0 || (found === undefined && digests.includes(undefined))) {
          const unnamed = own.some(({ imageDigest, task }) => imageDigest === undefined && task === 'RUNNING');
          if (unnamed) incomplete('ecs:DescribeTasks', 'the digest of the image that a task runs');
          return deploying(service);
        }
        if (found === undefined) return passed({ observed: image.digest });
        // Of an image for several platforms a task may name the part that it runs, which has no tag.
        const part = INDEX.test(image.mediaType ?? '') && images?.some(({ digest, tags }) => digest === found && tags.length === 0);
        return part
          ? undecided(['imagePartRunning', { found, tag: TAG }])
          : failed(['imageNotRunning', { found, expected: image.digest, tag: TAG }]);
      },
      observed: ({ tasks }) => tasks?.flatMap(({ containers }) => containers.map(({ imageDigest = null }) => imageDigest)) ?? null,
      says: {
        ...PUSHED_IMAGE_SAYS,
        ...DEPLOYING_SAYS,
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
