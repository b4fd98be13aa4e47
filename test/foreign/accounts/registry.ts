import { ACCOUNT } from '../state.ts';
import { jsonOf, trusting } from './files.ts';
import type { ForeignLab } from './lab.ts';

const lab = 'ecr-registry';
const region = 'ap-northeast-2';
const NAME = 'my-application';
const PROJECT = `${NAME}-build`;
const EVENTS = `/aws/events/${NAME}`;
const pushPolicy = `arn:aws:iam::${ACCOUNT}:policy/${NAME}-push-policy`;

const repository = (lifecycle: unknown) => ({
  name: NAME,
  settings: {
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: 'KMS', kmsKey: `arn:aws:kms:${region}:${ACCOUNT}:key/0a1b2c3d` },
  },
  tags: ['latest', '1a2b3c4'],
  policy: jsonOf(lab, 'policies/repository-policy.json'),
  lifecycle,
});

const complete = {
  region,
  sourceRepositories: [NAME],
  imageRepositories: [repository(jsonOf(lab, 'lifecycle-policy.json'))],
  projects: [
    {
      name: PROJECT,
      source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/${NAME}` },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', computeType: 'BUILD_GENERAL1_SMALL' },
        privilegedMode: true,
      },
      serviceRole: `arn:aws:iam::${ACCOUNT}:role/${NAME}-build-role`,
    },
  ],
  built: [PROJECT],
  rules: [
    {
      ...{ name: `${NAME}-image-events`, pattern: jsonOf(lab, 'events/event-pattern.json') },
      target: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${EVENTS}`,
    },
  ],
  logGroups: [EVENTS],
  logPolicies: { [`${NAME}-events`]: jsonOf(lab, 'events/log-policy.json') },
  oidcProviders: { 'token.actions.githubusercontent.com': ['sts.amazonaws.com'] },
  policies: { [`${NAME}-push-policy`]: jsonOf(lab, 'policies/push-policy.json') },
  roles: [
    {
      ...{ name: `${NAME}-pull-role`, trust: jsonOf(lab, 'policies/pull-role-trust.json') },
      inline: { login: jsonOf(lab, 'policies/login-policy.json') },
    },
    {
      name: `${NAME}-github-role`,
      trust: jsonOf(lab, 'policies/github-role-trust.json', { 'GITHUB_OWNER/GITHUB_REPOSITORY': 'student/app' }),
      attached: [pushPolicy],
    },
    {
      ...{ name: `${NAME}-build-role`, trust: trusting('codebuild.amazonaws.com'), attached: [pushPolicy] },
      inline: { build: jsonOf(lab, 'policies/build-policy.json') },
    },
  ],
};

export const ecrRegistry: ForeignLab = {
  id: lab,
  complete,
  unknown: {
    'task-5/image-definitions': 'codecommit:GetFile',
    'task-5/image-tagged': 'codebuild:BatchGetBuilds',
    'task-6/push-recorded': 'cloudtrail:LookupEvents',
  },
  wrong: [
    {
      account: {
        ...complete,
        imageRepositories: [repository(jsonOf(lab, 'lifecycle-policy.json', { '"countNumber": 30': '"countNumber": 90' }))],
      },
      fails: 'task-3/old-untagged-expire',
    },
    { account: { ...complete, logPolicies: {} }, fails: 'task-6/log-delivery' },
  ],
  cleaned: { region, built: [PROJECT] },
};
