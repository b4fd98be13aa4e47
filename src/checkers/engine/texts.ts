import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../i18n/languages.ts';

/** One text in every language, as an ICU MessageFormat pattern. A missing language is a type error. */
export type Texts = Readonly<Record<Language, string>>;

/** What a check may say, by key. The parameters of the Korean text are the ones a checker must fill in. */
export type Says = Readonly<Record<string, Texts>>;

export type Parameter = string | number;

/** Names of the `{parameters}` of an ICU pattern without nested arguments, e.g. `'{name} of {count, number}'` -> `'name' | 'count'`. */
type ParametersOf<Pattern extends string> = Pattern extends `${string}{${infer Argument}}${infer Rest}`
  ? (Argument extends `${infer Name},${string}` ? Name : Argument) | ParametersOf<Rest>
  : never;

/** How a checker says something: the key alone, or `[key, parameters]` when the text has parameters. */
export type Saying<S extends Says> = {
  [Key in keyof S & string]: [ParametersOf<S[Key]['ko']>] extends [never]
    ? Key
    : readonly [Key, { readonly [Name in ParametersOf<S[Key]['ko']>]: Parameter }];
}[keyof S & string];

/** A saying of any check, as the runner sees it. */
export type AnySaying = string | readonly [string, Readonly<Record<string, Parameter>>];

/** A saying as an outcome carries it: the language is chosen last, when a result is rendered. */
export interface Said {
  readonly key: string;
  readonly texts: Texts;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** Declares texts that several checks say; the identity function that keeps their parameters known to the compiler. */
export function says<const S extends Says>(texts: S): S {
  return texts;
}

/** Finds the texts of a saying. @throws Error when `from` has no text of that key */
export function said(from: Says, saying: AnySaying): Said {
  const [key, parameters] = typeof saying === 'string' ? [saying, {}] : saying;
  const texts = Object.hasOwn(from, key) ? from[key] : undefined;
  if (texts === undefined) throw new Error(`There is no text called "${key}".`);
  return { key, texts, parameters };
}

const compiled = new Map<string, IntlMessageFormat>();

/**
 * An ICU pattern with its parameters filled in. Parameters are inserted as plain text and never parsed.
 * @throws Error when the pattern is malformed or a parameter is missing, naming the pattern.
 */
export function formatMessage(pattern: string, language: Language, parameters: Readonly<Record<string, Parameter>> = {}): string {
  const key = `${language}\n${pattern}`;
  let format = compiled.get(key);
  if (format === undefined) {
    // `ignoreTag`: `<repository-name>` in a text is a placeholder the student knows, not markup.
    format = new IntlMessageFormat(pattern, language, undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format({ ...parameters }));
}
