import type { RequestContext } from './context.ts';
import type { Policy } from './document.ts';
import { type Because, type Decision, evaluate } from './evaluate.ts';

/** Actions by what the policies say of them; those that are allowed are in none. */
export interface Gaps {
  /** No statement allows them. */
  readonly missing: readonly string[];
  /** A Deny forbids them. */
  readonly denied: readonly { readonly action: string; readonly because: Because }[];
  /** Not decided by what is known. */
  readonly undecided: readonly { readonly action: string; readonly because: Because; readonly open: readonly string[] }[];
}

/**
 * Which of the actions the identity policies do not allow on a resource.
 * @param resource an ARN, or `*` for actions that work on none in particular
 */
export function whichActionsMissing(
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  context: RequestContext = {},
): Gaps {
  return gapsOf(actions, (action) => evaluate({ identity: policies, request: { action, resource, context } }));
}

/** Sorts actions by the decision on each. */
export function gapsOf(actions: readonly string[], decide: (action: string) => Decision): Gaps {
  const missing: string[] = [];
  const denied: { action: string; because: Because }[] = [];
  const undecided: { action: string; because: Because; open: readonly string[] }[] = [];
  for (const action of actions) {
    const answer = decide(action);
    if (answer.decision === 'denied') missing.push(action);
    if (answer.decision === 'explicit-deny') denied.push({ action, because: answer.because });
    if (answer.decision === 'undecided') undecided.push({ action, because: answer.because, open: answer.open });
  }
  return { missing, denied, undecided };
}

/** The account ids, 12 digits, that the ARNs in the `Resource` of allowing statements name, in order: a policy copied from elsewhere names another account. */
export function accountsNamed(policies: readonly Policy[]): string[] {
  const resources = policies.flatMap((policy) =>
    policy.state === 'read'
      ? policy.statements.flatMap(({ effect, resource }) => (effect === 'Allow' && resource?.except === false ? resource.values : []))
      : [],
  );
  return [...new Set(resources.map((resource) => resource.split(':')[4] ?? '').filter((account) => /^\d{12}$/.test(account)))];
}
