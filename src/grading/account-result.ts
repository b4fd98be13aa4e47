import type { UnknownReason } from '../aws/errors.ts';
import { combineStatuses, type Status, type TaskResult } from '../checkers/engine/result.ts';
import type { RosterEntry } from './roster.ts';

/** The result of one account: one line of the journal, and one element of `--format json`. */
export interface AccountResult {
  readonly student: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly lab: string;
  /** Follows from the tasks as the status of a task follows from its checks. */
  readonly status: Status;
  /** Number of passed tasks. While a task is `unknown`, the real score may be higher. */
  readonly score: number;
  /** Number of graded tasks. */
  readonly maxScore: number;
  /** In the order of the lab. */
  readonly tasks: readonly TaskResult[];
  /** Why a task is `unknown`; missing when none is. */
  readonly reason?: UnknownReason;
  /** A sentence for the operator about the whole account: a refused role, or a deadline. */
  readonly trouble?: string;
}

export function accountResult(
  { student, account, region }: RosterEntry,
  lab: string,
  tasks: readonly TaskResult[],
  trouble?: string,
): AccountResult {
  const reason = tasks.find((task) => task.status === 'unknown')?.reason;
  return {
    student,
    account,
    region,
    lab,
    status: combineStatuses(tasks.map(({ status }) => status)),
    score: tasks.filter(({ status }) => status === 'passed').length,
    maxScore: tasks.length,
    tasks,
    ...(reason !== undefined && { reason }),
    ...(trouble !== undefined && { trouble }),
  };
}

/** Whether no task is `unknown`. Otherwise the account is graded again with `--resume`, and its score is not final. */
export function isGraded({ tasks }: AccountResult): boolean {
  return tasks.every(({ status }) => status !== 'unknown');
}

/** Identifies a line of the roster. */
export function keyOf({ student, account, region }: Pick<AccountResult, 'student' | 'account' | 'region'>): string {
  return JSON.stringify([student, account, region]);
}
