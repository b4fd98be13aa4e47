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
import type { Texts } from '../engine/texts.ts';
import { bytesOf, everDone, leftover, leftoverKind, leftWith, mustBeGone, NEVER_USED } from '../kit/cleanup/leftovers.ts';
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

/** The move that cleans up everything but this. */
const leave = (kept: Leftover, title?: Texts) => ({
  id: `${kept}-left`,
  ...(title !== undefined && { title }),
  instead: (account: PracticeAccount) => cleanUp(account, kept),
});

const logPolicy = leftoverKind<LogResourcePolicy>({
  title: { ko: '로그의 리소스 정책을 삭제했다', ja: 'ログのリソースポリシーを削除した', en: 'The resource policy of the logs is gone' },
  left: {
    ko: '로그의 리소스 정책 "{name}" 항목이 남아 있습니다. delete-resource-policy로 삭제합니다.',
    ja: 'ログのリソースポリシー "{name}" が残っています。delete-resource-policy で削除してください。',
    en: 'The resource policy "{name}" of the logs is left. Delete it with delete-resource-policy.',
  },
  leave: { ko: '로그의 리소스 정책을 남긴다', ja: 'ログのリソースポリシーを残す', en: 'Leave the resource policy of the logs' },
  link: () => undefined,
  fix: (place, { name }) => logsDeletion.resourcePolicy(place, name),
});

const pushPolicy = leftoverKind<ManagedPolicy>({
  title: { ko: '푸시 정책을 삭제했다', ja: 'プッシュ用ポリシーを削除した', en: 'The push policy is gone' },
  left: {
    ko: '"{name}" 관리형 정책이 남아 있습니다. 역할에서 모두 뗀 뒤 삭제합니다.',
    ja: '管理ポリシー "{name}" が残っています。すべてのロールから外して削除してください。',
    en: 'The managed policy "{name}" is left. Detach it from every role and delete it.',
  },
  leave: { ko: '푸시 정책을 남긴다', ja: 'プッシュ用ポリシーを残す', en: 'Leave the push policy' },
  link: () => undefined,
  fix: (place, { arn }) => iamDeletion.policy(place, arn),
});

const role = (of: keyof typeof ROLES, title: Texts, leaving: Texts) =>
  leftover.role({ id: `${of}-role-gone`, title, step: 6, order: 8, leave: leave(`${of}-role`, leaving) });

export default defineTask({
  id: 'cleanup',
  title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up' },
  reads,
  observe,
  solve: {
    id: 'clean-up',
    title: { ko: '모두 삭제한다', ja: 'すべて削除する', en: 'Delete everything' },
    play: (account) => cleanUp(account),
  },
  expectations: [
    on.rule(
      leftover.eventRule({
        id: 'rule-gone',
        title: { ko: '이벤트 규칙을 삭제했다', ja: 'イベントルールを削除した', en: 'The event rule is gone' },
        step: 1,
        order: 1,
        leave: leave('rule'),
      }),
    ),
    on.project(
      leftover.project({
        id: 'project-gone',
        title: { ko: 'CodeBuild 프로젝트를 삭제했다', ja: 'CodeBuild プロジェクトを削除した', en: 'The CodeBuild project is gone' },
        step: 2,
        order: 2,
        leave: leave('project'),
      }),
    ),
    on.source(
      leftover.sourceRepository({
        id: 'source-gone',
        title: { ko: 'CodeCommit 리포지토리를 삭제했다', ja: 'CodeCommit リポジトリを削除した', en: 'The CodeCommit repository is gone' },
        step: 3,
        order: 3,
        leave: leave('source'),
      }),
    ),
    on.repository({
      id: 'repository-gone',
      title: { ko: 'ECR 리포지토리를 삭제했다', ja: 'ECR リポジトリを削除した', en: 'The ECR repository is gone' },
      step: 4,
      expected: null,
      judge: mustBeGone(({ images }) => ['left', { repository: NAME, count: images.length }] as const),
      observed: ({ found }) => found?.images.length ?? null,
      resource: ({ found }) => found?.arn,
      console: (_fact, place) => ecrConsole.repositories(place),
      order: 4,
      fix: ({ found }, place) => found && ecrDeletion.repositoryWithImages(place, NAME, bytesOf(found.images)),
      says: {
        ...NEVER_USED,
        left: {
          ko: '"{repository}" ECR 리포지토리가 이미지 {count}개와 함께 남아 있습니다. --force를 붙여 삭제합니다.',
          ja: 'ECR リポジトリ "{repository}" が {count} 個のイメージとともに残っています。--force を付けて削除してください。',
          en: 'The ECR repository "{repository}" is left with {count, plural, one {# image} other {# images}}. Delete it with --force.',
        },
      },
      breaks: {
        'repository-left': {
          title: { ko: 'ECR 리포지토리를 남긴다', ja: 'ECR リポジトリを残す', en: 'Leave the ECR repository' },
          says: 'left',
          instead: leave('repository').instead,
        },
      },
    }),
    on.eventLogs(
      leftover.logGroup({
        id: 'event-logs-gone',
        title: { ko: '이벤트의 로그 그룹을 삭제했다', ja: 'イベントのロググループを削除した', en: 'The log group of the events is gone' },
        step: 5,
        order: 5,
        leave: leave('event-logs', {
          ko: '이벤트의 로그 그룹을 남긴다',
          ja: 'イベントのロググループを残す',
          en: 'Leave the log group of the events',
        }),
      }),
    ),
    on.buildLogs(
      leftover.logGroup({
        id: 'build-logs-gone',
        title: { ko: '빌드의 로그 그룹을 삭제했다', ja: 'ビルドのロググループを削除した', en: 'The log group of the builds is gone' },
        step: 5,
        order: 6,
        leave: leave('build-logs', {
          ko: '빌드의 로그 그룹을 남긴다',
          ja: 'ビルドのロググループを残す',
          en: 'Leave the log group of the builds',
        }),
      }),
    ),
    on.logPolicy(logPolicy({ id: 'log-policy-gone', step: 5, order: 7, leave: leave('log-policy') })),
    on.githubRole(
      role(
        'github',
        { ko: 'GitHub의 역할을 삭제했다', ja: 'GitHub のロールを削除した', en: 'The role for GitHub is gone' },
        { ko: 'GitHub의 역할을 남긴다', ja: 'GitHub のロールを残す', en: 'Leave the role for GitHub' },
      ),
    ),
    on.buildRole(
      role(
        'build',
        { ko: '빌드 역할을 삭제했다', ja: 'ビルドのロールを削除した', en: 'The build role is gone' },
        { ko: '빌드 역할을 남긴다', ja: 'ビルドのロールを残す', en: 'Leave the build role' },
      ),
    ),
    on.pullRole(
      role(
        'pull',
        { ko: 'pull 역할을 삭제했다', ja: 'pull ロールを削除した', en: 'The pull role is gone' },
        { ko: 'pull 역할을 남긴다', ja: 'pull ロールを残す', en: 'Leave the pull role' },
      ),
    ),
    on.pushPolicy(pushPolicy({ id: 'push-policy-gone', step: 7, order: 9, leave: leave('push-policy') })),
  ],
});
