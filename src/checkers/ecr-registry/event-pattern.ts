import { matches as matchesWildcards } from '../../wildcards/wildcards.ts';
/** An event of Amazon ECR, as EventBridge receives it. */
export interface EcrEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** What ECR sends when an image is pushed. Source: Amazon ECR User Guide, "Amazon ECR events and EventBridge". */
export const pushEvent = (repository: string, tag: string, { account, region }: { account: string; region: string }): EcrEvent => ({
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account,
  region,
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': repository, 'image-tag': tag },
});

export type Match = 'yes' | 'no' | 'undecided';

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether an event pattern takes an event. `undecided` for what is not decided here: a field the event is not known to have,
 * or a way of matching that is not known. Source: Amazon EventBridge User Guide, "Creating event patterns".
 */
export function matches(pattern: unknown, event: unknown): Match {
  if (!isMap(pattern)) return 'undecided';
  return allOf(
    Object.entries(pattern).map(([key, wanted]) => {
      if (key === '$or') return Array.isArray(wanted) ? anyOf(wanted.map((one) => matches(one, event))) : 'undecided';
      const found = isMap(event) && Object.hasOwn(event, key) ? event[key] : undefined;
      if (found === undefined) return 'undecided';
      if (Array.isArray(wanted)) return anyOf(wanted.map((one) => matchesValue(one, found)));
      return isMap(found) ? matches(wanted, found) : 'undecided';
    }),
  );
}

function allOf(answers: readonly Match[]): Match {
  if (answers.includes('no')) return 'no';
  return answers.includes('undecided') ? 'undecided' : 'yes';
}

function anyOf(answers: readonly Match[]): Match {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('undecided') ? 'undecided' : 'no';
}

const not = (answer: Match): Match => (answer === 'undecided' ? answer : answer === 'yes' ? 'no' : 'yes');

/** How a value may be matched, by the name of the way. */
const WAYS: Readonly<Record<string, (wanted: unknown, found: string) => Match>> = {
  prefix: textual((text, found) => found.startsWith(text)),
  suffix: textual((text, found) => found.endsWith(text)),
  'equals-ignore-case': textual((text, found) => found.toLowerCase() === text.toLowerCase()),
  // A question mark stands for itself here, and a backslash takes the meaning off a star.
  wildcard: (wanted, found) =>
    typeof wanted !== 'string' || /[?\\]/.test(wanted) ? 'undecided' : matchesWildcards(wanted, found) ? 'yes' : 'no',
  exists: (wanted) => (typeof wanted === 'boolean' ? (wanted ? 'yes' : 'no') : 'undecided'),
  'anything-but': (wanted, found) => not(anyOf([wanted].flat().map((one) => matchesValue(one, found)))),
};

function textual(test: (text: string, found: string) => boolean) {
  return (wanted: unknown, found: string): Match => (typeof wanted === 'string' ? (test(wanted, found) ? 'yes' : 'no') : 'undecided');
}

function matchesValue(wanted: unknown, found: unknown): Match {
  if (!isMap(wanted)) return wanted === found ? 'yes' : 'no';
  const [rule, more] = Object.entries(wanted);
  if (rule === undefined || more !== undefined || typeof found !== 'string') return 'undecided';
  const [name, value] = rule;
  const way = Object.hasOwn(WAYS, name) ? WAYS[name] : undefined;
  return way === undefined ? 'undecided' : way(value, found);
}
