import { redact } from '../../aws/index.ts';
import type { Language } from '../../i18n/languages.ts';
import type { Lab } from './lab.ts';
import { formatMessage } from './messages.ts';
import type { CheckResult, Json, TaskResult } from './result.ts';
import type { CheckOutcome, TaskOutcome } from './run.ts';
import { UNKNOWN_MESSAGES } from './unknown-messages.ts';

/** A check in one language. Text from AWS is redacted here, the last door before pages, journals and reports. */
export function renderCheck(lab: Lab, check: CheckOutcome, language: Language): CheckResult {
  const { says: _said, ...rest } = check;
  const title = lab.messages[language].checks[check.id] ?? check.id;
  return redactAll({ ...rest, title, message: messageOf(lab, check, language) });
}

/** A task's result in one language: the shape of the check API and of the journal. */
export function renderTask(lab: Lab, outcome: TaskOutcome, language: Language): TaskResult {
  const checks = outcome.checks.map((check) => renderCheck(lab, check, language));
  const reason = outcome.status === 'unknown' ? checks.find(({ status }) => status === 'unknown')?.reason : undefined;
  const waits = checks.flatMap(({ status, retryAfter }) => (status === 'waiting' && retryAfter !== undefined ? [retryAfter] : []));
  return {
    lab: lab.id,
    task: outcome.task,
    status: outcome.status,
    account: outcome.account,
    region: outcome.region,
    checkedAt: outcome.checkedAt,
    values: outcome.values,
    checks,
    ...(reason !== undefined && { reason }),
    ...(outcome.status === 'waiting' && waits.length > 0 && { retryAfter: Math.min(...waits) }),
  };
}

function messageOf(lab: Lab, { id, status, says, reason, operation }: CheckOutcome, language: Language): string {
  // An undecided check has its own words; a check that could not look has not.
  if (reason !== undefined && says === undefined)
    return formatMessage(UNKNOWN_MESSAGES[language][reason], language, { operation: operation ?? 'AWS' });
  if (says === undefined) return '';
  const pattern = lab.messages[language].says[says.key];
  if (pattern === undefined)
    throw new Error(`Lab "${lab.id}": check "${id}" (${status}) says "${says.key}", which has no text in "${language}".`);
  return formatMessage(pattern, language, says.parameters);
}

/** Every string inside a result, redacted; the shape stays. */
function redactAll<T>(value: T): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return redact(part);
    if (Array.isArray(part)) return part.map(walk);
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part as Record<string, Json>).map(([key, member]) => [key, walk(member)]));
    }
    return part;
  };
  return walk(value) as T;
}
