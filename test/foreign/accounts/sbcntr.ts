import { ACCOUNT } from '../state.ts';
import { allowing, jsonOf } from './files.ts';
import type { ForeignLab } from './lab.ts';

const lab = 'sbcntr-backend-build';
const region = 'ap-northeast-2';
const PROJECT = 'sbcntr-codebuild';
const ROLE = 'sbcntr-codebuild-role';
const roleArn = `arn:aws:iam::${ACCOUNT}:role/${ROLE}`;
const uriOf = (name: string) => `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}`;

const stack = (status: string) => ({
  ...{ name: 'sbcntr-backend-stack', status },
  outputs: {
    BackendRepositoryUri: uriOf('sbcntr-backend'),
    FrontendRepositoryUri: uriOf('sbcntr-frontend'),
    SourceRepositoryName: 'sbcntr-backend',
    CodeBuildRoleArn: roleArn,
  },
});

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      ...{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' },
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    },
  ],
};
const logGroup = `arn:aws:logs:${region}:${ACCOUNT}:log-group:/aws/codebuild/${PROJECT}`;
const base = allowing(
  ['codecommit:GitPull', `arn:aws:codecommit:${region}:${ACCOUNT}:sbcntr-backend`],
  [
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    [logGroup, `${logGroup}:*`],
  ],
);
const role = (ecr: unknown) => ({
  ...{ name: ROLE, trust },
  inline: { [`CodeBuildBasePolicy-${PROJECT}-${region}`]: base, 'sbcntr-ecr-access': ecr },
});

const complete = {
  region,
  stacks: [stack('CREATE_COMPLETE')],
  sourceRepositories: ['sbcntr-backend'],
  imageRepositories: [
    { name: 'sbcntr-backend', tags: ['1a2b3c4'] },
    { name: 'sbcntr-frontend', tags: [] },
  ],
  projects: [
    {
      name: PROJECT,
      source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/sbcntr-backend` },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', computeType: 'BUILD_GENERAL1_SMALL' },
        privilegedMode: true,
      },
      serviceRole: roleArn,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
    },
  ],
  built: [PROJECT],
  roles: [role(jsonOf(lab, 'codebuild-ecr-policy.json'))],
};

export const sbcntr: ForeignLab = {
  id: lab,
  complete,
  unknown: {
    'task-0/source-pushed': 'codecommit:ListBranches',
    'task-1/buildspec-present': 'codecommit:GetFile',
    'task-3/source-branch': 'codecommit:ListBranches',
    'task-4/build-settings': 'codebuild:BatchGetBuilds',
  },
  wrong: [
    {
      account: { ...complete, roles: [role(jsonOf(lab, 'codebuild-ecr-policy.json', { '"ecr:CompleteLayerUpload",': '' }))] },
      fails: 'task-2/push-permissions',
    },
  ],
  cleaned: { region, stacks: [stack('DELETE_COMPLETE')], built: [PROJECT] },
};
