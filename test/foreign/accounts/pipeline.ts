import { ACCOUNT, type Members } from '../state.ts';
import { jsonOf, trusting } from './files.ts';
import type { ForeignLab } from './lab.ts';

const lab = 'codepipeline-ecr-ecs';
const region = 'ap-northeast-1';
const NAME = 'example_2022_1126';
const buildRole = `codebuild-${NAME}-service-role`;
const pipelineRole = `AWSCodePipelineServiceRole-${region}-${NAME}`;

const project = {
  name: NAME,
  source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/${NAME}` },
  sourceVersion: 'refs/heads/master',
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: {
    ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', computeType: 'BUILD_GENERAL1_SMALL' },
    privilegedMode: true,
    environmentVariables: [
      { name: 'AWS_ACCOUNT_ID', value: ACCOUNT },
      { name: 'AWS_DEFAULT_REGION', value: region },
      { name: 'IMAGE_REPO_NAME1', value: NAME },
    ],
  },
  serviceRole: `arn:aws:iam::${ACCOUNT}:role/service-role/${buildRole}`,
};

const action = (provider: string, category: string, configuration: Members, from: string[], to: string[]) => ({
  ...{ name: category, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, configuration, runOrder: 1 },
  inputArtifacts: from.map((name) => ({ name })),
  outputArtifacts: to.map((name) => ({ name })),
});
const pipeline = ({ RepositoryName = NAME, ServiceName = NAME }: { RepositoryName?: string; ServiceName?: string }) => ({
  name: NAME,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/service-role/${pipelineRole}`,
  artifactStore: { type: 'S3', location: `codepipeline-${region}-1234567890` },
  stages: [
    { name: 'Source', actions: [action('CodeCommit', 'Source', { RepositoryName, BranchName: 'master' }, [], ['Code'])] },
    { name: 'Build', actions: [action('CodeBuild', 'Build', { ProjectName: NAME }, ['Code'], ['Image'])] },
    {
      name: 'Deploy',
      actions: [action('ECS', 'Deploy', { ClusterName: NAME, ServiceName, FileName: 'imagedefinitions.json' }, ['Image'], [])],
    },
  ],
});

const registry = (settings: Members) => ({
  ...{ name: NAME, tags: ['v0.95'], settings },
  policy: jsonOf(lab, 'policies/repository-policy.json'),
});

const complete = {
  region,
  sourceRepositories: [NAME],
  imageRepositories: [registry({})],
  projects: [project],
  built: [NAME],
  pipelines: [pipeline({})],
  service: { name: NAME, definition: jsonOf(lab, 'ecs/task-definition.json') as Members },
  roles: [
    {
      ...{ name: buildRole, path: '/service-role/', trust: trusting('codebuild.amazonaws.com') },
      inline: { push: jsonOf(lab, 'policies/build-role-policy.json') },
    },
    {
      ...{ name: pipelineRole, path: '/service-role/', trust: trusting('codepipeline.amazonaws.com') },
      inline: { deploy: jsonOf(lab, 'policies/pipeline-deploy-policy.json') },
    },
  ],
};

export const codePipeline: ForeignLab = {
  id: lab,
  complete,
  unknown: {
    'task-1/repository': 'codecommit:ListBranches',
    'task-2/source-branch': 'codecommit:ListBranches',
    'task-5/build-settings': 'codebuild:BatchGetBuilds',
    'task-6/pipeline-source': 'codecommit:ListBranches',
    'task-6/execution-head': 'codecommit:ListBranches',
    'task-7/running-image': 'ecs:ListTasks',
  },
  wrong: [
    { account: { ...complete, imageRepositories: [registry({ imageTagMutability: 'IMMUTABLE' })] }, fails: 'task-4/registry' },
    { account: { ...complete, pipelines: [pipeline({ RepositoryName: 'another' })] }, fails: 'task-6/pipeline-source' },
    { account: { ...complete, pipelines: [pipeline({ ServiceName: 'another' })] }, fails: 'task-7/deploy-stage' },
  ],
  cleaned: { region, built: [NAME] },
};
