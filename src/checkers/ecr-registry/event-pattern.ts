/** An event of Amazon ECR, as EventBridge receives it. */
export interface EcrEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, string>>;
}

/** What ECR sends when an image is pushed. Source: Amazon ECR User Guide, "Amazon ECR events and EventBridge". */
export const pushEvent = (repository: string, tag: string): EcrEvent => ({
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': repository, 'image-tag': tag },
});

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether an event pattern takes an event. `undecided` for what is not decided here: a field the event is not known to have,
 * or a way of matching other than a value, `prefix`, `suffix` and `equals-ignore-case`.
 */
export function matches(pattern: unknown, event: unknown): 'yes' | 'no' | 'undecided' {
  if (!isMap(pattern)) return 'undecided';
  const answers = Object.entries(pattern).map(([key, wanted]) => {
    const found = isMap(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    if (found === undefined) return 'undecided';
    if (Array.isArray(wanted)) return anyOf(wanted.map((one) => matchesValue(one, found)));
    return isMap(found) ? matches(wanted, found) : 'undecided';
  });
  if (answers.includes('no')) return 'no';
  return answers.includes('undecided') ? 'undecided' : 'yes';
}

function anyOf(answers: readonly ('yes' | 'no' | 'undecided')[]) {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('undecided') ? 'undecided' : 'no';
}

function matchesValue(wanted: unknown, found: unknown): 'yes' | 'no' | 'undecided' {
  if (!isMap(wanted)) return wanted === found ? 'yes' : 'no';
  const [rule, more] = Object.entries(wanted);
  if (rule === undefined || more !== undefined || typeof rule[1] !== 'string' || typeof found !== 'string') return 'undecided';
  const [way, text] = rule;
  const tests: Readonly<Record<string, boolean>> = {
    prefix: found.startsWith(text),
    suffix: found.endsWith(text),
    'equals-ignore-case': found.toLowerCase() === text.toLowerCase(),
  };
  const answer = Object.hasOwn(tests, way) ? tests[way] : undefined;
  if (answer === undefined) return 'undecided';
  return answer ? 'yes' : 'no';
}
