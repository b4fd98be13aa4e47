import type { Bound } from '../../aws/reader.ts';
import { codebuild } from '../../aws/services/codebuild.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { ecr, ecrConsole, ecrDeletion } from '../../aws/services/ecr.ts';
import { events } from '../../aws/services/events.ts';
import { iam, iamDeletion, type ManagedPolicy } from '../../aws/services/iam.ts';
import { type LogResourcePolicy, logs, logsDeletion } from '../../aws/services/logs.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { cleanupBy } from '../kit/cleanup/cleanup-by.ts';
import { bytesOf, deleting, everDone, leftover, leftoverKind, leftWith, mustBeGone, NEVER_USED } from '../kit/cleanup/leftovers.ts';
import { BUILD_LOG_GROUP, EVENT_LOG_GROUP, LOG_POLICY, NAME, PROJECT, PUSH_POLICY, ROLES, RULE } from './names.ts';
import { cleanUp, type Leftover } from './student.ts';

const reads = {
  buildIds: codebuild.buildIds,
  rule: events.rule,
  project: codebuild.project,
  source: codecommit.repository,
  repository: ecr.repository,
  images: ecr.images,
  logGroup: logs.logGroup,
  logPolicies: logs.resourcePolicies,
  role: iam.role,
  pushPolicy: iam.policy,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const left = leftWith(everDone(context, () => aws.buildIds({ project: PROJECT, limit: 1 })));
  const repository = aws.repository(NAME).then(async (found) => found && { ...found, images: (await aws.images(NAME)) ?? [] });
  return {
    rule: left(aws.rule(RULE)),
    project: left(aws.project(PROJECT)),
    source: left(aws.source(NAME)),
    repository: left(repository),
    eventLogs: left(aws.logGroup(EVENT_LOG_GROUP)),
    buildLogs: left(aws.logGroup(BUILD_LOG_GROUP)),
    logPolicy: left(aws.logPolicies().then((all) => all.find(({ name }) => name === LOG_POLICY))),
    githubRole: left(aws.role(ROLES.github)),
    buildRole: left(aws.role(ROLES.build)),
    pullRole: left(aws.role(ROLES.pull)),
    pushPolicy: left(aws.pushPolicy(PUSH_POLICY)),
  };
}

const on = expectationsOn<typeof observe>();

type Words = Parameters<typeof deleting>;

/** One leftover: cleaning up everything but this is its practice move. @param words tell it from others of its kind */
function left(kept: Leftover, step: number, order: number, ...words: Words | []) {
  const { title, leave } = words.length === 0 ? {} : deleting(...words);
  const move = { id: `${kept}-left`, ...(leave && { title: leave }), instead: (account: PracticeAccount) => cleanUp(account, kept) };
  return { id: `${kept}-gone`, ...(title && { title }), step, order, leave: move };
}

const logPolicy = leftoverKind<LogResourcePolicy>({
  ...deleting('로그의 리소스 정책을', 'ログのリソースポリシー', 'resource policy of the logs'),
  left: {
    ko: '로그의 리소스 정책 "{name}" 항목이 남아 있습니다. delete-resource-policy로 삭제합니다.',
    ja: 'ログのリソースポリシー "{name}" が残っています。delete-resource-policy で削除してください。',
    en: 'The resource policy "{name}" of the logs is left. Delete it with delete-resource-policy.',
  },
  link: () => undefined,
  fix: (place, { name }) => logsDeletion.resourcePolicy(place, name),
});

const pushPolicy = leftoverKind<ManagedPolicy>({
  ...deleting('푸시 정책을', 'プッシュ用ポリシー', 'push policy'),
  left: {
    ko: '"{name}" 관리형 정책이 남아 있습니다. 역할에서 모두 뗀 뒤 삭제합니다.',
    ja: '管理ポリシー "{name}" が残っています。すべてのロールから外して削除してください。',
    en: 'The managed policy "{name}" is left. Detach it from every role and delete it.',
  },
  link: () => undefined,
  fix: (place, { arn }) => iamDeletion.policy(place, arn),
});

const registry = leftover.imageRepository(left('repository', 4, 4));

export default defineTask({
  ...cleanupBy((account) => cleanUp(account)),
  reads,
  observe,
  expectations: [
    on.rule(leftover.eventRule(left('rule', 1, 1))),
    on.project(leftover.project(left('project', 2, 2))),
    on.source(leftover.sourceRepository(left('source', 3, 3))),
    on.repository({
      ...registry,
      judge: mustBeGone(({ images }) => ['left', { repository: NAME, count: images.length }]),
      observed: ({ found }) => found?.images.length ?? null,
      console: (_fact, place) => ecrConsole.repositories(place),
      fix: ({ found }, place) => found && ecrDeletion.repositoryWithImages(place, NAME, bytesOf(found.images)),
      says: {
        ...NEVER_USED,
        left: {
          ko: '"{repository}" ECR 리포지토리가 이미지 {count}개와 함께 남아 있습니다. --force를 붙여 삭제합니다.',
          ja: 'ECR リポジトリ "{repository}" が {count} 個のイメージとともに残っています。--force を付けて削除してください。',
          en: 'The ECR repository "{repository}" is left with {count, plural, one {# image} other {# images}}. Delete it with --force.',
        },
      },
    }),
    on.eventLogs(leftover.logGroup(left('event-logs', 5, 5, '이벤트의 로그 그룹을', 'イベントのロググループ', 'log group of the events'))),
    on.buildLogs(leftover.logGroup(left('build-logs', 5, 6, '빌드의 로그 그룹을', 'ビルドのロググループ', 'log group of the builds'))),
    on.logPolicy(logPolicy(left('log-policy', 5, 7))),
    on.githubRole(leftover.role(left('github-role', 6, 8, 'GitHub의 역할을', 'GitHub のロール', 'role for GitHub'))),
    on.buildRole(leftover.role(left('build-role', 6, 8, '빌드 역할을', 'ビルドのロール', 'build role'))),
    on.pullRole(leftover.role(left('pull-role', 6, 8, 'pull 역할을', 'pull ロール', 'pull role'))),
    on.pushPolicy(pushPolicy(left('push-policy', 7, 9))),
  ],
});
