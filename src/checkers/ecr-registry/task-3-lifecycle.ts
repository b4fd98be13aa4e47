import type { Bound } from '../../aws/reader.ts';
import type { TrailEvent } from '../../aws/services/cloudtrail.ts';
import { ecr, ecrConsole } from '../../aws/services/ecr.ts';
import { type Fate, fatesOf, type LifecyclePolicy, readLifecyclePolicy } from '../dialects/lifecycle-policy.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { says } from '../engine/texts.ts';
import { failed, notStarted, passed, undecided } from '../engine/verdict.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { pastRepositoryCalls } from '../kit/ecr/past-repository.ts';
import { DAYS, NAME } from './names.ts';
import { LIFECYCLE } from './student.ts';

/** `undefined` when the repository has none. */
type Found = LifecyclePolicy | undefined;

const DAY = 24 * 60 * 60 * 1000;
// More images than a rule that counts them is likely to keep.
const TAGGED = Array.from({ length: 40 }, (_, at) => ({ tags: at === 0 ? ['latest'] : [`v${at}`], days: 400 + at }));

/**
 * What the rules would do to an untagged image of this age, first, and to forty old images with tags.
 * The tagged ones are many because a rule that counts images keeps the only one there is.
 */
function fates(policy: Extract<LifecyclePolicy, { state: 'read' }>, days: number, now: Date): readonly Fate[] {
  const image = (tags: readonly string[], age: number) => ({ tags, pushedAt: new Date(now.getTime() - age * DAY) });
  return fatesOf(policy.rules, [image([], days), ...TAGGED.map((each) => image(each.tags, each.days))], now);
}

/** What every check says when there is no policy, or one that we cannot follow. */
const LIFECYCLE_SAYS = says({
  lifecycleMissing: {
    ko: '"{repository}" 리포지토리에 수명 주기 정책이 없습니다. 미리 보기는 정책을 저장하지 않으므로 put-lifecycle-policy를 실행합니다.',
    ja: 'リポジトリ "{repository}" にライフサイクルポリシーがありません。プレビューは保存しないので、put-lifecycle-policy を実行してください。',
    en: 'The repository "{repository}" has no lifecycle policy. A preview saves nothing: run put-lifecycle-policy.',
  },
  undecidedLifecycle: {
    ko: '"{repository}" 리포지토리의 수명 주기 정책이 무엇을 지우는지 여기서는 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 실습 파일의 정책과 비교합니다.',
    ja: 'リポジトリ "{repository}" のライフサイクルポリシーが何を消すか、ここでは判断できませんでした。誤りという意味ではありません。演習ファイルと比べてください。',
    en: 'What the lifecycle policy of "{repository}" expires could not be decided here. That does not mean it is wrong. Compare it with the file of the lab.',
  },
});

/** Judges what the rules do, not how they are written. @param wrong what to say when that is wrong; undefined when it is right */
const ofFates =
  <const S>(days: number, wrong: (fates: readonly Fate[]) => S | undefined) =>
  (policy: Found, { now }: TaskContext) => {
    if (policy === undefined) return notStarted(['lifecycleMissing', { repository: NAME }]);
    if (policy.state === 'unparsable') return undecided(['undecidedLifecycle', { repository: NAME }]);
    const found = fates(policy, days, now);
    if (found.some(({ fate }) => fate === 'undecided')) return undecided(['undecidedLifecycle', { repository: NAME }]);
    const problem = wrong(found);
    return problem === undefined ? passed() : failed(problem);
  };

const expires = ofFates(DAYS + 1, ([untagged]) =>
  untagged?.fate === 'expired' ? undefined : (['lifecycleKeepsOld', { days: DAYS }] as const),
);
const keepsYoung = ofFates(DAYS - 0.5, ([untagged]) =>
  untagged?.fate === 'kept' ? undefined : (['lifecycleTooEarly', { days: DAYS }] as const),
);
const keepsTagged = ofFates(DAYS + 1, ([, ...tagged]) =>
  tagged.every(({ fate }) => fate === 'kept') ? undefined : ('lifecycleTakesTagged' as const),
);

/** Evidence from the newest policy that passed all three checks. */
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
const reads = { policy: ecr.lifecyclePolicy, ...pastEventReads } as const;

const observe = (aws: Bound<typeof reads>) => ({
  policy: aws.policy(NAME).then((found): Found => found && readLifecyclePolicy(found.document)),
});

const ofPolicy = {
  step: 4,
  observed: rulesSeen,
  resource: () => NAME,
  console: (_fact: Found, place: TaskContext) => ecrConsole.repository(place, NAME),
  past: recall,
} as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: '수명 주기 정책 설정', ja: 'ライフサイクルポリシーの設定', en: 'Set the lifecycle policy' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'set-lifecycle',
    title: { ko: '수명 주기 정책을 저장한다', ja: 'ライフサイクルポリシーを保存する', en: 'Save the lifecycle policy' },
    play: (account) => LIFECYCLE.use(account),
  },
  files: { [LIFECYCLE.path]: { checks: ['old-untagged-expire', 'young-untagged-stay', 'tagged-stay'], use: LIFECYCLE.use } },
  expectations: [
    on.policy({
      ...ofPolicy,
      id: 'old-untagged-expire',
      title: {
        ko: '태그가 없는 이미지는 30일 뒤에 지워진다',
        ja: 'タグのないイメージは 30 日後に消える',
        en: 'Untagged images expire after 30 days',
      },
      judge: expires,
      says: {
        ...LIFECYCLE_SAYS,
        lifecycleKeepsOld: {
          ko: '태그가 없는 이미지가 {days}일이 지나도 남습니다. sinceImagePushed와 countNumber {days}인지, tagStatus가 untagged인지 확인합니다.',
          ja: 'タグのないイメージが {days} 日を過ぎても残ります。sinceImagePushed と countNumber {days}、tagStatus untagged になっているか確かめてください。',
          en: 'Untagged images stay after {days} days. Check for sinceImagePushed, countNumber {days} and tagStatus untagged.',
        },
      },
      breaks: {
        'lifecycle-counts': {
          title: { ko: '날짜 대신 개수로 센다', ja: '日数ではなく個数で数える', en: 'Count images in place of days' },
          says: 'lifecycleKeepsOld',
          play: LIFECYCLE.edit('"sinceImagePushed",\n        "countUnit": "days"', '"imageCountMoreThan"'),
        },
      },
      moments: {
        'lifecycle-unknown': {
          title: {
            ko: '알지 못하는 종류의 규칙을 쓴다',
            ja: '知られていない種類のルールを使う',
            en: 'Use a rule of a kind not known here',
          },
          says: 'undecidedLifecycle',
          play: LIFECYCLE.edit('"sinceImagePushed"', '"sinceTheFuture"'),
        },
      },
    }),
    on.policy({
      ...ofPolicy,
      id: 'young-untagged-stay',
      title: { ko: '30일이 되기 전에는 지워지지 않는다', ja: '30 日たつまでは消えない', en: 'They stay until then' },
      after: 'old-untagged-expire',
      judge: keepsYoung,
      says: {
        ...LIFECYCLE_SAYS,
        lifecycleTooEarly: {
          ko: '태그가 없는 이미지가 {days}일이 되기 전에 지워집니다. countNumber 값을 {days}까지 늘립니다.',
          ja: 'タグのないイメージが {days} 日たつ前に消えます。countNumber を {days} にしてください。',
          en: 'Untagged images expire before {days} days. Set countNumber to {days}.',
        },
      },
      breaks: {
        'lifecycle-too-early': {
          title: { ko: '7일 만에 지운다', ja: '7 日で消す', en: 'Expire after 7 days' },
          says: 'lifecycleTooEarly',
          play: LIFECYCLE.edit('"countNumber": 30', '"countNumber": 7'),
        },
      },
    }),
    on.policy({
      ...ofPolicy,
      id: 'tagged-stay',
      title: { ko: '태그가 붙은 이미지는 지워지지 않는다', ja: 'タグのあるイメージは消えない', en: 'Tagged images stay' },
      after: 'old-untagged-expire',
      judge: keepsTagged,
      says: {
        ...LIFECYCLE_SAYS,
        lifecycleTakesTagged: {
          ko: '정책이 태그가 붙은 이미지도 지우거나 옮깁니다. 이 실습의 규칙은 태그가 없는 이미지만 지워야 합니다. tagStatus를 untagged로 바꿉니다.',
          ja: 'ポリシーはタグのあるイメージも消すか移します。この演習のルールはタグのないイメージだけを消します。tagStatus を untagged にしてください。',
          en: 'The policy also expires or moves images with tags. The rule of this lab takes untagged images only: set tagStatus to untagged.',
        },
      },
      breaks: {
        'lifecycle-any': {
          title: { ko: '태그가 있는 이미지도 지운다', ja: 'タグのあるイメージも消す', en: 'Expire tagged images too' },
          says: 'lifecycleTakesTagged',
          play: LIFECYCLE.edit('"untagged"', '"any"'),
        },
      },
    }),
  ],
});
