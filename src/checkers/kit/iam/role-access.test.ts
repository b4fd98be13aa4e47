import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../dialects/iam/document.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { accessOf, powersOf } from './role-access.ts';

const ACCOUNT = '123456789012';
const context = { account: ACCOUNT, region: 'ap-northeast-1', partition: 'aws' } as TaskContext;
const project = (account = ACCOUNT) => `arn:aws:codebuild:ap-northeast-1:${account}:project/p`;
const policy = (...Statement: object[]) => readPolicy('inline', { Version: '2012-10-17', Statement }, 'identity');
const allow = (Action: string[], Resource: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const ACTIONS = ['codebuild:StartBuild', 'codebuild:StopBuild'];

describe('access', () => {
  it.each([
    ['allowed', [policy(allow(['codebuild:St*'], '*'))], { state: 'allowed' }],
    ['missing', [policy(allow(['codebuild:StartBuild'], project()))], { state: 'missing', actions: ['codebuild:StopBuild'] }],
    [
      'on the resource of another account',
      [policy(allow(ACTIONS, project('111122223333')))],
      { state: 'other-account', actions: ACTIONS, other: '111122223333' },
    ],
    [
      'denied',
      [policy(allow(ACTIONS, '*'), { Effect: 'Deny', Action: 'codebuild:StopBuild', Resource: '*' })],
      { state: 'denied', actions: ['codebuild:StopBuild'], policy: 'inline' },
    ],
    [
      'undecided',
      [policy(allow(ACTIONS, '*', { Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }))],
      { state: 'undecided', actions: ACTIONS, policy: 'inline', open: ['aws:ResourceTag/a'] },
    ],
  ])('%s', (_, policies, expected) => {
    expect(accessOf(policies, ACTIONS, project(), context)).toEqual(expected);
  });
});

describe('powers', () => {
  const POWERS = [
    { action: 's3:PutObject', resource: 'arn:aws:s3:::other/x' },
    { action: 'iam:CreateRole', resource: '*' },
  ];
  it('are those the policies give for certain', () => {
    expect(powersOf([policy(allow(['s3:*'], '*'))], POWERS, context)).toEqual([POWERS[0]]);
    expect(powersOf([policy(allow(['*'], '*'))], POWERS, context)).toEqual(POWERS);
    expect(
      powersOf([policy(allow(['*'], '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))], POWERS, context),
    ).toEqual([]);
  });
});
