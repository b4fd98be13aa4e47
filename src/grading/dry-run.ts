import pLimit from 'p-limit';
import { CannotLook } from '../aws/errors.ts';
import { PREFLIGHT_TITLES } from '../checkers/engine/common-texts.ts';
import { PREFLIGHT, runPreflight } from '../checkers/engine/preflight.ts';
import { renderTask } from '../checkers/engine/render.ts';
import type { TaskResult } from '../checkers/engine/result.ts';
import { unknown } from '../checkers/engine/run.ts';
import type { OpenAccount } from './grade-account.ts';
import type { GradeOptions } from './options.ts';
import { plainText } from './reports/plain-text.ts';
import type { RosterEntry } from './roster.ts';

/** The result of pre-flight for one account. */
export interface Readiness {
  readonly student: string;
  readonly account: string;
  readonly region: string;
  readonly preflight: TaskResult;
}

/**
 * Checks whether the accounts of a class can be graded, without grading them: the role, the account, its permissions and services.
 * @param signal no further account is started after it fires
 */
export async function dryRun(
  entries: readonly RosterEntry[],
  open: OpenAccount,
  options: Pick<GradeOptions, 'lab' | 'language' | 'concurrency' | 'deadlineMs'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly Readiness[]> {
  const limit = pLimit(options.concurrency);
  const all = await limit.map(entries, async (entry) => (signal.aborted ? [] : [await readinessOf(entry, open, options, signal)]));
  return all.flat();
}

async function readinessOf(
  entry: RosterEntry,
  open: OpenAccount,
  { lab, language, deadlineMs }: Pick<GradeOptions, 'lab' | 'language' | 'deadlineMs'>,
  stop: AbortSignal,
): Promise<Readiness> {
  const { student, account, region } = entry;
  const signal = AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]);
  // The roster may name another region than the lab.
  const there = { ...lab, region };
  try {
    const outcome = await runPreflight(there, await open(entry, signal), { expectedAccount: account, signal, deadlineMs });
    return { student, account, region, preflight: renderTask(lab, outcome, language) };
  } catch (thrown) {
    const trouble =
      thrown instanceof CannotLook
        ? thrown
        : new CannotLook('It was not looked at in time.', { trouble: stop.aborted ? 'stopped' : 'no-answer' });
    const check = { id: 'account', title: PREFLIGHT_TITLES.account, source: 'live' as const, ...unknown(trouble, entry) };
    const outcome = {
      task: PREFLIGHT,
      status: 'unknown' as const,
      account,
      region,
      checkedAt: new Date().toISOString(),
      values: {},
      checks: [check],
    };
    return { student, account, region, preflight: renderTask(lab, outcome, language) };
  }
}

/** One line for each account, followed by what has to be settled first. */
export function renderReadiness(all: readonly Readiness[]): string {
  return all
    .flatMap(({ student, account, region, preflight: { status, checks } }) => [
      `${status === 'passed' ? '✓' : '✗'} ${plainText(student)}  ${account}  ${region}  ${status}`,
      ...checks.flatMap(({ status: of, message, operatorMessage }) =>
        of === 'passed' ? [] : [`    ${plainText(operatorMessage ?? message)}`],
      ),
    ])
    .join('\n');
}
