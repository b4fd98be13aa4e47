import { z } from 'zod';

/** Where AWS says a fact: a member with another name than the fact, or one that lies deeper. */
class From<Type extends z.ZodType> {
  readonly path: readonly string[];
  readonly type: Type;

  constructor(path: readonly string[], type: Type) {
    this.path = path;
    this.type = type;
  }
}

/** @param path the member as AWS spells it, e.g. `phaseType`, or the way to it, e.g. `logsConfig.cloudWatchLogs.status` */
export const from = <Type extends z.ZodType>(path: string, type: Type) => new From(path.split('.'), type);

/** A fact has the member's name, or comes from elsewhere; facts that belong together may stand in an object of their own. */
interface Shape {
  readonly [fact: string]: z.ZodType | From<z.ZodType> | Shape;
}
type Fact<Member> =
  Member extends From<infer Type>
    ? z.output<Type>
    : Member extends z.ZodType
      ? z.output<Member>
      : Member extends Shape
        ? FactsIn<Member>
        : never;
/** Facts that AWS may leave out. Of a document nobody knows what it is, so it is always there. */
type MayMiss<Member> = unknown extends Fact<Member> ? false : undefined extends Fact<Member> ? true : false;
type FactsIn<S extends Shape> = Flat<
  { readonly [K in keyof S as MayMiss<S[K]> extends true ? never : K]: Fact<S[K]> } & {
    readonly [K in keyof S as MayMiss<S[K]> extends true ? K : never]?: Fact<S[K]>;
  }
>;
type Flat<T> = { [K in keyof T]: T[K] };

/** The type of what `facts(...)` declares. */
export type FactsOf<Type extends z.ZodType> = z.output<Type>;

/**
 * Declares facts once: their names, where AWS says them and what they are. The result checks an answer, or a part of one, and gives
 * its facts; {@link FactsOf} is their type. A member that AWS may leave out is `optional()` or has a default; any other must be there.
 *
 * @example
 * const phase = facts({
 *   type: from('phaseType', text),
 *   status: from('phaseStatus', maybeText),
 *   contexts: list(facts({ code: from('statusCode', maybeText), message: maybeText })),
 * });
 * type Phase = FactsOf<typeof phase>;
 */
export function facts<S extends Shape>(shape: S): z.ZodType<FactsIn<S>> {
  const members = Object.entries(shape).map(([name, member]) => {
    if (member instanceof From) return { name, path: member.path, type: member.type };
    return member instanceof z.ZodType ? { name, path: [name], type: member } : { name, path: [], type: facts(member) };
  });
  return z.unknown().transform((answer, context) => {
    const found: Record<string, unknown> = {};
    for (const { name, path, type } of members) {
      const { value, stuck } = follow(answer, path);
      const { value: fact, issues } = run(stuck ? anObject : type, value);
      if (issues.length === 0) found[name] = fact;
      // Nothing goes on with facts that are not whole.
      for (const issue of issues) context.issues.push({ ...issue, path: [...(stuck ?? path), ...(issue.path ?? [])], continue: false });
    }
    return found as FactsIn<S>;
  });
}

const anObject = z.looseObject({});

/** Checks without making an error: whoever asked collects the issues. */
function run(type: z.ZodType, value: unknown): z.core.ParsePayload {
  const result = type._zod.run({ value, issues: [] }, { async: false });
  if (result instanceof Promise) throw new TypeError('Facts are read at once; a check that waits cannot be part of them.');
  return result;
}

/** What lies at the end of a path. A part that is left out says nothing about what is in it; at a part that is no object it is stuck. */
function follow(answer: unknown, path: readonly string[]): { readonly value: unknown; readonly stuck?: readonly string[] } {
  let value = answer;
  for (const [depth, step] of path.entries()) {
    if (value === undefined && depth > 0) return { value };
    if (typeof value !== 'object' || value === null) return { value, stuck: path.slice(0, depth) };
    value = Reflect.get(value, step);
  }
  return { value };
}

/** The one part of an answer that is of interest, e.g. `repositoryMetadata`. */
export const within = <T>(path: string, type: z.ZodType<T>): z.ZodType<T> =>
  facts({ part: from(path, type) }).transform((answer) => (answer as unknown as { readonly part: T }).part);

/** Text that says something. */
export const text = z.string().min(1);
export const maybeText = z.string().optional();
/** Text whose empty form means the same as none. */
export const textOrNone = maybeText.transform((found) => found || undefined);
export const date = z.date();
export const maybeDate = date.optional();
/** Off where AWS says nothing. */
export const flag = z.boolean().default(false);
/** A list that AWS may leave out when it is empty. */
export const list = <T>(of: z.ZodType<T>): z.ZodType<readonly T[]> => z.array(of).default([]);
/** A list of which only one member is of interest, e.g. the `name` of each. */
export const listOf = (member: string): z.ZodType<readonly string[]> => list(within(member, text));
/** Names with values, which AWS gives as a list, e.g. of tags with `Key` and `Value`. A missing value is an empty one. */
export const pairs = (key: string, value: string): z.ZodType<Readonly<Record<string, string>>> =>
  list(facts({ key: from(key, z.string()), value: from(value, z.string().default('')) })).transform((found) =>
    Object.fromEntries(found.map((pair) => [pair.key, pair.value])),
  );
/**
 * JSON that AWS gives as text: what it says, or the text itself when it is no JSON.
 * So a document that nobody can read stays a fact, for whoever judges it, and is not taken for trouble of ours.
 */
export function jsonOrText(found: string): unknown {
  try {
    return JSON.parse(found);
  } catch {
    return found;
  }
}

export const jsonDocument: z.ZodType<unknown> = text.transform(jsonOrText);
