import type { AttachedPolicy, GetOpenIDConnectProviderResponse, Policy, PolicyVersion, Role } from '@aws-sdk/client-iam';
import { AWS_POLICIES } from './aws-policies.ts';
import { createCloudTrailState } from './cloudtrail.ts';
import { impossible, type Scope } from './scope.ts';

export interface NewRole {
  readonly name: string;
  /** Default `/`; roles made by the console live under `/service-role/`. */
  readonly path?: string;
  /** The trust policy. Default: no one may assume the role. */
  readonly trust?: object;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
}

export interface NewPolicy {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  readonly document: object;
}

/** A managed policy as `GetPolicy` answers it, without what its versions and attachments tell. */
export interface PolicyState extends Policy {
  readonly arn: string;
  /** Oldest first; the last one is the default. Version n has the id `vn`. */
  readonly versions: readonly PolicyVersion[];
}

export interface NewOidcProvider {
  /** With or without `https://`. */
  readonly url: string;
  /** Audiences. */
  readonly clientIds: readonly string[];
}

/** A provider as `GetOpenIDConnectProvider` answers it, under its ARN. */
export interface OidcProviderState extends GetOpenIDConnectProviderResponse {
  readonly arn: string;
}

/** `AssumeRolePolicyDocument` is URL-encoded JSON, as IAM answers it. */
export interface RoleState extends Role {
  readonly trust: object;
  /** Inline policies: name to document. */
  readonly inline: ReadonlyMap<string, object>;
  readonly attached: readonly AttachedPolicy[];
}

/** Where CloudTrail keeps the events of IAM. */
const EVENTS_REGION = 'us-east-1';
const LONG_AGO = new Date('2015-02-06T18:39:46Z');
const NO_ONE = { Version: '2012-10-17', Statement: [] };

export type IamState = ReturnType<typeof createIamState>;

/** IAM as an account has it. Every change is recorded as CloudTrail records it. */
export function createIamState({ account, clock, mint, inRegion }: Scope) {
  const change = (name: string, resource: { type: 'Role' | 'Policy'; name: string }, requestParameters: object) =>
    inRegion(EVENTS_REGION)
      .of(createCloudTrailState)
      .record({
        name,
        source: 'iam.amazonaws.com',
        requestParameters,
        resources: [{ ResourceType: `AWS::IAM::${resource.type}`, ResourceName: resource.name }],
        at: clock.now(),
      });
  const changeRole = (name: string, role: string, more: object = {}) =>
    change(name, { type: 'Role', name: role }, { roleName: role, ...more });
  const roles = new Map<string, RoleState>();
  const policies = new Map<string, PolicyState>(
    Object.entries(AWS_POLICIES).map(([arn, { id, document }]) => {
      const [, path = '/', name = ''] = /:policy(\/.*?)([^/]+)$/.exec(arn) ?? [];
      return [arn, policyOf(arn, name, path, arn, [versionOf(id, document, LONG_AGO)])];
    }),
  );
  const providers = new Map<string, OidcProviderState>();
  const ownPolicy = (arn: string) => (arn in AWS_POLICIES ? undefined : policies.get(arn)) ?? impossible(`Policy ${arn} was not found.`);
  const known = (name: string) => roles.get(name) ?? impossible(`The role with name ${name} cannot be found.`);
  return {
    createRole({ name, path = '/', trust = NO_ONE, tags, description }: NewRole): Role {
      if (roles.has(name)) impossible(`Role with name ${name} already exists.`);
      if (!/^\/(.+\/)?$/.test(path)) impossible(`A role path begins and ends with a slash: received ${path}.`);
      const role: RoleState = {
        Path: path,
        RoleName: name,
        RoleId: `AROA${mint.base32(17)}`,
        Arn: `arn:aws:iam::${account}:role${path}${name}`,
        CreateDate: clock.tick(1),
        AssumeRolePolicyDocument: encodePolicy(trust),
        Description: description,
        MaxSessionDuration: 3600,
        Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        trust: structuredClone(trust),
        inline: new Map(),
        attached: [],
      };
      roles.set(name, role);
      changeRole('CreateRole', name, { path, assumeRolePolicyDocument: JSON.stringify(trust) });
      return role;
    },
    /** Deletes the role with its policies. */
    deleteRole(name: string): void {
      known(name);
      roles.delete(name);
      clock.tick(1);
      changeRole('DeleteRole', name);
    },
    /** By bare name, whatever its path. */
    role: (name: string): RoleState | undefined => roles.get(name),
    roles: (): readonly RoleState[] => [...roles.values()],
    /** Replaces the trust policy. */
    updateAssumeRolePolicy(name: string, trust: object): void {
      roles.set(name, { ...known(name), trust: structuredClone(trust), AssumeRolePolicyDocument: encodePolicy(trust) });
      clock.tick(1);
      changeRole('UpdateAssumeRolePolicy', name, { policyDocument: JSON.stringify(trust) });
    },
    /** Adds or replaces an inline policy. */
    putRolePolicy(name: string, policyName: string, document: object): void {
      const role = known(name);
      roles.set(name, { ...role, inline: new Map(role.inline).set(policyName, structuredClone(document)) });
      changeRole('PutRolePolicy', name, { policyName, policyDocument: JSON.stringify(document) });
    },
    deleteRolePolicy(name: string, policyName: string): void {
      const role = known(name);
      const inline = new Map(role.inline);
      if (!inline.delete(policyName)) impossible(`The role policy with name ${policyName} cannot be found.`);
      roles.set(name, { ...role, inline });
      changeRole('DeleteRolePolicy', name, { policyName });
    },
    attachRolePolicy(name: string, policyArn: string): void {
      const role = known(name);
      const others = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      roles.set(name, { ...role, attached: [...others, { PolicyName: policyArn.split('/').at(-1), PolicyArn: policyArn }] });
      changeRole('AttachRolePolicy', name, { policyArn });
    },
    detachRolePolicy(name: string, policyArn: string): void {
      const role = known(name);
      const attached = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      if (attached.length === role.attached.length) impossible(`Policy ${policyArn} was not found.`);
      roles.set(name, { ...role, attached });
      changeRole('DetachRolePolicy', name, { policyArn });
    },
    /** Makes a managed policy of the account. */
    createPolicy({ name, path = '/', document }: NewPolicy): PolicyState {
      const arn = `arn:aws:iam::${account}:policy${path}${name}`;
      if (policies.has(arn)) impossible(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      const versions = [versionOf('v1', document, clock.tick(1))];
      const policy = policyOf(arn, name, path, `ANPA${mint.base32(17)}`, versions);
      policies.set(arn, policy);
      change('CreatePolicy', { type: 'Policy', name }, { policyName: name, path, policyDocument: JSON.stringify(document) });
      return policy;
    },
    /** A new version that becomes the default. */
    createPolicyVersion(arn: string, document: object): void {
      const policy = ownPolicy(arn);
      const id = `v${Number(policy.versions.at(-1)?.VersionId?.slice(1)) + 1}`;
      const versions = [...policy.versions, versionOf(id, document, clock.tick(1))];
      // IAM keeps five.
      policies.set(arn, { ...policy, versions: versions.slice(-5) });
    },
    deletePolicy(arn: string): void {
      ownPolicy(arn);
      if ([...roles.values()].some(({ attached }) => attached.some(({ PolicyArn }) => PolicyArn === arn)))
        impossible('Cannot delete a policy attached to entities.');
      policies.delete(arn);
      clock.tick(1);
    },
    /** The account's own, and those of AWS that the practice account knows. */
    policy: (arn: string): PolicyState | undefined => policies.get(arn),
    createOpenIdConnectProvider({ url, clientIds }: NewOidcProvider): OidcProviderState {
      const issuer = url.replace(/^https:\/\//, '');
      const arn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
      if (providers.has(arn)) impossible(`Provider with url https://${issuer} already exists.`);
      const provider = { arn, Url: issuer, ClientIDList: [...clientIds], ThumbprintList: [], CreateDate: clock.tick(1), Tags: [] };
      providers.set(arn, provider);
      return provider;
    },
    deleteOpenIdConnectProvider(arn: string): void {
      if (!providers.delete(arn)) impossible(`OpenIDConnect Provider not found for arn ${arn}`);
      clock.tick(1);
    },
    oidcProvider: (arn: string): OidcProviderState | undefined => providers.get(arn),
    oidcProviders: (): readonly OidcProviderState[] => [...providers.values()],
  };
}

function policyOf(arn: string, PolicyName: string, Path: string, PolicyId: string, versions: readonly PolicyVersion[]): PolicyState {
  return { arn, PolicyName, PolicyId, Arn: arn, Path, IsAttachable: true, versions };
}

function versionOf(VersionId: string, document: object, CreateDate: Date): PolicyVersion {
  return { VersionId, Document: encodePolicy(document), CreateDate };
}

/** A policy document as IAM answers it: JSON, percent-encoded (RFC 3986). */
export function encodePolicy(document: object): string {
  return encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
