import {
  type Bound,
  blocked,
  defineTask,
  type EventRule,
  type EventTarget,
  evaluate,
  failed,
  type LogGroup,
  notStarted,
  type Policy,
  passed,
  readers,
  readPolicy,
  type TaskContext,
  undecided,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { matches, pushEvent } from './event-pattern.ts';
import { messages, type Says } from './messages/index.ts';
import { EVENT_LOG_GROUP, logGroupArnOf, NAME, RULE, repositoryArnOf, TAG } from './names.ts';

interface Target {
  /** `undefined` when there is no rule. */
  readonly targets: readonly EventTarget[] | undefined;
  readonly group: LogGroup | undefined;
}

interface Pushes {
  /** Those that went through, newest first. */
  readonly done: readonly { readonly id: string; readonly at: Date; readonly username?: string | undefined }[];
  readonly refused: number;
}

const SERVICE = 'events.amazonaws.com';
const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function judgeRule(rule: EventRule | undefined, context: TaskContext): Verdict<Says> {
  if (rule === undefined) return notStarted(['ruleMissing', { rule: RULE, region: context.region }]);
  if (!rule.state.startsWith('ENABLED')) return failed(['ruleDisabled', { rule: RULE }]);
  const answer = matches(rule.pattern, pushEvent(NAME, TAG, context));
  if (answer === 'undecided') return undecided(['undecidedPattern', { rule: RULE }]);
  return answer === 'yes' ? passed() : failed(['patternOther', { rule: RULE, repository: NAME }]);
}

function judgeTarget({ targets, group }: Target, context: TaskContext): Verdict<Says> {
  if (targets === undefined) return blocked('event-rule');
  const arn = logGroupArnOf(context);
  // The console writes the ARN with `:*` at its end.
  if (!targets.some((target) => target.arn.replace(/:\*$/, '') === arn))
    return failed(['targetMissing', { rule: RULE, group: EVENT_LOG_GROUP }]);
  return group === undefined ? failed(['logGroupMissing', { group: EVENT_LOG_GROUP }]) : passed();
}

/** Whether the policies of the account's logs, together, let EventBridge write to a stream of the group. */
function judgeDelivery(policies: readonly Policy[], context: TaskContext): Verdict<Says> {
  const resource = `${logGroupArnOf(context)}:log-stream:x`;
  const decide = (action: string, policy: Policy) =>
    evaluate({
      resource: policy,
      request: { action, resource, principal: { service: SERVICE }, context: { 'aws:SourceAccount': context.account } },
    });
  const lacking = WRITE.filter((action) => !policies.some((policy) => ['allowed', 'undecided'].includes(decide(action, policy).decision)));
  return lacking.length === 0 ? passed() : failed(['deliveryMissing', { group: EVENT_LOG_GROUP, actions: lacking.join(', ') }]);
}

function judgePushes({ done, refused }: Pushes): Verdict<Says> {
  const [newest] = done;
  if (newest !== undefined) return passed({ observed: { at: newest.at.toISOString(), username: newest.username ?? null } });
  return refused > 0
    ? failed(['pushesRefused', { repository: NAME, count: refused }])
    : waiting(['pushNotRecorded', { repository: NAME }], 60);
}

const link = (_fact: unknown, { console }: TaskContext) => console.eventRule(RULE);
const logLink = (_fact: unknown, { console }: TaskContext) => console.logGroup(EVENT_LOG_GROUP);

const reads = {
  rule: readers.events.rule,
  targets: readers.events.targets,
  group: readers.logs.logGroup,
  logPolicies: readers.logs.resourcePolicies,
  streams: readers.logs.newestStreams,
  trail: readers.cloudtrail.lookUp,
} as const;

function observe(aws: Bound<typeof reads>) {
  const group = aws.group(EVENT_LOG_GROUP);
  return {
    rule: aws.rule(RULE),
    target: Promise.all([aws.targets(RULE), group]).then(([targets, found]): Target => ({ targets, group: found })),
    delivery: aws.logPolicies().then((all) => all.map(({ name, document }) => readPolicy(name, document, 'resource'))),
    streams: aws.streams(EVENT_LOG_GROUP, { limit: 1 }),
    pushes: aws.trail({ by: 'EventName', value: 'PutImage' }).then((events): Pushes => {
      const own = events.filter(({ requestParameters }) => requestParameters?.['repositoryName'] === NAME);
      const done = own.filter(({ errorCode }) => errorCode === undefined);
      return { done, refused: own.length - done.length };
    }),
  };
}

export default defineTask({
  id: 'task-6',
  messages,
  needs: ['task-2'],
  reads,
  observe,
  expectations: {
    rule: [
      {
        id: 'event-rule',
        step: 3,
        expected: 'ENABLED',
        judge: judgeRule,
        observed: (rule) => rule?.state ?? null,
        resource: (rule) => rule?.arn,
        console: (rule, context) => (rule ? link(rule, context) : context.console.eventRules()),
      },
    ],
    target: [
      {
        id: 'event-target',
        step: 3,
        after: 'event-rule',
        expected: (_fact, context) => logGroupArnOf(context),
        judge: judgeTarget,
        observed: ({ targets }) => targets?.map(({ arn }) => arn),
        resource: (_fact, context) => logGroupArnOf(context),
        console: link,
      },
    ],
    delivery: [
      {
        id: 'log-delivery',
        step: 1,
        after: 'event-target',
        expected: SERVICE,
        judge: judgeDelivery,
        observed: (policies) => policies.map(({ name }) => name),
        resource: (_fact, context) => logGroupArnOf(context),
        console: logLink,
      },
    ],
    streams: [
      {
        id: 'events-arrived',
        step: 4,
        after: 'log-delivery',
        holds: (streams) => streams !== undefined && streams.length > 0,
        otherwise: ['noEvents', { group: EVENT_LOG_GROUP }],
        observed: (streams) => streams?.map(({ name }) => name),
        resource: (_fact, context) => logGroupArnOf(context),
        console: logLink,
      },
    ],
    pushes: [
      {
        id: 'push-recorded',
        step: 6,
        after: 'event-rule',
        judge: judgePushes,
        observed: ({ done, refused }) => ({ done: done.length, refused }),
        resource: (_fact, context) => repositoryArnOf(context),
        console: (_fact, { console }) => console.ecrRepository(NAME),
      },
    ],
  },
});
