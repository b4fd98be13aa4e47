import pLimit from 'p-limit';
import { type AccountResult, keyOf } from './account-result.ts';
import type { RosterEntry } from './roster.ts';

export interface GradeClassOptions {
  /** How many accounts are graded at the same time. */
  readonly concurrency: number;
  /** Grades one account. It may only reject after `signal` has fired. */
  grade(entry: RosterEntry): Promise<AccountResult>;
  /** After it fires, no further account is started. Those that are being graded end as `grade` ends them. */
  readonly signal?: AbortSignal;
  onStart?(entry: RosterEntry): void;
  /** The next account is started when this has finished. */
  onResult?(result: AccountResult): Promise<void> | void;
}

/**
 * Grades many accounts, a limited number at the same time.
 * @returns the results by {@link keyOf}, as many as there are when all accounts are done or `signal` has fired.
 */
export async function gradeClass(
  entries: readonly RosterEntry[],
  { concurrency, grade, signal, onStart, onResult }: GradeClassOptions,
): Promise<ReadonlyMap<string, AccountResult>> {
  const results = new Map<string, AccountResult>();
  const limit = pLimit(concurrency);
  await limit.map(entries, async (entry) => {
    if (signal?.aborted) return;
    onStart?.(entry);
    try {
      const result = await grade(entry);
      results.set(keyOf(result), result);
      await onResult?.(result);
    } catch (thrown) {
      if (signal?.aborted) return;
      limit.clearQueue();
      throw thrown;
    }
  });
  return results;
}
