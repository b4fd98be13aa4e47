import { codepipelineConsole, type Pipeline } from '../../aws/services/codepipeline.ts';
import { ecsConsole, type TaskDefinition } from '../../aws/services/ecs.ts';
import { iamConsole } from '../../aws/services/iam.ts';
import type { Policy } from '../dialects/iam/document.ts';
import { expectation } from '../engine/expectation.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { DEFINITIONS } from '../kit/codebuild/image-definitions.ts';
import { deliveryOf, imageDefinitionsFile } from '../kit/codepipeline/pipeline.ts';
import { dropStatements } from '../kit/iam/policy-mistakes.ts';
import { ACCESS_SAYS, accessOf, judgeAccess } from '../kit/iam/role-access.ts';
import { CONTAINER, imageUriOf, NAME, roleName, serviceArnOf, TAG } from './names.ts';
import { buildStage, DEPLOY_PERMISSIONS, deployStage, runRevision, setStages, sourceStage } from './student.ts';

/** How the pipeline gets a new image into the service. */

/** Over the revision that the service runs; unset while there is no service. */
export const containerImage = expectation<TaskDefinition | undefined>()({
  id: 'container-image',
  title: {
    ko: '태스크 정의의 컨테이너가 푸시한 이미지를 쓴다',
    ja: 'タスク定義のコンテナがプッシュしたイメージを使う',
    en: 'The task definition runs the pushed image',
  },
  step: 8,
  after: 'service-exists',
  expected: (_fact, context) => ({ [CONTAINER]: `${imageUriOf(context)}:${TAG}` }),
  judge(definition, context) {
    if (definition === undefined) return blocked('service-exists');
    const container = definition.containers.find(({ name }) => name === CONTAINER);
    const names = definition.containers.map(({ name }) => name).join(', ');
    if (container === undefined) return failed(['containerMissing', { found: names, container: CONTAINER }]);
    const expected = `${imageUriOf(context)}:${TAG}`;
    // A digest names the image even more exactly.
    const same = container.image === expected || container.image.startsWith(`${imageUriOf(context)}@`);
    return same ? passed() : failed(['containerImageOther', { found: container.image, expected }]);
  },
  observed: (definition) => definition && Object.fromEntries(definition.containers.map(({ name, image }) => [name, image])),
  resource: (definition) => definition?.arn,
  console: (_definition, place) => ecsConsole.service(place, NAME, NAME),
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
      play: (account) => runRevision(account, { name: 'web' }),
    },
    'container-other-image': {
      title: {
        ko: '태스크 정의에 공개 nginx 이미지를 적는다',
        ja: 'タスク定義に公開の nginx イメージを書く',
        en: 'Run a public nginx image',
      },
      says: 'containerImageOther',
      play: (account) => runRevision(account, { image: 'public.ecr.aws/docker/library/nginx:1.30-alpine' }),
    },
  },
});

interface Deployer {
  readonly pipeline: Pipeline | undefined;
  /** Of the pipeline's role; none when there is no such role. */
  readonly policies: readonly Policy[];
  readonly definition: TaskDefinition | undefined;
}

/** Source: CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference". */
export const deployAllowed = expectation<Deployer>()({
  id: 'deploy-allowed',
  title: { ko: '파이프라인이 ECS에 배포할 수 있다', ja: 'パイプラインが ECS にデプロイできる', en: 'The pipeline may deploy to ECS' },
  step: 18,
  after: 'service-exists',
  judge({ pipeline, policies, definition }, context) {
    if (pipeline === undefined) return blocked('task-6');
    const execution = definition?.executionRole;
    const passing = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
    const verdicts = [
      { actions: ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], resource: '*' },
      { actions: ['ecs:DescribeServices', 'ecs:UpdateService'], resource: serviceArnOf(context) },
      ...(execution === undefined ? [] : [{ actions: ['iam:PassRole'], resource: execution, request: passing }]),
    ].map(({ actions, resource, request = {} }) =>
      judgeAccess(roleName(pipeline.role), accessOf(policies, actions, resource, context, request), resource, context),
    );
    // What is wrong comes before what is not decided.
    return verdicts.find(({ status }) => status === 'failed') ?? verdicts.find(({ status }) => status !== 'passed') ?? passed();
  },
  observed: ({ policies }) => policies.map(({ name }) => name),
  resource: ({ pipeline }) => pipeline?.role,
  console: ({ pipeline }, place) => pipeline && iamConsole.role(place, roleName(pipeline.role)),
  says: ACCESS_SAYS,
  breaks: {
    'deploy-not-allowed': {
      title: {
        ko: '파이프라인 역할에 정책을 추가하지 않는다',
        ja: 'パイプラインのロールにポリシーを追加しない',
        en: 'Do not add the policy to the pipeline role',
      },
      says: 'actionsMissing',
      play: (account) => account.iam.deleteRolePolicy(DEPLOY_PERMISSIONS.role, DEPLOY_PERMISSIONS.policy),
    },
    'pass-role-forgotten': {
      title: { ko: '정책에서 iam:PassRole을 빠뜨린다', ja: 'ポリシーから iam:PassRole を抜く', en: 'Leave iam:PassRole out of the policy' },
      says: 'actionsMissing',
      play: (account) => dropStatements(account, DEPLOY_PERMISSIONS, 'PassExecutionRole'),
    },
  },
});

export const deployToService = expectation<Pipeline | undefined>()({
  id: 'deploy-stage',
  title: {
    ko: '파이프라인이 빌드 결과를 이 서비스에 배포한다',
    ja: 'パイプラインがビルドの結果をこのサービスにデプロイする',
    en: 'The pipeline deploys what it builds to this service',
  },
  step: 21,
  after: 'service-exists',
  expected: { provider: 'ECS', ClusterName: NAME, ServiceName: NAME, FileName: DEFINITIONS },
  judge(pipeline) {
    if (pipeline === undefined) return blocked('task-6');
    const any = pipeline.stages.flatMap(({ actions }) => actions).find(({ provider }) => provider === 'ECS');
    if (any === undefined) return failed(['deployMissing', { pipeline: NAME }]);
    const deploy = deliveryOf(pipeline, NAME)?.deploy;
    if (deploy?.provider !== 'ECS') return failed(['deployNotFed', { found: any.inputs.join(', ') || '-' }]);
    const { ClusterName = '-', ServiceName = '-' } = deploy.configuration;
    if (ClusterName !== NAME || ServiceName !== NAME) {
      return failed(['deployElsewhere', { found: `${ClusterName}/${ServiceName}`, expected: `${NAME}/${NAME}` }]);
    }
    const file = imageDefinitionsFile(deploy);
    return file === DEFINITIONS ? passed() : failed(['deployOtherFile', { found: file, file: DEFINITIONS }]);
  },
  observed: (pipeline) => pipeline && (deliveryOf(pipeline, NAME)?.deploy?.configuration ?? null),
  resource: (pipeline) => pipeline?.arn,
  console: (_fact, place) => codepipelineConsole.pipeline(place, NAME),
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
      play: setStages(sourceStage(), buildStage()),
    },
    'deploy-source-artifact': {
      title: {
        ko: '입력 아티팩트로 SourceArtifact를 고른다',
        ja: '入力アーティファクトに SourceArtifact を選ぶ',
        en: 'Choose SourceArtifact as the input',
      },
      says: 'deployNotFed',
      play: setStages(sourceStage(), buildStage(), deployStage({}, 'SourceArtifact')),
    },
    'deploy-elsewhere': {
      title: { ko: '다른 서비스에 배포한다', ja: '別のサービスにデプロイする', en: 'Deploy to another service' },
      says: 'deployElsewhere',
      play: setStages(sourceStage(), buildStage(), deployStage({ ServiceName: 'web' })),
    },
    'deploy-other-file': {
      title: {
        ko: '이미지 정의 파일 이름을 잘못 적는다',
        ja: 'イメージ定義ファイルの名前を間違える',
        en: 'Misspell the image definitions file',
      },
      says: 'deployOtherFile',
      play: setStages(sourceStage(), buildStage(), deployStage({ FileName: 'artifacts.json' })),
    },
  },
});
