import { z } from 'zod';
import { encoded, globalConsolePage, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { type FactsOf, facts, from, jsonOrText, maybeText, text, within } from '../facts.ts';
import type { Page } from '../pages.ts';
import type { Caller } from '../reader.ts';
import { type ActionScope, globalArn, limitedTo } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'role' | 'oidc-provider', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-iam')>('@aws-sdk/client-iam');

// What a console makes lies under a path of its own, such as /service-role/; the text gives the bare name.
const ofRole: ActionScope = {
  kind: 'role',
  arn: (name) => (name === '*' ? globalArn('iam', 'role/*') : [globalArn('iam', `role/${name}`), globalArn('iam', `role/*/${name}`)]),
};
// Managed policies may be AWS's own.
const anyPolicy: ActionScope = { arn: () => [globalArn('iam', 'policy/*'), `arn:\${AWS::Partition}:iam::aws:policy/*`] };

const service = defineService({
  name: 'iam',
  client: () => sdk.IAMClient,
  // Its limits are low and cannot be raised.
  rate: { perSecond: 5, burst: 30 },
});

/** A policy document, which IAM percent-encodes (RFC 3986): parsed, or its text as it came when it is no JSON document. */
const policyDocument: z.ZodType<unknown> = text.transform((encodedText) => {
  try {
    return JSON.parse(decodeURIComponent(encodedText));
  } catch {
    return jsonOrText(encodedText);
  }
});

const roleFacts = facts({
  name: from('RoleName', text),
  arn: from('Arn', text),
  /** The trust policy, parsed; its text when it is no JSON document. */
  trust: from('AssumeRolePolicyDocument', policyDocument),
});
export type Role = FactsOf<typeof roleFacts>;

const policyFacts = facts({ arn: from('Arn', text), name: from('PolicyName', text), defaultVersion: from('DefaultVersionId', text) });
const versionFacts = facts({ version: from('VersionId', text), document: from('Document', policyDocument) });
/** A managed policy, with its default version parsed; as text when it is no JSON document. */
export type ManagedPolicy = Pick<FactsOf<typeof policyFacts>, 'arn' | 'name'> & Pick<FactsOf<typeof versionFacts>, 'document'>;

const inlineFacts = facts({ name: from('PolicyName', text), document: from('PolicyDocument', policyDocument) });
export type InlinePolicy = FactsOf<typeof inlineFacts>;

/** A managed policy of a role. Without a document when IAM does not know the policy that it lists. */
export type AttachedPolicy = Pick<ManagedPolicy, 'arn' | 'document'>;

export interface RolePolicies {
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly AttachedPolicy[];
}

const providerFacts = facts({
  /** Audiences, e.g. `sts.amazonaws.com`. */
  clientIds: from('ClientIDList', z.array(z.string())),
});

const NO_ENTITY = ['NoSuchEntityException'];
// IAM takes bare names; a path in an ARN is not part of one.
const bareName = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

const roleOfName = service.one('roleOfName', {
  calls: { GetRole: ofRole },
  command: ([name]: [name: string]) => new sdk.GetRoleCommand({ RoleName: name }),
  answer: within('Role', roleFacts),
  misfit: (found, [name]) => (found.name === name ? undefined : 'is about another role'),
  absent: NO_ENTITY,
});

/** The role with this name or ARN. */
const role = service.reader('role', {
  finds: 'role',
  calls: { GetRole: ofRole },
  read: (aws, nameOrArn: string): Promise<Role | undefined> => aws.ask(roleOfName, bareName(nameOrArn)),
});

const readsPolicy = { GetPolicy: anyPolicy, GetPolicyVersion: anyPolicy };

/** A managed policy in its default version: by ARN, or one of the account's own by name. */
const policy = service.reader('policy', {
  calls: readsPolicy,
  async read(aws, nameOrArn: string): Promise<ManagedPolicy | undefined> {
    if (!nameOrArn.startsWith('arn:')) return aws.ask(policy, `arn:${aws.partition}:iam::${aws.account}:policy/${nameOrArn}`);
    const named = await aws.send(service, new sdk.GetPolicyCommand({ PolicyArn: nameOrArn }), {
      answer: within('Policy', policyFacts),
      misfit: ({ arn }) => (arn === nameOrArn ? undefined : 'is about another policy'),
      absent: NO_ENTITY,
    });
    if (named === undefined) return undefined;
    const { arn, name, defaultVersion } = named;
    const version = await aws.send(service, new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: defaultVersion }), {
      answer: within('PolicyVersion', versionFacts),
      misfit: (found) => (found.version === defaultVersion ? undefined : 'is about another version'),
      absent: NO_ENTITY,
    });
    return version && { arn, name, document: version.document };
  },
});

/** A page of IAM's. One that says there are more, but not how to get them, is refused. */
const pageOfRole = (items: string, of: z.ZodType<string>): z.ZodType<Page<string>> =>
  facts({
    items: from(items, z.array(of)),
    next: from('Marker', maybeText),
    truncated: from('IsTruncated', z.boolean().optional()),
  }).refine(({ truncated, next }) => !truncated || next, { message: 'is cut off without a marker' });

const inlineNames = service.list('inlineNames', {
  calls: { ListRolePolicies: ofRole },
  command: ([RoleName]: [role: string], { token }) => new sdk.ListRolePoliciesCommand({ RoleName, Marker: token }),
  page: pageOfRole('PolicyNames', text),
  absent: NO_ENTITY,
  maxPages: 10,
});

const inlinePolicy = service.one('inlinePolicy', {
  calls: { GetRolePolicy: ofRole },
  command: ([RoleName, PolicyName]: [role: string, policy: string]) => new sdk.GetRolePolicyCommand({ RoleName, PolicyName }),
  answer: inlineFacts,
  misfit: (found, [, name]) => (found.name === name ? undefined : 'is about another policy'),
  absent: NO_ENTITY,
});

const attachedArns = service.list('attachedArns', {
  calls: { ListAttachedRolePolicies: ofRole },
  command: ([RoleName]: [role: string], { token }) => new sdk.ListAttachedRolePoliciesCommand({ RoleName, Marker: token }),
  page: pageOfRole('AttachedPolicies', within('PolicyArn', text)),
  absent: NO_ENTITY,
  maxPages: 10,
});

async function inlinePolicies(aws: Caller, role: string): Promise<readonly InlinePolicy[] | undefined> {
  const names = await inlineNames.read(aws, role);
  const found = names && (await Promise.all(names.map((name) => inlinePolicy.read(aws, role, name))));
  // One that was deleted since it was listed is not there any more.
  return found?.filter((one) => one !== undefined);
}

async function attachedPolicies(aws: Caller, role: string): Promise<readonly AttachedPolicy[] | undefined> {
  const arns = await attachedArns.read(aws, role);
  return arns && Promise.all(arns.map(async (arn) => ({ arn, document: (await aws.ask(policy, arn))?.document })));
}

/** Everything that a role may do by itself: its inline policies and the managed ones attached to it. `undefined` without the role. */
const rolePolicies = service.reader('rolePolicies', {
  calls: { ListRolePolicies: ofRole, GetRolePolicy: ofRole, ListAttachedRolePolicies: ofRole, ...readsPolicy },
  async read(aws, nameOrArn: string): Promise<RolePolicies | undefined> {
    const name = bareName(nameOrArn);
    if (name !== nameOrArn) return aws.ask(rolePolicies, name);
    const [inline, attached] = await Promise.all([inlinePolicies(aws, name), attachedPolicies(aws, name)]);
    return inline && attached && { inline, attached };
  },
});

/** The account's provider for an issuer, given without scheme, e.g. `token.actions.githubusercontent.com`. */
const oidcProvider = service.one('oidcProvider', {
  finds: 'oidc-provider',
  calls: { GetOpenIDConnectProvider: limitedTo('oidc-provider', (name) => globalArn('iam', `oidc-provider/${name}`)) },
  command: ([issuer]: [issuer: string], { partition, account }) =>
    new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` }),
  answer: providerFacts,
  absent: NO_ENTITY,
});

export const iam = { role, policy, rolePolicies, oidcProvider };

export const iamConsole = {
  role: (place: Place, name: string) => globalConsolePage(place, 'iam/home', `/roles/details/${encoded(name)}`),
};

export const iamDeletion = {
  /** Its policies go first: a role that has some cannot be deleted. */
  role: (_place: Place, name: string) => {
    const ofRole = `--role-name ${shellWord(name)}`;
    return free(
      `for policy in $(aws iam list-attached-role-policies ${ofRole} --query 'AttachedPolicies[].PolicyArn' --output text); do ` +
        `aws iam detach-role-policy ${ofRole} --policy-arn "$policy"; done; ` +
        `for policy in $(aws iam list-role-policies ${ofRole} --query 'PolicyNames[]' --output text); do ` +
        `aws iam delete-role-policy ${ofRole} --policy-name "$policy"; done; aws iam delete-role ${ofRole}`,
    );
  },
  inlinePolicy: (_place: Place, roleName: string, name: string) =>
    free(`aws iam delete-role-policy --role-name ${shellWord(roleName)} --policy-name ${shellWord(name)}`),
  attachedPolicy: (_place: Place, roleName: string, arn: string) =>
    free(`aws iam detach-role-policy --role-name ${shellWord(roleName)} --policy-arn ${shellWord(arn)}`),
  policy: (_place: Place, arn: string) => free(`aws iam delete-policy --policy-arn ${shellWord(arn)}`),
};
