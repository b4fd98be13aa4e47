import type { Bound } from '../../aws/reader.ts';
import { codebuild, codebuildConsole } from '../../aws/services/codebuild.ts';
import { iam, iamConsole } from '../../aws/services/iam.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, passed } from '../engine/verdict.ts';
import { PUSH_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { changeStatement, denyAction, type PolicyStatement } from '../kit/iam/policy-mistakes.ts';
import { ACCESS_SAYS, accessOf, judgeAccess } from '../kit/iam/role-access.ts';
import { judgeTrust, serviceRequest, TRUST_SAYS, trustOf, trustOther, trustService } from '../kit/iam/role-trust.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { NAME, REGION, ROLES, repositoryArnOf, roleName } from './names.ts';
import { allowPush, BUILD_ROLE_POLICY, here, PUSH_POLICY, takeAnotherRole } from './student.ts';

const LOGIN = ['ecr:GetAuthorizationToken'];
const SERVICE = 'codebuild.amazonaws.com';

const reads = { project: codebuild.project, role: iam.role, policies: iam.rolePolicies } as const;

function observe(aws: Bound<typeof reads>) {
  const project = aws.project(NAME);
  return {
    role: project.then(async (found) => ({ project: found, role: found && (await aws.role(found.serviceRole)) })),
    permissions: project.then(async (found) => {
      const role = found === undefined ? '' : roleName(found.serviceRole);
      const known = found && (await aws.policies(role));
      return { role, policies: known && rolePolicies(known) };
    }),
  };
}
type Permissions = Awaited<ReturnType<typeof observe>['permissions']>;

/** What checks of the role's permissions have in common. */
const allowed = (actions: readonly string[], resource: (context: TaskContext) => string) =>
  ({
    step: 5,
    after: 'role-exists',
    expected: actions,
    judge: ({ role, policies }: Permissions, context: TaskContext) =>
      policies === undefined
        ? blocked('role-exists')
        : judgeAccess(role, accessOf(policies, actions, resource(context), context), resource(context), context),
    observed: ({ policies }: Permissions) => policies?.map(({ name }) => name),
    resource: ({ role }: Permissions) => role,
    console: ({ role }: Permissions, place: TaskContext) => iamConsole.role(place, role),
    says: ACCESS_SAYS,
  }) as const;

const FROM_ADDRESS = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
const push = (change: Partial<PolicyStatement>) => (account: PracticeAccount) =>
  changeStatement(account, PUSH_POLICY, 'PushImage', () => change);

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-3',
  title: { ko: '빌드 역할에 권한 추가', ja: 'ビルドのロールへの権限の追加', en: 'Give the build role its permissions' },
  needs: ['task-2'],
  reads,
  observe,
  solve: {
    id: 'allow-push',
    title: { ko: '역할에 정책을 추가한다', ja: 'ロールにポリシーを追加する', en: 'Add the policy to the role' },
    play: (account) => allowPush(account),
  },
  files: { [BUILD_ROLE_POLICY]: { checks: ['login-allowed', 'push-allowed'], use: allowPush } },
  expectations: [
    on.role({
      id: 'role-exists',
      title: { ko: '프로젝트의 서비스 역할이 있다', ja: 'プロジェクトのサービスロールがある', en: "The project's service role exists" },
      step: 2,
      expected: ({ project }) => project?.serviceRole,
      judge({ project, role }) {
        if (project === undefined) return blocked('task-2');
        return role === undefined ? failed(['roleMissing', { role: roleName(project.serviceRole), project: NAME }]) : passed();
      },
      observed: ({ role }) => role?.arn ?? null,
      resource: ({ project }) => project?.serviceRole,
      console: ({ role }, place) => (role ? iamConsole.role(place, role.name) : codebuildConsole.project(place, NAME)),
      says: {
        roleMissing: {
          ko: '"{project}" 프로젝트의 서비스 역할인 "{role}" 역할이 없습니다. 프로젝트의 환경을 편집해 새 서비스 역할을 만듭니다.',
          ja: 'プロジェクト "{project}" のサービスロール "{role}" がありません。プロジェクトの環境を編集し、新しいサービスロールを作ってください。',
          en: 'The service role "{role}" of the project "{project}" does not exist. Edit the environment of the project and make a new service role.',
        },
      },
      breaks: {
        'role-deleted': {
          title: { ko: '서비스 역할을 삭제한다', ja: 'サービスロールを削除する', en: 'Delete the service role' },
          says: 'roleMissing',
          play: (account) => account.iam.deleteRole(ROLES.build),
        },
      },
    }),
    on.role({
      id: 'role-trust',
      title: { ko: 'CodeBuild가 역할을 맡을 수 있다', ja: 'CodeBuild がロールを引き受けられる', en: 'CodeBuild may assume the role' },
      step: 3,
      after: 'role-exists',
      expected: SERVICE,
      judge: ({ project, role }, context) =>
        role === undefined
          ? blocked('role-exists')
          : judgeTrust(role, trustOf(role, SERVICE, serviceRequest(context, project?.arn ?? '')), SERVICE),
      resource: ({ role }) => role?.arn,
      console: ({ role }, place) => role && iamConsole.role(place, role.name),
      says: TRUST_SAYS,
      breaks: {
        'trust-replaced': trustOther(
          { ko: '신뢰 정책을 EC2용으로 바꾼다', ja: '信頼ポリシーを EC2 のものに変える', en: 'Replace the trust policy by one for EC2' },
          ROLES.build,
          'ec2.amazonaws.com',
        ),
      },
      moments: {
        'trust-conditional': {
          title: {
            ko: 'IP 주소를 조건으로 CodeBuild를 신뢰한다',
            ja: 'IP アドレスを条件に CodeBuild を信頼する',
            en: 'Trust CodeBuild on condition of an IP address',
          },
          says: 'trustUndecided',
          play: (account) => trustService(account, ROLES.build, SERVICE, FROM_ADDRESS),
        },
      },
    }),
    on.permissions({
      ...allowed(LOGIN, () => '*'),
      id: 'login-allowed',
      title: { ko: '역할이 ECR에 로그인할 수 있다', ja: 'ロールが ECR にログインできる', en: 'The role may log in to ECR' },
      breaks: {
        'login-on-repository': {
          title: {
            ko: 'GetAuthorizationToken을 리포지토리에만 허용한다',
            ja: 'GetAuthorizationToken をリポジトリにだけ許可する',
            en: 'Allow GetAuthorizationToken on the repository only',
          },
          says: 'actionsMissing',
          play: (account) => changeStatement(account, PUSH_POLICY, 'LogInToEcr', () => ({ Resource: repositoryArnOf(here(account)) })),
        },
      },
    }),
    on.permissions({
      ...allowed(PUSH_ACTIONS, repositoryArnOf),
      id: 'push-allowed',
      title: { ko: '역할이 이미지를 푸시할 수 있다', ja: 'ロールがイメージをプッシュできる', en: 'The role may push the image' },
      breaks: {
        'read-only-permissions': {
          title: { ko: '읽기 권한만 추가한다', ja: '読み取りの権限だけを追加する', en: 'Add permissions to read only' },
          says: 'actionsMissing',
          play: push({ Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:ListImages'] }),
        },
        'other-build-role': {
          title: { ko: '다른 프로젝트의 역할을 고른다', ja: '別のプロジェクトのロールを選ぶ', en: 'Choose the role of another project' },
          says: 'actionsMissing',
          play: takeAnotherRole,
        },
        'push-other-account': {
          title: {
            ko: '예시의 계정 ID를 정책에 그대로 둔다',
            ja: '例のアカウント ID をポリシーに残す',
            en: 'Leave the account ID of the example in the policy',
          },
          says: 'actionsOtherAccount',
          play: push({ Resource: repositoryArnOf({ account: OTHER_ACCOUNT, region: REGION, partition: 'aws' }) }),
        },
        'push-denied': {
          title: {
            ko: 'PutImage를 거부하는 정책을 붙인다',
            ja: 'PutImage を拒否するポリシーを付ける',
            en: 'Attach a policy that denies PutImage',
          },
          says: 'actionsDenied',
          play: (account) => denyAction(account, ROLES.build, 'ecr:PutImage'),
        },
      },
      moments: {
        'push-conditional': {
          title: {
            ko: 'IP 주소를 조건으로 푸시를 허용한다',
            ja: 'IP アドレスを条件にプッシュを許可する',
            en: 'Allow the push on condition of an IP address',
          },
          says: 'actionsUndecided',
          play: push({ Condition: FROM_ADDRESS }),
        },
      },
    }),
  ],
});
