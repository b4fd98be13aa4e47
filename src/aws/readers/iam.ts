import { z } from 'zod';
import { type Caller, defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';
import { policyDocument } from './policy-document.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** `/`, or e.g. `/service-role/` for roles that a console wizard made. */
  readonly path?: string | undefined;
  readonly createdAt?: Date | undefined;
  /** The trust policy, parsed; its text when it is no JSON document. */
  readonly trust: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

export interface InlinePolicy {
  readonly name: string;
  /** Parsed; its text when it is no JSON document. */
  readonly document: unknown;
}

export interface AttachedPolicy {
  readonly arn: string;
  /** The default version, parsed; its text when it is no JSON document. Unset when IAM does not know the policy that it lists. */
  readonly document: unknown;
}

export interface RolePolicies {
  readonly inline: readonly InlinePolicy[];
  readonly attached: readonly AttachedPolicy[];
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  /** E.g. `v2`. */
  readonly defaultVersion: string;
  /** The default version, parsed; its text when it is no JSON document. */
  readonly document: unknown;
}

export interface OidcProvider {
  readonly arn: string;
  /** Without scheme, e.g. `token.actions.githubusercontent.com`. */
  readonly url: string;
  /** Audiences, e.g. `sts.amazonaws.com`. */
  readonly clientIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const NO_ENTITY = ['NoSuchEntityException'];
const tagsShape = z.array(z.object({ Key: z.string(), Value: z.string() })).optional();
const document = z.string().min(1).transform(policyDocument);
const truncation = { IsTruncated: z.boolean().optional(), Marker: z.string().optional() };
/** Refuses a page that says there are more but not how to get them. */
const whole = <Page extends { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }>(page: z.ZodType<Page>) =>
  page.refine(({ IsTruncated, Marker }) => !IsTruncated || Marker, { message: 'is cut off without a marker' });
const tagsOf = (tags: z.infer<typeof tagsShape> = []) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
// IAM takes bare names; a path in an ARN is not part of one.
const bareName = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** The role with this name or ARN. */
const role = defineReader({
  name: 'iam.role',
  calls: ['iam:GetRole'],
  finds: 'role',
  async read(aws, nameOrArn: string): Promise<Role | undefined> {
    const RoleName = bareName(nameOrArn);
    if (RoleName !== nameOrArn) return aws.ask(role, RoleName);
    const answer = z.object({
      Role: z.object({
        RoleName: z.literal(RoleName),
        Arn: z.string().min(1),
        Path: z.string().optional(),
        CreateDate: z.date().optional(),
        AssumeRolePolicyDocument: document,
        Tags: tagsShape,
      }),
    });
    const found = await aws.send(sdk.iam.IAMClient, new sdk.iam.GetRoleCommand({ RoleName }), { answer, absent: NO_ENTITY });
    if (found === undefined) return undefined;
    const { Arn, Path, CreateDate, AssumeRolePolicyDocument, Tags } = found.Role;
    return { name: RoleName, arn: Arn, path: Path, createdAt: CreateDate, trust: AssumeRolePolicyDocument, tags: tagsOf(Tags) };
  },
});

async function managedPolicy(aws: Caller, arn: string): Promise<ManagedPolicy | undefined> {
  const named = await aws.send(sdk.iam.IAMClient, new sdk.iam.GetPolicyCommand({ PolicyArn: arn }), {
    answer: z.object({
      Policy: z.object({ Arn: z.literal(arn), PolicyName: z.string().min(1), DefaultVersionId: z.string().min(1) }),
    }),
    absent: NO_ENTITY,
  });
  if (named === undefined) return undefined;
  const { PolicyName, DefaultVersionId } = named.Policy;
  const version = await aws.send(sdk.iam.IAMClient, new sdk.iam.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: DefaultVersionId }), {
    answer: z.object({ PolicyVersion: z.object({ VersionId: z.literal(DefaultVersionId), Document: document }) }),
    absent: NO_ENTITY,
  });
  return version && { arn, name: PolicyName, defaultVersion: DefaultVersionId, document: version.PolicyVersion.Document };
}

/** A managed policy in its default version: by ARN, or one of the account's own by name. */
const policy = defineReader({
  name: 'iam.policy',
  calls: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
  read: (aws, nameOrArn: string): Promise<ManagedPolicy | undefined> =>
    nameOrArn.startsWith('arn:')
      ? managedPolicy(aws, nameOrArn)
      : aws.ask(policy, `arn:${aws.partition}:iam::${aws.account}:policy/${nameOrArn}`),
});

async function inlinePolicies(aws: Caller, RoleName: string): Promise<readonly InlinePolicy[] | undefined> {
  const answer = whole(z.object({ PolicyNames: z.array(z.string().min(1)), ...truncation }));
  const names = await allPages<string>(
    async (Marker) => {
      const page = await aws.send(sdk.iam.IAMClient, new sdk.iam.ListRolePoliciesCommand({ RoleName, Marker }), {
        answer,
        absent: NO_ENTITY,
      });
      return page && { items: page.PolicyNames, next: page.Marker };
    },
    { operation: 'iam:ListRolePolicies', maxPages: 10 },
  );
  if (names === undefined) return undefined;
  const found = await Promise.all(
    names.map(async (PolicyName) => {
      const one = await aws.send(sdk.iam.IAMClient, new sdk.iam.GetRolePolicyCommand({ RoleName, PolicyName }), {
        answer: z.object({ PolicyName: z.literal(PolicyName), PolicyDocument: document }),
        absent: NO_ENTITY,
      });
      return one && { name: PolicyName, document: one.PolicyDocument };
    }),
  );
  // One that was deleted since it was listed is not there any more.
  return found.filter((one) => one !== undefined);
}

async function attachedPolicies(aws: Caller, RoleName: string): Promise<readonly AttachedPolicy[] | undefined> {
  const answer = whole(z.object({ AttachedPolicies: z.array(z.object({ PolicyArn: z.string().min(1) })), ...truncation }));
  const attached = await allPages<{ readonly PolicyArn: string }>(
    async (Marker) => {
      const page = await aws.send(sdk.iam.IAMClient, new sdk.iam.ListAttachedRolePoliciesCommand({ RoleName, Marker }), {
        answer,
        absent: NO_ENTITY,
      });
      return page && { items: page.AttachedPolicies, next: page.Marker };
    },
    { operation: 'iam:ListAttachedRolePolicies', maxPages: 10 },
  );
  return attached && Promise.all(attached.map(async ({ PolicyArn: arn }) => ({ arn, document: (await aws.ask(policy, arn))?.document })));
}

/** Everything that a role may do by itself: its inline policies and the managed ones attached to it. `undefined` without the role. */
const rolePolicies = defineReader({
  name: 'iam.rolePolicies',
  calls: ['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  async read(aws, nameOrArn: string): Promise<RolePolicies | undefined> {
    const RoleName = bareName(nameOrArn);
    if (RoleName !== nameOrArn) return aws.ask(rolePolicies, RoleName);
    const [inline, attached] = await Promise.all([inlinePolicies(aws, RoleName), attachedPolicies(aws, RoleName)]);
    return inline && attached && { inline, attached };
  },
});

/** The account's provider for an issuer, given without scheme, e.g. `token.actions.githubusercontent.com`. */
const oidcProvider = defineReader({
  name: 'iam.oidcProvider',
  calls: ['iam:GetOpenIDConnectProvider'],
  finds: 'oidc-provider',
  async read(aws, issuer: string): Promise<OidcProvider | undefined> {
    const arn = `arn:${aws.partition}:iam::${aws.account}:oidc-provider/${issuer}`;
    const answer = z.object({ Url: z.string().min(1), ClientIDList: z.array(z.string()), Tags: tagsShape });
    const found = await aws.send(sdk.iam.IAMClient, new sdk.iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), {
      answer,
      absent: NO_ENTITY,
    });
    return found && { arn, url: found.Url.replace(/^https:\/\//, ''), clientIds: found.ClientIDList, tags: tagsOf(found.Tags) };
  },
});

export const iam = { role, policy, rolePolicies, oidcProvider };
