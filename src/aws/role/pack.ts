import type { PolicyStatement } from './policy.ts';

/** Limits of IAM, in characters without white space: all inline policies of a role together, and one managed policy. */
export const MOST_INLINE = 10_240;
export const MOST_MANAGED = 6_144;
/** As many managed policies may be attached to a role unless its account was given more. */
const MOST_ATTACHED = 10;

/** The statements of a role, put into policies that IAM takes. */
export interface PackedPolicies {
  readonly inline: readonly PolicyStatement[];
  /** One list for each managed policy. */
  readonly managed: readonly (readonly PolicyStatement[])[];
}

/** How many characters IAM counts for a policy of these statements, once CloudFormation has put the longest partition and the account in. */
export function charactersOf(statements: readonly PolicyStatement[]): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
    .replaceAll('${AWS::Partition}', 'aws-us-gov')
    .replaceAll('${AWS::AccountId}', '123456789012').length;
}

/**
 * Puts everything into one inline policy when it fits. Else what is denied stays inline, where nobody detaches it, and what is allowed goes
 * into managed policies, each statement whole and in its order: a role that lost one could do less, never more.
 * @throws Error when no way of packing fits into IAM's limits.
 */
export function packPolicies(statements: readonly PolicyStatement[]): PackedPolicies {
  if (charactersOf(statements) <= MOST_INLINE) return { inline: statements, managed: [] };
  const inline = statements.filter(({ Effect }) => Effect === 'Deny');
  const managed: PolicyStatement[][] = [];
  for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
    const last = managed.at(-1);
    if (last && charactersOf([...last, statement]) <= MOST_MANAGED) last.push(statement);
    else managed.push([statement]);
  }
  const tooLong = charactersOf(inline) > MOST_INLINE || managed.some((policy) => charactersOf(policy) > MOST_MANAGED);
  if (tooLong || managed.length > MOST_ATTACHED) {
    throw new Error('One role for all these labs is larger than IAM takes; make one for some of them, with --lab and --name.');
  }
  return { inline, managed };
}
