import { isDeepStrictEqual } from 'node:util';
import type { PracticeAccount } from '../../../practice/account.ts';

/** Mistakes in the inline policies of a role in a practice account. Each changes the policy that the role has. */

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** Which inline policy of which role. */
interface InlinePolicy {
  readonly role: string;
  readonly policy: string;
}

/** Gives the role an inline policy with these statements, in the place of one of the same name. */
export function putStatements(account: PracticeAccount, { role, policy }: InlinePolicy, Statement: readonly PolicyStatement[]): void {
  account.iam.putRolePolicy(role, policy, { Version: '2012-10-17', Statement });
}

/**
 * Changes the statements of an inline policy. A statement for which `change` returns undefined is removed.
 * @throws Error when there is no such policy or nothing changes, so that a mistake is never silently none
 */
function changeStatements(
  account: PracticeAccount,
  { role, policy }: InlinePolicy,
  change: (statement: PolicyStatement) => PolicyStatement | undefined,
): void {
  const document = account.iam.role(role)?.inline.get(policy) as { readonly Statement: readonly PolicyStatement[] } | undefined;
  if (document === undefined) throw new Error(`The role "${role}" of the practice account has no inline policy "${policy}".`);
  const changed = document.Statement.flatMap((each) => change(each) ?? []);
  if (isDeepStrictEqual(changed, document.Statement))
    throw new Error(`The mistake changes nothing in the policy "${policy}" of "${role}".`);
  putStatements(account, { role, policy }, changed);
}

/** Changes the statement with this Sid. */
export function changeStatement(
  account: PracticeAccount,
  of: InlinePolicy,
  sid: string,
  change: (statement: PolicyStatement) => Partial<PolicyStatement>,
): void {
  changeStatements(account, of, (each) => (each.Sid === sid ? { ...each, ...change(each) } : each));
}

export function dropStatements(account: PracticeAccount, of: InlinePolicy, ...sids: readonly string[]): void {
  changeStatements(account, of, (each) => (each.Sid !== undefined && sids.includes(each.Sid) ? undefined : each));
}

/** Removes actions from every statement, and statements that have no action left. */
export function dropActions(account: PracticeAccount, of: InlinePolicy, ...actions: readonly string[]): void {
  changeStatements(account, of, (each) => {
    const all = [each.Action].flat();
    const Action = all.filter((action) => !actions.includes(action));
    if (Action.length === all.length) return each;
    return Action.length === 0 ? undefined : { ...each, Action };
  });
}

/** Gives the role one more inline policy, which denies an action on every resource. */
export function denyAction(account: PracticeAccount, role: string, action: string): void {
  putStatements(account, { role, policy: `deny-${action.split(':')[1]}` }, [{ Effect: 'Deny', Action: action, Resource: '*' }]);
}
