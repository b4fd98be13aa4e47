import { redactDeep } from '../../aws/redact.ts';
import type { Language } from '../../i18n/languages.ts';
import type { Lab } from './lab.ts';
import { OPERATOR_MESSAGES } from './operator-messages.ts';
import type { CheckResult, TaskResult } from './result.ts';
import type { CheckOutcome, TaskOutcome } from './run.ts';
import { formatMessage } from './texts.ts';
import { UNKNOWN_MESSAGES } from './unknown-messages.ts';

/** A check in one language. Text from AWS is redacted here, the last door before pages, journals and reports. */
export function renderCheck(check: CheckOutcome, language: Language): CheckResult {
  const { says: _said, look: _look, ...rest } = check;
  return redactDeep({ ...rest, ...operatorMessageOf(check, language), title: check.title[language], message: messageOf(check, language) });
}

/** A task's result in one language: the shape of the check API and of the journal. */
export function renderTask(lab: Pick<Lab, 'id'>, outcome: TaskOutcome, language: Language): TaskResult {
  const checks = outcome.checks.map((check) => renderCheck(check, language));
  const reason = outcome.status === 'unknown' ? checks.find(({ status }) => status === 'unknown')?.reason : undefined;
  const waits = checks.flatMap(({ status, retryAfter }) => (status === 'waiting' && retryAfter !== undefined ? [retryAfter] : []));
  return {
    lab: lab.id,
    task: outcome.task,
    status: outcome.status,
    account: outcome.account,
    region: outcome.region,
    checkedAt: outcome.checkedAt,
    values: redactDeep(outcome.values),
    checks,
    ...(reason !== undefined && { reason }),
    ...(outcome.status === 'waiting' && waits.length > 0 && { retryAfter: Math.min(...waits) }),
  };
}

function messageOf({ says, reason, look, operation }: CheckOutcome, language: Language): string {
  // An undecided check has its own words; a check that could not look has not.
  if (reason !== undefined && says === undefined) {
    const texts = UNKNOWN_MESSAGES[language];
    return formatMessage((look && texts[look.trouble]) ?? texts[reason], language, { operation: operation ?? 'AWS' });
  }
  return says === undefined ? '' : formatMessage(says.texts[language], language, says.parameters);
}

function operatorMessageOf({ look, operation, requestId }: CheckOutcome, language: Language): { operatorMessage?: string } {
  if (look === undefined) return {};
  const { trouble, account, region, code } = look;
  const parameters = { account, region, operation: operation ?? 'AWS', code: code ?? '-', request: requestId ?? '-' };
  return { operatorMessage: formatMessage(OPERATOR_MESSAGES[language][trouble], language, parameters) };
}
