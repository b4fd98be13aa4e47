import {
  type Bound,
  defineTask,
  type Fate,
  failed,
  fatesOf,
  type LifecyclePolicy,
  notStarted,
  passed,
  pastEventReads,
  pastRepositoryCalls,
  provenByEvent,
  readers,
  readLifecyclePolicy,
  type TaskContext,
  type TrailEvent,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { DAYS, NAME } from './names.ts';

/** `undefined` when the repository has none. */
type Found = LifecyclePolicy | undefined;

const DAY = 24 * 60 * 60 * 1000;
// More images than any rule that counts would keep by chance.
const TAGGED = Array.from({ length: 40 }, (_, at) => ({ tags: at === 0 ? ['latest'] : [`v${at}`], days: 400 + at }));

/** What the rules would do to an image without tags of this age, and to old images with tags. An image alone is one that counting keeps. */
function fates(policy: Extract<LifecyclePolicy, { state: 'read' }>, days: number, now: Date): readonly Fate[] {
  const image = (tags: readonly string[], age: number) => ({ tags, pushedAt: new Date(now.getTime() - age * DAY) });
  return fatesOf(policy.rules, [image([], days), ...TAGGED.map((each) => image(each.tags, each.days))], now);
}

/** Judges what happens, not how the rules are written. */
const ofFates = (days: number, wrong: (fates: readonly Fate[]) => Says | undefined) =>
  function judge(policy: Found, { now }: TaskContext): Verdict<Says> {
    if (policy === undefined) return notStarted(['lifecycleMissing', { repository: NAME }]);
    if (policy.state === 'unparsable') return undecided(['undecidedLifecycle', { repository: NAME }]);
    const found = fates(policy, days, now);
    if (found.some(({ fate }) => fate === 'undecided')) return undecided(['undecidedLifecycle', { repository: NAME }]);
    const says = wrong(found);
    return says === undefined ? passed() : failed(says);
  };

const expires = ofFates(DAYS + 1, ([untagged]) => (untagged?.fate === 'expired' ? undefined : ['lifecycleKeepsOld', { days: DAYS }]));
const keepsYoung = ofFates(DAYS - 0.5, ([untagged]) => (untagged?.fate === 'kept' ? undefined : ['lifecycleTooEarly', { days: DAYS }]));
const keepsTagged = ofFates(DAYS + 1, ([, ...tagged]) =>
  tagged.every(({ fate }) => fate === 'kept') ? undefined : 'lifecycleTakesTagged',
);

/** The newest policy that was put and did all of it. */
async function recall(aws: Bound<typeof pastEventReads>, context: TaskContext) {
  const puts = await pastRepositoryCalls(aws, { operation: 'PutLifecyclePolicy', repository: NAME });
  const policyOf = ({ requestParameters }: TrailEvent) => readLifecyclePolicy(requestParameters?.['lifecyclePolicyText']);
  const right = puts.find((put) => [expires, keepsYoung, keepsTagged].every((judge) => judge(policyOf(put), context).status === 'passed'));
  return right && provenByEvent(right, rulesSeen(policyOf(right)));
}

const rulesSeen = (policy: Found) =>
  policy?.state === 'read'
    ? policy.rules.map(({ tagStatus, limit, action }) => ({ tagStatus, by: limit.by, number: limit.number, action }))
    : null;
const link = (_fact: unknown, { console }: TaskContext) => console.ecrRepository(NAME);

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-1'],
  reads: { policy: readers.ecr.lifecyclePolicy, ...pastEventReads },
  observe: (aws) => ({ policy: aws.policy(NAME).then((found): Found => found && readLifecyclePolicy(found.document)) }),
  expectations: {
    policy: [
      {
        id: 'old-untagged-expire',
        step: 4,
        judge: expires,
        observed: rulesSeen,
        resource: () => NAME,
        console: link,
      },
      {
        id: 'young-untagged-stay',
        step: 4,
        after: 'old-untagged-expire',
        judge: keepsYoung,
        observed: rulesSeen,
        resource: () => NAME,
        console: link,
      },
      {
        id: 'tagged-stay',
        step: 4,
        after: 'old-untagged-expire',
        judge: keepsTagged,
        observed: rulesSeen,
        resource: () => NAME,
        console: link,
      },
    ],
  },
  history: { 'old-untagged-expire': recall, 'young-untagged-stay': recall, 'tagged-stay': recall },
});
