import type { Deletion } from '../../aws/deletion.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import type { CommonSays } from './common-texts.ts';
import type { Json, PastEvent } from './result.ts';
import type { TaskContext } from './task-context.ts';
import type { AnySaying, Saying, Says, Texts } from './texts.ts';
import type { Verdict } from './verdict.ts';

/** Proof that something was right before it was deleted. */
export interface Evidence {
  readonly event: PastEvent;
  readonly observed?: Json;
  readonly resource?: string | undefined;
}

/** What a student does in a practice account that one check must notice and answer with its own message. */
export type Mistake<Key extends string = string> = {
  readonly title: Texts;
  /** Key of the message that the check must answer with. */
  readonly says: Key;
  /** For checks that can only tell that nothing is there: the mistake leaves the check `not-started` instead of `failed`. */
  readonly leaves?: 'not-started';
} & (
  | {
      /** Does it after this task was done right. */
      play(account: PracticeAccount): void;
      readonly instead?: never;
    }
  | {
      /** Does it in place of this task, after the earlier ones were done right. */
      instead(account: PracticeAccount): void;
      readonly play?: never;
    }
);

interface Held<S extends Says, Fact> {
  /** True when the fact is as it should be. */
  holds(fact: Fact, context: TaskContext): boolean;
  /** What to say when it is not. */
  readonly otherwise: Saying<S> | ((fact: Fact, context: TaskContext) => Saying<S>);
  readonly judge?: never;
}

/** How an expectation judges that tells more than right from wrong. */
export interface Judged<S extends Says, Fact> {
  /** For what is not simply right or wrong: waiting, not started, blocked, several messages. */
  judge(fact: Fact, context: TaskContext): Verdict<Saying<S>>;
  readonly holds?: never;
  readonly otherwise?: never;
}

interface Shape<Fact, Aws, Key extends string> {
  /** Unique in its task. */
  readonly id: string;
  /** The goal, as the student reads it. */
  readonly title: Texts;
  /** Checks of this task that must have passed first; else this one is `blocked` and not judged. */
  readonly after?: string | readonly string[];
  /** The numbered step of the lab's text that sets what is checked. */
  readonly step?: number;
  readonly expected?: Json | ((fact: Fact, context: TaskContext) => Json | undefined);
  observed?(fact: Fact, context: TaskContext): Json | undefined;
  /** ARN or name of the resource looked at. */
  resource?(fact: Fact, context: TaskContext): string | undefined;
  /** Console deep link to it. */
  console?(fact: Fact, context: TaskContext): string | undefined;
  /** For leftovers of a cleanup: how to remove it. Shown while the check has not passed. */
  fix?(fact: Fact, context: TaskContext): Deletion | undefined;
  /** The place of `fix` among the deletions of the lab: what has to go first has the smaller number. */
  readonly order?: number;
  /**
   * For a check that finds nothing any more (`not-started`, or `blocked` for that reason): what AWS keeps that proves that it was right.
   * It can only pass. A check `after` one that passed from history is proven from history too, or stays `blocked`.
   */
  past?(aws: Aws, context: TaskContext): Promise<Evidence | undefined>;
  /** For a check that is `not-started`: whether what is missing was made in another region. Looked up once a run in each of `regions`. */
  readonly elsewhere?: {
    readonly regions: readonly string[];
    /** The readers of the task that `find` uses; no others may call another region. */
    readonly reads: readonly string[];
    /** The name or ARN found there. */
    find(aws: Aws, context: TaskContext): Promise<string | undefined>;
  };
  /** The mistakes that make this check, and only it, fail: practice moves by id. The proof cycle fails without one. */
  readonly breaks: Readonly<Record<string, Mistake<Key | CommonSays>>>;
  /** Moments at which this check can tell nothing yet, because AWS is still working or because it is undecided: practice moves by id. */
  readonly moments?: Readonly<Record<string, Mistake<Key | CommonSays>>>;
}

/** One expectation over one fact: everything about it stands in its declaration. */
export type Expectation<Fact, Aws, S extends Says, Judgement = Held<S, Fact> | Judged<S, Fact>> = Shape<Fact, Aws, keyof S & string> & {
  /** Everything this check may say, by key. */
  readonly says: S;
} & Judgement;

/** An expectation whose fact type is no longer known; a `Task` only ever pairs it with its own fact, named by `of`. */
export interface AnyExpectation extends Shape<unknown, never, string> {
  readonly of: string;
  readonly says: Says;
  holds?(fact: unknown, context: TaskContext): boolean;
  readonly otherwise?: AnySaying | ((fact: unknown, context: TaskContext) => AnySaying);
  judge?(fact: unknown, context: TaskContext): Verdict<AnySaying>;
}

/** An expectation with its fact: what a task lists. `Aws` tells the compiler which readers its history asks. */
export interface Expected<in Aws> extends AnyExpectation {
  readonly asks?: (aws: Aws) => void;
}

/**
 * Declares an expectation that several labs or tasks share; the identity function that checks it against its fact.
 * A lab that spreads it may put its own `judge`, or `holds` and `otherwise`, in the place of the same.
 * @example export const privileged = (step: number) => expectation<OfProject>()({ id: 'privileged', step, ... });
 */
export const expectation =
  <Fact, Aws = unknown>() =>
  <const S extends Says, By extends { readonly judge?: unknown }>(
    declared: Expectation<Fact, Aws, NoInfer<S>> & { readonly says: S } & By,
  ) =>
    // Only the caller's compiler knows by which of the two it judges.
    declared as object as Expectation<Fact, Aws, S, By extends { judge: unknown } ? Judged<S, Fact> : Held<S, Fact>>;

/** Facts as `observe` returns them: promises that the runner awaits one by one, so that one unreadable fact spoils only the checks that need it. */
export type Facts = Readonly<Record<string, Promise<unknown>>>;

/** The facts that an `observe` returns, by name, as its expectations get them. */
export type FactsOf<Observe extends (...given: never) => Facts> = {
  readonly [Name in keyof ReturnType<Observe>]: Awaited<ReturnType<Observe>[Name]>;
};

/** One function for each fact of a task: it takes an expectation over that fact. */
export type ExpectationsOn<F, Aws> = {
  readonly [Name in keyof F]: <const S extends Says>(
    declared: Expectation<Awaited<F[Name]>, Aws, NoInfer<S>> & { readonly says: S },
  ) => Expected<Aws>;
};

/**
 * The functions with which a task's file declares its expectations, each over one fact that `observe` returns.
 * @example
 * const on = expectationsOn<typeof observe>();
 * on.project({ id: 'privileged', holds: ({ project }) => ..., ... })
 */
export function expectationsOn<Observe extends (aws: never, context: TaskContext) => Facts>() {
  const declare = (of: string) => (declared: object) => ({ ...declared, of });
  // The name of the fact is all that is needed at run time; the types have checked the rest.
  return new Proxy({}, { get: (_target, of) => declare(String(of)) }) as ExpectationsOn<ReturnType<Observe>, Parameters<Observe>[0]>;
}
