import { describe, expect, it } from 'vitest';
import { readPolicy } from '../dialects/iam/document.ts';
import type { TaskContext } from '../engine/task-context.ts';
import task from './task-2-permissions.ts';

const ACCOUNT = '210987654321';
const context = { account: ACCOUNT, region: 'ap-northeast-2', partition: 'aws' } as TaskContext;
const outputs = {
  backend: 'sbcntr-backend',
  frontend: 'sbcntr-frontend',
  source: 'sbcntr-backend',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/sbcntr-codebuild-role`,
};
const repository = (name: string) => `arn:aws:ecr:ap-northeast-2:${ACCOUNT}:repository/${name}`;
const BOTH = [repository('sbcntr-backend'), repository('sbcntr-frontend')];

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: object;
}

/** What the checks of the ECR permissions say of policies: status, and the message's key when there is one. */
function judged(...documents: readonly (readonly Statement[])[]): Record<string, string> {
  const policies = documents.map((Statement, index) =>
    readPolicy(
      `policy-${index}`,
      { Version: '2012-10-17', Statement: Statement.map((each) => ({ Effect: 'Allow', ...each })) },
      'identity',
    ),
  );
  const ids = ['policy-account', 'authorization-token', 'push-permissions', 'list-permissions'];
  const checks = task.expectations.filter(({ id }) => ids.includes(id));
  return Object.fromEntries(
    checks.map(({ id, judge }) => {
      const verdict = judge?.({ outputs, policies }, context) ?? expect.fail(`${id} has no judge`);
      return [id, 'says' in verdict ? `${verdict.status} ${[verdict.says].flat()[0]}` : verdict.status];
    }),
  );
}

const TOKEN = { Action: 'ecr:GetAuthorizationToken', Resource: '*' };
const PUSH = {
  Action: [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
  ],
  Resource: BOTH,
};
const LIST = { Action: 'ecr:ListImages', Resource: BOTH };
const ALL_PASSED = {
  'policy-account': 'passed',
  'authorization-token': 'passed',
  'push-permissions': 'passed',
  'list-permissions': 'passed',
};

describe('any policy that allows it passes', () => {
  it.each<[string, readonly (readonly Statement[])[]]>([
    ['three statements', [[TOKEN, PUSH, LIST]]],
    ['a policy for each', [[TOKEN], [PUSH], [LIST]]],
    ['one statement for everything', [[{ Action: 'ecr:*', Resource: '*' }]]],
    ['an administrator', [[{ Action: '*', Resource: '*' }]]],
    [
      'wildcards in actions, other capitals',
      [[TOKEN, { Action: ['ECR:*Layer*', 'ecr:Put*', 'ecr:BatchGet*', 'ecr:List*'], Resource: BOTH }]],
    ],
    ['a wildcard in the repository', [[TOKEN, { Action: 'ecr:*', Resource: repository('sbcntr-*') }]]],
    ['a wildcard for account and region', [[TOKEN, { Action: 'ecr:*', Resource: 'arn:aws:ecr:*:*:repository/sbcntr-*' }]]],
    ['a statement for each repository', [[TOKEN, ...BOTH.map((Resource) => ({ ...PUSH, Resource })), LIST]]],
    ['NotAction', [[{ NotAction: 'ecr:Delete*', Resource: '*' }]]],
    ['NotResource', [[TOKEN, { Action: 'ecr:*', NotResource: repository('prod-*') }]]],
    ['a condition that holds', [[TOKEN, { ...PUSH, Condition: { StringEquals: { 'aws:RequestedRegion': 'ap-northeast-2' } } }, LIST]]],
    ['a Deny on something else', [[TOKEN, PUSH, LIST, { Effect: 'Deny', Action: 'ecr:DeleteRepository', Resource: '*' }]]],
  ])('%s', (_name, documents) => {
    expect(judged(...documents)).toEqual(ALL_PASSED);
  });
});

describe('what is not allowed is said', () => {
  it.each<[string, readonly Statement[], Record<string, string>]>([
    ['the token on a repository', [{ ...TOKEN, Resource: BOTH }, PUSH, LIST], { 'authorization-token': 'failed tokenNotOnAll' }],
    ['no token', [PUSH, LIST], { 'authorization-token': 'failed actionsMissing' }],
    ['only the backend', [TOKEN, { ...PUSH, Resource: BOTH.slice(0, 1) }, LIST], { 'push-permissions': 'failed actionsMissing' }],
    ['only the frontend', [TOKEN, PUSH, { ...LIST, Resource: BOTH.slice(1) }], { 'list-permissions': 'failed actionsMissing' }],
    [
      'another region',
      [TOKEN, { ...PUSH, Resource: BOTH.map((arn) => arn.replace('ap-northeast-2', 'us-east-1')) }, LIST],
      { 'push-permissions': 'failed actionsMissing' },
    ],
    [
      'a Deny by wildcard',
      [TOKEN, PUSH, LIST, { Effect: 'Deny', Action: 'ecr:Put*', Resource: '*' }],
      { 'push-permissions': 'failed actionsDenied' },
    ],
    [
      'a Deny of everything but pulling',
      [TOKEN, PUSH, LIST, { Effect: 'Deny', NotAction: ['ecr:Get*', 'ecr:BatchGet*', 'ecr:List*'], Resource: BOTH }],
      { 'push-permissions': 'failed actionsDenied' },
    ],
    [
      'a condition that does not hold',
      [TOKEN, { ...PUSH, Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }, LIST],
      { 'push-permissions': 'failed actionsMissing' },
    ],
    [
      'a condition that nobody can tell',
      [TOKEN, PUSH, { ...LIST, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
      { 'list-permissions': 'unknown actionsUndecided' },
    ],
  ])('%s', (_name, statements, wrong) => {
    expect(judged(statements)).toEqual({ ...ALL_PASSED, ...wrong });
  });

  it("names another account's id whatever else is right", () => {
    const copied = { ...PUSH, Resource: BOTH.map((arn) => arn.replace(ACCOUNT, '975141803454')) };
    expect(judged([TOKEN, copied, LIST])['policy-account']).toBe('failed policyOtherAccount');
  });

  it('has not been begun while nothing is said about ECR', () => {
    expect(new Set(Object.values(judged([{ Action: 'codecommit:GitPull', Resource: '*' }])))).toEqual(
      new Set(['not-started ecrPolicyMissing']),
    );
  });
});

it('does not judge a policy that cannot be read', () => {
  const policies = [readPolicy('broken', '{"Version":', 'identity')];
  const push = task.expectations.find(({ id }) => id === 'push-permissions');
  expect(push?.judge?.({ outputs, policies }, context)).toMatchObject({ status: 'unknown' });
});
