import type { Lab } from '../../checkers/engine/lab.ts';
import type { Status } from '../../checkers/engine/result.ts';
import type { Task } from '../../checkers/engine/task.ts';
import type { Language } from '../../i18n/languages.ts';
import { type AccountResult, isGraded, keyOf } from '../account-result.ts';
import type { RosterEntry } from '../roster.ts';

/** The data of all reports. */
export interface ClassReport {
  readonly lab: Lab;
  readonly tasks: readonly Task[];
  readonly language: Language;
  /** When the report was made. */
  readonly at: Date;
  /** Whether the accounts are emulated. */
  readonly practice: boolean;
  /** In the order of the roster. `result` is missing for accounts that an interrupted run did not reach. */
  readonly students: readonly { readonly entry: RosterEntry; readonly result?: AccountResult }[];
}

export function studentsOf(entries: readonly RosterEntry[], results: ReadonlyMap<string, AccountResult>): ClassReport['students'] {
  return entries.map((entry) => {
    const result = results.get(keyOf(entry));
    return { entry, ...(result && { result }) };
  });
}

export function resultsOf({ students }: ClassReport): readonly AccountResult[] {
  return students.flatMap(({ result }) => result ?? []);
}

/** How often each status occurs. Statuses that do not occur are left out. */
export function countStatuses(statuses: readonly Status[]): Readonly<Partial<Record<Status, number>>> {
  const counts: Partial<Record<Status, number>> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export interface Stumble {
  readonly task: string;
  readonly check: string;
  readonly title: string;
  /** Number of students who failed the check. */
  readonly failed: number;
}

/** The failed checks, most frequent first. */
export function stumbles(report: ClassReport): readonly Stumble[] {
  const counted = new Map<string, { task: string; check: string; title: string; failed: number }>();
  for (const { task, checks } of resultsOf(report).flatMap(({ tasks }) => tasks)) {
    for (const { id, title } of checks.filter(({ status }) => status === 'failed')) {
      const key = JSON.stringify([task, id]);
      const stumble = counted.get(key) ?? { task, check: id, title, failed: 0 };
      counted.set(key, { ...stumble, failed: stumble.failed + 1 });
    }
  }
  return [...counted.values()].sort((a, b) => b.failed - a.failed);
}

/** The score as text. It is marked as not final while a task is `unknown`. */
export function scoreText(result: AccountResult): string {
  return isGraded(result) ? `${result.score}/${result.maxScore}` : `?/${result.maxScore}`;
}

export function taskTitle({ lab, language }: Pick<ClassReport, 'lab' | 'language'>, task: string): string {
  return lab.tasks.find(({ id }) => id === task)?.title[language] ?? task;
}
