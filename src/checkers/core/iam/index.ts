/** What policies allow, decided as IAM decides it, or said to be undecided. Pure: nothing here calls AWS. */
export { parseArn } from './arn.ts';
export type { RequestContext } from './context.ts';
export { type Policy, type ReadPolicy, readPolicy, rolePolicies, type Statement, type UnparsablePolicy } from './document.ts';
export { type Because, type Decision, evaluate, opensTo, type Question, type Request, trusts } from './evaluate.ts';
export type { Principal } from './principal.ts';
export { accountsNamed, type Gaps, gapsOf, whichActionsMissing } from './questions.ts';
