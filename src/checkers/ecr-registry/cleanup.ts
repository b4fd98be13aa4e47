import { readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import type { Fix } from '../engine/result.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { deletion, NO_COST, shellWord } from '../kit/cleanup/deletion.ts';
import { bytesOf, everDone, type Left, leftover, leftWith, mustBeGone } from '../kit/cleanup/leftovers.ts';
import { BUILD_LOG_GROUP, EVENT_LOG_GROUP, LOG_POLICY, NAME, PROJECT, PUSH_POLICY, ROLES, RULE } from './names.ts';
import { cleanUp } from './student.ts';

const reads = {
  buildIds: readers.codebuild.buildIds,
  rule: readers.events.rule,
  project: readers.codebuild.project,
  source: readers.codecommit.repository,
  repository: readers.ecr.repository,
  images: readers.ecr.images,
  logGroup: readers.logs.logGroup,
  logPolicies: readers.logs.resourcePolicies,
  role: readers.iam.role,
  pushPolicy: readers.iam.policy,
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

const arnOf = ({ found }: Left<{ readonly arn?: string | undefined }>) => found?.arn;
const nameOf = ({ found }: Left<{ readonly name: string }>) => found?.name ?? null;
const free = (command: string, order: number): Fix => ({ command, order, costPerMonth: NO_COST });

const roleLeft = <const Id extends string>(id: Id) => leftover.role({ id, step: 6, order: 8 });

const on = expectationsOn<typeof observe>();

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
    on.rule({
      ...leftover.eventRule({ id: 'rule-gone', step: 1, order: 1 }),
      title: { ko: '이벤트 규칙을 삭제했다', ja: 'イベントルールを削除した', en: 'The event rule is gone' },
      says: {
        ruleLeft: {
          ko: '"{rule}" 규칙이 남아 있습니다. 대상을 떼고 삭제합니다.',
          ja: 'ルール "{rule}" が残っています。ターゲットを外して削除してください。',
          en: 'The rule "{rule}" is left. Remove its targets and delete it.',
        },
      },
      breaks: {
        'rule-left': {
          title: { ko: '규칙을 남긴다', ja: 'ルールを残す', en: 'Leave the rule' },
          says: 'ruleLeft',
          play: TODO_SPREAD_rule_left,
        },
      },
    }),
    on.project({
      ...leftover.project({ id: 'project-gone', step: 2, order: 2 }),
      title: { ko: 'CodeBuild 프로젝트를 삭제했다', ja: 'CodeBuild プロジェクトを削除した', en: 'The CodeBuild project is gone' },
      says: {
        projectLeft: {
          ko: '"{project}" 프로젝트가 남아 있습니다. CodeBuild에서 삭제합니다.',
          ja: 'プロジェクト "{project}" が残っています。CodeBuild で削除してください。',
          en: 'The project "{project}" is left. Delete it in CodeBuild.',
        },
      },
      breaks: {
        'project-left': {
          title: { ko: '프로젝트를 남긴다', ja: 'プロジェクトを残す', en: 'Leave the project' },
          says: 'projectLeft',
          play: TODO_SPREAD_project_left,
        },
      },
    }),
    on.source({
      ...leftover.sourceRepository({ id: 'source-gone', step: 3, order: 3 }),
      title: { ko: 'CodeCommit 리포지토리를 삭제했다', ja: 'CodeCommit リポジトリを削除した', en: 'The CodeCommit repository is gone' },
      says: {
        sourceRepositoryLeft: {
          ko: '"{repository}" CodeCommit 리포지토리가 남아 있습니다. 삭제합니다.',
          ja: 'CodeCommit リポジトリ "{repository}" が残っています。削除してください。',
          en: 'The CodeCommit repository "{repository}" is left. Delete it.',
        },
      },
      breaks: {
        'source-left': {
          title: { ko: 'CodeCommit 리포지토리를 남긴다', ja: 'CodeCommit リポジトリを残す', en: 'Leave the CodeCommit repository' },
          says: 'sourceRepositoryLeft',
          play: TODO_SPREAD_source_left,
        },
      },
    }),
    on.repository({
      id: 'repository-gone',
      title: { ko: 'ECR 리포지토리를 삭제했다', ja: 'ECR リポジトリを削除した', en: 'The ECR repository is gone' },
      step: 4,
      expected: null,
      judge: mustBeGone(({ images }) => ['repositoryLeft', { repository: NAME, count: images.length }]),
      observed: ({ found }) => found?.images.length ?? null,
      resource: arnOf,
      console: (_fact, { console }) => console.ecrRepositories(),
      fix: ({ found }, { region }) => found && deletion.imageRepositoryWithImages(NAME, region, bytesOf(found.images), 4),
      says: {
        repositoryLeft: {
          ko: '"{repository}" ECR 리포지토리가 이미지 {count}개와 함께 남아 있습니다. --force를 붙여 삭제합니다.',
          ja: 'ECR リポジトリ "{repository}" が {count} 個のイメージとともに残っています。--force を付けて削除してください。',
          en: 'The ECR repository "{repository}" is left with {count, plural, one {# image} other {# images}}. Delete it with --force.',
        },
      },
      breaks: {
        'repository-left': {
          title: { ko: 'ECR 리포지토리를 남긴다', ja: 'ECR リポジトリを残す', en: 'Leave the ECR repository' },
          says: 'repositoryLeft',
          play: TODO_SPREAD_repository_left,
        },
      },
    }),
    on.eventLogs({
      ...leftover.logGroup({ id: 'event-logs-gone', step: 5, order: 5 }),
      title: { ko: '이벤트의 로그 그룹을 삭제했다', ja: 'イベントのロググループを削除した', en: 'The log group of the events is gone' },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. CloudWatch에서 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。CloudWatch で削除してください。',
          en: 'The log group "{group}" is left. Delete it in CloudWatch.',
        },
      },
      breaks: {
        'event-logs-left': {
          title: { ko: '이벤트의 로그 그룹을 남긴다', ja: 'イベントのロググループを残す', en: 'Leave the log group of the events' },
          says: 'logGroupLeft',
          play: TODO_SPREAD_event_logs_left,
        },
      },
    }),
    on.buildLogs({
      ...leftover.logGroup({ id: 'build-logs-gone', step: 5, order: 6 }),
      title: { ko: '빌드의 로그 그룹을 삭제했다', ja: 'ビルドのロググループを削除した', en: 'The log group of the builds is gone' },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. CloudWatch에서 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。CloudWatch で削除してください。',
          en: 'The log group "{group}" is left. Delete it in CloudWatch.',
        },
      },
      breaks: {
        'build-logs-left': {
          title: { ko: '빌드의 로그 그룹을 남긴다', ja: 'ビルドのロググループを残す', en: 'Leave the log group of the builds' },
          says: 'logGroupLeft',
          play: TODO_SPREAD_build_logs_left,
        },
      },
    }),
    on.logPolicy({
      id: 'log-policy-gone',
      title: { ko: '로그의 리소스 정책을 삭제했다', ja: 'ログのリソースポリシーを削除した', en: 'The resource policy of the logs is gone' },
      step: 5,
      expected: null,
      judge: mustBeGone(({ name }) => ['logPolicyLeft', { policy: name }]),
      observed: nameOf,
      resource: ({ found }) => found?.name,
      fix: ({ found }, { region }) => found && free(`aws logs delete-resource-policy --region ${region} --policy-name ${LOG_POLICY}`, 7),
      says: {
        logPolicyLeft: {
          ko: '로그의 리소스 정책 "{policy}" 항목이 남아 있습니다. delete-resource-policy로 삭제합니다.',
          ja: 'ログのリソースポリシー "{policy}" が残っています。delete-resource-policy で削除してください。',
          en: 'The resource policy "{policy}" of the logs is left. Delete it with delete-resource-policy.',
        },
      },
      breaks: {
        'log-policy-left': {
          title: { ko: '로그의 리소스 정책을 남긴다', ja: 'ログのリソースポリシーを残す', en: 'Leave the resource policy of the logs' },
          says: 'logPolicyLeft',
          play: TODO_SPREAD_log_policy_left,
        },
      },
    }),
    on.githubRole({
      ...roleLeft('github-role-gone'),
      title: { ko: 'GitHub의 역할을 삭제했다', ja: 'GitHub のロールを削除した', en: 'The role for GitHub is gone' },
      says: {
        roleLeft: {
          ko: '"{role}" IAM 역할이 남아 있습니다. 정책을 떼고 삭제합니다.',
          ja: 'IAM ロール "{role}" が残っています。ポリシーを外して削除してください。',
          en: 'The IAM role "{role}" is left. Detach its policies and delete it.',
        },
      },
      breaks: {
        'github-role-left': {
          title: { ko: 'GitHub의 역할을 남긴다', ja: 'GitHub のロールを残す', en: 'Leave the role for GitHub' },
          says: 'roleLeft',
          play: TODO_SPREAD_github_role_left,
        },
      },
    }),
    on.buildRole({
      ...roleLeft('build-role-gone'),
      title: { ko: '빌드 역할을 삭제했다', ja: 'ビルドのロールを削除した', en: 'The build role is gone' },
      says: {
        roleLeft: {
          ko: '"{role}" IAM 역할이 남아 있습니다. 정책을 떼고 삭제합니다.',
          ja: 'IAM ロール "{role}" が残っています。ポリシーを外して削除してください。',
          en: 'The IAM role "{role}" is left. Detach its policies and delete it.',
        },
      },
      breaks: {
        'build-role-left': {
          title: { ko: '빌드 역할을 남긴다', ja: 'ビルドのロールを残す', en: 'Leave the build role' },
          says: 'roleLeft',
          play: TODO_SPREAD_build_role_left,
        },
      },
    }),
    on.pullRole({
      ...roleLeft('pull-role-gone'),
      title: { ko: 'pull 역할을 삭제했다', ja: 'pull ロールを削除した', en: 'The pull role is gone' },
      says: {
        roleLeft: {
          ko: '"{role}" IAM 역할이 남아 있습니다. 정책을 떼고 삭제합니다.',
          ja: 'IAM ロール "{role}" が残っています。ポリシーを外して削除してください。',
          en: 'The IAM role "{role}" is left. Detach its policies and delete it.',
        },
      },
      breaks: {
        'pull-role-left': {
          title: { ko: 'pull 역할을 남긴다', ja: 'pull ロールを残す', en: 'Leave the pull role' },
          says: 'roleLeft',
          play: TODO_SPREAD_pull_role_left,
        },
      },
    }),
    on.pushPolicy({
      id: 'push-policy-gone',
      title: { ko: '푸시 정책을 삭제했다', ja: 'プッシュ用ポリシーを削除した', en: 'The push policy is gone' },
      step: 7,
      expected: null,
      judge: mustBeGone(({ name }) => ['pushPolicyLeft', { policy: name }]),
      observed: nameOf,
      resource: arnOf,
      fix: ({ found }) => found && free(`aws iam delete-policy --policy-arn ${shellWord(found.arn)}`, 9),
      says: {
        pushPolicyLeft: {
          ko: '"{policy}" 관리형 정책이 남아 있습니다. 역할에서 모두 뗀 뒤 삭제합니다.',
          ja: '管理ポリシー "{policy}" が残っています。すべてのロールから外して削除してください。',
          en: 'The managed policy "{policy}" is left. Detach it from every role and delete it.',
        },
      },
      breaks: {
        'push-policy-left': {
          title: { ko: '푸시 정책을 남긴다', ja: 'プッシュ用ポリシーを残す', en: 'Leave the push policy' },
          says: 'pushPolicyLeft',
          play: TODO_SPREAD_push_policy_left,
        },
      },
    }),
  ],
});
