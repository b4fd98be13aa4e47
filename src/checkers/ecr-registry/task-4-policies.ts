import { type Role, readers } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { type Policy, readPolicy, rolePolicies } from '../dialects/iam/document.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { pastRepositoryCalls } from '../kit/ecr/past-repository.ts';
import { anyoneMayPull, namesLogin, repositoryAccess } from '../kit/ecr/repository-policy.ts';
import { type PastRole, pastRoleReads, pastRoles } from '../kit/iam/past-role.ts';
import { serviceRequest, trustOf } from '../kit/iam/role-access.ts';
import { edited, OTHER_ACCOUNT } from '../kit/student/mistakes.ts';
import { NAME, PUSH_POLICY, ROLES, repositoryArnOf, roleArnOf } from './names.ts';
import { judgeLogin, judgePush } from './permissions.ts';
import { LOGIN_POLICY, PULL_ROLE_TRUST, PUSH_POLICY_JSON, REPOSITORY_POLICY } from './practice-files.ts';
import { allowLogin, changePushPolicy, own, setPolicies, setPolicy } from './student.ts';

const SERVICE = 'ecs-tasks.amazonaws.com';

function judgeRole(role: Pick<Role, 'name' | 'trust'> | undefined, context: TaskContext) {
  if (role === undefined) return notStarted(['roleMissing', { role: ROLES.pull }]);
  const trust = trustOf(role, SERVICE, serviceRequest(context, ''));
  switch (trust.state) {
    case 'trusted':
      return passed();
    case 'not-trusted':
      return failed(['trustMissing', { role: role.name, service: SERVICE }]);
    case 'undecided':
      return undecided(['actionsUndecided', { policy: 'trust policy', open: trust.open.join(', ') }]);
  }
}

/** The policy of the repository, beside the pull role's own policies, which may deny what it allows. */
interface Pull {
  readonly policy: Policy | undefined;
  readonly identity: readonly Policy[];
}

function judgePull({ policy, identity }: Pull, context: TaskContext) {
  if (policy === undefined) return failed(['policyMissing', { repository: NAME }]);
  if (policy.state !== 'read') return undecided(['actionsUndecided', { policy: NAME, open: policy.problem }]);
  const role = { aws: roleArnOf(context, ROLES.pull) };
  const { pull } = repositoryAccess(policy, repositoryArnOf(context), role);
  const [denied] = repositoryAccess(policy, repositoryArnOf(context), role, identity).pull.denied;
  if (denied !== undefined && denied.because.policy !== NAME) {
    return failed(['actionsDenied', { role: ROLES.pull, policy: denied.because.policy, actions: denied.action }]);
  }
  const lacking = [...pull.missing, ...pull.denied.map(({ action }) => action)];
  if (lacking.length > 0) return failed(['pullMissing', { role: ROLES.pull, actions: lacking.join(', ') }]);
  const [open] = pull.undecided;
  return open === undefined ? passed() : undecided(['actionsUndecided', { policy: NAME, open: open.open.join(', ') }]);
}

/** Whether a role that the text does not name may pull too, by the policy of the repository alone. */
function judgePrivate({ policy }: Pull, context: TaskContext) {
  if (policy === undefined) return blocked('pull-allowed');
  const arn = repositoryArnOf(context);
  const other = repositoryAccess(policy, arn, { aws: roleArnOf(context, `not-${ROLES.pull}`) }).pull;
  const open = anyoneMayPull(policy, arn) === 'allowed' || other.missing.length + other.denied.length + other.undecided.length === 0;
  return open ? failed(['pullOpen', { repository: NAME, role: ROLES.pull }]) : passed();
}

const link = (_fact: unknown, { console }: TaskContext) => console.ecrRepository(NAME);
const roleLink = (_fact: unknown, { console }: TaskContext) => console.role(ROLES.pull);

const pastReads = { ...pastRoleReads, ...pastEventReads } as const;
type Past = Bound<typeof pastReads>;

/** The pull role, when it was trusted and could log in. */
async function pastPullRole(aws: Past, context: TaskContext): Promise<PastRole | undefined> {
  const isRight = (role: PastRole) =>
    judgeRole(role, context).status === 'passed' && judgeLogin(ROLES.pull, role.policies, context).status === 'passed';
  return (await pastRoles(aws, ROLES.pull)).find(isRight);
}

async function recallRole(aws: Past, context: TaskContext) {
  const role = await pastPullRole(aws, context);
  return (
    role &&
    provenByEvent(
      role.change,
      role.policies.map(({ name }) => name),
    )
  );
}

/** The newest policy of the repository that let that role pull, nobody else, and named no login. */
async function recallPull(aws: Past, context: TaskContext) {
  const role = await pastPullRole(aws, context);
  if (role === undefined) return undefined;
  const puts = await pastRepositoryCalls(aws, { operation: 'SetRepositoryPolicy', repository: NAME });
  const right = puts.find(({ requestParameters }) => {
    const policy = readPolicy(NAME, requestParameters?.['policyText'], 'resource');
    const pull: Pull = { policy, identity: role.policies };
    return judgePull(pull, context).status === 'passed' && judgePrivate(pull, context).status === 'passed' && !namesLogin(policy);
  });
  return right && provenByEvent(right, roleArnOf(context, ROLES.pull));
}

/** The managed policy as it was made. */
async function recallPushPolicy(aws: Past, context: TaskContext) {
  const made = await aws.iamChanges(PUSH_POLICY);
  const right = made.find(({ name, requestParameters = {} }) => {
    if (name !== 'CreatePolicy' || requestParameters['policyName'] !== PUSH_POLICY) return false;
    const policy = readPolicy(PUSH_POLICY, requestParameters['policyDocument'], 'identity');
    return judgePush(PUSH_POLICY, [policy], context).status === 'passed';
  });
  return right && provenByEvent(right, PUSH_POLICY);
}

const reads = {
  ...pastReads,
  role: readers.iam.role,
  rolePolicies: readers.iam.rolePolicies,
  repositoryPolicy: readers.ecr.repositoryPolicy,
  pushPolicy: readers.iam.policy,
} as const;

function observe(aws: Bound<typeof reads>) {
  const policies = aws.rolePolicies(ROLES.pull).then((found) => found && rolePolicies(found));
  return {
    role: aws.role(ROLES.pull),
    policies,
    pull: Promise.all([aws.repositoryPolicy(NAME), policies]).then(
      ([found, identity = []]): Pull => ({ policy: found && readPolicy(NAME, found.document, 'resource'), identity }),
    ),
    pushPolicy: aws.pushPolicy(PUSH_POLICY).then((found) => found && readPolicy(found.arn, found.document, 'identity')),
  };
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-4',
  title: { ko: 'IAM 정책과 리포지토리 정책 설정', ja: 'IAM ポリシーとリポジトリポリシーの設定', en: 'Set IAM and repository policies' },
  needs: ['task-1'],
  reads,
  observe,
  solve: {
    id: 'set-policies',
    title: { ko: '역할과 두 가지 정책을 만든다', ja: 'ロールと 2 種類のポリシーを作る', en: 'Make the role and both kinds of policies' },
    play: setPolicies,
  },
  expectations: [
    on.role({
      id: 'pull-role',
      title: {
        ko: 'ECS 태스크가 맡는 pull 역할이 있다',
        ja: 'ECS タスクが引き受ける pull ロールがある',
        en: 'There is a pull role for ECS tasks',
      },
      step: 2,
      expected: SERVICE,
      judge: judgeRole,
      observed: (role) => role?.name ?? null,
      resource: (role) => role?.arn,
      console: roleLink,
      says: {
        trustMissing: {
          ko: '"{role}" 역할의 신뢰 정책이 {service} 서비스에 sts:AssumeRole을 허용하지 않습니다. 신뢰 관계를 고칩니다.',
          ja: 'ロール "{role}" の信頼ポリシーは {service} に sts:AssumeRole を許可していません。信頼関係を直してください。',
          en: 'The trust policy of the role "{role}" does not allow {service} sts:AssumeRole. Correct the trust relationship.',
        },
      },
      past: recallRole,
      breaks: {
        'pull-role-for-another': {
          title: {
            ko: '다른 서비스가 맡는 역할로 만든다',
            ja: '別のサービスが引き受けるロールにする',
            en: 'Make the pull role for another service',
          },
          says: 'trustMissing',
          play: (account) => account.iam.updateAssumeRolePolicy(ROLES.pull, JSON.parse(edited(PULL_ROLE_TRUST, 'ecs-tasks', 'ecs'))),
        },
      },
    }),
    on.policies({
      id: 'pull-login',
      title: { ko: 'pull 역할이 ECR에 로그인할 수 있다', ja: 'pull ロールが ECR にログインできる', en: 'The pull role can log in to ECR' },
      step: 2,
      after: 'pull-role',
      expected: '*',
      judge: (policies, context) => (policies === undefined ? blocked('pull-role') : judgeLogin(ROLES.pull, policies, context)),
      observed: (policies) => policies?.map(({ name }) => name),
      resource: (_fact, context) => roleArnOf(context, ROLES.pull),
      console: roleLink,
      says: {
        actionsMissing: {
          ko: '"{role}"에는 "{resource}"에 대한 다음 권한이 없습니다: {actions}. 교재의 정책과 비교해 고칩니다.',
          ja: '"{role}" に、"{resource}" に対する次の権限がありません: {actions}。教材のポリシーと比べて直してください。',
          en: '"{role}" lacks these permissions: {actions} on the resource {resource}. Compare it with the policies of the lab.',
        },
        actionsUndecided: {
          ko: '"{policy}" 정책이 허용하는지는 여기서 알 수 없는 것에 달려 있어 판단하지 못했습니다: {open}. 틀렸다는 뜻이 아닙니다.',
          ja: 'ポリシー "{policy}" が許可するかどうかは、ここでは分からないことによるため判断できませんでした: {open}。誤りという意味ではありません。',
          en: 'Whether the policy "{policy}" allows it depends on what is not known here: {open}. That does not mean it is wrong.',
        },
      },
      past: recallRole,
      breaks: {
        'login-on-repository': {
          title: {
            ko: '로그인 권한을 리포지토리 ARN에 준다',
            ja: 'ログイン権限をリポジトリの ARN に与える',
            en: 'Allow the login on the ARN of the repository',
          },
          says: 'actionsMissing',
          play: (account) =>
            allowLogin(account, own(account, edited(LOGIN_POLICY, '"*"', `"arn:aws:ecr:ap-northeast-2:123456789012:repository/${NAME}"`))),
        },
      },
      moments: {
        'login-conditional': {
          title: {
            ko: '로그인 권한에 IP 조건을 단다',
            ja: 'ログイン権限に IP の条件を付ける',
            en: 'Allow the login from some addresses only',
          },
          says: 'actionsUndecided',
          play: (account) =>
            allowLogin(
              account,
              own(
                account,
                edited(LOGIN_POLICY, '"Resource": "*"', '"Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}'),
              ),
            ),
        },
      },
    }),
    on.pull({
      id: 'pull-allowed',
      title: {
        ko: '리포지토리 정책이 pull 역할에 풀을 허용한다',
        ja: 'リポジトリポリシーが pull ロールにプルを許可する',
        en: 'The repository policy lets the pull role pull',
      },
      step: 4,
      after: 'pull-role',
      expected: (_fact, context) => roleArnOf(context, ROLES.pull),
      judge: judgePull,
      resource: (_fact, context) => repositoryArnOf(context),
      console: link,
      says: {
        policyMissing: {
          ko: '"{repository}" 리포지토리에 정책이 없습니다. set-repository-policy를 실행합니다.',
          ja: 'リポジトリ "{repository}" にポリシーがありません。set-repository-policy を実行してください。',
          en: 'The repository "{repository}" has no policy. Run set-repository-policy.',
        },
        pullMissing: {
          ko: '리포지토리 정책이 "{role}" 역할에 다음 작업을 허용하지 않습니다: {actions}. Principal의 ARN과 Action을 확인합니다.',
          ja: 'リポジトリポリシーがロール "{role}" に次の操作を許可していません: {actions}。Principal の ARN と Action を確かめてください。',
          en: 'The repository policy does not allow the role "{role}": {actions}. Check the ARN in Principal and the actions.',
        },
      },
      past: recallPull,
      breaks: {
        'policy-not-set': {
          title: { ko: '리포지토리 정책을 설정하지 않는다', ja: 'リポジトリポリシーを設定しない', en: 'Set no repository policy' },
          says: 'policyMissing',
          play: (account) => setPolicy(account, undefined),
        },
        'pull-half': {
          title: {
            ko: '풀에 필요한 작업 하나를 빠뜨린다',
            ja: 'プルに必要な操作を 1 つ抜かす',
            en: 'Leave out one action that a pull needs',
          },
          says: 'pullMissing',
          play: (account) => setPolicy(account, own(account, edited(REPOSITORY_POLICY, /"ecr:BatchGetImage",\s*/, ''))),
        },
      },
    }),
    on.pull({
      id: 'pull-private',
      title: {
        ko: '다른 누구도 정책으로 풀을 허용받지 않는다',
        ja: 'ポリシーはほかの誰にもプルを許可しない',
        en: 'It lets nobody else pull',
      },
      step: 4,
      after: 'pull-allowed',
      judge: judgePrivate,
      resource: (_fact, context) => repositoryArnOf(context),
      console: link,
      says: {
        pullOpen: {
          ko: '"{repository}" 리포지토리의 정책이 "{role}" 말고 다른 이에게도 풀을 허용합니다. Principal에 그 역할의 ARN만 적습니다.',
          ja: 'リポジトリ "{repository}" のポリシーは "{role}" 以外にもプルを許可しています。Principal にはそのロールの ARN だけを書いてください。',
          en: 'The policy of the repository "{repository}" lets others than "{role}" pull. Name only the ARN of that role in Principal.',
        },
      },
      past: recallPull,
      breaks: {
        'pull-open': {
          title: { ko: '누구에게나 풀을 허용한다', ja: '誰にでもプルを許可する', en: 'Let anyone pull' },
          says: 'pullOpen',
          play: (account) => setPolicy(account, own(account, edited(REPOSITORY_POLICY, /\{ "AWS": "[^"]*" \}/, '"*"'))),
        },
      },
    }),
    on.pull({
      id: 'policy-login',
      title: {
        ko: '리포지토리 정책에 소용없는 로그인 권한이 없다',
        ja: 'リポジトリポリシーに効かないログイン権限がない',
        en: 'It holds no login permission, which has no effect there',
      },
      step: 3,
      after: 'pull-allowed',
      holds: ({ policy }) => policy !== undefined && !namesLogin(policy),
      otherwise: ['policyNamesLogin', { repository: NAME }],
      resource: (_fact, context) => repositoryArnOf(context),
      console: link,
      says: {
        policyNamesLogin: {
          ko: '"{repository}" 리포지토리의 정책에 ecr:GetAuthorizationToken이 있습니다. 리포지토리 정책에서는 소용이 없으므로 지우고, IAM 정책에서 "*"에 허용합니다.',
          ja: 'リポジトリ "{repository}" のポリシーに ecr:GetAuthorizationToken があります。そこでは効かないので消し、IAM ポリシーで "*" に許可してください。',
          en: 'The policy of "{repository}" names ecr:GetAuthorizationToken. It has no effect there: remove it, and allow it on "*" in an IAM policy.',
        },
      },
      past: recallPull,
      breaks: {
        'policy-with-login': {
          title: {
            ko: '리포지토리 정책에 로그인 권한을 적는다',
            ja: 'リポジトリポリシーにログイン権限を書く',
            en: 'Put the login into the repository policy',
          },
          says: 'policyNamesLogin',
          play: (account) =>
            setPolicy(
              account,
              own(account, edited(REPOSITORY_POLICY, '"ecr:BatchGetImage",', '"ecr:GetAuthorizationToken", "ecr:BatchGetImage",')),
            ),
        },
      },
    }),
    on.pushPolicy({
      id: 'push-policy',
      title: {
        ko: '푸시 정책이 로그인과 푸시를 허용한다',
        ja: 'プッシュ用ポリシーがログインとプッシュを許可する',
        en: 'The push policy allows login and push',
      },
      step: 6,
      expected: PUSH_POLICY,
      judge: (policy, context) =>
        policy === undefined ? notStarted(['pushPolicyMissing', { policy: PUSH_POLICY }]) : judgePush(PUSH_POLICY, [policy], context),
      observed: (policy) => policy?.name ?? null,
      resource: (policy) => policy?.name,
      says: {
        actionsOtherAccount: {
          ko: '"{role}"에 다음 권한이 없습니다: {actions}. 정책에 계정 {other}의 리소스가 적혀 있습니다. 자신의 계정 ID인 {account} 값으로 바꿉니다.',
          ja: '"{role}" に次の権限がありません: {actions}。ポリシーにはアカウント {other} のリソースが書かれています。自分のアカウント ID {account} に替えてください。',
          en: '"{role}" lacks these permissions: {actions}. The policy names resources of the account {other}. Put your own account id {account} there.',
        },
        actionsDenied: {
          ko: '"{role}"의 "{policy}" 정책이 다음 작업을 명시적으로 거부합니다: {actions}. 거부는 허용보다 우선하므로 그 문장을 지웁니다.',
          ja: '"{role}" のポリシー "{policy}" が次の操作を明示的に拒否しています: {actions}。拒否は許可に優先するので、その文を消してください。',
          en: 'The policy "{policy}" of "{role}" explicitly denies: {actions}. A Deny wins over every Allow: remove that statement.',
        },
      },
      past: recallPushPolicy,
      breaks: {
        'push-other-account': {
          title: { ko: '다른 계정의 ID를 남긴다', ja: '別のアカウントの ID を残す', en: 'Leave the id of another account' },
          says: 'actionsOtherAccount',
          play: (account) => changePushPolicy(account, JSON.parse(PUSH_POLICY_JSON.replaceAll('123456789012', OTHER_ACCOUNT))),
        },
        'push-denied': {
          title: { ko: '푸시를 거부하는 문장을 둔다', ja: 'プッシュを拒否する文を置く', en: 'Deny the push' },
          says: 'actionsDenied',
          play(account) {
            const { Statement, ...rest } = own(account, PUSH_POLICY_JSON);
            changePushPolicy(account, { ...rest, Statement: [...Statement, { Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }] });
          },
        },
      },
    }),
  ],
});
