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

export interface Readings {
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
  const plain = wildcards ? patternOf : literal;
  const open: string[] = [];
  let patterns: readonly Pattern[] = [[]];
  const append = (choices: readonly Pattern[]) => {
    patterns = patterns.flatMap((pattern) => choices.map((choice) => [...pattern, ...choice]));
  };
  if (value.split('${').length > MOST_VARIABLES + 1) return TOO_MANY;
  let done = 0;
  for (let start = value.indexOf('${'); start >= 0; start = value.indexOf('${', done)) {
    const end = value.indexOf('}', start);
    if (end < 0) break;
    append([plain(value.slice(done, start))]);
    done = end + 1;
    const inside = value.slice(start + 2, end);
    if (inside === '*' || inside === '?' || inside === '$') {
      append([literal(inside)]);
      continue;
    }
    const [, key = inside, fallback] = /^([^,]*),\s*'(.*)'$/s.exec(inside) ?? [];
    const values = context.valuesOf(key.trim());
    if (values === undefined) {
      open.push(key.trim());
      append([[ANY]]);
    } else if (values.length * patterns.length > MOST_READINGS) return TOO_MANY;
    else if (values.length > 0) append(values.map(literal));
    else if (fallback !== undefined) append([literal(fallback)]);
    else return { patterns: [], open: [] };
  }
  append([plain(value.slice(done))]);
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
