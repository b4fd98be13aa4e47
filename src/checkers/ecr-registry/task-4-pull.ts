import type { Bound } from '../../aws/reader.ts';
import { type Policy, readPolicy } from '../dialects/iam/document.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { says } from '../engine/texts.ts';
import { blocked, failed, passed, undecided } from '../engine/verdict.ts';
import { pastEventReads, provenByEvent } from '../kit/cloudtrail/past-events.ts';
import { pastRepositoryCalls } from '../kit/ecr/past-repository.ts';
import { anyoneMayPull, namesLogin, PULL_ACTIONS, repositoryAccess } from '../kit/ecr/repository-policy.ts';
import { type PastRole, pastRoleReads, pastRoles } from '../kit/iam/past-role.ts';
import { accessOf, OWN_ACCESS_SAYS } from '../kit/iam/role-access.ts';
import { serviceRequest, trustOf } from '../kit/iam/role-trust.ts';
import { NAME, PUSH_POLICY, ROLES, repositoryArnOf, roleArnOf } from './names.ts';
import { judgePush, LOGIN_ACTIONS } from './permissions.ts';

export const SERVICE = 'ecs-tasks.amazonaws.com';

/** The repository's policy and the pull role's own policies, which may deny what it allows. */
export interface Pull {
  readonly policy: Policy | undefined;
  readonly identity: readonly Policy[];
}

/** What the check that the pull role may pull says. */
export const PULL_SAYS = says({
  ...OWN_ACCESS_SAYS,
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
});

export function judgePull({ policy, identity }: Pull, context: TaskContext) {
  if (policy === undefined) return failed(['policyMissing', { repository: NAME }]);
  const unclear = (actions: string, what: string) =>
    undecided(['actionsUndecided', { role: ROLES.pull, policy: NAME, actions, open: what }]);
  if (policy.state !== 'read') return unclear(PULL_ACTIONS.join(', '), policy.problem);
  const role = { aws: roleArnOf(context, ROLES.pull) };
  const { pull } = repositoryAccess(policy, repositoryArnOf(context), role);
  const [denied] = repositoryAccess(policy, repositoryArnOf(context), role, identity).pull.denied;
  if (denied !== undefined && denied.because.policy !== NAME) {
    return failed(['actionsDenied', { role: ROLES.pull, policy: denied.because.policy, actions: denied.action }]);
  }
  const lacking = [...pull.missing, ...pull.denied.map(({ action }) => action)];
  if (lacking.length > 0) return failed(['pullMissing', { role: ROLES.pull, actions: lacking.join(', ') }]);
  const [open] = pull.undecided;
  return open === undefined ? passed() : unclear(open.action, open.open.join(', '));
}

/** Whether the repository's policy alone also lets a role pull that the lab's text does not name. */
export function judgePrivate({ policy }: Pull, context: TaskContext) {
  if (policy === undefined) return blocked('pull-allowed');
  const arn = repositoryArnOf(context);
  const other = repositoryAccess(policy, arn, { aws: roleArnOf(context, `not-${ROLES.pull}`) }).pull;
  const open = anyoneMayPull(policy, arn) === 'allowed' || other.missing.length + other.denied.length + other.undecided.length === 0;
  return open ? failed(['pullOpen', { repository: NAME, role: ROLES.pull }]) : passed();
}

export const pastReads = { ...pastRoleReads, ...pastEventReads } as const;
type Past = Bound<typeof pastReads>;

/** The pull role as it was when ECS tasks could take it and log in. */
async function pastPullRole(aws: Past, context: TaskContext): Promise<PastRole | undefined> {
  const isRight = (role: PastRole) =>
    trustOf(role, SERVICE, serviceRequest(context, '')).state === 'trusted' &&
    accessOf(role.policies, LOGIN_ACTIONS, '*', context).state === 'allowed';
  return (await pastRoles(aws, ROLES.pull)).find(isRight);
}

export async function recallRole(aws: Past, context: TaskContext) {
  const role = await pastPullRole(aws, context);
  const names = role?.policies.map(({ name }) => name);
  return role && provenByEvent(role.change, names ?? null);
}

/** The newest policy of the repository that let that role pull, nobody else, and named no login. */
export async function recallPull(aws: Past, context: TaskContext) {
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

/** Evidence from the creation of the push policy. */
export async function recallPushPolicy(aws: Past, context: TaskContext) {
  const made = await aws.iamChanges(PUSH_POLICY);
  const right = made.find(({ name, requestParameters = {} }) => {
    if (name !== 'CreatePolicy' || requestParameters['policyName'] !== PUSH_POLICY) return false;
    const policy = readPolicy(PUSH_POLICY, requestParameters['policyDocument'], 'identity');
    return judgePush(PUSH_POLICY, [policy], context).status === 'passed';
  });
  return right && provenByEvent(right, PUSH_POLICY);
}
