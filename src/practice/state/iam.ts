import type { AttachedPolicy, GetOpenIDConnectProviderResponse, Role } from '@aws-sdk/client-iam';
import { createCloudTrailState } from './cloudtrail.ts';
import { AWS_POLICIES, encodePolicy, managedPolicy, type PolicyState, policyVersion } from './managed-policies.ts';
import { impossible, Named, type Scope } from './scope.ts';

export interface NewRole {
  readonly name: string;
  /** Default `/`; roles made by the console live under `/service-role/`. */
  readonly path?: string;
  /** The trust policy. Default: no one may assume the role. */
  readonly trust?: object;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
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
const NO_ONE = { Version: '2012-10-17', Statement: [] };

export type IamState = ReturnType<typeof createIamState>;

/** IAM as an account has it. Every change is recorded as CloudTrail records it. */
export function createIamState({ account, clock, mint, inRegion }: Scope) {
  const change = (name: string, type: 'Role' | 'Policy', ResourceName: string, requestParameters: object) => {
    const { record } = inRegion(EVENTS_REGION).of(createCloudTrailState);
    const resources = [{ ResourceType: `AWS::IAM::${type}`, ResourceName }];
    record({ name, source: 'iam.amazonaws.com', requestParameters, resources, at: clock.now() });
  };
  const changeRole = (name: string, role: string, more: object = {}) => change(name, 'Role', role, { roleName: role, ...more });
  const roles = new Named<RoleState>(clock, (name) => `The role with name ${name} cannot be found.`);
  const known = (name: string) => roles.known(name);
  const policies = new Named<PolicyState>(clock, (arn) => `Policy ${arn} was not found.`);
  const providers = new Named<OidcProviderState>(clock, (arn) => `OpenIDConnect Provider not found for arn ${arn}`);
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
      roles.remove(name);
      changeRole('DeleteRole', name);
    },
    /** By bare name, whatever its path. */
    role: (name: string): RoleState | undefined => roles.get(name),
    roles: (): readonly RoleState[] => [...roles.values()],
    /** Replaces the trust policy. */
    updateAssumeRolePolicy(name: string, trust: object): void {
      roles.change(name, { trust, AssumeRolePolicyDocument: encodePolicy(trust) });
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
    createPolicy({ name, path = '/', document }: Pick<NewRole, 'name' | 'path'> & { readonly document: object }): PolicyState {
      const arn = `arn:aws:iam::${account}:policy${path}${name}`;
      if (policies.has(arn)) impossible(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      const policy = managedPolicy(arn, `ANPA${mint.base32(17)}`, [policyVersion('v1', document, clock.tick(1))]);
      policies.set(arn, policy);
      change('CreatePolicy', 'Policy', name, { policyName: name, path, policyDocument: JSON.stringify(document) });
      return policy;
    },
    /** A new version that becomes the default. */
    createPolicyVersion(arn: string, document: object): void {
      const policy = policies.known(arn);
      const id = `v${Number(policy.versions.at(-1)?.VersionId?.slice(1)) + 1}`;
      const versions = [...policy.versions, policyVersion(id, document, clock.tick(1))];
      // IAM keeps five.
      policies.set(arn, { ...policy, versions: versions.slice(-5) });
    },
    deletePolicy(arn: string): void {
      if ([...roles.values()].some(({ attached }) => attached.some(({ PolicyArn }) => PolicyArn === arn)))
        impossible('Cannot delete a policy attached to entities.');
      policies.remove(arn);
    },
    /** The account's own, and those of AWS that the practice account knows. */
    policy: (arn: string): PolicyState | undefined => policies.get(arn) ?? AWS_POLICIES.get(arn),
    /** `url`: with or without `https://`; `clientIds`: the audiences. */
    createOpenIdConnectProvider({ url, clientIds }: { readonly url: string; readonly clientIds: readonly string[] }): OidcProviderState {
      const issuer = url.replace(/^https:\/\//, '');
      const arn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
      if (providers.has(arn)) impossible(`Provider with url https://${issuer} already exists.`);
      const provider = { arn, Url: issuer, ClientIDList: [...clientIds], ThumbprintList: [], CreateDate: clock.tick(1), Tags: [] };
      providers.set(arn, provider);
      return provider;
    },
    deleteOpenIdConnectProvider: (arn: string) => providers.remove(arn),
    oidcProvider: (arn: string): OidcProviderState | undefined => providers.get(arn),
  };
}
