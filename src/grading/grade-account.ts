import { unlessAborted } from '../aws/abort.ts';
import { CannotLook } from '../aws/errors.ts';
import { redact } from '../aws/redact.ts';
import type { AccountSession } from '../aws/session.ts';
import type { Lab } from '../checkers/engine/lab.ts';
import { renderTask } from '../checkers/engine/render.ts';
import type { TaskResult } from '../checkers/engine/result.ts';
import { runTask, type TaskOutcome, unknown } from '../checkers/engine/run.ts';
import type { Task } from '../checkers/engine/task.ts';
import type { Language } from '../i18n/languages.ts';
import { type AccountResult, accountResult } from './account-result.ts';
import { plainText } from './reports/plain-text.ts';
import type { RosterEntry } from './roster.ts';
import { messageOf } from './usage-error.ts';

/** Opens the account of a roster entry. @throws CannotLook */
export type OpenAccount = (entry: RosterEntry, signal: AbortSignal) => Promise<AccountSession>;

export interface Assignment {
  readonly lab: Lab;
  /** The tasks of `lab` to grade, in the order of the lab. */
  readonly tasks: readonly Task[];
  /** The language of titles and messages. */
  readonly language: Language;
}

export interface GradeAccountOptions extends Assignment {
  readonly open: OpenAccount;
  /** Milliseconds after which unfinished tasks become `unknown`. */
  readonly deadlineMs: number;
  /** Stops the work at once, without a result. */
  readonly signal?: AbortSignal;
}

/**
 * Grades one account: opens it, verifies that it is the account in the roster, and runs the tasks, which share the answers of AWS. Whatever
 * goes wrong makes the affected tasks `unknown`.
 * @throws the reason of `signal`; nothing else.
 */
export async function gradeAccount(entry: RosterEntry, options: GradeAccountOptions): Promise<AccountResult> {
  const { lab, tasks, language, open, deadlineMs, signal: stop } = options;
  stop?.throwIfAborted();
  const deadline = new AbortController();
  const seconds = Math.round(deadlineMs / 100) / 10;
  const timer = setTimeout(() => {
    deadline.abort(
      new CannotLook(`Not everything was seen within ${seconds} s: the account or the network is too slow. Grade it again.`, {
        reason: 'network',
      }),
    );
  }, deadlineMs);
  const signal = stop ? AbortSignal.any([stop, deadline.signal]) : deadline.signal;

  /** Why a piece of work failed. After the deadline the reason is the deadline, whatever error the interrupted work has thrown. */
  const troubleOf = (thrown: unknown): CannotLook => {
    stop?.throwIfAborted();
    const trouble = deadline.signal.aborted ? deadline.signal.reason : thrown;
    if (trouble instanceof CannotLook) return trouble;
    return new CannotLook(`Something is wrong with the checker: ${messageOf(trouble)}`, { reason: 'bug', cause: trouble });
  };

  try {
    const session = await unlessAborted(signal, openOwn(entry, open, signal));
    const memo = new Map<string, Promise<unknown>>();
    const troubles: string[] = [];
    const results = await Promise.all(
      tasks.map(async (task) => {
        try {
          return renderTask(lab, await unlessAborted(signal, runTask(task, session, { signal, memo, deadlineMs })), language);
        } catch (thrown) {
          const trouble = troubleOf(thrown);
          troubles.push(trouble.message);
          return unseen(task, entry, trouble, options);
        }
      }),
    );
    return accountResult(entry, lab.id, results, troubles[0] && forOperator(troubles[0]));
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    const results = tasks.map((task) => unseen(task, entry, trouble, options));
    return accountResult(entry, lab.id, results, forOperator(trouble.message));
  } finally {
    clearTimeout(timer);
  }
}

async function openOwn(entry: RosterEntry, open: OpenAccount, signal: AbortSignal): Promise<AccountSession> {
  const session = await open(entry, signal);
  if (session.account !== entry.account) {
    throw new CannotLook(`The credentials lead to account ${session.account}, not to ${entry.account}: nothing was looked at.`, {
      reason: 'access',
      trouble: 'wrong-account',
      operation: 'sts:AssumeRole',
    });
  }
  return session;
}

/** The result of a task that could not be checked: all checks are `unknown` for the same reason. */
function unseen(task: Task, { account, region }: RosterEntry, trouble: CannotLook, { lab, language }: Assignment): TaskResult {
  const outcome: TaskOutcome = {
    task: task.id,
    status: 'unknown',
    account,
    region,
    checkedAt: new Date().toISOString(),
    values: {},
    checks: task.expectations.map(({ id, title, step }) => ({
      id,
      title,
      source: 'live',
      ...unknown(trouble, { account, region }),
      ...(step !== undefined && { step }),
    })),
  };
  return renderTask(lab, outcome, language);
}

function forOperator(message: string): string {
  return plainText(redact(message));
}
