import type { Language } from '../../i18n/languages.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import type { Lab } from './lab.ts';
import type { Move } from './moves.ts';

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

/** The moves of a lab in one language; what AWS is still working on is listed apart from what students do. */
export function listMoves(lab: Lab, language: Language): { moves: MoveListing[]; moments: MoveListing[] } {
  const listing = (move: Move): MoveListing => ({
    id: move.id,
    task: move.task,
    kind: move.kind,
    ...(move.kind === 'mistake' && { breaks: move.check }),
    title: lab.messages[language].moves[move.id] ?? move.id,
  });
  const all = lab.moves.map(listing);
  return { moves: all.filter(({ kind }) => kind !== 'moment'), moments: all.filter(({ kind }) => kind === 'moment') };
}
