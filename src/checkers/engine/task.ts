import type { AnyReader, Bound } from '../../aws/reader.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import type { AnyExpectation, Expected, Facts } from './expectation.ts';
import type { TaskContext } from './task-context.ts';
import type { Texts } from './texts.ts';

/** The practice move that does a task right. */
export interface Solve {
  /** Unique in the lab; part of a URL, so lower-case letters, digits and dashes. */
  readonly id: string;
  readonly title: Texts;
  play(account: PracticeAccount): void;
}

/** How a file of the lab gets into the student's account, and which checks of the task read it there. */
export interface JudgedFile {
  readonly checks: readonly string[];
  /** Puts another text in the place of the lab's, in an account in which this task is done. */
  use(account: PracticeAccount, text: string): void;
}

type Publish<Fact> = (fact: Fact, context: TaskContext) => Readonly<Record<string, string>>;

export interface TaskDefinition<R extends Record<string, AnyReader>, F extends Facts> {
  /** `task-<n>` or `cleanup`. */
  readonly id: string;
  readonly title: Texts;
  /** Tasks this one builds on. For the page and for checks that are `blocked`; it does not run them. */
  readonly needs?: readonly string[];
  /** Every reader the task may use. The IAM actions of the role and the guard at run time follow from this list. */
  readonly reads: R;
  /**
   * Asks AWS and returns facts as promises. Start everything that does not depend on another answer at once.
   * It never judges and never catches: what cannot be read must stay unreadable.
   */
  observe(aws: Bound<NoInfer<R>>, context: TaskContext): F;
  /** In the order in which they are shown. */
  readonly expectations: readonly Expected<Bound<NoInfer<R>>>[];
  readonly solve: Solve;
  /** The files of the lab that checks of this task read, by their path in its `files/`. `npm run judge` takes others in their place. */
  readonly files?: Readonly<Record<string, JudgedFile>>;
  /** The student's values this task reveals, by name, from one fact. */
  readonly publishes?: { readonly [K in keyof NoInfer<F>]?: Publish<Awaited<NoInfer<F>[K]>> };
}

/** A task as the runner, the role generator and the proof cycle see it: what it is made of, without the types it was written with. */
export interface Task {
  readonly id: string;
  readonly title: Texts;
  readonly needs: readonly string[];
  readonly reads: Readonly<Record<string, AnyReader>>;
  observe(aws: Bound<Record<string, AnyReader>>, context: TaskContext): Facts;
  /** In the order in which they are shown; `of` names the fact each one judges. */
  readonly expectations: readonly AnyExpectation[];
  readonly solve: Solve;
  readonly files: Readonly<Record<string, JudgedFile>>;
  readonly publishes: readonly { readonly of: string; readonly values: Publish<unknown> }[];
}

/**
 * Declares a task: what it reads, what it observes, what it expects, and how a student does it.
 * @throws Error when two expectations share an id, `after` names no earlier one, or there are none: mistakes of the author, found on import.
 */
export function defineTask<R extends Record<string, AnyReader>, F extends Facts>(definition: TaskDefinition<R, F>): Task {
  const { id: task, expectations, files = {} } = definition;
  const complain = (problem: string): never => {
    throw new Error(`Task "${task}": ${problem}.`);
  };
  const ids = expectations.map(({ id }) => id);
  if (ids.length === 0) complain('it has no expectations, so nothing could ever fail');
  for (const [index, { id, after = [] }] of expectations.entries()) {
    if (ids.indexOf(id) !== index) complain(`two expectations are called "${id}"`);
    for (const earlier of [after].flat()) {
      if (!ids.slice(0, index).includes(earlier)) complain(`"${id}" comes after "${earlier}", which is not an earlier expectation`);
    }
  }
  for (const [file, { checks }] of Object.entries(files)) {
    const unknown = checks.find((check) => !ids.includes(check));
    if (unknown !== undefined) complain(`"${file}" is read by "${unknown}", which it does not expect`);
  }
  const publications = Object.entries(definition.publishes ?? {}) as [string, Publish<unknown>][];
  return {
    id: task,
    title: definition.title,
    needs: definition.needs ?? [],
    reads: definition.reads,
    // `observe` gets the readers of `reads`, which is what `Bound` says; from here on only the erased shape is needed.
    observe: definition.observe as Task['observe'],
    expectations,
    solve: definition.solve,
    files,
    publishes: publications.map(([of, values]) => ({ of, values })),
  };
}
