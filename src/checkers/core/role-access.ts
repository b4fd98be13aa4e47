import type { Role } from '../../aws/index.ts';
import { accountsNamed, type Policy, type RequestContext, readPolicy, trusts, whichActionsMissing } from './iam/index.ts';
import { failed, passed, type TaskContext, undecided } from './task.ts';

/** What a role's policies say of some actions on one resource: what is wrong before what is not decided. */
export type Access =
  | { readonly state: 'allowed' }
  /** A Deny in `policy` forbids it. */
  | { readonly state: 'denied'; readonly actions: readonly string[]; readonly policy: string }
  /** Not allowed; the policies name `other`, which is not the account looked at. */
  | { readonly state: 'other-account'; readonly actions: readonly string[]; readonly other: string }
  | { readonly state: 'missing'; readonly actions: readonly string[] }
  /** `open` names what would have to be known. */
  | { readonly state: 'undecided'; readonly actions: readonly string[]; readonly policy: string; readonly open: readonly string[] };

/**
 * @param resource an ARN, or `*` for actions that work on none in particular
 * @param request what is known of the request besides account and region
 */
export function accessOf(
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  context: TaskContext,
  request: RequestContext = {},
): Access {
  const { denied, missing, undecided } = whichActionsMissing(policies, actions, resource, { ...ownRequest(context), ...request });
  const [denial] = denied;
  if (denial !== undefined) return { state: 'denied', actions: denied.map(({ action }) => action), policy: denial.because.policy };
  if (missing.length > 0) {
    const other = accountsNamed(policies).find((named) => named !== context.account);
    return other === undefined ? { state: 'missing', actions: missing } : { state: 'other-account', actions: missing, other };
  }
  const [doubt] = undecided;
  if (doubt === undefined) return { state: 'allowed' };
  const open = [...new Set(undecided.flatMap((one) => one.open))];
  return { state: 'undecided', actions: undecided.map(({ action }) => action), policy: doubt.because.policy, open };
}

/** What is known of a request that a role of the account looked at makes there. */
const ownRequest = ({ account, region }: TaskContext): RequestContext => ({
  'aws:PrincipalAccount': account,
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
});

/** What is known of a service's request for a role, made in the account looked at for one of its resources. */
export function serviceRequest(context: TaskContext, sourceArn: string): RequestContext {
  return { ...ownRequest(context), 'aws:SourceAccount': context.account, 'aws:SourceArn': sourceArn };
}

export type Trust =
  | { readonly state: 'trusted' }
  | { readonly state: 'not-trusted' }
  | { readonly state: 'undecided'; readonly open: readonly string[] };

/** Whether a service such as `codebuild.amazonaws.com` may take the role. */
export function trustOf({ trust }: Pick<Role, 'trust'>, service: string, request: RequestContext = {}): Trust {
  const answer = trusts(readPolicy('trust policy', trust, 'resource'), { service }, 'sts:AssumeRole', request);
  if (answer.decision === 'allowed') return { state: 'trusted' };
  return answer.decision === 'undecided' ? { state: 'undecided', open: answer.open } : { state: 'not-trusted' };
}

/** Those of some powers, each an action on a resource, that the policies give. What is not decided is not counted. */
export function powersOf(
  policies: readonly Policy[],
  powers: readonly { readonly action: string; readonly resource: string }[],
  context: TaskContext,
) {
  return powers.filter(({ action, resource }) => {
    const { missing, denied, undecided } = whichActionsMissing(policies, [action], resource, ownRequest(context));
    return missing.length + denied.length + undecided.length === 0;
  });
}

const listed = (names: readonly string[]) => names.join(', ');

/** What to say of an account's own resource. @param role as students know what holds the policies */
export function judgeOwnAccess(role: string, access: Exclude<Access, { state: 'other-account' }>, resource: string) {
  if (access.state === 'allowed') return passed();
  const about = { role, actions: listed(access.actions), resource };
  switch (access.state) {
    case 'denied':
      return failed(['actionsDenied', { ...about, policy: access.policy }] as const);
    case 'missing':
      return failed(['actionsMissing', about] as const);
    case 'undecided':
      return undecided(['actionsUndecided', { ...about, policy: access.policy, open: listed(access.open) }] as const);
  }
}

/** The same, and that policies name another account. */
export function judgeAccess(role: string, access: Access, resource: string, { account }: TaskContext) {
  if (access.state !== 'other-account') return judgeOwnAccess(role, access, resource);
  return failed(['actionsOtherAccount', { role, actions: listed(access.actions), resource, other: access.other, account }] as const);
}

export function judgeTrust({ name: role }: Pick<Role, 'name'>, trust: Trust, service: string) {
  if (trust.state === 'trusted') return passed();
  if (trust.state === 'undecided') return undecided(['trustUndecided', { role, open: listed(trust.open) }] as const);
  return failed(['trustMissing', { role, service }] as const);
}
