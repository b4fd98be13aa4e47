import type { Bound } from '../../aws/reader.ts';
import { type EventRule, type EventTarget, events } from '../../aws/services/events.ts';
import { matchesOneOf } from '../dialects/event-pattern.ts';

/** What decides whether a push starts a pipeline. */
export const pushRuleReads = { rules: events.rules, targets: events.targets } as const;

interface PushRule {
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
  const ofBranch = memberOf(detail, 'referenceName') === undefined || names(detail, 'referenceName', branch);
  return rule.state.startsWith('ENABLED') && targets.some(({ arn }) => arn === target) && ofBranch;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** Whether an event pattern names a value. What cannot be decided here is taken to fit. */
function names(pattern: unknown, key: string, value: string): boolean {
  const wanted = memberOf(pattern, key);
  return Array.isArray(wanted) && matchesOneOf(wanted, value) !== 'no';
}
