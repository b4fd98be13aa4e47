import { type Role, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { type Policy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { PUSH_ACTIONS } from '../kit/ecr/repository-policy.ts';
import { accessOf, judgeAccess, serviceRequest } from '../kit/iam/role-access.ts';
import { OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { NAME, REGION, ROLES, repositoryArnOf, roleName } from './names.ts';
import { BUILD_ROLE_POLICY } from './practice-files.ts';
import { allowPush, changeProject, type Project, policyOf, roleArn, statements, toPush, trustOf } from './student.ts';

interface BuildRole {
  readonly project: Project | undefined;
  readonly role: Role | undefined;
}

interface BuildPolicies {
  readonly role: string;
  /** `undefined` when there is no role, or no project to say which. */
  readonly policies: readonly Policy[] | undefined;
}

const LOGIN = ['ecr:GetAuthorizationToken'];
const SERVICE = 'codebuild.amazonaws.com';

function judgeTrust({ project, role }: BuildRole, context: TaskContext) {
  if (role === undefined) return blocked('role-exists');
  const trust = trustOf(role, SERVICE, serviceRequest(context, project?.arn ?? ''));
  switch (trust.state) {
    case 'trusted':
      return passed();
    case 'not-trusted':
      return failed(['trustMissing', { role: role.name, service: SERVICE }]);
    case 'undecided':
      return undecided(['actionsUndecided', { policy: 'trust policy', actions: 'sts:AssumeRole', open: trust.open.join(', ') }]);
  }
}

const link = ({ role }: { readonly role: Role | undefined }, { console }: TaskContext) => role && console.role(role.name);

const reads = { project: readers.codebuild.project, role: readers.iam.role, policies: readers.iam.rolePolicies } as const;

function observe(aws: Bound<typeof reads>) {
  const project = aws.project(NAME);
  const role = project.then(async (found): Promise<BuildRole> => {
    return { project: found, role: found && (await aws.role(found.serviceRole)) };
  });
  const policies = project.then(async (found): Promise<BuildPolicies> => {
    const name = found === undefined ? '' : roleName(found.serviceRole);
    const known = found && (await aws.policies(name));
    return { role: name, policies: known && rolePolicies(known) };
  });
  return { role, policies };
}

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
      console: (fact, context) => link(fact, context) ?? context.console.codeBuildProject(NAME),
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
      judge: judgeTrust,
      resource: ({ role }) => role?.arn,
      console: link,
      says: {
        trustMissing: {
          ko: '"{role}" 역할의 신뢰 정책이 {service} 서비스에 sts:AssumeRole을 허용하지 않습니다. 신뢰 관계를 고칩니다.',
          ja: 'ロール "{role}" の信頼ポリシーが {service} に sts:AssumeRole を許可していません。信頼関係を直してください。',
          en: 'The trust policy of the role "{role}" does not allow sts:AssumeRole to {service}. Put the trust relationship right.',
        },
      },
      breaks: {
        'trust-replaced': {
          title: {
            ko: '신뢰 정책을 EC2용으로 바꾼다',
            ja: '信頼ポリシーを EC2 のものに変える',
            en: 'Replace the trust policy by one for EC2',
          },
          says: 'trustMissing',
          play: (account) =>
            account.iam.updateAssumeRolePolicy(
              ROLES.build,
              policyOf({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
            ),
        },
      },
    }),
    on.policies({
      id: 'login-allowed',
      title: { ko: '역할이 ECR에 로그인할 수 있다', ja: 'ロールが ECR にログインできる', en: 'The role may log in to ECR' },
      step: 5,
      after: 'role-exists',
      expected: LOGIN,
      judge: ({ role, policies }, context) =>
        policies === undefined ? blocked('role-exists') : judgeAccess(role, accessOf(policies, LOGIN, '*', context), '*', context),
      observed: ({ policies }) => policies?.map(({ name }) => name),
      resource: ({ role }) => role,
      console: ({ role }, { console }) => console.role(role),
      says: {
        actionsMissing: {
          ko: '"{role}" 역할에 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책을 추가합니다.',
          ja: 'ロール "{role}" に、"{resource}" に対する次の権限がありません: {actions}。手順のポリシーを追加してください。',
          en: 'The role "{role}" lacks these permissions: {actions} on the resource {resource}. Add the policy of the guide.',
        },
      },
      breaks: {
        'login-on-repository': {
          title: {
            ko: 'GetAuthorizationToken을 리포지토리에만 허용한다',
            ja: 'GetAuthorizationToken をリポジトリにだけ許可する',
            en: 'Allow GetAuthorizationToken on the repository only',
          },
          says: 'actionsMissing',
          play: (account) =>
            allowPush(
              account,
              statements(account, BUILD_ROLE_POLICY, (each) =>
                each.Sid === 'LogInToEcr' ? { ...each, Resource: `arn:aws:ecr:${REGION}:${account.id}:repository/${NAME}` } : each,
              ),
            ),
        },
      },
    }),
    on.policies({
      id: 'push-allowed',
      title: { ko: '역할이 이미지를 푸시할 수 있다', ja: 'ロールがイメージをプッシュできる', en: 'The role may push the image' },
      step: 5,
      after: 'role-exists',
      expected: PUSH_ACTIONS,
      judge({ role, policies }, context) {
        if (policies === undefined) return blocked('role-exists');
        const repository = repositoryArnOf(context);
        return judgeAccess(role, accessOf(policies, PUSH_ACTIONS, repository, context), repository, context);
      },
      observed: ({ policies }) => policies?.map(({ name }) => name),
      resource: ({ role }) => role,
      console: ({ role }, { console }) => console.role(role),
      says: {
        actionsMissing: {
          ko: '"{role}" 역할에 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책을 추가합니다.',
          ja: 'ロール "{role}" に、"{resource}" に対する次の権限がありません: {actions}。手順のポリシーを追加してください。',
          en: 'The role "{role}" lacks these permissions: {actions} on the resource {resource}. Add the policy of the guide.',
        },
        actionsOtherAccount: {
          ko: '"{role}" 역할에 다음 권한이 없습니다: {actions}. 정책에 계정 {other}의 리소스가 적혀 있습니다. 자신의 계정 ID인 {account} 값으로 바꿉니다.',
          ja: 'ロール "{role}" に次の権限がありません: {actions}。ポリシーがアカウント {other} のリソースを書いています。自分のアカウント ID {account} に置き換えてください。',
          en: 'The role "{role}" lacks these permissions: {actions}. Its policy names resources of the account {other}. Write your own account ID, {account}.',
        },
        actionsDenied: {
          ko: '"{role}" 역할의 "{policy}" 정책이 {actions} 작업을 명시적으로 거부합니다. 거부는 허용보다 우선하므로 그 문장을 지웁니다.',
          ja: 'ロール "{role}" のポリシー "{policy}" が {actions} を明示的に拒否しています。拒否は許可より優先されるので、その文を消してください。',
          en: 'The policy "{policy}" of the role "{role}" denies {actions}. A Deny wins over every Allow; remove that statement.',
        },
        actionsUndecided: {
          ko: '"{policy}" 정책이 {actions} 작업을 허용하는지는 여기서 알 수 없는 것에 달려 있어 판단하지 못했습니다: {open}. 틀렸다는 뜻이 아닙니다.',
          ja: 'ポリシー "{policy}" が {actions} を許可するかどうかは、ここからは分からないことで決まるため、判断できませんでした: {open}。間違いという意味ではありません。',
          en: 'Whether the policy "{policy}" allows {actions} hangs on something that cannot be told from here: {open}. That does not mean that it is wrong.',
        },
      },
      breaks: {
        'read-only-permissions': {
          title: { ko: '읽기 권한만 추가한다', ja: '読み取りの権限だけを追加する', en: 'Add permissions to read only' },
          says: 'actionsMissing',
          play: (account) =>
            allowPush(
              account,
              toPush(account, { Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:ListImages'] }),
            ),
        },
        'other-build-role': {
          title: { ko: '다른 프로젝트의 역할을 고른다', ja: '別のプロジェクトのロールを選ぶ', en: 'Choose the role of another project' },
          says: 'actionsMissing',
          play(account) {
            // Of another lab: it logs in and writes its logs, and pushes to a repository of its own.
            account.iam.createRole({ name: 'another-build-role', trust: trustOf('codebuild.amazonaws.com') });
            const document = toPush(account, { Resource: `arn:aws:ecr:${REGION}:${account.id}:repository/another` });
            account.iam.putRolePolicy('another-build-role', 'ecr-push', document);
            changeProject(account, { serviceRole: roleArn(account, 'another-build-role', '/') });
          },
        },
        'push-other-account': {
          title: {
            ko: '예시의 계정 ID를 정책에 그대로 둔다',
            ja: '例のアカウント ID をポリシーに残す',
            en: 'Leave the account ID of the example in the policy',
          },
          says: 'actionsOtherAccount',
          play: (account) => allowPush(account, toPush(account, { Resource: `arn:aws:ecr:${REGION}:${OTHER_ACCOUNT}:repository/${NAME}` })),
        },
        'push-denied': {
          title: {
            ko: 'PutImage를 거부하는 정책을 붙인다',
            ja: 'PutImage を拒否するポリシーを付ける',
            en: 'Attach a policy that denies PutImage',
          },
          says: 'actionsDenied',
          play: (account) =>
            account.iam.putRolePolicy(ROLES.build, 'deny-push', policyOf({ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' })),
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
          play: (account) => allowPush(account, toPush(account, { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
        },
      },
    }),
  ],
});
