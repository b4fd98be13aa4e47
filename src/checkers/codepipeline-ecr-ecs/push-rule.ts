import type { Bound, EventRule, EventTarget } from '../core/index.ts';
import { readers } from '../core/index.ts';

/** What decides whether a push starts a pipeline. */
export const pushRuleReads = { rules: readers.events.rules, targets: readers.events.targets } as const;

export interface PushRule {
  readonly rule: EventRule;
  readonly targets: readonly EventTarget[];
}

// Rules for one repository are few; an account may have hundreds of others.
const MOST_RULES = 10;

/** The enabled and disabled rules that are about pushes to this repository. */
export const rulesAbout = (rules: readonly EventRule[], repositoryArn: string) =>
  rules.filter(({ pattern }) => names(pattern, 'source', 'aws.codecommit') && names(pattern, 'resources', repositoryArn));

/** The rules about the repository with where they lead. */
export async function pushRules(aws: Bound<typeof pushRuleReads>, repositoryArn: string): Promise<readonly PushRule[]> {
  const rules = rulesAbout(await aws.rules(''), repositoryArn).slice(0, MOST_RULES);
  return Promise.all(rules.map(async (rule) => ({ rule, targets: (await aws.targets(rule.name)) ?? [] })));
}

/** Whether a push to the branch starts the target: the rule is on, leads there, and does not ask for another branch. */
export function startedByPush({ rule, targets }: PushRule, branch: string, target: string): boolean {
  const detail = memberOf(rule.pattern, 'detail');
  const leads = targets.some(({ arn }) => arn === target);
  return (
    rule.state.startsWith('ENABLED') && leads && (memberOf(detail, 'referenceName') === undefined || names(detail, 'referenceName', branch))
  );
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** Whether an event pattern names a value. What it says by prefix or by exception is taken to fit: it is not judged here. */
function names(pattern: unknown, key: string, value: string): boolean {
  const values = memberOf(pattern, key);
  return Array.isArray(values) && values.some((one) => one === value || (typeof one === 'object' && one !== null));
}
