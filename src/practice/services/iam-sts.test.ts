import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAccountId } from '../account-id.ts';
import { ACCOUNT, clientConfig, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const OTHER = newAccountId('someone else');

describe('iam, sts, organizations', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  beforeAll(async () => {
    practice = await startTestEndpoint();
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const trustOf = (externalId?: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'sts:AssumeRole',
        ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  });

  describe('iam', () => {
    it('gets managed policies, the account’s own and AWS’s, in every version that is kept', async () => {
      const client = new IAMClient(practice.config);
      const { iam } = practice.account;
      const documentOf = (n: number) => ({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: `${n} & (*)` }],
      });
      const { arn } = iam.createPolicy({ name: 'push', path: '/lab/', document: documentOf(1) });
      expect(arn).toBe(`arn:aws:iam::${ACCOUNT}:policy/lab/push`);
      iam.createRole({ name: 'build' });
      iam.attachRolePolicy('build', arn);
      for (const n of [2, 3, 4, 5, 6]) iam.createPolicyVersion(arn, documentOf(n));
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
      expect(Policy).toMatchObject({ Arn: arn, Path: '/lab/', DefaultVersionId: 'v6', AttachmentCount: 1 });
      const version = (PolicyArn: string, VersionId = 'v6') => client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
      const { PolicyVersion } = await version(arn);
      expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual(documentOf(6));
      expect(PolicyVersion?.IsDefaultVersion).toBe(true);
      expect((await version(arn, 'v2')).PolicyVersion?.IsDefaultVersion).toBe(false);
      expect(await rejection(version(arn, 'v1'))).toBeInstanceOf(NoSuchEntityException);
      expect(() => iam.deletePolicy(arn)).toThrow('attached');
      iam.detachRolePolicy('build', arn);
      iam.deletePolicy(arn);
      expect(await rejection(client.send(new GetPolicyCommand({ PolicyArn: arn })))).toBeInstanceOf(NoSuchEntityException);

      const managed = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
      const { Policy: ours } = await client.send(new GetPolicyCommand({ PolicyArn: managed }));
      expect(ours).toMatchObject({ PolicyName: 'AmazonECSTaskExecutionRolePolicy', Path: '/service-role/', DefaultVersionId: 'v1' });
      expect(() => iam.deletePolicy(managed)).toThrow('not found');
    });

    it('gets OpenID Connect providers', async () => {
      const client = new IAMClient(practice.config);
      const { arn } = practice.account.iam.createOpenIdConnectProvider({
        url: 'https://token.example.com/x',
        clientIds: ['sts.amazonaws.com'],
      });
      const get = () => client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
      expect(arn).toBe(`arn:aws:iam::${ACCOUNT}:oidc-provider/token.example.com/x`);
      expect(await get()).toMatchObject({ Url: 'token.example.com/x', ClientIDList: ['sts.amazonaws.com'] });
      practice.account.iam.deleteOpenIdConnectProvider(arn);
      expect(await rejection(get())).toBeInstanceOf(NoSuchEntityException);
    });

    it('changes who may assume a role', async () => {
      const { iam } = practice.account;
      iam.createRole({ name: 'build' });
      iam.updateAssumeRolePolicy('build', trustOf());
      const { Role } = await new IAMClient(practice.config).send(new GetRoleCommand({ RoleName: 'build' }));
      expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual(trustOf());
    });

    it('gets a role by its bare name, with its trust policy URL-encoded', async () => {
      const client = new IAMClient(practice.config);
      const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' } }] };
      practice.account.iam.createRole({ name: 'build', path: '/service-role/', trust, tags: { Project: 'x' } });
      const { Role } = await client.send(new GetRoleCommand({ RoleName: 'build' }));
      expect(Role).toMatchObject({
        Arn: `arn:aws:iam::${ACCOUNT}:role/service-role/build`,
        Path: '/service-role/',
        Tags: [{ Key: 'Project', Value: 'x' }],
      });
      expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
      expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual(trust);
    });

    it('answers NoSuchEntity with 404', async () => {
      const client = new IAMClient(practice.config);
      const error = await rejection(client.send(new GetRoleCommand({ RoleName: 'nope' })));
      expect(error).toBeInstanceOf(NoSuchEntityException);
      expect(error).toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } });
      practice.account.iam.createRole({ name: 'role' });
      const policy = client.send(new GetRolePolicyCommand({ RoleName: 'role', PolicyName: 'nope' }));
      expect(await rejection(policy)).toBeInstanceOf(NoSuchEntityException);
    });

    it('lists policies', async () => {
      const client = new IAMClient(practice.config);
      const { iam } = practice.account;
      iam.createRole({ name: 'role' });
      iam.attachRolePolicy('role', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
      const document = { Statement: [{ Effect: 'Allow', Action: "it's*()", Resource: '*' }] };
      for (let at = 0; at < 3; at += 1) iam.putRolePolicy('role', `p${at}`, document);
      const { AttachedPolicies } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName: 'role' }));
      expect(AttachedPolicies).toEqual([{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }]);
      expect(await client.send(new ListRolePoliciesCommand({ RoleName: 'role' }))).toMatchObject({
        PolicyNames: ['p0', 'p1', 'p2'],
        IsTruncated: false,
      });
      const pages: unknown[] = [];
      for await (const { PolicyNames } of paginateListRolePolicies({ client, pageSize: 2 }, { RoleName: 'role' })) pages.push(PolicyNames);
      expect(pages).toEqual([['p0', 'p1'], ['p2']]);
      const { PolicyDocument = '' } = await client.send(new GetRolePolicyCommand({ RoleName: 'role', PolicyName: 'p1' }));
      expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(document);
    });
  });

  describe('sts', () => {
    const assume = (input: { ExternalId?: string; role?: string } = {}) =>
      new STSClient(practice.config).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${OTHER}:role/${input.role ?? 'Reader'}`,
          RoleSessionName: 'grading',
          ExternalId: input.ExternalId,
        }),
      );
    beforeEach(() => practice.endpoint.account(OTHER).reset());

    it('says whose keys they are', async () => {
      const who = await new STSClient(practice.config).send(new GetCallerIdentityCommand({}));
      expect(who).toMatchObject({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/practice` });
    });

    it('gives keys of the other account to a caller its role trusts', async () => {
      practice.endpoint.account(OTHER).iam.createRole({ name: 'Reader', trust: trustOf('secret word') });
      const { Credentials, AssumedRoleUser } = await assume({ ExternalId: 'secret word' });
      const credentials = {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
      const who = await new STSClient({ ...practice.config, credentials }).send(new GetCallerIdentityCommand({}));
      expect(who).toMatchObject({ Account: OTHER, Arn: `arn:aws:sts::${OTHER}:assumed-role/Reader/grading` });
      expect(AssumedRoleUser?.Arn).toBe(who.Arn);

      const forged = { ...credentials, sessionToken: `${credentials.sessionToken.slice(0, -4)}AAAA` };
      for (const bad of [forged, { ...credentials, sessionToken: '' }, { ...credentials, accessKeyId: `ASIAPRAC${ACCOUNT}` }]) {
        const error = await rejection(new STSClient({ ...practice.config, credentials: bad }).send(new GetCallerIdentityCommand({})));
        expect(error).toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
      }
      practice.endpoint.account(OTHER).iam.deleteRole('Reader');
      const gone = await rejection(new STSClient({ ...practice.config, credentials }).send(new GetCallerIdentityCommand({})));
      expect(gone.name).toBe('InvalidClientTokenId');
    });

    it('refuses with one answer whatever the reason', async () => {
      practice.endpoint.account(OTHER).iam.createRole({ name: 'Reader', trust: trustOf('secret word') });
      for (const attempt of [{}, { ExternalId: 'wrong' }, { role: 'Missing', ExternalId: 'secret word' }]) {
        const error = await rejection(assume(attempt));
        expect(error).toMatchObject({
          name: 'AccessDenied',
          $metadata: { httpStatusCode: 403 },
          message: expect.stringMatching(
            /^User: arn:aws:iam::\d{12}:user\/practice is not authorized to perform: sts:AssumeRole on resource: /,
          ),
        });
      }
    });

    it('does not make an account by assuming a role in it', async () => {
      const RoleArn = `arn:aws:iam::${newAccountId('never opened')}:role/Reader`;
      const call = new STSClient(practice.config).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'x1' }));
      expect((await rejection(call)).name).toBe('AccessDenied');
      const { Accounts } = await new OrganizationsClient(practice.config).send(new ListAccountsCommand({}));
      expect(Accounts?.map(({ Id }) => Id)).not.toContain(newAccountId('never opened'));
    });
  });

  it('lists the accounts of the endpoint as an organization, by 20', async () => {
    for (let at = 0; at < 30; at += 1) practice.endpoint.account(newAccountId(`member ${at}`));
    const client = new OrganizationsClient(clientConfig(practice.endpoint, ACCOUNT, 'us-east-1'));
    const ids: (string | undefined)[] = [];
    const sizes: number[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) {
      sizes.push(Accounts.length);
      ids.push(...Accounts.map(({ Id }) => Id));
      expect(Accounts.every(({ State }) => State === 'ACTIVE')).toBe(true);
    }
    expect(sizes[0]).toBe(20);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([ACCOUNT, newAccountId('member 29')]));
  });
});
