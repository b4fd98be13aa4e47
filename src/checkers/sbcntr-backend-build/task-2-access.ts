import type { Bound } from '../../aws/reader.ts';
import type { Role } from '../../aws/services/iam.ts';
import type { Policy } from '../dialects/iam/document.ts';
import { accountsNamed } from '../dialects/iam/questions.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { type Saying, says } from '../engine/texts.ts';
import { blocked, failed, notStarted, passed, type Verdict } from '../engine/verdict.ts';
import { pastStack, pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { type PastRole, pastRoleReads, pastRoles, provenByRole } from '../kit/iam/past-role.ts';
import { accessOf, judgeOwnAccess, OWN_ACCESS_SAYS } from '../kit/iam/role-access.ts';
import { roleName } from '../kit/iam/role-name.ts';
import { judgeTrust, serviceRequest, TRUST_SAYS, trustOf } from '../kit/iam/role-trust.ts';
import { LOG_GROUP, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';

/** What `docker push` needs of a repository (Amazon ECR User Guide, "IAM permissions for pushing an image"). */
export const PUSH = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];
export const LIST = ['ecr:ListImages'];
export const SERVICE = 'codebuild.amazonaws.com';
export const TOKEN = 'ecr:GetAuthorizationToken';

export interface OfRole {
  readonly outputs: Outputs;
  readonly role: Pick<Role, 'name' | 'trust'> | undefined;
}

export interface Permissions {
  readonly outputs: Outputs;
  /** `undefined` when there is no role. */
  readonly policies: readonly Policy[] | undefined;
}

export const ROLE_SAYS = says({
  ...TRUST_SAYS,
  roleGone: {
    ko: '스택 출력에 있는 "{role}" 역할이 IAM에 없습니다. 삭제했다면 스택을 삭제하고 다시 생성합니다.',
    ja: 'スタックの出力にあるロール "{role}" が IAM にありません。削除した場合は、スタックを削除して作り直してください。',
    en: 'The role "{role}" of the stack outputs is not in IAM. If you deleted it, delete the stack and create it again.',
  },
});

/** What the checks of the role's permissions say. */
export const ECR_SAYS = says({
  ...OWN_ACCESS_SAYS,
  ecrPolicyMissing: {
    ko: '"{role}" 역할에 ECR에 관한 정책이 없습니다. codebuild-ecr-policy.json의 계정 ID를 바꾸고 `aws iam put-role-policy`로 추가합니다.',
    ja: 'ロール "{role}" に ECR についてのポリシーがありません。codebuild-ecr-policy.json のアカウント ID を書き換え、`aws iam put-role-policy` で追加してください。',
    en: 'The role "{role}" has no policy about ECR. Put your account id into codebuild-ecr-policy.json and add it with `aws iam put-role-policy`.',
  },
  policyOtherAccount: {
    ko: '"{role}" 역할의 정책이 다른 계정({found})의 리소스를 가리킵니다. 예시의 계정 ID가 남아 있지 않은지 확인하고 다음 내 계정 ID로 바꾸어 다시 추가합니다: {account}.',
    ja: 'ロール "{role}" のポリシーが別のアカウント({found})のリソースを指しています。例のアカウント ID が残っていないか確かめ、自分のアカウント ID に直して追加し直してください: {account}',
    en: 'A policy of the role "{role}" names resources of another account ({found}). Make sure that no example account id is left, and add the policy again with your own account id {account}.',
  },
  tokenNotOnAll: {
    ko: 'ecr:GetAuthorizationToken이 리포지토리에만 허용되어 있습니다. 이 작업은 리포지토리를 지정할 수 없으므로 Resource를 "*"로 바꿉니다.',
    ja: 'ecr:GetAuthorizationToken がリポジトリに対してだけ許可されています。この操作にリポジトリは指定できないので、Resource を "*" に直してください。',
    en: 'ecr:GetAuthorizationToken is allowed on a repository only. The action cannot be limited to a repository: change its Resource to "*".',
  },
});

type Judged = Verdict<Saying<typeof ECR_SAYS>>;
type JudgePolicies = (policies: readonly Policy[], outputs: Outputs, context: TaskContext) => Judged;

const repositoryArn = (name: string, { account, region, partition }: TaskContext) =>
  `arn:${partition}:ecr:${region}:${account}:repository/${name}`;

export const bothRepositories = ({ outputs: { backend, frontend } }: Permissions, context: TaskContext) =>
  [backend, frontend].flatMap((name) => (name === undefined ? [] : [repositoryArn(name, context)]));

export function judgeRoleTrust({ outputs, role }: OfRole, context: TaskContext) {
  if (outputs.roleArn === undefined) return blocked('task-0');
  if (role === undefined) return failed(['roleGone', { role: roleName(outputs.roleArn) }]);
  const { account, region, partition } = context;
  const project = `arn:${partition}:codebuild:${region}:${account}:project/${PROJECT}`;
  return judgeTrust(role, trustOf(role, SERVICE, serviceRequest(context, project)), SERVICE);
}

/** Whether a policy says anything about ECR. When none does, the task has not been begun. */
const mentionsEcr = (policy: Policy) =>
  policy.state === 'unparsable' ||
  policy.statements.some(({ action }) => action.except || action.values.some((value) => /^(ecr:|\*)/i.test(value)));

/** What to say of actions on one resource. Policies that name another account have a check of their own. */
function judgeActions(
  policies: readonly Policy[],
  actions: readonly string[],
  resource: string,
  { roleArn = '' }: Outputs,
  context: TaskContext,
): Judged {
  const access = accessOf(policies, actions, resource, context);
  const own = access.state === 'other-account' ? ({ state: 'missing', actions: access.actions } as const) : access;
  return judgeOwnAccess(roleName(roleArn), own, resource);
}

/** The worst of several verdicts: a failure before one that is undecided. */
function together(verdicts: readonly Judged[]): Judged {
  const said = verdicts.filter(({ status }) => status !== 'passed');
  return said.find(({ status }) => status === 'failed') ?? said[0] ?? passed();
}

const ofPolicies =
  (judge: JudgePolicies) =>
  ({ outputs, policies }: Permissions, context: TaskContext): Judged =>
    policies === undefined ? blocked('role-trust') : judge(policies, outputs, context);

const ofEcr = (judge: JudgePolicies) =>
  ofPolicies((policies, outputs, context) =>
    policies.some(mentionsEcr)
      ? judge(policies, outputs, context)
      : notStarted(['ecrPolicyMissing', { role: roleName(outputs.roleArn ?? '') }]),
  );

const onRepositories = (actions: readonly string[]) =>
  ofEcr((policies, outputs, context) => {
    const { backend, frontend } = outputs;
    if (backend === undefined || frontend === undefined) return blocked('task-0');
    return together([backend, frontend].map((name) => judgeActions(policies, actions, repositoryArn(name, context), outputs, context)));
  });

export const judgePush = onRepositories(PUSH);
export const judgeList = onRepositories(LIST);

export const judgeToken = ofEcr((policies, outputs, context) => {
  const onAll = judgeActions(policies, [TOKEN], '*', outputs, context);
  if (onAll.status === 'failed' && outputs.backend !== undefined) {
    if (accessOf(policies, [TOKEN], repositoryArn(outputs.backend, context), context).state === 'allowed') return failed('tokenNotOnAll');
  }
  return onAll;
});

export const judgeBase = ofPolicies((policies, outputs, context) => {
  if (outputs.source === undefined) return blocked('task-0');
  const { account, region, partition } = context;
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:${LOG_GROUP}`;
  const code = `arn:${partition}:codecommit:${region}:${account}:${outputs.source}`;
  return together([
    judgeActions(policies, ['codecommit:GitPull'], code, outputs, context),
    judgeActions(policies, ['logs:CreateLogGroup'], logs, outputs, context),
    judgeActions(policies, ['logs:CreateLogStream', 'logs:PutLogEvents'], `${logs}:log-stream:${PROJECT}`, outputs, context),
  ]);
});

export const judgeAccounts = ofEcr((policies, { roleArn = '' }, { account }) => {
  const others = accountsNamed(policies).filter((named) => named !== account);
  return others.length === 0 ? passed() : failed(['policyOtherAccount', { role: roleName(roleArn), found: others.join(', '), account }]);
});

export const pastReads = { ...pastStackReads, ...pastRoleReads } as const;

/** Evidence from the deleted stack's role, at a time when it passed every check of this task. */
export async function recall(aws: Bound<typeof pastReads>, context: TaskContext) {
  const past = await pastStack(aws, STACK);
  const outputs = outputsOf(past?.stack);
  const { roleArn } = outputs;
  if (roleArn === undefined) return undefined;
  const wasRight = ({ name, trust, policies }: PastRole) =>
    judgeRoleTrust({ outputs, role: { name, trust } }, context).status === 'passed' &&
    [judgeBase, judgeAccounts, judgeToken, judgePush, judgeList].every(
      (judge) => judge({ outputs, policies }, context).status === 'passed',
    );
  return provenByRole(await pastRoles(aws, roleName(roleArn)), wasRight, ({ policies }) => policies.map(({ name }) => name));
}
