import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../dialects/iam/document.ts';
import { anyoneMayPull, namesLogin, PULL_ACTIONS, PUSH_ACTIONS, repositoryAccess } from './repository-policy.ts';

const arn = 'arn:aws:ecr:ap-northeast-2:123456789012:repository/my-application';
const principal = { aws: 'arn:aws:iam::123456789012:role/puller' };
const policy = (...statements: object[]) =>
  readPolicy(
    'repository policy',
    { Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', Principal: { AWS: principal.aws }, ...each })) },
    'resource',
  );
const missing = (given: ReturnType<typeof policy> | undefined, who: { aws: string } = principal) => {
  const { pull, push } = repositoryAccess(given, arn, who);
  return { pull: pull.missing, push: push.missing };
};

describe('who may pull and push', () => {
  it.each<[string, object]>([
    ['both actions', { Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] }],
    ['wildcards', { Action: ['ecr:BatchGet*', 'ecr:GetDownload*'] }],
    ['any case', { Action: ['ECR:batchgetimage', 'ecr:GETDOWNLOADURLFORLAYER'] }],
    ['all but the pushing ones', { NotAction: [...PUSH_ACTIONS] }],
  ])('a pull, written as %s', (_, statement) => {
    expect(missing(policy(statement))).toEqual({ pull: [], push: PUSH_ACTIONS });
  });

  it('a push over two statements', () => {
    expect(missing(policy({ Action: PUSH_ACTIONS.slice(0, 2) }, { Action: PUSH_ACTIONS.slice(2) }))).toEqual({
      pull: PULL_ACTIONS,
      push: [],
    });
  });

  it('nobody without a policy, and nobody else with one', () => {
    expect(missing(undefined).pull).toEqual(PULL_ACTIONS);
    expect(missing(policy({ Action: 'ecr:*' }), { aws: `${principal.aws}-2` }).pull).toEqual(PULL_ACTIONS);
  });

  it('half a pull is none', () => {
    expect(missing(policy({ Action: 'ecr:BatchGetImage' })).pull).toEqual(['ecr:GetDownloadUrlForLayer']);
  });

  it('a Deny and an undecided condition are told apart from what is missing', () => {
    const { pull } = repositoryAccess(
      policy(
        { Action: 'ecr:GetDownloadUrlForLayer', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
        { Effect: 'Deny', Action: 'ecr:BatchGetImage' },
      ),
      arn,
      principal,
    );
    expect(pull).toMatchObject({
      missing: [],
      denied: [{ action: 'ecr:BatchGetImage' }],
      undecided: [{ action: 'ecr:GetDownloadUrlForLayer', open: ['aws:PrincipalOrgID'] }],
    });
  });

  it('the role of another account needs its own policies as well', () => {
    const stranger = { aws: 'arn:aws:iam::999999999999:role/puller' };
    const open = policy({ Principal: { AWS: '999999999999' }, Action: 'ecr:*' });
    const own = readPolicy('own', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }, 'identity');
    expect(repositoryAccess(open, arn, stranger).pull.missing).toEqual(PULL_ACTIONS);
    expect(repositoryAccess(open, arn, stranger, [own]).pull.missing).toEqual([]);
  });
});

describe('anyone', () => {
  it.each<[string, object, string]>([
    ['"*"', { Principal: '*', Action: 'ecr:*' }, 'allowed'],
    ['"AWS": "*"', { Principal: { AWS: '*' }, Action: 'ecr:BatchGetImage' }, 'allowed'],
    ['everyone but one', { Principal: undefined, NotPrincipal: { AWS: principal.aws }, Action: 'ecr:*' }, 'allowed'],
    [
      '"*" of one organization',
      { Principal: '*', Action: 'ecr:*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'undecided',
    ],
    [
      '"*" of one account',
      { Principal: '*', Action: 'ecr:*', Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } },
      'denied',
    ],
    ['one role', { Action: 'ecr:*' }, 'denied'],
  ])('%s: %s', (_, statement, expected) => {
    expect(anyoneMayPull(policy(statement), arn)).toBe(expected);
  });
});

describe('the login', () => {
  it('is noticed where it does nothing', () => {
    expect(namesLogin(policy({ Action: ['ecr:PutImage', 'ECR:GetAuthorizationToken'] }))).toBe(true);
    expect(namesLogin(policy({ Action: 'ecr:*' }))).toBe(false);
    expect(namesLogin(policy({ Effect: 'Deny', Action: 'ecr:GetAuthorizationToken' }))).toBe(false);
    expect(namesLogin(readPolicy('x', '', 'resource'))).toBe(false);
  });
});
