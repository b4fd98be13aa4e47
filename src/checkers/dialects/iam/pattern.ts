import { ANY, type Pattern, type Piece, patternOf } from '../../../wildcards/wildcards.ts';
import { type Certainty, openBecause } from './certainty.ts';
import type { Context } from './context.ts';

/** Text in which nothing stands for anything else. */
const literal = (text: string): Pattern => Array.from(text);

/** Most readings of one value: each variable with several values multiplies them. */
const MOST_READINGS = 64;
/** Most variables of one value. */
const MOST_VARIABLES = 32;
/** What is said of a value with more than that. */
const TOO_MANY: Readings = { patterns: [[ANY]], open: ['too many policy variables'] };

interface Readings {
  /** What the value says once its variables are filled in. None when a variable has no value: it then fits nothing. */
  readonly patterns: readonly Pattern[];
  /** Variables of which nobody told the value; the pattern has `*` in their place. */
  readonly open: readonly string[];
}

/** Reads a value of a policy; `wildcards`: `*` and `?` stand for characters, as in resources and the `Like` operators. */
export type ValueReader = (value: string, wildcards: boolean) => Readings;

/** Only documents of 2012 know variables; in older ones `${...}` is just text. */
export function readerFor(version: '2008-10-17' | '2012-10-17', context: Context): ValueReader {
  if (version === '2012-10-17') return (value, wildcards) => readingsOf(value, context, wildcards);
  return (value, wildcards) => ({ patterns: [wildcards ? patternOf(value) : literal(value)], open: [] });
}

/**
 * Reads a value that may hold policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the
 * characters themselves. What fills a variable is taken literally. Source: IAM User Guide, "Policy variables".
 */
function readingsOf(value: string, context: Context, wildcards: boolean): Readings {
  if (value.split('${').length > MOST_VARIABLES + 1) return TOO_MANY;
  const open: string[] = [];
  let patterns: readonly Pattern[] = [[]];
  for (const [at, part] of value.split(/\$\{(.*?)\}/s).entries()) {
    let choices: readonly Pattern[] = [wildcards ? patternOf(part) : literal(part)];
    // Every second part stands between `${` and `}`.
    if (at % 2 === 1) {
      const [, key = part, fallback] = /^([^,]*),\s*'(.*)'$/s.exec(part) ?? [];
      const values = /^[*?$]$/.test(part) ? [part] : context.valuesOf(key.trim());
      if (values === undefined) open.push(key.trim());
      choices = values === undefined ? [[ANY]] : (values.length === 0 && fallback !== undefined ? [fallback] : values).map(literal);
    }
    if (choices.length === 0) return { patterns: [], open: [] };
    if (choices.length * patterns.length > MOST_READINGS) return TOO_MANY;
    patterns = patterns.flatMap((pattern) => choices.map((choice) => [...pattern, ...choice]));
  }
  return { patterns, open };
}

/** Whether some reading passes the test; open when only an untold variable makes it pass. */
export function someReading({ patterns, open }: Readings, test: (pattern: Pattern) => boolean): Certainty {
  return patterns.some(test) && (open.length === 0 || openBecause(...open));
}

/** The parts between colons: the first `count - 1`, and the rest as the last one. */
export function segmentsOf(pattern: Pattern, count: number): Pattern[] {
  const segments: Piece[][] = [[]];
  for (const piece of pattern) {
    if (piece === ':' && segments.length < count) segments.push([]);
    else segments.at(-1)?.push(piece);
  }
  return segments;
}

export const inLowerCase = (pattern: Pattern): Pattern => pattern.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : piece));
export const endsOpen = (pattern: Pattern) => pattern.at(-1) === ANY;
export const isAnything = (pattern: Pattern) => pattern.length > 0 && pattern.every((piece) => piece === ANY);
