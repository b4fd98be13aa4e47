import { matches as matchesWildcards } from '../../wildcards/wildcards.ts';
import { isObject } from './json.ts';

/** Whether an event pattern takes something. `undecided`: it depends on what cannot be told from here. */
type Match = 'yes' | 'no' | 'undecided';

/**
 * Whether an event pattern takes an event. `undecided` for what is not decided here: a field the event is not known to have,
 * or a way of matching that is not known. Source: Amazon EventBridge User Guide, "Creating event patterns".
 */
export function matches(pattern: unknown, event: unknown): Match {
  if (!isObject(pattern)) return 'undecided';
  return allOf(
    Object.entries(pattern).map(([key, wanted]) => {
      if (key === '$or') return Array.isArray(wanted) ? anyOf(wanted.map((one) => matches(one, event))) : 'undecided';
      const found = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
      if (found === undefined) return 'undecided';
      if (Array.isArray(wanted)) return matchesOneOf(wanted, found);
      return isObject(found) ? matches(wanted, found) : 'undecided';
    }),
  );
}

/** Whether a list of an event pattern, of values and of ways of matching, takes a value. */
export function matchesOneOf(wanted: readonly unknown[], found: unknown): Match {
  return anyOf(wanted.map((one) => matchesValue(one, found)));
}

/** That answer as soon as one gives it, whatever is undecided. */
const decidedBy = (decisive: Match, otherwise: Match) => (answers: readonly Match[]) =>
  [decisive, 'undecided' as const].find((answer) => answers.includes(answer)) ?? otherwise;

const allOf = decidedBy('no', 'yes');
const anyOf = decidedBy('yes', 'no');
const matchIf = (fits: boolean): Match => (fits ? 'yes' : 'no');
const not = (answer: Match): Match => (answer === 'undecided' ? answer : matchIf(answer === 'no'));

const textual = (test: (text: string, found: string) => boolean) => (wanted: unknown, found: string) =>
  typeof wanted === 'string' ? matchIf(test(wanted, found)) : 'undecided';

/** How a value may be matched, by the name of the way. A map, so that `constructor` is no way. */
const WAYS = new Map(
  Object.entries<(wanted: unknown, found: string) => Match>({
    prefix: textual((text, found) => found.startsWith(text)),
    suffix: textual((text, found) => found.endsWith(text)),
    'equals-ignore-case': textual((text, found) => found.toLowerCase() === text.toLowerCase()),
    // A question mark stands for itself here, and a backslash takes the meaning off a star.
    wildcard: (wanted, found) =>
      typeof wanted !== 'string' || /[?\\]/.test(wanted) ? 'undecided' : matchIf(matchesWildcards(wanted, found)),
    exists: (wanted) => (typeof wanted === 'boolean' ? matchIf(wanted) : 'undecided'),
    'anything-but': (wanted, found) => not(matchesOneOf([wanted].flat(), found)),
  }),
);

function matchesValue(wanted: unknown, found: unknown): Match {
  if (!isObject(wanted)) return matchIf(wanted === found);
  const [rule, more] = Object.entries(wanted);
  if (rule === undefined || more !== undefined || typeof found !== 'string') return 'undecided';
  return WAYS.get(rule[0])?.(rule[1], found) ?? 'undecided';
}
