import type { UnknownReason } from '../aws/index.ts';
import { combineStatuses, type Status, type TaskResult } from '../checkers/engine/result.ts';
import type { RosterEntry } from './roster.ts';

/** One account's line in the journal and one member of `--format json`. */
export interface AccountResult {
  readonly student: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly lab: string;
  /** Over all tasks, as a task's status follows from its checks. */
  readonly status: Status;
  /** Tasks that passed: while a task is `unknown`, the least the student has. */
  readonly score: number;
  /** Tasks that were asked for. */
  readonly maxScore: number;
  /** In the lab's order. */
  readonly tasks: readonly TaskResult[];
  /** Why not everything could be seen; present when a task is `unknown`. */
  readonly reason?: UnknownReason;
  /** The same for the person who runs this, when it is about the account as a whole: a refused role, a deadline. */
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

/** Whether every task was seen. An account where one was not is graded again on `--resume`, and its score is not final. */
export function isGraded({ tasks }: AccountResult): boolean {
  return tasks.every(({ status }) => status !== 'unknown');
}

/** What tells one line of a roster from another. */
export function keyOf({ student, account, region }: Pick<AccountResult, 'student' | 'account' | 'region'>): string {
  return JSON.stringify([student, account, region]);
}
