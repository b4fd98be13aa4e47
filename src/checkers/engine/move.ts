import type { PracticeAccount } from '../../practice/account.ts';
import type { Mistake } from './expectation.ts';
import type { Task } from './task.ts';
import type { Texts } from './texts.ts';

interface Solve {
  readonly kind: 'solve';
}

/** A state that one check must notice, and say so with its own message. */
interface Trouble {
  /**
   * `mistake`: something students get wrong; exactly this check fails.
   * `moment`: nothing wrong, but nothing to be told yet: AWS is still working and this check waits, or it is undecided.
   */
  readonly kind: 'mistake' | 'moment';
  readonly check: string;
  /** Key of the message the check must answer with. */
  readonly says: string;
  /** What a mistake leaves its check as. */
  readonly leaves: 'failed' | 'not-started';
  /** Whether it is done in place of the task, not after it. */
  readonly instead: boolean;
}

/** What a student does in a practice account. */
export type Move = (Solve | Trouble) & {
  /** Unique in the lab; part of a URL, so lower-case letters, digits and dashes. */
  readonly id: string;
  readonly task: string;
  readonly title: Texts;
  /** Changes the account the way the student's clicks and commands would. */
  play(account: PracticeAccount): void;
};

/** The moves of a task: the one that solves it, then what breaks its checks, in the order of the checks. */
export function movesOf({ id: task, solve, expectations }: Task): readonly Move[] {
  const trouble = (kind: Trouble['kind'], check: string, id: string, mistake: Mistake): Move => {
    const { title, says, leaves = 'failed' } = mistake;
    const instead = mistake.instead !== undefined;
    return { id, task, kind, check, title, says, leaves, instead, play: mistake.instead === undefined ? mistake.play : mistake.instead };
  };
  return [
    { id: solve.id, task, kind: 'solve', title: solve.title, play: solve.play },
    ...expectations.flatMap(({ id: check, breaks, moments = {} }) => [
      ...Object.entries(breaks).map(([id, mistake]) => trouble('mistake', check, id, mistake)),
      ...Object.entries(moments).map(([id, mistake]) => trouble('moment', check, id, mistake)),
    ]),
  ];
}
