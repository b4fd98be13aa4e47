import { describe, expect, it } from 'vitest';
import { sessionIdentity, userIdentity } from './identity.ts';
import { trusts } from './trust.ts';

const ME = '111111111111';
const user = userIdentity(ME);
const session = sessionIdentity({ account: ME, role: 'Grader', session: 's', expires: new Date(0) }, 'AROAX');
const root = { AWS: `arn:aws:iam::${ME}:root` };
const allow = { Effect: 'Allow', Principal: root, Action: 'sts:AssumeRole' };
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

describe('who is trusted', () => {
  it.each([
    ['the account', root, true],
    ['the bare account id', { AWS: ME }, true],
    ['a list that holds the account', { AWS: ['222222222222', ME] }, true],
    ['the user itself', { AWS: user.arn }, true],
    ['everyone', '*', true],
    ['everyone of AWS', { AWS: '*' }, true],
    ['another account', { AWS: 'arn:aws:iam::222222222222:root' }, false],
    ['another user', { AWS: `arn:aws:iam::${ME}:user/other` }, false],
    ['a service', { Service: 'codebuild.amazonaws.com' }, false],
    ['no one', undefined, false],
  ])('%s', (_who, Principal, expected) => {
    expect(trusts(policy({ ...allow, Principal }), user, undefined)).toBe(expected);
  });

  it('a session through its role', () => {
    expect(trusts(policy({ ...allow, Principal: { AWS: `arn:aws:iam::${ME}:role/teachers/Grader` } }), session, undefined)).toBe(true);
    expect(trusts(policy({ ...allow, Principal: { AWS: `arn:aws:iam::${ME}:role/Grader2` } }), session, undefined)).toBe(false);
  });
});

it.each([
  ['sts:AssumeRole', true],
  ['sts:*', true],
  ['*', true],
  [['sts:TagSession', 'sts:AssumeRole'], true],
  ['sts:TagSession', false],
])('action %j', (Action, expected) => {
  expect(trusts(policy({ ...allow, Action }), user, undefined)).toBe(expected);
});

describe('conditions', () => {
  const on = (Condition: object) => policy({ ...allow, Condition });
  it.each([
    ['the right ExternalId', { StringEquals: { 'sts:ExternalId': 'x' } }, 'x', true],
    ['one of several', { StringEquals: { 'sts:ExternalId': ['y', 'x'] } }, 'x', true],
    ['a pattern', { StringLike: { 'sts:ExternalId': 'class-*' } }, 'class-7', true],
    ['the wrong one', { StringEquals: { 'sts:ExternalId': 'x' } }, 'X', false],
    ['none', { StringEquals: { 'sts:ExternalId': 'x' } }, undefined, false],
    ['another condition', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'x', false],
    ['an operator that is not known', { IpAddress: { 'sts:ExternalId': 'x' } }, 'x', false],
    ['one that demands its absence', { Null: { 'sts:ExternalId': 'true' } }, undefined, true],
  ])('%s', (_what, condition, externalId, expected) => {
    expect(trusts(on(condition), user, externalId)).toBe(expected);
  });
});

it('lets Deny win', () => {
  expect(trusts(policy(allow, { ...allow, Effect: 'Deny', Principal: '*' }), user, undefined)).toBe(false);
});

it('does not trust what is no policy', () => {
  for (const odd of [{}, { Statement: 'x' }, { Statement: [null] }, { Statement: [{ Effect: 'Allow' }] }]) {
    expect(trusts(odd, user, undefined)).toBe(false);
  }
});
