import type { Bound } from '../../aws/reader.ts';
import { cloudtrail } from '../../aws/services/cloudtrail.ts';
import { type EventRule, events, eventsConsole } from '../../aws/services/events.ts';
import { logs, logsConsole } from '../../aws/services/logs.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { matches } from '../dialects/event-pattern.ts';
import { type Policy, readPolicy } from '../dialects/iam/document.ts';
import { evaluate } from '../dialects/iam/evaluate.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, notStarted, passed, undecided, waiting } from '../engine/verdict.ts';
import { EVENT_LOG_GROUP, LOG_POLICY, logGroupArnOf, NAME, ofRepository, RULE, TAG } from './names.ts';
import {
  createRepository,
  deliver,
  EVENTS_TO_LOGS,
  monitor,
  own,
  PATTERN,
  place,
  pushImage,
  putRule,
  putTarget,
  watch,
} from './student.ts';

const SERVICE = 'events.amazonaws.com';
const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** What ECR sends to EventBridge when an image is pushed. Source: Amazon ECR User Guide, "Amazon ECR events and EventBridge". */
const pushEvent = ({ account, region }: TaskContext) => ({
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account,
  region,
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': NAME, 'image-tag': TAG },
});

function judgeRule(rule: EventRule | undefined, context: TaskContext) {
  if (rule === undefined) return notStarted(['ruleMissing', { rule: RULE, region: context.region }]);
  if (!rule.state.startsWith('ENABLED')) return failed(['ruleDisabled', { rule: RULE }]);
  const answer = matches(rule.pattern, pushEvent(context));
  if (answer === 'undecided') return undecided(['undecidedPattern', { rule: RULE }]);
  return answer === 'yes' ? passed() : failed(['patternOther', { rule: RULE, repository: NAME }]);
}

/** Whether the policies of the account's logs, together, let EventBridge write to a stream of the group. */
function judgeDelivery(policies: readonly Policy[], context: TaskContext) {
  const resource = `${logGroupArnOf(context)}:log-stream:x`;
  const decide = (action: string, policy: Policy) =>
    evaluate({
      resource: policy,
      request: { action, resource, principal: { service: SERVICE }, context: { 'aws:SourceAccount': context.account } },
    });
  const lacking = WRITE.filter((action) => !policies.some((policy) => ['allowed', 'undecided'].includes(decide(action, policy).decision)));
  return lacking.length === 0 ? passed() : failed(['deliveryMissing', { group: EVENT_LOG_GROUP, actions: lacking.join(', ') }]);
}

const link = (_fact: unknown, place: TaskContext) => eventsConsole.rule(place, RULE);
const ofLogs = {
  resource: (_fact: unknown, context: TaskContext) => logGroupArnOf(context),
  console: (_fact: unknown, place: TaskContext) => logsConsole.logGroup(place, EVENT_LOG_GROUP),
} as const;

const reads = {
  rule: events.rule,
  targets: events.targets,
  group: logs.logGroup,
  logPolicies: logs.resourcePolicies,
  streams: logs.newestStreams,
  trail: cloudtrail.lookUp,
} as const;

function observe(aws: Bound<typeof reads>) {
  const group = aws.group(EVENT_LOG_GROUP);
  return {
    rule: aws.rule(RULE),
    target: Promise.all([aws.targets(RULE), group]).then(([targets, found]) => ({ targets, group: found })),
    delivery: aws.logPolicies().then((all) => all.map(({ name, document }) => readPolicy(name, document, 'resource'))),
    streams: aws.streams(EVENT_LOG_GROUP, { limit: 1 }),
    pushes: aws.trail({ by: 'EventName', value: 'PutImage' }).then((pushes) => {
      const own = pushes.filter(({ requestParameters }) => requestParameters?.['repositoryName'] === NAME);
      const done = own.filter(({ errorCode }) => errorCode === undefined);
      return { done, refused: own.length - done.length };
    }),
  };
}

/** Does this task in an account whose event history shows no push yet. */
function unrecorded(account: PracticeAccount): void {
  account.wipe();
  createRepository(account);
  watch(account);
  deliver(account);
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-6',
  title: { ko: '이벤트 모니터링', ja: 'イベントの監視', en: 'Monitor events' },
  needs: ['task-2'],
  reads,
  observe,
  solve: {
    id: 'monitor',
    title: {
      ko: '이벤트를 로그 그룹으로 보내고 푸시한다',
      ja: 'イベントをロググループへ送り、プッシュする',
      en: 'Send events to the log group and push',
    },
    play: monitor,
  },
  files: {
    [PATTERN.path]: { checks: ['event-rule'], use: PATTERN.use },
    [EVENTS_TO_LOGS.path]: { checks: ['log-delivery'], use: EVENTS_TO_LOGS.use },
  },
  expectations: [
    on.rule({
      id: 'event-rule',
      title: { ko: '규칙이 푸시 이벤트를 고른다', ja: 'ルールがプッシュのイベントを選ぶ', en: 'The rule takes push events' },
      step: 3,
      expected: 'ENABLED',
      judge: judgeRule,
      observed: (rule) => rule?.state ?? null,
      resource: (rule) => rule?.arn,
      console: (rule, context) => (rule ? link(rule, context) : eventsConsole.rules(context)),
      says: {
        ruleMissing: {
          ko: '{region} 리전에 "{rule}" 규칙이 없습니다. EventBridge 규칙을 생성합니다.',
          ja: '{region} リージョンにルール "{rule}" がありません。EventBridge ルールを作成してください。',
          en: 'There is no rule "{rule}" in {region}. Create the EventBridge rule.',
        },
        ruleDisabled: {
          ko: '"{rule}" 규칙이 꺼져 있습니다. enable-rule로 켭니다.',
          ja: 'ルール "{rule}" が無効です。enable-rule で有効にしてください。',
          en: 'The rule "{rule}" is disabled. Turn it on with enable-rule.',
        },
        patternOther: {
          ko: '"{rule}" 규칙의 패턴이 "{repository}" 리포지토리의 푸시 이벤트를 고르지 않습니다. source는 aws.ecr, detail-type은 ECR Image Action이며 대소문자까지 같아야 합니다.',
          ja: 'ルール "{rule}" のパターンはリポジトリ "{repository}" のプッシュのイベントを選びません。source は aws.ecr、detail-type は ECR Image Action で、大文字と小文字まで同じにしてください。',
          en: 'The pattern of the rule "{rule}" does not take push events of the repository "{repository}". source is aws.ecr and detail-type is ECR Image Action, in just these letters.',
        },
        undecidedPattern: {
          ko: '"{rule}" 규칙의 패턴이 푸시 이벤트를 고르는지 여기서는 판단하지 못했습니다. 틀렸다는 뜻이 아닙니다. 실습 파일의 패턴과 비교합니다.',
          ja: 'ルール "{rule}" のパターンがプッシュのイベントを選ぶかどうか、ここでは判断できませんでした。誤りという意味ではありません。演習ファイルのパターンと比べてください。',
          en: 'Whether the pattern of the rule "{rule}" takes push events could not be decided here. That does not mean it is wrong. Compare it with the file of the lab.',
        },
      },
      breaks: {
        'rule-disabled': {
          title: { ko: '규칙을 끈다', ja: 'ルールを無効にする', en: 'Disable the rule' },
          says: 'ruleDisabled',
          play: (account) => putRule(account, own(account, PATTERN.path), 'DISABLED'),
        },
        'pattern-other': {
          title: { ko: 'detail-type을 소문자로 적는다', ja: 'detail-type を小文字で書く', en: 'Write the detail-type in small letters' },
          says: 'patternOther',
          play: PATTERN.edit('ECR Image Action', 'ECR image action'),
        },
      },
      moments: {
        'pattern-unknown': {
          title: {
            ko: '판단하지 않는 방식의 패턴을 쓴다',
            ja: 'ここで判断しない方式のパターンを使う',
            en: 'Use a way of matching not decided here',
          },
          says: 'undecidedPattern',
          play: (account) => putRule(account, { source: ['aws.ecr'], detail: { 'image-digest': [{ prefix: 'sha256:' }] } }),
        },
      },
    }),
    on.target({
      id: 'event-target',
      title: { ko: '규칙의 대상이 로그 그룹이다', ja: 'ルールのターゲットがロググループである', en: 'The rule leads to the log group' },
      step: 3,
      after: 'event-rule',
      expected: (_fact, context) => logGroupArnOf(context),
      judge({ targets, group }, context) {
        if (targets === undefined) return blocked('event-rule');
        // The console writes the ARN with `:*` at its end.
        const right = targets.some((target) => target.arn.replace(/:\*$/, '') === logGroupArnOf(context));
        if (!right) return failed(['targetMissing', { rule: RULE, group: EVENT_LOG_GROUP }]);
        return group === undefined ? failed(['logGroupMissing', { group: EVENT_LOG_GROUP }]) : passed();
      },
      observed: ({ targets }) => targets?.map(({ arn }) => arn),
      resource: (_fact, context) => logGroupArnOf(context),
      console: link,
      says: {
        targetMissing: {
          ko: '"{rule}" 규칙의 대상에 "{group}" 로그 그룹이 없습니다. put-targets로 지정합니다.',
          ja: 'ルール "{rule}" のターゲットにロググループ "{group}" がありません。put-targets で指定してください。',
          en: 'The log group "{group}" is no target of the rule "{rule}". Set it with put-targets.',
        },
        logGroupMissing: {
          ko: '규칙의 대상인 "{group}" 로그 그룹이 없습니다. 로그 그룹을 생성합니다.',
          ja: 'ルールのターゲットであるロググループ "{group}" がありません。ロググループを作成してください。',
          en: 'The log group "{group}", which the rule leads to, does not exist. Create it.',
        },
      },
      breaks: {
        'target-other': {
          title: { ko: '다른 로그 그룹으로 보낸다', ja: '別のロググループへ送る', en: 'Send the events to another log group' },
          says: 'targetMissing',
          play: (account) => putTarget(account, '/aws/ecr/repository'),
        },
        'log-group-missing': {
          title: { ko: '로그 그룹을 만들지 않는다', ja: 'ロググループを作らない', en: 'Make no log group' },
          says: 'logGroupMissing',
          play: (account) => place(account).logs.deleteLogGroup(EVENT_LOG_GROUP),
        },
      },
    }),
    on.delivery({
      ...ofLogs,
      id: 'log-delivery',
      title: {
        ko: 'EventBridge가 로그 그룹에 쓸 수 있다',
        ja: 'EventBridge がロググループに書き込める',
        en: 'EventBridge may write to the log group',
      },
      step: 1,
      after: 'event-target',
      expected: SERVICE,
      judge: judgeDelivery,
      observed: (policies) => policies.map(({ name }) => name),
      says: {
        deliveryMissing: {
          ko: 'EventBridge가 "{group}" 로그 그룹에 쓸 수 없습니다. 로그의 리소스 정책이 events.amazonaws.com에 다음 작업을 허용해야 합니다: {actions}',
          ja: 'EventBridge はロググループ "{group}" に書き込めません。ログのリソースポリシーで events.amazonaws.com に次の操作を許可してください: {actions}',
          en: 'EventBridge may not write to the log group "{group}". A resource policy of the logs must allow events.amazonaws.com: {actions}',
        },
      },
      breaks: {
        'delivery-missing': {
          title: {
            ko: '로그의 리소스 정책을 설정하지 않는다',
            ja: 'ログのリソースポリシーを設定しない',
            en: 'Set no resource policy for the logs',
          },
          says: 'deliveryMissing',
          play: (account) => place(account).logs.deleteResourcePolicy(LOG_POLICY),
        },
      },
    }),
    on.streams({
      ...ofLogs,
      id: 'events-arrived',
      title: { ko: '로그 그룹에 이벤트가 남았다', ja: 'ロググループにイベントが残った', en: 'An event arrived in the log group' },
      step: 4,
      after: 'log-delivery',
      holds: (streams) => streams !== undefined && streams.length > 0,
      otherwise: ['noEvents', { group: EVENT_LOG_GROUP }],
      observed: (streams) => streams?.map(({ name }) => name),
      says: {
        noEvents: {
          ko: '"{group}" 로그 그룹이 비어 있습니다. 규칙을 만든 뒤에 일어난 일만 기록되므로 이미지를 한 번 더 푸시하고 1분쯤 뒤에 확인합니다.',
          ja: 'ロググループ "{group}" は空です。ルールを作った後の出来事だけが残るので、イメージをもう一度プッシュし、1 分ほどしてから確認してください。',
          en: 'The log group "{group}" is empty. Only what happens after the rule was made is logged: push an image again and check in about a minute.',
        },
      },
      breaks: {
        'no-push-since': {
          title: {
            ko: '규칙을 만든 뒤에 푸시하지 않는다',
            ja: 'ルールを作った後にプッシュしない',
            en: 'Push nothing after the rule was made',
          },
          says: 'noEvents',
          instead: watch,
        },
      },
    }),
    on.pushes({
      ...ofRepository,
      id: 'push-recorded',
      title: { ko: 'CloudTrail에 푸시가 기록되었다', ja: 'CloudTrail にプッシュが記録された', en: 'CloudTrail has recorded the push' },
      step: 6,
      after: 'event-rule',
      judge({ done: [newest], refused }) {
        if (newest !== undefined) return passed({ observed: { at: newest.at.toISOString(), username: newest.username ?? null } });
        return refused > 0
          ? failed(['pushesRefused', { repository: NAME, count: refused }])
          : waiting(['pushNotRecorded', { repository: NAME }], 60);
      },
      observed: ({ done, refused }) => ({ done: done.length, refused }),
      says: {
        pushesRefused: {
          ko: 'CloudTrail에 "{repository}" 리포지토리의 푸시가 {count}번 기록되었지만 모두 거부되었습니다. 권한을 확인하고 다시 푸시합니다.',
          ja: 'CloudTrail にはリポジトリ "{repository}" へのプッシュが {count} 回記録されていますが、すべて拒否されています。権限を確かめてもう一度プッシュしてください。',
          en: 'CloudTrail has recorded {count, plural, one {# push} other {# pushes}} to the repository "{repository}", all refused. Check the permissions and push again.',
        },
        pushNotRecorded: {
          ko: 'CloudTrail에 "{repository}" 리포지토리의 푸시가 아직 기록되지 않았습니다. 푸시한 뒤 15분까지 걸릴 수 있으므로 기다린 뒤 다시 확인합니다.',
          ja: 'CloudTrail にリポジトリ "{repository}" へのプッシュはまだ記録されていません。プッシュ後 15 分ほどかかることがあるので、待ってからもう一度確認してください。',
          en: 'CloudTrail has not recorded a push to the repository "{repository}" yet. This may take 15 minutes after the push: wait and check again.',
        },
      },
      breaks: {
        'pushes-refused': {
          title: { ko: '푸시가 거부된다', ja: 'プッシュが拒否される', en: 'The push is refused' },
          says: 'pushesRefused',
          instead(account) {
            unrecorded(account);
            pushImage(account, 'v2', 'AccessDenied');
          },
        },
      },
      moments: {
        'push-not-recorded': {
          title: { ko: '푸시가 아직 기록되지 않았다', ja: 'プッシュがまだ記録されない', en: 'The push is not recorded yet' },
          says: 'pushNotRecorded',
          instead: unrecorded,
        },
      },
    }),
  ],
});
