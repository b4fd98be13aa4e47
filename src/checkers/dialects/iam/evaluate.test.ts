import { describe, expect, it } from 'vitest';
import { readPolicy } from './document.ts';
import { type Decision, evaluate, type Question, trusts } from './evaluate.ts';
import { accountsNamed, whichActionsMissing } from './questions.ts';

const account = '123456789012';
const other = '999999999999';
const repository = `arn:aws:ecr:ap-northeast-2:${account}:repository/app`;
const role = `arn:aws:iam::${account}:role/service-role/build`;

type Written = Record<string, unknown>;
const identity = (...statements: Written[]) =>
  readPolicy(
    'identity',
    { Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', Action: 'ecr:*', Resource: '*', ...each })) },
    'identity',
  );
const attached = (...statements: Written[]) =>
  readPolicy(
    'resource',
    { Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', Action: 'ecr:*', Principal: '*', ...each })) },
    'resource',
  );
const push = (question: Omit<Question, 'request'>, request: Partial<Question['request']> = {}): Decision =>
  evaluate({ ...question, request: { action: 'ecr:PutImage', resource: repository, principal: { aws: role }, ...request } });
const decision = (answer: Decision) => answer.decision;

/** A statement without the elements that are replaced by their `Not...` counterpart. */
const instead = (written: Written): Written => ({
  ...('NotAction' in written && { Action: undefined }),
  ...('NotResource' in written && { Resource: undefined }),
  ...('NotPrincipal' in written && { Principal: undefined }),
  ...written,
});

describe('identity policies', () => {
  it.each<[string, Written, Decision['decision']]>([
    ['the action by name', { Action: 'ecr:PutImage' }, 'allowed'],
    ['the action in a list', { Action: ['ecr:ListImages', 'ecr:PutImage'] }, 'allowed'],
    ['the action in any case', { Action: 'ECR:putimage' }, 'allowed'],
    ['a wildcard in the action', { Action: 'ecr:Put*' }, 'allowed'],
    ['a question mark in the action', { Action: 'ecr:PutImag?' }, 'allowed'],
    ['every action', { Action: '*' }, 'allowed'],
    ['another action', { Action: 'ecr:PutImageScanningConfiguration' }, 'denied'],
    ['another service', { Action: 'ecr-public:PutImage' }, 'denied'],
    ['everything but other actions', { NotAction: ['iam:*', 'ecr:DeleteRepository'] }, 'allowed'],
    ['everything but this action', { NotAction: 'ecr:Put*' }, 'denied'],
    ['this repository', { Resource: repository }, 'allowed'],
    ['this repository among others', { Resource: [`${repository}-2`, repository] }, 'allowed'],
    ['another repository', { Resource: `${repository}-2` }, 'denied'],
    ['the same name in another account', { Resource: repository.replace(account, other) }, 'denied'],
    ['the same name in another region', { Resource: repository.replace('northeast-2', 'northeast-1') }, 'denied'],
    ['everything but another repository', { NotResource: `${repository}-2` }, 'allowed'],
    ['everything but this repository', { NotResource: `arn:aws:ecr:*:*:repository/a*` }, 'denied'],
    ['a condition that holds', { Condition: { StringEquals: { 'aws:ResourceAccount': account } } }, 'allowed'],
    ['a condition that fails', { Condition: { StringEquals: { 'aws:ResourceAccount': other } } }, 'denied'],
    ['a condition nobody can decide', { Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } }, 'undecided'],
    ['a variable nobody told', { Resource: `arn:aws:ecr:*:*:repository/\${aws:PrincipalTag/team}` }, 'undecided'],
  ])('%s', (_, written, expected) => {
    expect(decision(push({ identity: [identity(instead(written))] }))).toBe(expected);
  });

  it('allow nothing when there are none', () => {
    expect(push({ identity: [] })).toEqual({ decision: 'denied' });
  });

  it('are added up, and name the statement that allowed', () => {
    const nothing = identity({ Action: 's3:*' });
    const policies = [nothing, identity({ Action: 'ecr:ListImages' }, { Sid: 'Push', Action: 'ecr:PutImage' })];
    expect(push({ identity: policies })).toEqual({ decision: 'allowed', because: { policy: 'identity', statement: 1, sid: 'Push' } });
  });
});

describe('Deny', () => {
  it('wins over every Allow, wherever it stands', () => {
    const policies = [identity({}), identity({ Sid: 'No', Effect: 'Deny', Action: 'ecr:Put*' })];
    const expected = { decision: 'explicit-deny', because: { policy: 'identity', statement: 0, sid: 'No' } };
    expect(push({ identity: policies })).toEqual(expected);
    expect(push({ identity: policies.toReversed() })).toEqual(expected);
    expect(decision(push({ identity: [identity({})], resource: attached({ Effect: 'Deny' }) }))).toBe('explicit-deny');
  });

  it('of something else changes nothing', () => {
    expect(decision(push({ identity: [identity({}, { Effect: 'Deny', Resource: `${repository}-2` })] }))).toBe('allowed');
    expect(decision(push({ identity: [identity({}, instead({ Effect: 'Deny', NotAction: 'ecr:*' }))] }))).toBe('allowed');
  });

  it('of everything but some actions denies the others', () => {
    expect(decision(push({ identity: [identity({}, instead({ Effect: 'Deny', NotAction: 'ecr:Get*' }))] }))).toBe('explicit-deny');
  });

  it('that nobody can decide leaves an Allow undecided, and nothing else', () => {
    const maybe = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(push({ identity: [identity({}, maybe)] })).toMatchObject({ decision: 'undecided', open: ['aws:SecureTransport'] });
    expect(decision(push({ identity: [identity({ Action: 's3:*' }, maybe)] }))).toBe('denied');
    const context = { 'aws:securetransport': 'true' };
    expect(decision(push({ identity: [identity({}, maybe)] }, { context }))).toBe('allowed');
  });
});

describe('an action without a resource of its own', () => {
  const login = (Resource: unknown) =>
    evaluate({ identity: [identity({ Resource })], request: { action: 'ecr:GetAuthorizationToken', resource: '*' } });

  it('needs "*"', () => {
    expect(decision(login('*'))).toBe('allowed');
    expect(decision(login([repository, '*']))).toBe('allowed');
    expect(decision(login(repository))).toBe('denied');
    expect(decision(login('arn:aws:ecr:*:*:repository/*'))).toBe('denied');
  });
});

describe('unparsable policies', () => {
  const broken = readPolicy('broken', 'not JSON', 'identity');

  it('leave the answer open, since they might allow and might deny', () => {
    const open = { decision: 'undecided', because: { policy: 'broken' }, open: ['unparsable policy'] };
    expect(push({ identity: [broken] })).toEqual(open);
    expect(push({ identity: [identity({}), broken] })).toEqual(open);
    expect(push({ identity: [identity({})], resource: readPolicy('broken', {}, 'resource') })).toEqual(open);
  });

  it('do not hide a Deny', () => {
    expect(decision(push({ identity: [broken, identity({ Effect: 'Deny' })] }))).toBe('explicit-deny');
  });
});

describe('a resource policy in the same account', () => {
  const granting = (Principal: unknown) => decision(push({ resource: attached({ Principal }) }));

  it.each<[string, unknown, Decision['decision']]>([
    ['the role', { AWS: role }, 'allowed'],
    ['the role among others', { AWS: [`${role}-2`, role] }, 'allowed'],
    ['anyone', '*', 'allowed'],
    ['any AWS principal', { AWS: '*' }, 'allowed'],
    ['another role', { AWS: `${role}-2` }, 'denied'],
    ['the role without its path', { AWS: `arn:aws:iam::${account}:role/build` }, 'denied'],
    ['a role that was deleted', { AWS: 'AROAEXAMPLEEXAMPLEEXA' }, 'denied'],
    ['a service', { Service: 'codebuild.amazonaws.com' }, 'denied'],
    ['a session of the role', { AWS: `arn:aws:sts::${account}:assumed-role/build/AWSCodeBuild` }, 'undecided'],
    ['a session of another role', { AWS: `arn:aws:sts::${account}:assumed-role/builder/x` }, 'denied'],
    // The account decides for itself, with its identity policies.
    ['the account', { AWS: `arn:aws:iam::${account}:root` }, 'denied'],
    ['the account by number', { AWS: account }, 'denied'],
  ])('%s: %s', (_, principal, expected) => {
    expect(granting(principal)).toBe(expected);
  });

  it('adds to the identity policies', () => {
    const root = attached({ Principal: { AWS: account } });
    expect(decision(push({ identity: [identity({})], resource: root }))).toBe('allowed');
    expect(decision(push({ identity: [identity({ Action: 's3:*' })], resource: root }))).toBe('denied');
  });

  it('forbids a whole account by its number', () => {
    const resource = attached({ Effect: 'Deny', Principal: { AWS: account } });
    expect(decision(push({ identity: [identity({})], resource }))).toBe('explicit-deny');
  });

  it('excepts with NotPrincipal', () => {
    const except = (Effect: string, names: string) => attached(instead({ Effect, NotPrincipal: { AWS: names } }));
    expect(decision(push({ resource: except('Allow', `${role}-2`) }))).toBe('allowed');
    expect(decision(push({ resource: except('Allow', role) }))).toBe('denied');
    expect(decision(push({ identity: [identity({})], resource: except('Deny', `${role}-2`) }))).toBe('explicit-deny');
    expect(decision(push({ identity: [identity({})], resource: except('Deny', role) }))).toBe('undecided');
  });

  it('cannot be judged for nobody, unless it names anyone', () => {
    const request = { action: 'ecr:PutImage', resource: repository };
    expect(decision(evaluate({ resource: attached({ Principal: '*' }), request }))).toBe('allowed');
    expect(evaluate({ resource: attached({ Principal: { AWS: role } }), request })).toMatchObject({
      decision: 'undecided',
      open: ['the principal'],
    });
  });

  it('lets services in', () => {
    const principal = { service: 'events.amazonaws.com' };
    const resource = attached({ Principal: { Service: 'events.amazonaws.com' } });
    expect(decision(push({ resource }, { principal }))).toBe('allowed');
    expect(decision(push({ resource }, { principal: { service: 'states.amazonaws.com' } }))).toBe('denied');
  });
});

describe('across accounts', () => {
  const foreign = repository.replace(account, other);
  const pull = (Principal: unknown, own = [identity({})]) =>
    decision(push({ identity: own, resource: attached({ Principal }) }, { resource: foreign }));

  it('both sides must allow', () => {
    expect(pull({ AWS: role })).toBe('allowed');
    expect(pull({ AWS: account })).toBe('allowed');
    expect(pull({ AWS: role }, [])).toBe('denied');
    expect(pull({ AWS: other })).toBe('denied');
    expect(decision(push({ identity: [identity({})] }, { resource: foreign }))).toBe('denied');
  });

  it('is asked with resourceAccount where the ARN names none', () => {
    const request = { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/key', principal: { aws: role } };
    const own = [identity({ Action: 's3:*' })];
    expect(decision(evaluate({ identity: own, request }))).toBe('allowed');
    expect(decision(evaluate({ identity: own, request: { ...request, resourceAccount: other } }))).toBe('denied');
  });
});

describe('trust policies', () => {
  const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const issuer = 'token.actions.githubusercontent.com';
  const trust = (...statements: Written[]) => attached(...statements.map((each) => ({ Action: 'sts:AssumeRole', ...each })));

  it('trust a service', () => {
    const codebuild = { service: 'codebuild.amazonaws.com' };
    expect(decision(trusts(trust({ Principal: { Service: 'codebuild.amazonaws.com' } }), codebuild))).toBe('allowed');
    expect(
      decision(trusts(trust({ Principal: { Service: ['x.amazonaws.com', 'codebuild.amazonaws.com'] }, Action: 'sts:*' }), codebuild)),
    ).toBe('allowed');
    expect(decision(trusts(trust({ Principal: { Service: 'codepipeline.amazonaws.com' } }), codebuild))).toBe('denied');
    expect(decision(trusts(trust({ Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:TagSession' }), codebuild))).toBe(
      'denied',
    );
    const confused = trust({
      Principal: { Service: 'codebuild.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    });
    expect(decision(trusts(confused, codebuild))).toBe('undecided');
    expect(decision(trusts(confused, codebuild, 'sts:AssumeRole', { 'aws:SourceAccount': account }))).toBe('allowed');
    expect(decision(trusts(confused, codebuild, 'sts:AssumeRole', { 'aws:SourceAccount': other }))).toBe('denied');
  });

  it('trust a role by name or by its account, unless denied', () => {
    expect(decision(trusts(trust({ Principal: { AWS: role } }), { aws: role }))).toBe('allowed');
    expect(decision(trusts(trust({ Principal: { AWS: `arn:aws:iam::${account}:root` } }), { aws: role }))).toBe('allowed');
    expect(decision(trusts(trust({ Principal: { AWS: other } }), { aws: role }))).toBe('denied');
    expect(decision(trusts(trust({}, { Effect: 'Deny', Principal: { AWS: role } }), { aws: role }))).toBe('explicit-deny');
  });

  it('trust one repository of GitHub and no other', () => {
    const github = (sub: string, Condition: unknown) =>
      trusts(
        trust({ Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }),
        { federated: provider },
        'sts:AssumeRoleWithWebIdentity',
        { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: 'sts.amazonaws.com' },
      ).decision;
    const main = 'repo:kim/app:ref:refs/heads/main';
    const narrow = { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${issuer}:sub`]: 'repo:kim/app:*' } };
    expect(github(main, narrow)).toBe('allowed');
    expect(github('repo:lee/app:ref:refs/heads/main', narrow)).toBe('denied');
    const wide = { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } };
    expect(github('repo:lee/app:ref:refs/heads/main', wide)).toBe('allowed');
    expect(github(main, { StringEquals: { [`${issuer}:sub`]: 'repo:kim/app:*' } })).toBe('denied');
  });

  it('are open when unparsable', () => {
    expect(trusts(readPolicy('trust policy', '', 'resource'), { aws: role })).toMatchObject({ decision: 'undecided' });
  });
});

describe('questions of a lab', () => {
  it('which actions are missing, forbidden, undecided', () => {
    const policies = [
      identity({ Action: ['ecr:PutImage', 'ecr:UploadLayerPart'] }, { Effect: 'Deny', Sid: 'No', Action: 'ecr:UploadLayerPart' }),
      identity({ Action: 'ecr:BatchGetImage', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
    ];
    expect(
      whichActionsMissing(policies, ['ecr:PutImage', 'ecr:UploadLayerPart', 'ecr:BatchGetImage', 'ecr:InitiateLayerUpload'], repository),
    ).toEqual({
      missing: ['ecr:InitiateLayerUpload'],
      denied: [{ action: 'ecr:UploadLayerPart', because: { policy: 'identity', statement: 1, sid: 'No' } }],
      undecided: [{ action: 'ecr:BatchGetImage', because: { policy: 'identity', statement: 0, sid: undefined }, open: ['aws:SourceIp'] }],
    });
  });

  it('which accounts the policies name', () => {
    const policies = [
      identity({ Resource: [repository, 'arn:aws:s3:::bucket'] }, { Resource: repository.replace(account, other) }),
      identity({ Effect: 'Deny', Resource: repository.replace(account, '111111111111') }, { Resource: `arn:aws:ecr:*:*:repository/x` }),
      readPolicy('broken', '', 'identity'),
    ];
    expect(accountsNamed(policies)).toEqual([account, other]);
  });
});
