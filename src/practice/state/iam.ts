import type { AttachedPolicy, Role } from '@aws-sdk/client-iam';
import type { PracticeClock } from '../clock.ts';
import type { Mint } from '../mint.ts';
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
  /** Adds or replaces an inline policy. @throws ImpossibleMove without the role. */
  putRolePolicy(role: string, policyName: string, document: object): void;
  /** @throws ImpossibleMove without the role or the policy. */
  deleteRolePolicy(role: string, policyName: string): void;
  /** @throws ImpossibleMove without the role. */
  attachRolePolicy(role: string, policyArn: string): void;
  /** @throws ImpossibleMove without the role or the attachment. */
  detachRolePolicy(role: string, policyArn: string): void;
}

/** `AssumeRolePolicyDocument` is URL-encoded JSON, as IAM answers it. */
export interface RoleState extends Role {
  readonly trust: object;
  /** Inline policies: name to document. */
  readonly inline: ReadonlyMap<string, object>;
  readonly attached: readonly AttachedPolicy[];
}

const NO_ONE = { Version: '2012-10-17', Statement: [] };

export function createIamState({ account, clock, mint }: { account: string; clock: PracticeClock; mint: Mint }): IamState {
  const roles = new Map<string, RoleState>();
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
      return role;
    },
    deleteRole(name) {
      known(name);
      roles.delete(name);
      clock.tick(1);
    },
    role: (name) => roles.get(name),
    roles: () => [...roles.values()],
    putRolePolicy(name, policyName, document) {
      const role = known(name);
      roles.set(name, { ...role, inline: new Map(role.inline).set(policyName, structuredClone(document)) });
    },
    deleteRolePolicy(name, policyName) {
      const role = known(name);
      const inline = new Map(role.inline);
      if (!inline.delete(policyName)) throw new ImpossibleMove(`The role policy with name ${policyName} cannot be found.`);
      roles.set(name, { ...role, inline });
    },
    attachRolePolicy(name, policyArn) {
      const role = known(name);
      const others = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      roles.set(name, { ...role, attached: [...others, { PolicyName: policyArn.split('/').at(-1), PolicyArn: policyArn }] });
    },
    detachRolePolicy(name, policyArn) {
      const role = known(name);
      const attached = role.attached.filter(({ PolicyArn }) => PolicyArn !== policyArn);
      if (attached.length === role.attached.length) throw new ImpossibleMove(`Policy ${policyArn} was not found.`);
      roles.set(name, { ...role, attached });
    },
  };
}

/** A policy document as IAM answers it: JSON, percent-encoded (RFC 3986). */
export function encodePolicy(document: object): string {
  return encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
