import { matches } from '../wildcards/wildcards.ts';
import type { Identity } from './identity.ts';

/** Whether a role's trust policy lets `caller` assume it. What is not understood does not allow. */
export function trusts(policy: object, caller: Identity, externalId: string | undefined): boolean {
  const statements = list((policy as { Statement?: unknown }).Statement).filter(isObject);
  const fitting = statements.filter((statement) => fits(statement, caller, externalId));
  return fitting.some(({ Effect }) => Effect === 'Allow') && !fitting.some(({ Effect }) => Effect === 'Deny');
}

function fits(statement: Record<string, unknown>, caller: Identity, externalId: string | undefined): boolean {
  const actions = list(statement['Action']);
  if (!actions.some((action) => typeof action === 'string' && matches(action.toLowerCase(), 'sts:assumerole'))) return false;
  const { Principal: principal } = statement as { Principal?: unknown };
  const principals = principal === '*' ? ['*'] : isObject(principal) ? list(principal['AWS']) : [];
  if (!principals.some((value) => isPrincipal(value, caller))) return false;
  const { Condition: condition = {} } = statement as { Condition?: unknown };
  return (
    isObject(condition) && Object.entries(condition).every(([operator, tests]) => isObject(tests) && holds(operator, tests, externalId))
  );
}

function isPrincipal(value: unknown, { account, arn, role }: Identity): boolean {
  const names = ['*', account, `arn:aws:iam::${account}:root`, arn];
  if (names.includes(String(value))) return true;
  return role !== undefined && new RegExp(`^arn:aws:iam::${account}:role/(.+/)?${role.replace(/[.+]/g, '\\$&')}$`).test(String(value));
}

/** Only `sts:ExternalId` is known; any other condition is taken not to hold. */
function holds(operator: string, tests: Record<string, unknown>, externalId: string | undefined): boolean {
  return Object.entries(tests).every(([key, wanted]) => {
    if (key.toLowerCase() !== 'sts:externalid') return false;
    if (operator === 'Null') return String(wanted) === String(externalId === undefined);
    if (externalId === undefined) return false;
    if (operator === 'StringEquals') return list(wanted).includes(externalId);
    return operator === 'StringLike' && list(wanted).some((pattern) => matches(String(pattern), externalId));
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
