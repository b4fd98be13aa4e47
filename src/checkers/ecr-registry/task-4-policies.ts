import {
  anyoneMayPull,
  type Bound,
  blocked,
  defineTask,
  failed,
  namesLogin,
  notStarted,
  type PastRole,
  type Policy,
  passed,
  pastEventReads,
  pastRepositoryCalls,
  pastRoleReads,
  pastRoles,
  provenByEvent,
  type Role,
  readers,
  readPolicy,
  repositoryAccess,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { NAME, PUSH_POLICY, ROLES, repositoryArnOf, roleArnOf } from './names.ts';
import { judgeLogin, judgePush } from './permissions.ts';

const SERVICE = 'ecs-tasks.amazonaws.com';

function judgeRole(role: Pick<Role, 'name' | 'trust'> | undefined, context: TaskContext): Verdict<Says> {
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

function judgePull({ policy, identity }: Pull, context: TaskContext): Verdict<Says> {
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
function judgePrivate({ policy }: Pull, context: TaskContext): Verdict<Says> {
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

export default defineTask({
  id: 'task-4',
  messages,
  needs: ['task-1'],
  reads,
  observe,
  expectations: {
    role: [
      {
        id: 'pull-role',
        step: 2,
        expected: SERVICE,
        judge: judgeRole,
        observed: (role) => role?.name ?? null,
        resource: (role) => role?.arn,
        console: roleLink,
      },
    ],
    policies: [
      {
        id: 'pull-login',
        step: 2,
        after: 'pull-role',
        expected: '*',
        judge: (policies, context) => (policies === undefined ? blocked('pull-role') : judgeLogin(ROLES.pull, policies, context)),
        observed: (policies) => policies?.map(({ name }) => name),
        resource: (_fact, context) => roleArnOf(context, ROLES.pull),
        console: roleLink,
      },
    ],
    pull: [
      {
        id: 'pull-allowed',
        step: 4,
        after: 'pull-role',
        expected: (_fact, context) => roleArnOf(context, ROLES.pull),
        judge: judgePull,
        resource: (_fact, context) => repositoryArnOf(context),
        console: link,
      },
      {
        id: 'pull-private',
        step: 4,
        after: 'pull-allowed',
        judge: judgePrivate,
        resource: (_fact, context) => repositoryArnOf(context),
        console: link,
      },
      {
        id: 'policy-login',
        step: 3,
        after: 'pull-allowed',
        holds: ({ policy }) => policy !== undefined && !namesLogin(policy),
        otherwise: ['policyNamesLogin', { repository: NAME }],
        resource: (_fact, context) => repositoryArnOf(context),
        console: link,
      },
    ],
    pushPolicy: [
      {
        id: 'push-policy',
        step: 6,
        expected: PUSH_POLICY,
        judge: (policy, context) =>
          policy === undefined ? notStarted(['pushPolicyMissing', { policy: PUSH_POLICY }]) : judgePush(PUSH_POLICY, [policy], context),
        observed: (policy) => policy?.name ?? null,
        resource: (policy) => policy?.name,
      },
    ],
  },
  history: {
    'pull-role': recallRole,
    'pull-login': recallRole,
    'pull-allowed': recallPull,
    'pull-private': recallPull,
    'policy-login': recallPull,
    'push-policy': recallPushPolicy,
  },
});
