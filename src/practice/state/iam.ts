import type { AttachedPolicy, Role } from '@aws-sdk/client-iam';
import type { PracticeClock } from '../clock.ts';
import type { Mint } from '../mint.ts';
import { AWS_POLICIES } from './aws-policies.ts';
import type { NewTrailEvent } from './cloudtrail.ts';
import { ImpossibleMove } from './scope.ts';

export interface NewRole {
  readonly name: string;
  /** Default `/`; roles made by the console live under `/service-role/`. */
  readonly path?: string;
  /** The trust policy. Default: no one may assume the role. */
  readonly trust?: object;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
}

export interface IamState {
  /** @throws ImpossibleMove when a role of that name exists (under any path). */
  createRole(role: NewRole): Role;
  /** Deletes the role with its policies. @throws ImpossibleMove when there is none. */
  deleteRole(name: string): void;
  /** By bare name, whatever its path. */
  role(name: string): RoleState | undefined;
  roles(): readonly RoleState[];
  /** Replaces the trust policy. @throws ImpossibleMove without the role. */
  updateAssumeRolePolicy(role: string, trust: object): void;
  /** Adds or replaces an inline policy. @throws ImpossibleMove without the role. */
  putRolePolicy(role: string, policyName: string, document: object): void;
  /** @throws ImpossibleMove without the role or the policy. */
  deleteRolePolicy(role: string, policyName: string): void;
  /** @throws ImpossibleMove without the role. */
  attachRolePolicy(role: string, policyArn: string): void;
  /** @throws ImpossibleMove without the role or the attachment. */
  detachRolePolicy(role: string, policyArn: string): void;
  /** Makes a managed policy of the account. @throws ImpossibleMove when one of that name exists. */
  createPolicy(policy: NewPolicy): PolicyState;
  /** A new version that becomes the default. @throws ImpossibleMove without the policy. */
  createPolicyVersion(arn: string, document: object): void;
  /** @throws ImpossibleMove without the policy, or while it is attached to a role. */
  deletePolicy(arn: string): void;
  /** The account's own, and those of AWS that the practice account knows. */
  policy(arn: string): PolicyState | undefined;
  /** @throws ImpossibleMove when there is one for the issuer. */
  createOpenIdConnectProvider(provider: NewOidcProvider): OidcProviderState;
  /** @throws ImpossibleMove without the provider. */
  deleteOpenIdConnectProvider(arn: string): void;
  oidcProvider(arn: string): OidcProviderState | undefined;
  oidcProviders(): readonly OidcProviderState[];
}

export interface NewPolicy {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  readonly document: object;
}

export interface PolicyState {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly policyId: string;
  /** Oldest first; the last one is the default. Version n has the id `vn`. */
  readonly versions: readonly { readonly id: string; readonly document: object; readonly createdAt: Date }[];
}

export interface NewOidcProvider {
  /** With or without `https://`. */
  readonly url: string;
  /** Audiences. */
  readonly clientIds: readonly string[];
}

export interface OidcProviderState {
  readonly arn: string;
  /** Without scheme. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly createdAt: Date;
}

/** `AssumeRolePolicyDocument` is URL-encoded JSON, as IAM answers it. */
export interface RoleState extends Role {
  readonly trust: object;
  /** Inline policies: name to document. */
  readonly inline: ReadonlyMap<string, object>;
  readonly attached: readonly AttachedPolicy[];
}

const LONG_AGO = new Date('2015-02-06T18:39:46Z');
const NO_ONE = { Version: '2012-10-17', Statement: [] };

interface IamScope {
  readonly account: string;
  readonly clock: PracticeClock;
  readonly mint: Mint;
  /** Puts a change into the event history of the region where IAM keeps its events. */
  record?(event: NewTrailEvent): void;
}

/** IAM as an account has it. Every change is recorded as CloudTrail records it. */
export function createIamState({ account, clock, mint, record = () => {} }: IamScope): IamState {
  const change = (name: string, resource: { type: 'Role' | 'Policy'; name: string }, requestParameters: object) =>
    record({
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
    Object.entries(AWS_POLICIES).map(([arn, { id, document }]) => [
      arn,
      {
        arn,
        name: arn.slice(arn.lastIndexOf('/') + 1),
        path: arn.replace(/^.*:policy(\/.*?)[^/]+$/, '$1'),
        policyId: arn,
        versions: [{ id, document, createdAt: LONG_AGO }],
      },
    ]),
  );
  const providers = new Map<string, OidcProviderState>();
  const ownPolicy = (arn: string) => {
    const policy = policies.get(arn);
    if (!policy || arn in AWS_POLICIES) throw new ImpossibleMove(`Policy ${arn} was not found.`);
    return policy;
  };
  const known = (name: string) => {
    const role = roles.get(name);
    if (!role) throw new ImpossibleMove(`The role with name ${name} cannot be found.`);
    return role;
  };
  return {
    createRole({ name, path = '/', trust = NO_ONE, tags, description }) {
      if (roles.has(name)) throw new ImpossibleMove(`Role with name ${name} already exists.`);
      if (!/^\/(.+\/)?$/.test(path)) throw new ImpossibleMove(`A role path begins and ends with a slash: received ${path}.`);
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
    deleteRole(name) {
      known(name);
      roles.delete(name);
      clock.tick(1);
      changeRole('DeleteRole', name);
    },
    role: (name) => roles.get(name),
    roles: () => [...roles.values()],
    updateAssumeRolePolicy(name, trust) {
      roles.set(name, { ...known(name), trust: structuredClone(trust), AssumeRolePolicyDocument: encodePolicy(trust) });
      clock.tick(1);
      changeRole('UpdateAssumeRolePolicy', name, { policyDocument: JSON.stringify(trust) });
    },
    putRolePolicy(name, policyName, document) {
      const role = known(name);
      roles.set(name, { ...role, inline: new Map(role.inline).set(policyName, structuredClone(document)) });
      changeRole('PutRolePolicy', name, { policyName, policyDocument: JSON.stringify(document) });
    },
    deleteRolePolicy(name, policyName) {
      const role = known(name);
      const inline = new Map(role.inline);
      if (!inline.delete(policyName)) throw new ImpossibleMove(`The role policy with name ${policyName} cannot be found.`);
      roles.set(name, { ...role, inline });
      changeRole('DeleteRolePolicy', name, { policyName });
    },
    attachRolePolicy(name, policyArn) {
      const role = known(name);
      const others = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      roles.set(name, { ...role, attached: [...others, { PolicyName: policyArn.split('/').at(-1), PolicyArn: policyArn }] });
      changeRole('AttachRolePolicy', name, { policyArn });
    },
    detachRolePolicy(name, policyArn) {
      const role = known(name);
      const attached = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      if (attached.length === role.attached.length) throw new ImpossibleMove(`Policy ${policyArn} was not found.`);
      roles.set(name, { ...role, attached });
      changeRole('DetachRolePolicy', name, { policyArn });
    },
    createPolicy({ name, path = '/', document }) {
      const arn = `arn:aws:iam::${account}:policy${path}${name}`;
      if (policies.has(arn)) throw new ImpossibleMove(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      const createdAt = clock.tick(1);
      const versions = [{ id: 'v1', document: structuredClone(document), createdAt }];
      const policy: PolicyState = { name, arn, path, policyId: `ANPA${mint.base32(17)}`, versions };
      policies.set(arn, policy);
      change('CreatePolicy', { type: 'Policy', name }, { policyName: name, path, policyDocument: JSON.stringify(document) });
      return policy;
    },
    createPolicyVersion(arn, document) {
      const policy = ownPolicy(arn);
      const id = `v${Number(policy.versions.at(-1)?.id.slice(1)) + 1}`;
      const versions = [...policy.versions, { id, document: structuredClone(document), createdAt: clock.tick(1) }];
      // IAM keeps five.
      policies.set(arn, { ...policy, versions: versions.slice(-5) });
    },
    deletePolicy(arn) {
      ownPolicy(arn);
      if ([...roles.values()].some(({ attached }) => attached.some(({ PolicyArn }) => PolicyArn === arn)))
        throw new ImpossibleMove('Cannot delete a policy attached to entities.');
      policies.delete(arn);
      clock.tick(1);
    },
    policy: (arn) => policies.get(arn),
    createOpenIdConnectProvider({ url, clientIds }) {
      const issuer = url.replace(/^https:\/\//, '');
      const arn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
      if (providers.has(arn)) throw new ImpossibleMove(`Provider with url https://${issuer} already exists.`);
      const provider: OidcProviderState = { arn, url: issuer, clientIds: [...clientIds], createdAt: clock.tick(1) };
      providers.set(arn, provider);
      return provider;
    },
    deleteOpenIdConnectProvider(arn) {
      if (!providers.delete(arn)) throw new ImpossibleMove(`OpenIDConnect Provider not found for arn ${arn}`);
      clock.tick(1);
    },
    oidcProvider: (arn) => providers.get(arn),
    oidcProviders: () => [...providers.values()],
  };
}

/** A policy document as IAM answers it: JSON, percent-encoded (RFC 3986). */
export function encodePolicy(document: object): string {
  return encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
