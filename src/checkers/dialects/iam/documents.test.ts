import { describe, expect, it } from 'vitest';
import { type Policy, readPolicy, rolePolicies } from './document.ts';
import { trusts } from './evaluate.ts';
import { whichActionsMissing } from './questions.ts';

// Whole documents as people write them, copy them and as consoles make them.

const account = '123456789012';
const repository = `arn:aws:ecr:ap-northeast-2:${account}:repository/app`;
const push = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const allow = (Action: unknown, Resource: unknown = '*', rest: object = {}) => ({ Effect: 'Allow', Action, Resource, ...rest });
const inline = (...Statement: object[]) =>
  rolePolicies({ inline: [{ name: 'inline', document: { Version: '2012-10-17', Statement } }], attached: [] });

function missing(policies: readonly Policy[]): { login: boolean; push: readonly string[]; pull: readonly string[] } {
  return {
    login: whichActionsMissing(policies, ['ecr:GetAuthorizationToken'], '*').missing.length === 0,
    push: whichActionsMissing(policies, push, repository).missing,
    pull: whichActionsMissing(policies, pull, repository).missing,
  };
}
const everything = { login: true, push: [], pull: [] };

describe('a build role that may push', () => {
  it.each<[string, readonly Policy[]]>([
    ['everything on everything', inline(allow('*'))],
    ['all of ECR', inline(allow('ecr:*'))],
    ['all of ECR, in capitals', inline(allow('ECR:*'))],
    ['login on "*", the rest on the repository', inline(allow('ecr:GetAuthorizationToken'), allow([...push, ...pull], repository))],
    [
      'the rest on the repositories of the account',
      inline(allow('ecr:GetAuthorizationToken'), allow([...push, ...pull], `arn:aws:ecr:*:${account}:repository/*`)),
    ],
    [
      'one statement an action',
      inline(allow('ecr:GetAuthorizationToken'), ...[...push, ...pull].map((action) => allow(action, [repository]))),
    ],
    ['wildcards in the actions', inline(allow(['ecr:Get*', 'ecr:Batch*', 'ecr:*Layer*', 'ecr:Put?mage']))],
    [
      'a managed policy beside an inline one',
      rolePolicies({
        inline: [{ name: 'login', document: { Version: '2012-10-17', Statement: allow('ecr:GetAuthorizationToken') } }],
        attached: [
          {
            arn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser',
            document: { Version: '2012-10-17', Statement: [allow([...push, ...pull, 'ecr:ListImages'])] },
          },
        ],
      }),
    ],
    ['everything but IAM', inline({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })],
    ['a Deny beside it that is about something else', inline(allow('ecr:*'), { Effect: 'Deny', Action: 'ecr:Delete*', Resource: '*' })],
  ])('%s', (_, policies) => {
    expect(missing(policies)).toEqual(everything);
  });

  it('may log in nowhere when the login is allowed on the repository', () => {
    expect(missing(inline(allow(['ecr:GetAuthorizationToken', ...push, ...pull], repository)))).toEqual({ ...everything, login: false });
  });

  it('may only pull with the reading actions', () => {
    const reading = ['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', ...pull, 'ecr:DescribeRepositories', 'ecr:ListImages'];
    expect(missing(inline(allow(reading)))).toEqual({ ...everything, push: push.slice(1) });
  });

  it('may do nothing with a policy copied from another account', () => {
    const copied = inline(allow('ecr:GetAuthorizationToken'), allow([...push, ...pull], repository.replace(account, '999999999999')));
    expect(missing(copied)).toEqual({ login: true, push, pull });
  });

  it('may do nothing with the repository of the same beginning', () => {
    expect(missing(inline(allow('ecr:*', `${repository}-frontend`)))).toEqual({ login: false, push, pull });
  });

  it('is told what a Deny takes away', () => {
    const policies = inline(allow('ecr:*'), { Sid: 'ReadOnly', Effect: 'Deny', Action: 'ecr:Put*', Resource: '*' });
    expect(whichActionsMissing(policies, push, repository)).toEqual({
      missing: [],
      denied: [{ action: 'ecr:PutImage', because: { policy: 'inline', statement: 1, sid: 'ReadOnly' } }],
      undecided: [],
    });
  });
});

describe('a state machine role that runs builds', () => {
  const project = `arn:aws:codebuild:ap-northeast-1:${account}:project/tar`;
  const rule = `arn:aws:events:ap-northeast-1:${account}:rule/StepFunctionsGetEventForCodeBuildStartBuildRule`;
  const policies = inline(
    allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [project]),
    allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [`arn:aws:events:ap-northeast-1:${account}:rule/StepFunctions*`]),
  );

  it('misses the action that stops a build, and nothing of the rule', () => {
    expect(
      whichActionsMissing(policies, ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'], project).missing,
    ).toEqual(['codebuild:StopBuild']);
    expect(whichActionsMissing(policies, ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], rule).missing).toEqual([]);
  });

  it('passes a role only to the service that the condition names', () => {
    const role = `arn:aws:iam::${account}:role/tar`;
    const passing = inline(
      allow('iam:PassRole', role, { Condition: { StringEquals: { 'iam:PassedToService': 'codebuild.amazonaws.com' } } }),
    );
    const to = (service: string) => whichActionsMissing(passing, ['iam:PassRole'], role, { 'iam:PassedToService': service });
    expect(to('codebuild.amazonaws.com')).toEqual({ missing: [], denied: [], undecided: [] });
    expect(to('ecs-tasks.amazonaws.com').missing).toEqual(['iam:PassRole']);
    expect(whichActionsMissing(passing, ['iam:PassRole'], role).undecided).toMatchObject([{ open: ['iam:PassedToService'] }]);
  });
});

describe('a bucket that takes uploads', () => {
  const objects = 'arn:aws:s3:::tars-20261120/images/*';

  it('is another resource than its objects', () => {
    const policies = inline(allow(['s3:PutObject', 's3:ListBucket'], 'arn:aws:s3:::tars-20261120'));
    expect(whichActionsMissing(policies, ['s3:ListBucket'], 'arn:aws:s3:::tars-20261120').missing).toEqual([]);
    expect(whichActionsMissing(policies, ['s3:PutObject'], 'arn:aws:s3:::tars-20261120/images/a.tar').missing).toEqual(['s3:PutObject']);
    expect(
      whichActionsMissing(inline(allow('s3:PutObject', objects)), ['s3:PutObject'], 'arn:aws:s3:::tars-20261120/images/a/b.tar').missing,
    ).toEqual([]);
  });
});

it('a trust policy as the console writes it', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Sid: '', Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  expect(trusts(readPolicy('trust policy', JSON.stringify(document), 'resource'), { service: 'codebuild.amazonaws.com' })).toEqual({
    decision: 'allowed',
    because: { policy: 'trust policy', statement: 0, sid: '' },
  });
});
