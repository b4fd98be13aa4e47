import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../i18n/languages.ts';

/**
 * The texts of one lab in one language, as ICU MessageFormat patterns:
 * `tasks` and `checks` hold titles by id, `says` what a check answers, `moves` the titles of practice moves.
 */
export interface Catalogue {
  readonly tasks: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, string>>;
  readonly moves: Readonly<Record<string, string>>;
}

/** The same keys with texts of another language: a missing or surplus translation is a type error. */
type Translation<C extends Catalogue> = {
  readonly [Section in keyof C]: { readonly [Key in keyof C[Section]]: string };
};

export interface Messages<C extends Catalogue = Catalogue> {
  readonly ko: C;
  readonly ja: Translation<C>;
  readonly en: Translation<C>;
}

/** Declares a lab's texts. Korean leads: its keys and `{parameters}` are what the other languages and the checkers must match. */
export function defineMessages<const C extends Catalogue>(messages: Messages<C>): Messages<C> {
  return messages;
}

export type Parameter = string | number;

/** Names of the `{parameters}` of an ICU pattern without nested arguments, e.g. `'{name} of {count, number}'` -> `'name' | 'count'`. */
type ParametersOf<Pattern extends string> = Pattern extends `${string}{${infer Argument}}${infer Rest}`
  ? (Argument extends `${infer Name},${string}` ? Name : Argument) | ParametersOf<Rest>
  : never;

/** How a checker says something: the key alone, or `[key, parameters]` when the text has parameters. */
export type Saying<C extends Catalogue = Catalogue> = {
  [Key in keyof C['says'] & string]: [ParametersOf<C['says'][Key]>] extends [never]
    ? Key
    : readonly [Key, { readonly [Name in ParametersOf<C['says'][Key]>]: Parameter }];
}[keyof C['says'] & string];

/** A saying as the runner carries it: language comes last, when a result is rendered. */
export interface Said {
  readonly key: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

export function said(saying: string | readonly [string, Readonly<Record<string, Parameter>>]): Said {
  return typeof saying === 'string' ? { key: saying, parameters: {} } : { key: saying[0], parameters: saying[1] };
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
