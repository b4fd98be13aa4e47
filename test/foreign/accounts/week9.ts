import { ACCOUNT } from '../state.ts';
import type { ForeignLab } from './lab.ts';

const region = 'ap-northeast-2';
const repository = 'week9-2-codebuild-repo';
const PROJECT = 'week9-2-container-build';
const role = `arn:aws:iam::${ACCOUNT}:role/week9-2-codebuild-role`;

const stack = (status: string, tags = { Project: 'AWS-Lab', Week: '9-2', CreatedBy: 'Student' }) => ({
  ...{ name: 'week9-2-codebuild-stack', status, tags },
  outputs: {
    ECRRepositoryUri: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${repository}`,
    CodeCommitRepositoryName: repository,
    CodeBuildRoleArn: role,
  },
});

const project = (privilegedMode: boolean) => ({
  name: PROJECT,
  source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/${repository}` },
  sourceVersion: 'refs/heads/main',
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: {
    ...{
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
      computeType: 'BUILD_GENERAL1_SMALL',
      privilegedMode,
    },
    environmentVariables: [
      { name: 'AWS_ACCOUNT_ID', value: ACCOUNT },
      { name: 'IMAGE_REPO_NAME', value: repository, type: 'PLAINTEXT' },
      { name: 'CONTAINER_NAME', value: 'app', type: 'PLAINTEXT' },
    ],
  },
  serviceRole: role,
});

const complete = {
  region,
  stacks: [stack('CREATE_COMPLETE')],
  sourceRepositories: [repository],
  imageRepositories: [{ name: repository, tags: ['1a2b3c4', 'latest'] }],
  projects: [project(true)],
  built: [PROJECT],
};

export const week9: ForeignLab = {
  id: 'week9-2-codebuild',
  complete,
  unknown: {
    'task-1/pushed': 'codecommit:ListBranches',
    'task-2/buildspec-present': 'codecommit:GetFile',
    'task-3/source-branch': 'codecommit:ListBranches',
    'task-4/build-settings': 'codebuild:BatchGetBuilds',
  },
  wrong: [
    { account: { ...complete, projects: [project(false)] }, fails: 'task-3/privileged' },
    {
      account: { ...complete, stacks: [stack('CREATE_COMPLETE', { Project: 'AWS-Lab', Week: '9-1', CreatedBy: 'Student' })] },
      fails: 'task-0/stack-tags',
    },
  ],
  cleaned: { region, stacks: [stack('DELETE_COMPLETE')], built: [PROJECT] },
};
