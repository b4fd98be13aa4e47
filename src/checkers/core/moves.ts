import type { PracticeAccount } from '../../practice/account.ts';
import type { CommonSays } from './common-messages.ts';
import type { Catalogue, Messages } from './messages.ts';

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
}

/** What a student does in a practice account. Its title is `messages.moves[id]`. */
export type Move = (Solve | Trouble) & {
  /** Unique in the lab; part of a URL, so lower-case letters, digits and dashes. */
  readonly id: string;
  readonly task: string;
  /** Changes the account the way the student's clicks and commands would. */
  play(account: PracticeAccount): void;
};

type MoveOf<C extends Catalogue> = (
  | Solve
  | (Trouble & { check: keyof C['checks'] & string; says: (keyof C['says'] & string) | CommonSays })
) & {
  readonly id: keyof C['moves'] & string;
  readonly task: keyof C['tasks'] & string;
  play(account: PracticeAccount): void;
};

/** Declares a lab's moves; ids, tasks, checks and messages are checked against its texts. */
export function defineMoves<const C extends Catalogue>(_messages: Messages<C>, moves: readonly MoveOf<NoInfer<C>>[]): readonly Move[] {
  return moves;
}
