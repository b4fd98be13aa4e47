import type { Bound } from '../../aws/reader.ts';
import { cloudformation } from '../../aws/services/cloudformation.ts';
import { iam, iamConsole } from '../../aws/services/iam.ts';
import { rolePolicies } from '../dialects/iam/document.ts';
import { accountsNamed } from '../dialects/iam/questions.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { changeStatement, denyAction, dropActions, dropStatements } from '../kit/iam/policy-mistakes.ts';
import { roleName } from '../kit/iam/role-name.ts';
import { trustOther } from '../kit/iam/role-trust.ts';
import { BASE_POLICY, DEFAULTS, ECR_POLICY, outputsOf, STACK } from './names.ts';
import { addPolicy, ecrPolicy, trust } from './student.ts';
import {
  bothRepositories,
  ECR_SAYS,
  judgeAccounts,
  judgeBase,
  judgeList,
  judgePush,
  judgeRoleTrust,
  judgeToken,
  LIST,
  type OfRole,
  type Permissions,
  PUSH,
  pastReads,
  ROLE_SAYS,
  recall,
  SERVICE,
  TOKEN,
} from './task-2-access.ts';

const ADDED = { role: DEFAULTS.role, policy: ECR_POLICY };
const EXAMPLE_ACCOUNT = '123456789012';

const reads = {
  stack: cloudformation.stack,
  role: iam.role,
  rolePolicies: iam.rolePolicies,
  ...pastReads,
} as const;

function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const role = outputs.then(async (known): Promise<OfRole> => {
    return { outputs: known, role: known.roleArn === undefined ? undefined : await aws.role(known.roleArn) };
  });
  const permissions = outputs.then(async (known): Promise<Permissions> => {
    const found = known.roleArn === undefined ? undefined : await aws.rolePolicies(known.roleArn);
    return { outputs: known, policies: found && rolePolicies(found) };
  });
  return { role, permissions };
}

const on = expectationsOn<typeof observe>();

const ofRole = {
  resource: ({ outputs }: Pick<OfRole, 'outputs'>) => outputs.roleArn,
  console: ({ outputs: { roleArn } }: Pick<OfRole, 'outputs'>, place: TaskContext) => roleArn && iamConsole.role(place, roleName(roleArn)),
  past: recall,
} as const;

const ofPolicies = { ...ofRole, says: ECR_SAYS, observed: ({ policies }: Permissions) => policies?.map(({ name }) => name) } as const;

export default defineTask({
  id: 'task-2',
  title: {
    ko: 'CodeBuild 역할에 ECR 권한 추가',
    ja: 'CodeBuild ロールへの ECR 権限の追加',
    en: 'Give the CodeBuild role its ECR permissions',
  },
  needs: ['task-0'],
  reads,
  observe,
  solve: {
    id: 'add-permissions',
    title: { ko: '역할에 ECR 권한을 추가합니다', ja: 'ロールに ECR の権限を追加する', en: 'Add the ECR permissions to the role' },
    play: (account) => addPolicy(account),
  },
  files: {
    'codebuild-ecr-policy.json': {
      checks: ['base-permissions', 'policy-account', 'authorization-token', 'push-permissions', 'list-permissions'],
      use: (account, text) => addPolicy(account, ecrPolicy(account.id, text)),
    },
  },
  expectations: [
    on.role({
      ...ofRole,
      id: 'role-trust',
      title: { ko: 'CodeBuild가 역할을 맡을 수 있습니다', ja: 'CodeBuild がロールを引き受けられる', en: 'CodeBuild can assume the role' },
      step: 1,
      expected: SERVICE,
      judge: judgeRoleTrust,
      observed: ({ role }) => role?.name ?? null,
      says: ROLE_SAYS,
      breaks: {
        'role-deleted': {
          title: { ko: '역할을 삭제합니다', ja: 'ロールを削除する', en: 'Delete the role' },
          says: 'roleGone',
          play: (account) => account.iam.deleteRole(DEFAULTS.role),
        },
        'trust-other-service': trustOther(
          {
            ko: '역할의 신뢰 정책을 EC2로 바꿉니다',
            ja: 'ロールの信頼ポリシーを EC2 に変える',
            en: 'Change the trust policy of the role to EC2',
          },
          DEFAULTS.role,
          'ec2.amazonaws.com',
        ),
      },
      moments: {
        'trust-condition': {
          title: {
            ko: '신뢰 정책에 조직 조건을 붙입니다',
            ja: '信頼ポリシーに組織の条件を付ける',
            en: 'Put a condition about the organization into the trust policy',
          },
          says: 'trustUndecided',
          play: (account) => account.iam.updateAssumeRolePolicy(DEFAULTS.role, trust(account, { 'aws:PrincipalOrgID': 'o-example123' })),
        },
      },
    }),
    on.permissions({
      ...ofPolicies,
      id: 'base-permissions',
      title: {
        ko: '역할이 소스를 읽고 로그를 남길 수 있습니다',
        ja: 'ロールでソースを読み、ログを書ける',
        en: 'The role can read the source and write logs',
      },
      step: 1,
      after: 'role-trust',
      judge: judgeBase,
      breaks: {
        'base-policy-removed': {
          title: { ko: '기본 정책을 지웁니다', ja: '基本のポリシーを消す', en: 'Delete the base policy' },
          says: 'actionsMissing',
          play: (account) => account.iam.deleteRolePolicy(DEFAULTS.role, BASE_POLICY),
        },
      },
    }),
    on.permissions({
      ...ofPolicies,
      id: 'policy-account',
      title: {
        ko: '역할의 정책이 내 계정을 가리킵니다',
        ja: 'ロールのポリシーが自分のアカウントを指している',
        en: "The role's policies name your own account",
      },
      step: 3,
      after: 'role-trust',
      expected: (_fact, { account }) => account,
      judge: judgeAccounts,
      observed: ({ policies }) => policies && accountsNamed(policies),
      breaks: {
        'other-account': {
          title: {
            ko: '예시의 계정 ID를 바꾸지 않습니다',
            ja: '例のアカウント ID を書き換えない',
            en: 'Leave the example account id as it is',
          },
          says: 'policyOtherAccount',
          play: (account) => addPolicy(account, ecrPolicy(EXAMPLE_ACCOUNT)),
        },
      },
    }),
    on.permissions({
      ...ofPolicies,
      id: 'authorization-token',
      title: {
        ko: '역할이 ECR 로그인 암호를 받을 수 있습니다',
        ja: 'ロールで ECR のログイン用パスワードを受け取れる',
        en: 'The role can get the password for the ECR login',
      },
      step: 4,
      after: 'policy-account',
      expected: { action: TOKEN, resource: '*' },
      judge: judgeToken,
      breaks: {
        'token-on-repository': {
          title: {
            ko: 'GetAuthorizationToken에 리포지토리 ARN을 적습니다',
            ja: 'GetAuthorizationToken にリポジトリの ARN を書く',
            en: 'Write the ARN of a repository for GetAuthorizationToken',
          },
          says: 'tokenNotOnAll',
          play(account) {
            const Resource = `arn:aws:ecr:ap-northeast-2:${account.id}:repository/${DEFAULTS.backend}`;
            changeStatement(account, ADDED, 'GetAuthorizationToken', () => ({ Resource }));
          },
        },
        'token-missing': {
          title: {
            ko: 'GetAuthorizationToken 문장을 빠뜨립니다',
            ja: 'GetAuthorizationToken のステートメントを忘れる',
            en: 'Forget the statement about GetAuthorizationToken',
          },
          says: 'actionsMissing',
          play: (account) => dropStatements(account, ADDED, 'GetAuthorizationToken'),
        },
      },
    }),
    on.permissions({
      ...ofPolicies,
      id: 'push-permissions',
      title: {
        ko: '역할이 두 리포지토리에 이미지를 푸시할 수 있습니다',
        ja: 'ロールで両方のリポジトリにイメージをプッシュできる',
        en: 'The role can push images to both repositories',
      },
      step: 4,
      after: 'policy-account',
      expected: (fact, context) => ({ actions: PUSH, resources: bothRepositories(fact, context) }),
      judge: judgePush,
      breaks: {
        'only-backend': {
          title: { ko: '백엔드 리포지토리만 적습니다', ja: 'バックエンドのリポジトリだけを書く', en: 'Name only the backend repository' },
          says: 'actionsMissing',
          play: (account) =>
            changeStatement(account, ADDED, 'ManageRepositoryContents', ({ Resource }) => ({ Resource: [Resource].flat().slice(0, 1) })),
        },
        'push-denied': {
          title: {
            ko: 'PutImage를 금지하는 정책을 연결합니다',
            ja: 'PutImage を禁止するポリシーをアタッチする',
            en: 'Attach a policy that denies PutImage',
          },
          says: 'actionsDenied',
          play: (account) => denyAction(account, DEFAULTS.role, 'ecr:PutImage'),
        },
        'put-image-missing': {
          title: { ko: 'PutImage를 빠뜨립니다', ja: 'PutImage を忘れる', en: 'Forget PutImage' },
          says: 'actionsMissing',
          play: (account) => dropActions(account, ADDED, 'ecr:PutImage'),
        },
      },
      moments: {
        'push-condition': {
          title: {
            ko: '권한에 출발지 IP 조건을 붙입니다',
            ja: '権限に送信元 IP の条件を付ける',
            en: 'Put a condition about the source IP on the permissions',
          },
          says: 'actionsUndecided',
          play: (account) =>
            changeStatement(account, ADDED, 'ManageRepositoryContents', () => ({
              Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
            })),
        },
      },
    }),
    on.permissions({
      ...ofPolicies,
      id: 'list-permissions',
      title: {
        ko: '역할이 두 리포지토리의 이미지를 조회할 수 있습니다',
        ja: 'ロールで両方のリポジトリのイメージを一覧できる',
        en: 'The role can list the images of both repositories',
      },
      step: 4,
      after: 'policy-account',
      expected: (fact, context) => ({ actions: LIST, resources: bothRepositories(fact, context) }),
      judge: judgeList,
      breaks: {
        'list-missing': {
          title: { ko: 'ListImages를 빠뜨립니다', ja: 'ListImages を忘れる', en: 'Forget ListImages' },
          says: 'actionsMissing',
          play: (account) => dropActions(account, ADDED, 'ecr:ListImages'),
        },
      },
    }),
  ],
});
