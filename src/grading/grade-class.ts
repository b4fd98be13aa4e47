import pLimit from 'p-limit';
import { type AccountResult, keyOf } from './account-result.ts';
import type { RosterEntry } from './roster.ts';

export interface GradeClassOptions {
  /** Accounts looked at at once. */
  readonly concurrency: number;
  /** Grades one account. It may only reject when `signal` has fired. */
  grade(entry: RosterEntry): Promise<AccountResult>;
  /** No account is begun after it fires; those under way end as `grade` ends them. */
  readonly signal?: AbortSignal;
  onStart?(entry: RosterEntry): void;
  /** Waited for before the account makes room for the next. */
  onResult?(result: AccountResult): Promise<void> | void;
}

/**
 * Grades many accounts, a bounded number at once.
 * @returns what there is when all are done or `signal` has fired, by {@link keyOf}.
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
