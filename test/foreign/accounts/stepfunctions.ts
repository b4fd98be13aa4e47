import { ACCOUNT, type ForeignBucket } from '../state.ts';
import { fileOf, jsonOf } from './files.ts';
import type { ForeignLab } from './lab.ts';

const lab = 'stepfunctions-codebuild-s3';
const region = 'ap-northeast-1';
const PROJECT = 'cb-ecr-nginx-to-tar';
const BUCKET = 'my-eb-nginx-tars-1763600000';
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const bucket = (encryption: NonNullable<ForeignBucket['encryption']>): ForeignBucket => ({ name: BUCKET, blocked: true, encryption });

const machine = (definition: string) => ({
  ...{ name: 'sf-codebuild-ecr-to-tar', roleArn: roleArn('sfn-starts-codebuild-role'), type: 'STANDARD' },
  definition,
});

const complete = {
  region,
  buckets: [bucket('aws:kms'), { name: 'another' }],
  imageRepositories: [{ name: 'nginx', tags: ['mainline-alpine3.22'] }],
  projects: [
    {
      name: PROJECT,
      source: { type: 'NO_SOURCE', buildspec: fileOf(lab, 'buildspec-nginx-tar.yml') },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0', computeType: 'BUILD_GENERAL1_SMALL' },
        privilegedMode: true,
        environmentVariables: [
          { name: 'IMAGE_URI', value: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/nginx:mainline-alpine3.22`, type: 'PLAINTEXT' },
        ],
      },
      serviceRole: roleArn('cb-nginx-tar-role'),
    },
  ],
  built: [PROJECT],
  machines: [machine(fileOf(lab, 'sfn-definition.json'))],
  roles: [
    {
      ...{ name: 'cb-nginx-tar-role', trust: jsonOf(lab, 'policies/codebuild-role-trust.json') },
      inline: { build: jsonOf(lab, 'policies/codebuild-inline-policy.json', { '<bucket-name>': BUCKET }) },
    },
    {
      ...{ name: 'sfn-starts-codebuild-role', trust: jsonOf(lab, 'policies/sfn-trust.json') },
      inline: { start: jsonOf(lab, 'policies/sfn-inline-policy.json') },
    },
  ],
};

export const stepFunctions: ForeignLab = {
  id: lab,
  complete,
  unknown: {},
  // Nothing runs there, so the execution never ends.
  waiting: ['task-6/execution-succeeded'],
  wrong: [
    { account: { ...complete, buckets: [bucket('AES256')] }, fails: 'task-1/bucket-encryption' },
    {
      account: { ...complete, machines: [machine(fileOf(lab, 'sfn-definition.json', { 'startBuild.sync': 'startBuild' }))] },
      fails: 'task-5/waits-for-build',
    },
  ],
  cleaned: { region, built: [PROJECT] },
};
