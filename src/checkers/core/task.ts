import type { AnyReader, Bound } from '../../aws/reader.ts';
import type { ConsoleLinks } from './console.ts';
import type { Catalogue, Messages, Parameter, Saying } from './messages.ts';
import type { Fix, Json, PastEvent } from './result.ts';

/** What every fact and judgement may lean on besides AWS's answers. */
export interface TaskContext {
  /** The account looked at, 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly console: ConsoleLinks;
  /** When the run began. */
  readonly now: Date;
  /** When this account last passed any task of this lab, if a store remembers. */
  readonly recordedPass?: Date;
}

/** Facts as `observe` returns them: promises that the runner awaits one by one, so that one unreadable fact spoils only the checks that need it. */
export type Facts = Readonly<Record<string, Promise<unknown>>>;

/** A judgement over facts. `says` names the message; a pass says nothing. */
export type Verdict<S = unknown> =
  | { readonly status: 'passed'; readonly observed?: Json; readonly source?: 'live' | 'history' }
  | { readonly status: 'failed'; readonly says: S }
  | { readonly status: 'waiting'; readonly says: S; readonly retryAfter: number }
  | { readonly status: 'not-started'; readonly says: S }
  | { readonly status: 'blocked'; readonly by: string }
  | { readonly status: 'unknown'; readonly says: S };

export const passed = (evidence: { observed?: Json; source?: 'live' | 'history' } = {}) => ({ status: 'passed', ...evidence }) as const;
export const failed = <const S>(says: S) => ({ status: 'failed', says }) as const;
/** `retryAfter`: seconds until AWS is likely to be further. */
export const waiting = <const S>(says: S, retryAfter = 15) => ({ status: 'waiting', says, retryAfter }) as const;
export const notStarted = <const S>(says: S) => ({ status: 'not-started', says }) as const;
/** `by`: the task, or the check of the same task, that has to pass first. */
export const blocked = (by: string) => ({ status: 'blocked', by }) as const;

/** What was read is neither right nor wrong as far as we can tell, e.g. a build that hands its work to a program we do not know. Never counts against the student. */
export const undecided = <const S>(says: S) => ({ status: 'unknown', says }) as const;

type Judgement<C extends Catalogue, Fact> =
  | {
      /** True when the fact is as it should be. */
      holds(fact: Fact, context: TaskContext): boolean;
      /** What to say when it is not. */
      readonly otherwise: Saying<C> | ((fact: Fact, context: TaskContext) => Saying<C>);
      readonly judge?: never;
    }
  | {
      /** For what is not simply right or wrong: waiting, not started, blocked, several messages. */
      judge(fact: Fact, context: TaskContext): Verdict<Saying<C>>;
      readonly holds?: never;
      readonly otherwise?: never;
    };

/** Proof that something was right before it was deleted. */
export interface Evidence {
  readonly event: PastEvent;
  readonly observed?: Json;
  readonly resource?: string | undefined;
}

/** Looks for what a check could not see in what AWS keeps after deletion; `undefined` when nothing proves it. Never used to fail anyone. */
type Recall<R extends Record<string, AnyReader>> = (aws: Bound<R>, context: TaskContext) => Promise<Evidence | undefined>;

/** Looks for what a check did not find in another region; its name or ARN there, or `undefined`. */
type Find<R extends Record<string, AnyReader>> = (aws: Bound<R>, context: TaskContext) => Promise<string | undefined>;

interface ExpectationShape<C extends Catalogue, Fact> {
  /** Unique in its task; its title is `messages.checks[id]`. */
  readonly id: keyof C['checks'] & string;
  /** Checks of this task that must have passed first; else this one is `blocked` and not judged. */
  readonly after?: (keyof C['checks'] & string) | readonly (keyof C['checks'] & string)[];
  readonly expected?: Json | ((fact: Fact, context: TaskContext) => Json | undefined);
  observed?(fact: Fact, context: TaskContext): Json | undefined;
  /** ARN or name of the resource looked at. */
  resource?(fact: Fact, context: TaskContext): string | undefined;
  /** Console deep link to it. */
  console?(fact: Fact, context: TaskContext): string | undefined;
  /** The numbered step of the lab's text that sets what is checked. */
  readonly step?: number;
  /** For leftovers of a cleanup: how to remove it. Shown while the check has not passed. */
  fix?(fact: Fact, context: TaskContext): Fix | undefined;
}

/** One expectation over one fact, whose type `holds`, `judge` and the rest receive. */
export type Expectation<C extends Catalogue, Fact> = ExpectationShape<C, Fact> & Judgement<C, Fact>;

export interface TaskDefinition<C extends Catalogue, R extends Record<string, AnyReader>, F extends Facts> {
  /** `task-<n>` or `cleanup`; its title is `messages.tasks[id]`. */
  readonly id: keyof C['tasks'] & string;
  readonly messages: Messages<C>;
  /** Tasks this one builds on. For the page and for checks that are `blocked`; it does not run them. */
  readonly needs?: readonly (keyof C['tasks'] & string)[];
  /** Every reader the task may use. The IAM actions of the role and the guard at run time follow from this list. */
  readonly reads: R;
  /**
   * Asks AWS and returns facts as promises. Start everything that does not depend on another answer at once.
   * It never judges and never catches: what cannot be read must stay unreadable.
   */
  observe(aws: Bound<NoInfer<R>>, context: TaskContext): F;
  /** What is expected of each fact, in the order in which it is shown. */
  readonly expectations: { readonly [K in keyof NoInfer<F>]?: readonly Expectation<NoInfer<C>, Awaited<NoInfer<F>[K]>>[] };
  /**
   * For checks that find nothing any more (`not-started`, or `blocked` for that reason): what proves that they were right once.
   * A check `after` one that passed from history is proven from history too, or stays `blocked`.
   */
  readonly history?: { readonly [Id in keyof C['checks'] & string]?: Recall<NoInfer<R>> };
  /** For checks that are `not-started`: whether what is missing was made in another region. Looked up once a run in each of `regions`. */
  readonly elsewhere?: {
    readonly regions: readonly string[];
    /** The readers of `reads` that `find` uses; no others may call another region. */
    readonly reads: readonly NoInfer<keyof R & string>[];
    readonly find: { readonly [Id in keyof C['checks'] & string]?: Find<NoInfer<R>> };
  };
  /** The student's values this task reveals, by name, from one fact. */
  readonly publishes?: { readonly [K in keyof NoInfer<F>]?: Publish<Awaited<NoInfer<F>[K]>> };
}

type Publish<Fact> = (fact: Fact, context: TaskContext) => Readonly<Record<string, string>>;

/** A task as the runner, the role generator and the proof cycle see it: what it is made of, without the types it was written with. */
export interface Task {
  readonly id: string;
  readonly messages: Messages;
  readonly needs: readonly string[];
  readonly reads: Readonly<Record<string, AnyReader>>;
  observe(aws: Bound<Record<string, AnyReader>>, context: TaskContext): Facts;
  /** In the order in which they are shown; `of` names the fact each one judges. */
  readonly expectations: readonly AnyExpectation[];
  /** By check. */
  readonly history: Readonly<Record<string, Recall<Record<string, AnyReader>>>>;
  readonly elsewhere: Elsewhere;
  readonly publishes: readonly { readonly of: string; readonly values: Publish<unknown> }[];
}

interface Elsewhere {
  readonly regions: readonly string[];
  readonly reads: readonly string[];
  readonly find: Readonly<Record<string, Find<Record<string, AnyReader>>>>;
}

export type AnySaying = string | readonly [string, Readonly<Record<string, Parameter>>];

/** An expectation whose fact type is no longer known; a `Task` only ever pairs it with its own fact. */
export interface AnyExpectation extends ExpectationShape<Catalogue, unknown> {
  readonly of: string;
  holds?(fact: unknown, context: TaskContext): boolean;
  readonly otherwise?: AnySaying | ((fact: unknown, context: TaskContext) => AnySaying);
  judge?(fact: unknown, context: TaskContext): Verdict<AnySaying>;
}

/**
 * Declares a task: what it reads, what it observes, what it expects.
 * @throws Error when two expectations share an id, `after` names no earlier one, or there are none: mistakes of the author, found on import.
 */
export function defineTask<const C extends Catalogue, R extends Record<string, AnyReader>, F extends Facts>(
  definition: TaskDefinition<C, R, F>,
): Task {
  const complain = (problem: string): never => {
    throw new Error(`Task "${definition.id}": ${problem}.`);
  };
  // Each group's expectations fit its fact by the definition's own types; from here on only the erased shape is needed.
  const groups = Object.entries(definition.expectations) as [string, readonly Omit<AnyExpectation, 'of'>[]][];
  const expectations = groups.flatMap(([of, group]) => group.map((expectation): AnyExpectation => ({ ...expectation, of })));
  const publications = Object.entries(definition.publishes ?? {}) as [string, Publish<unknown>][];

  const ids = expectations.map((expectation) => expectation.id);
  if (ids.length === 0) complain('it has no expectations, so nothing could ever fail');
  for (const [index, { id, after = [] }] of expectations.entries()) {
    if (ids.indexOf(id) !== index) complain(`two expectations are called "${id}"`);
    for (const earlier of [after].flat()) {
      if (!ids.slice(0, index).includes(earlier)) complain(`"${id}" comes after "${earlier}", which is not an earlier expectation`);
    }
  }
  const { history = {}, elsewhere = { regions: [], reads: [], find: {} } } = definition;
  for (const id of [...Object.keys(history), ...Object.keys(elsewhere.find)]) {
    if (!ids.includes(id)) complain(`it looks for "${id}" in history or elsewhere, but expects no such thing`);
  }
  return {
    id: definition.id,
    messages: definition.messages,
    needs: definition.needs ?? [],
    reads: definition.reads,
    observe: definition.observe as Task['observe'],
    expectations,
    history: history as Task['history'],
    elsewhere: elsewhere as Task['elsewhere'],
    publishes: publications.map(([of, values]) => ({ of, values })),
  };
}
