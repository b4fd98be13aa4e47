import { fits, patternOf } from '../../../wildcards/wildcards.ts';
import { parseArn, resourceFits } from './arn.ts';
import { all, any, type Certainty, isOpen, not, openBecause } from './certainty.ts';
import { conditionsHold } from './condition.ts';
import { type Context, contextOf, type RequestContext } from './context.ts';
import type { Policy, ReadPolicy, Statement } from './document.ts';
import { readerFor, someReading } from './pattern.ts';
import { concerns, namingOf, type Principal } from './principal.ts';

export interface Request {
  /** E.g. `ecr:PutImage`. */
  readonly action: string;
  /** The ARN the action works on, or `*` for one that works on none in particular, such as `ecr:GetAuthorizationToken`. */
  readonly resource: string;
  /** Who asks. Needed as soon as a resource policy is judged. */
  readonly principal?: Principal;
  /** 12 digits. Needed for resources whose ARN names no account (S3) and that are another account's; otherwise the caller's account is meant. */
  readonly resourceAccount?: string;
  readonly context?: RequestContext;
}

export interface Question {
  /** What is attached to the one who asks. */
  readonly identity?: readonly Policy[];
  /** What is attached to the resource. */
  readonly resource?: Policy;
  readonly request: Request;
}

/** The statement that decided. */
interface Because {
  /** The policy's name. */
  readonly policy: string;
  /** 0-based position of the statement; `undefined` for an unparsable policy. */
  readonly statement?: number;
  readonly sid?: string | undefined;
}

export type Decision =
  /** A statement allows it and none denies it. */
  | { readonly decision: 'allowed'; readonly because: Because }
  /** No statement allows it. */
  | { readonly decision: 'denied' }
  /** A Deny forbids it, whatever allows it. */
  | { readonly decision: 'explicit-deny'; readonly because: Because }
  /** It hangs on what the question does not tell; `open` names it: condition keys, policy variables, an unparsable policy. */
  | { readonly decision: 'undecided'; readonly because: Because; readonly open: readonly string[] };

/**
 * Decides a request as IAM documents it (IAM User Guide, "Policy evaluation logic"): a Deny wins; within an account an
 * identity policy or a resource policy that names the caller suffices; across accounts both must allow; a resource policy
 * that only names the caller's account leaves it to the identity policies; a service or a federated identity has only the
 * resource policy.
 *
 * Known without being told: `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:ResourceAccount` where the ARNs say them.
 *
 * Not part of the answer, because a student's role cannot read them: permissions boundaries, service and resource control
 * policies, session policies, VPC endpoint policies. `allowed` therefore means "as far as these policies go".
 * Key policies of KMS, and trust policies for roles of the same account, must allow by themselves: ask `trusts`.
 */
export function evaluate({ identity = [], resource, request }: Question): Decision {
  const context = contextFor(request);
  const own = identity.flatMap((policy) => votesOf(policy, request, context));
  const theirs = resource === undefined ? [] : votesOf(resource, request, context);

  const groups = grantingGroups(own.filter(allows), theirs.filter(allows), request);
  return decide(groups, [...own, ...theirs].filter(denies));
}

/**
 * What the policy of a resource says by itself to a principal of any account. One whose account is named counts as let in;
 * its own policies must allow the action too.
 */
export function opensTo(resource: Policy, request: Request): Decision {
  const votes = votesOf(resource, request, contextFor(request));
  return decide([votes.filter(allows)], votes.filter(denies));
}

/**
 * Whether a role's trust policy lets this principal take the role: `opensTo` for a policy that names no resource.
 * @param action `sts:AssumeRole` for services and roles, `sts:AssumeRoleWithWebIdentity` for OIDC providers
 */
export function trusts(trustPolicy: Policy, principal: Principal, action = 'sts:AssumeRole', context: RequestContext = {}): Decision {
  return opensTo(trustPolicy, { action, resource: '*', principal, context });
}

/** What one statement says of a request. */
interface Vote {
  readonly effect: 'Allow' | 'Deny';
  readonly applies: Certainty;
  readonly because: Because;
  readonly statement?: Statement;
}

const allows = ({ effect }: Vote) => effect === 'Allow';
const denies = ({ effect }: Vote) => effect === 'Deny';

/** @param groups of each, one vote must hold for the request to be allowed */
function decide(groups: readonly (readonly Vote[])[], denials: readonly Vote[]): Decision {
  const denial = denials.find(({ applies }) => applies === true);
  if (denial !== undefined) return { decision: 'explicit-deny', because: denial.because };
  if (groups.some((votes) => votes.length === 0)) return { decision: 'denied' };

  const sure = groups.map((votes) => votes.find(({ applies }) => applies === true));
  const doubts = [...groups.filter((_, index) => sure[index] === undefined).flat(), ...denials];
  const because = (doubts[0] ?? sure[0])?.because;
  if (because === undefined) return { decision: 'denied' };
  if (doubts.length === 0) return { decision: 'allowed', because };
  const { open } = openBecause(...doubts.flatMap(({ applies }) => (isOpen(applies) ? applies.open : [])));
  return { decision: 'undecided', because, open };
}

/** The votes of the statements that apply or may apply. */
function votesOf(policy: Policy, request: Request, context: Context): Vote[] {
  if (policy.state === 'unparsable') {
    const applies = openBecause('unparsable policy');
    return (['Allow', 'Deny'] as const).map((effect) => ({ effect, applies, because: { policy: policy.name } }));
  }
  return policy.statements
    .map((statement) => ({
      effect: statement.effect,
      applies: appliesTo(statement, policy, request, context),
      because: { policy: policy.name, statement: statement.index, sid: statement.sid },
      statement,
    }))
    .filter(({ applies }) => applies !== false);
}

function appliesTo(statement: Statement, { version }: ReadPolicy, request: Request, context: Context): Certainty {
  const { action, resource, principal, effect, conditions } = statement;
  const wanted = request.action.toLowerCase();
  const about = action.values.some((value) => fits(patternOf(value.toLowerCase()), wanted));
  if (about === action.except) return false;
  const read = readerFor(version, context);
  const named =
    resource === undefined ||
    any(resource.values.map((value) => someReading(read(value, true), (pattern) => resourceFits(pattern, request.resource))));
  return all([
    resource?.except ? not(named) : named,
    principal === undefined || concerns(principal, effect, request.principal),
    conditionsHold(conditions, context, read),
  ]);
}

/** The account of the one who asks and of the resource, as far as they are told. */
function accountsOf({ principal, resource, resourceAccount }: Request) {
  const caller = principal !== undefined && 'aws' in principal ? principal.aws : undefined;
  const account = caller === undefined ? undefined : parseArn(caller)?.account;
  return { caller, account, owner: resourceAccount ?? parseArn(resource)?.account };
}

/** Of each group one statement must hold for the request to be allowed. */
function grantingGroups(own: readonly Vote[], theirs: readonly Vote[], request: Request): (readonly Vote[])[] {
  const { caller, account, owner } = accountsOf(request);
  if (caller === undefined) return [[...own, ...theirs]];
  if (account !== (owner || account)) return [own, theirs];
  return [[...own, ...theirs.filter((vote) => namesCaller(vote, { aws: caller }))]];
}

function namesCaller({ statement }: Vote, principal: Principal): boolean {
  const listed = statement?.principal;
  return listed === undefined || listed.except || namingOf(listed.values, principal) !== 'account';
}

function contextFor(request: Request): Context {
  const { caller, account, owner } = accountsOf(request);
  const derived = {
    ...(caller !== undefined && { 'aws:PrincipalArn': caller }),
    ...(account && { 'aws:PrincipalAccount': account }),
    ...(owner && { 'aws:ResourceAccount': owner }),
  };
  return contextOf(derived, request.context ?? {});
}
