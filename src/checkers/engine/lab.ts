import type { NamedResource } from '../../aws/scope.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { type Move, movesOf } from './move.ts';
import type { Task } from './task.ts';

interface LabDefinition {
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
}

/** One lab's checkers: what the runner, the page, the grade and the role generator need to know of it. */
export interface Lab {
  readonly id: string;
  readonly region: string;
  readonly resources?: readonly NamedResource[];
  readonly tasks: readonly Task[];
  /** What students do in a practice account, right and wrong, in the order of the tasks. */
  readonly moves: readonly Move[];
  /** Puts another text in the place of a file that checks of a task read. @throws Error when the task reads no such file */
  useFile(account: PracticeAccount, task: string, file: string, text: string): void;
}

/**
 * Declares a lab.
 * @throws Error when two tasks or two moves share an id, or a task needs one that does not come earlier.
 */
export function defineLab({ id, region, resources, tasks }: LabDefinition): Lab {
  const complain = (problem: string): never => {
    throw new Error(`Lab "${id}": ${problem}.`);
  };
  const ids = tasks.map((task) => task.id);
  for (const [index, task] of tasks.entries()) {
    if (ids.indexOf(task.id) !== index) complain(`two tasks are called "${task.id}"`);
    for (const needed of task.needs) {
      if (!ids.slice(0, index).includes(needed)) complain(`"${task.id}" needs "${needed}", which is not an earlier task`);
    }
  }
  const moves = tasks.flatMap(movesOf);
  const moveIds = moves.map((move) => move.id);
  for (const [index, move] of moveIds.entries()) {
    if (moveIds.indexOf(move) !== index) complain(`two moves are called "${move}"`);
  }
  return {
    id,
    region,
    ...(resources && { resources }),
    tasks,
    moves,
    useFile(account, task, file, text) {
      const judged = tasks.find((one) => one.id === task)?.files[file] ?? complain(`no check of "${task}" reads "${file}"`);
      judged.use(account, text);
    },
  };
}

/** A task of a lab by its id, or undefined. */
export function taskOf(lab: Lab, id: string): Task | undefined {
  return lab.tasks.find((task) => task.id === id);
}
