import type { NamedResource } from '../../aws/index.ts';
import type { Messages } from './messages.ts';
import type { Move } from './moves.ts';
import type { Task } from './task.ts';

/** One lab's checkers: what the runner, the page, the grade and the role generator need to know of it. */
export interface Lab {
  /** The name of its folder under `src/content/labs/` and `src/checkers/`. */
  readonly id: string;
  /** The region its text works in; used when nobody says otherwise. */
  readonly region: string;
  /**
   * What the lab makes, by the names its text gives: what pre-flight looks for and what the read-only role is limited to.
   * The first one is what a student makes first.
   */
  readonly resources?: readonly NamedResource[];
  /** In the order in which a student does them. */
  readonly tasks: readonly Task[];
  readonly messages: Messages;
  /** What students do in a practice account, right and wrong. */
  readonly moves: readonly Move[];
}

/**
 * Declares a lab.
 * @throws Error when two tasks share an id, a task needs one that does not come earlier, or a move names an unknown task or check.
 */
export function defineLab(lab: Lab): Lab {
  const complain = (problem: string): never => {
    throw new Error(`Lab "${lab.id}": ${problem}.`);
  };
  const ids = lab.tasks.map((task) => task.id);
  for (const [index, task] of lab.tasks.entries()) {
    if (ids.indexOf(task.id) !== index) complain(`two tasks are called "${task.id}"`);
    for (const needed of task.needs) {
      if (!ids.slice(0, index).includes(needed)) complain(`"${task.id}" needs "${needed}", which is not an earlier task`);
    }
  }
  const moveIds = lab.moves.map((move) => move.id);
  for (const [index, move] of lab.moves.entries()) {
    if (moveIds.indexOf(move.id) !== index) complain(`two moves are called "${move.id}"`);
    const task = lab.tasks.find(({ id }) => id === move.task) ?? complain(`the move "${move.id}" is for the unknown task "${move.task}"`);
    if (move.kind === 'solve') continue;
    if (!task.expectations.some(({ id }) => id === move.check)) {
      complain(`the move "${move.id}" is about "${move.check}", which "${move.task}" does not expect`);
    }
  }
  return lab;
}

/** A task of a lab by its id, or undefined. */
export function taskOf(lab: Lab, id: string): Task | undefined {
  return lab.tasks.find((task) => task.id === id);
}
