import type { Language } from '../../i18n/languages.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import type { Lab } from './lab.ts';
import type { Move } from './move.ts';

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
 * moment that is not made in place of this task, this task too: so a mistake shows its own failure and nothing else.
 * A solve leaves later tasks that were done as they were when nothing has gone wrong since (`solvedThrough`).
 * @returns the index of the last task that is now done, to be handed in at the next move; -1 for none.
 */
export function playMove(lab: Lab, move: Move, account: PracticeAccount, solvedThrough = -1): number {
  const target = lab.tasks.findIndex(({ id }) => id === move.task);
  account.wipe();
  if (move.kind === 'solve') {
    const last = Math.max(target, solvedThrough);
    solve(lab, account, last);
    return last;
  }
  solve(lab, account, move.instead ? target - 1 : target);
  move.play(account);
  return target - 1;
}

/** Does every task up to this index. */
function solve(lab: Lab, account: PracticeAccount, last: number): void {
  const solves = lab.moves.filter(({ kind }) => kind === 'solve');
  for (const move of solves.slice(0, last + 1)) move.play(account);
}

/** The moves of a lab in one language; what AWS is still working on is listed apart from what students do. */
export function listMoves(lab: Lab, language: Language): { moves: MoveListing[]; moments: MoveListing[] } {
  const listing = (move: Move): MoveListing => ({
    id: move.id,
    task: move.task,
    kind: move.kind,
    ...(move.kind === 'mistake' && { breaks: move.check }),
    title: move.title[language],
  });
  const all = lab.moves.map(listing);
  return { moves: all.filter(({ kind }) => kind !== 'moment'), moments: all.filter(({ kind }) => kind === 'moment') };
}
