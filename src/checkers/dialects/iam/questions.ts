import type { RequestContext } from './context.ts';
import type { Policy } from './document.ts';
import { type Decision, evaluate } from './evaluate.ts';

/**
 * Which of the actions the identity policies do not allow on a resource.
 * @param resource an ARN, or `*` for actions that work on none in particular
 */
export function whichActionsMissing(
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  context: RequestContext = {},
) {
  return gapsOf(actions, (action) => evaluate({ identity: policies, request: { action, resource, context } }));
}

/** Sorts actions by the decision on each; those that are allowed are in no list. */
export function gapsOf(actions: readonly string[], decide: (action: string) => Decision) {
  const answers = actions.map((action) => ({ action, answer: decide(action) }));
  return {
    /** No statement allows them. */
    missing: answers.filter(({ answer }) => answer.decision === 'denied').map(({ action }) => action),
    /** A Deny forbids them. */
    denied: answers.flatMap(({ action, answer }) => (answer.decision === 'explicit-deny' ? { action, because: answer.because } : [])),
    /** Not decided by what is known. */
    undecided: answers.flatMap(({ action, answer }) =>
      answer.decision === 'undecided' ? { action, because: answer.because, open: answer.open } : [],
    ),
  };
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
