import type { PracticeAccount } from '../../practice/account.ts';
import type { Lab } from './lab.ts';
import type { Catalogue, Messages } from './messages.ts';

interface Solve {
  readonly kind: 'solve';
}

/** A state that one check must notice, and say so with its own message. */
interface Trouble {
  /**
   * `mistake`: something students get wrong; exactly this check fails.
   * `moment`: AWS caught while it is still working; this check waits.
   */
  readonly kind: 'mistake' | 'moment';
  readonly check: string;
  /** Key of the message the check must answer with. */
  readonly says: string;
}

/** What a student does in a practice account. Its title is `messages.moves[id]`. */
export type Move = (Solve | Trouble) & {
  /** Unique in the lab; part of a URL, so lower-case letters, digits and dashes. */
  readonly id: string;
  readonly task: string;
  /** Changes the account the way the student's clicks and commands would. */
  play(account: PracticeAccount): void;
};

type MoveOf<C extends Catalogue> = (Solve | (Trouble & { check: keyof C['checks'] & string; says: keyof C['says'] & string })) & {
  readonly id: keyof C['moves'] & string;
  readonly task: keyof C['tasks'] & string;
  play(account: PracticeAccount): void;
};

/** Declares a lab's moves; ids, tasks, checks and messages are checked against its texts. */
export function defineMoves<const C extends Catalogue>(_messages: Messages<C>, moves: readonly MoveOf<NoInfer<C>>[]): readonly Move[] {
  return moves;
}

/** A move as the practice API lists it. */
export interface MoveListing {
  readonly id: string;
  readonly task: string;
  readonly kind: Move['kind'];
  readonly breaks?: string;
  readonly title: string;
}

/**
 * Plays one move of a lab. The account first becomes one in which every earlier task is done and, for a mistake or a
 * moment, this task too: so a mistake shows its own failure and nothing else. A solve leaves later tasks that were
 * done as they were when nothing has gone wrong since (`solvedThrough`).
 * @returns the index of the last task that is now done, to be handed in at the next move; -1 for none.
 * @throws Error when a task has no solve; `defineLab` and the proof cycle keep that from happening.
 */
export function playMove(lab: Lab, move: Move, account: PracticeAccount, solvedThrough = -1): number {
  const target = lab.tasks.findIndex(({ id }) => id === move.task);
  const last = move.kind === 'solve' ? Math.max(target, solvedThrough) : target;
  account.wipe();
  for (const task of lab.tasks.slice(0, last + 1)) solveOf(lab, task.id).play(account);
  if (move.kind === 'solve') return last;
  move.play(account);
  return target - 1;
}

function solveOf(lab: Lab, task: string): Move {
  const solve = lab.moves.find((move) => move.kind === 'solve' && move.task === task);
  if (solve === undefined) throw new Error(`Lab "${lab.id}": no move solves "${task}".`);
  return solve;
}
