import { type CheckResult, type Json, STATUSES, type Status, type TaskResult } from '../../../checkers/engine/result.ts';

/** A result as the browser keeps it for the next visit: what was shown to the student, and in which language. */
export interface KeptResult extends Omit<TaskResult, 'values' | 'reason'> {
  readonly language: string;
}

/** Longer values are whole files or lists. The next check shows them again. */
const LONGEST = 300;

function short(value: Json | undefined): Json | undefined {
  return value === undefined || JSON.stringify(value).length > LONGEST ? undefined : value;
}

function keptCheck(check: CheckResult): CheckResult {
  // Details for the operator of the site are not kept.
  const { operatorMessage: _message, requestId: _request, operation: _operation, expected, observed, ...kept } = check;
  const [wanted, found] = [short(expected), short(observed)];
  return { ...kept, ...(wanted !== undefined && { expected: wanted }), ...(found !== undefined && { observed: found }) };
}

/**
 * The part of a result that is kept; `undefined` when the account could not be checked, because that says nothing about the work. The API
 * has already removed secrets.
 */
export function keptOf(result: TaskResult, language: string): KeptResult | undefined {
  if (result.status === 'unknown') return undefined;
  const { values: _values, reason: _reason, ...kept } = result;
  return { ...kept, checks: result.checks.map(keptCheck), language };
}

const isStatus = (value: unknown): value is Status => STATUSES.some((status) => status === value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The optional members of a check, and their types. */
const OPTIONAL = { reason: 'string', resource: 'string', consoleUrl: 'string', step: 'number', blockedBy: 'string', retryAfter: 'number' };

function isCheck(value: unknown): value is CheckResult {
  if (!isObject(value) || !isStatus(value['status'])) return false;
  if (!['id', 'title', 'message', 'source'].every((name) => typeof value[name] === 'string')) return false;
  const { fix, event } = value;
  return (
    Object.entries(OPTIONAL).every(([name, type]) => value[name] === undefined || typeof value[name] === type) &&
    (fix === undefined || isObject(fix)) &&
    (event === undefined || (isObject(event) && !Number.isNaN(Date.parse(String(event['at'])))))
  );
}

/** Validates a kept result from storage; `undefined` when it is malformed. */
export function readKept(value: unknown): KeptResult | undefined {
  if (!isObject(value) || !isStatus(value['status'])) return undefined;
  const named = ['lab', 'task', 'account', 'region', 'checkedAt', 'language'].every((name) => typeof value[name] === 'string');
  if (!named || Number.isNaN(Date.parse(String(value['checkedAt'])))) return undefined;
  const { checks } = value;
  return Array.isArray(checks) && checks.every(isCheck) ? (value as unknown as KeptResult) : undefined;
}
