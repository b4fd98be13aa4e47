import {
  accessOf,
  accountsNamed,
  type Bound,
  blocked,
  defineTask,
  failed,
  judgeOwnAccess,
  judgeTrust,
  notStarted,
  type PastRole,
  type Policy,
  passed,
  pastRoleReads,
  pastRoles,
  pastStack,
  pastStackReads,
  provenByRole,
  type Role,
  readers,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { LOG_GROUP, type Outputs, outputsOf, PROJECT, roleName, STACK } from './names.ts';

/** What `docker push` needs of a repository (Amazon ECR User Guide, "IAM permissions for pushing an image"). */
const PUSH = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];
const LIST = ['ecr:ListImages'];
const SERVICE = 'codebuild.amazonaws.com';
const TOKEN = 'ecr:GetAuthorizationToken';

interface OfRole {
  readonly outputs: Outputs;
  readonly role: Pick<Role, 'name' | 'trust'> | undefined;
}

interface Permissions {
  readonly outputs: Outputs;
  /** `undefined` when there is no role. */
  readonly policies: readonly Policy[] | undefined;
}

const repositoryArn = (name: string, { account, region, partition }: TaskContext) =>
  `arn:${partition}:ecr:${region}:${account}:repository/${name}`;

function judgeRoleTrust({ outputs, role }: OfRole, context: TaskContext): Verdict<Says> {
  if (outputs.roleArn === undefined) return blocked('task-0');
  if (role === undefined) return failed(['roleGone', { role: roleName(outputs.roleArn) }]);
  const { account, region, partition } = context;
  const project = `arn:${partition}:codebuild:${region}:${account}:project/${PROJECT}`;
  const trust = trustOf(role, SERVICE, serviceRequest(context, project));
  return judgeTrust(role, trust, SERVICE);
}

/** Whether anything at all says something about ECR: without it the task has not been begun. */
const mentionsEcr = (policy: Policy) =>
  policy.state === 'unparsable' ||
  policy.statements.some(({ action }) => action.except || action.values.some((value) => /^(ecr:|\*)/i.test(value)));

/** What to say of actions on one resource. That a policy names another account is a check of its own. */
function judgeActions(policies: readonly Policy[], actions: readonly string[], resource: string, context: TaskContext): Verdict<Says> {
  const access = accessOf(policies, actions, resource, context);
  return judgeOwnAccess('', access.state === 'other-account' ? { state: 'missing', actions: access.actions } : access, resource);
}

/** The worst of what is said about several resources: what is wrong before what is not decided. */
function together(verdicts: readonly Verdict<Says>[]): Verdict<Says> {
  const said = verdicts.filter(({ status }) => status !== 'passed');
  return said.find(({ status }) => status === 'failed') ?? said[0] ?? passed();
}

type JudgePolicies = (policies: readonly Policy[], outputs: Outputs, context: TaskContext) => Verdict<Says>;

const ofPolicies =
  (judge: JudgePolicies) =>
  ({ outputs, policies }: Permissions, context: TaskContext): Verdict<Says> =>
    policies === undefined ? blocked('role-trust') : judge(policies, outputs, context);

const ofEcr = (judge: JudgePolicies) =>
  ofPolicies((policies, outputs, context) =>
    policies.some(mentionsEcr)
      ? judge(policies, outputs, context)
      : notStarted(['ecrPolicyMissing', { role: roleName(outputs.roleArn ?? '') }]),
  );

const onRepositories = (actions: readonly string[]) =>
  ofEcr((policies, { backend, frontend }, context) => {
    if (backend === undefined || frontend === undefined) return blocked('task-0');
    return together([backend, frontend].map((name) => judgeActions(policies, actions, repositoryArn(name, context), context)));
  });

const judgeToken: JudgePolicies = (policies, { backend }, context) => {
  const onAll = judgeActions(policies, [TOKEN], '*', context);
  if (onAll.status === 'failed' && backend !== undefined) {
    if (accessOf(policies, [TOKEN], repositoryArn(backend, context), context).state === 'allowed') return failed('tokenNotOnAll');
  }
  return onAll;
};

const judgeBase: JudgePolicies = (policies, { source }, context) => {
  if (source === undefined) return blocked('task-0');
  const { account, region, partition } = context;
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:${LOG_GROUP}`;
  const code = `arn:${partition}:codecommit:${region}:${account}:${source}`;
  return together([
    judgeActions(policies, ['codecommit:GitPull'], code, context),
    judgeActions(policies, ['logs:CreateLogGroup'], logs, context),
    judgeActions(policies, ['logs:CreateLogStream', 'logs:PutLogEvents'], `${logs}:log-stream:${PROJECT}`, context),
  ]);
};

const judgeAccounts: JudgePolicies = (policies, { roleArn = '' }, { account }) => {
  const others = accountsNamed(policies).filter((named) => named !== account);
  return others.length === 0 ? passed() : failed(['policyOtherAccount', { role: roleName(roleArn), found: others.join(', '), account }]);
};

const PUSHES = onRepositories(PUSH);
const LISTS = onRepositories(LIST);
const POLICIES = [ofPolicies(judgeBase), ofEcr(judgeAccounts), ofEcr(judgeToken), PUSHES, LISTS];

const pastReads = { ...pastStackReads, ...pastRoleReads } as const;

/** The role of the deleted stack as it was, when it had everything at once. */
async function recall(aws: Bound<typeof pastReads>, context: TaskContext) {
  const past = await pastStack(aws, STACK);
  const outputs = outputsOf(past?.stack);
  const { roleArn } = outputs;
  if (roleArn === undefined) return undefined;
  const wasRight = ({ name, trust, policies }: PastRole) =>
    judgeRoleTrust({ outputs, role: { name, trust } }, context).status === 'passed' &&
    POLICIES.every((judge) => judge({ outputs, policies }, context).status === 'passed');
  return provenByRole(await pastRoles(aws, roleName(roleArn)), wasRight, ({ policies }) => policies.map(({ name }) => name));
}

const link = ({ outputs: { roleArn } }: { readonly outputs: Outputs }, { console }: TaskContext) =>
  roleArn === undefined ? undefined : console.role(roleName(roleArn));
const policyNames = ({ policies }: Permissions) => policies?.map(({ name }) => name);
const ofRole = {
  resource: ({ outputs }: { readonly outputs: Outputs }) => outputs.roleArn,
  console: link,
} as const;
const bothRepositories = ({ outputs: { backend, frontend } }: Permissions, context: TaskContext) =>
  [backend, frontend].flatMap((name) => (name === undefined ? [] : [repositoryArn(name, context)]));

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-0'],
  reads: { stack: readers.cloudformation.stack, role: readers.iam.role, rolePolicies: readers.iam.rolePolicies, ...pastReads },
  observe(aws) {
    const outputs = aws.stack(STACK).then(outputsOf);
    const role = outputs.then(async (known): Promise<OfRole> => {
      return { outputs: known, role: known.roleArn === undefined ? undefined : await aws.role(known.roleArn) };
    });
    const permissions = outputs.then(async (known): Promise<Permissions> => {
      const found = known.roleArn === undefined ? undefined : await aws.rolePolicies(known.roleArn);
      return { outputs: known, policies: found && rolePolicies(found) };
    });
    return { role, permissions };
  },
  expectations: {
    role: [
      {
        ...ofRole,
        id: 'role-trust',
        step: 1,
        expected: SERVICE,
        judge: judgeRoleTrust,
        observed: ({ role }) => role?.name ?? null,
      },
    ],
    permissions: [
      { ...ofRole, id: 'base-permissions', step: 1, after: 'role-trust', judge: ofPolicies(judgeBase), observed: policyNames },
      {
        ...ofRole,
        id: 'policy-account',
        step: 3,
        after: 'role-trust',
        expected: (_fact, { account }) => account,
        judge: ofEcr(judgeAccounts),
        observed: ({ policies }) => policies && accountsNamed(policies),
      },
      {
        ...ofRole,
        id: 'authorization-token',
        step: 4,
        after: 'policy-account',
        expected: { action: TOKEN, resource: '*' },
        judge: ofEcr(judgeToken),
        observed: policyNames,
      },
      {
        ...ofRole,
        id: 'push-permissions',
        step: 4,
        after: 'policy-account',
        expected: (fact, context) => ({ actions: PUSH, resources: bothRepositories(fact, context) }),
        judge: PUSHES,
        observed: policyNames,
      },
      {
        ...ofRole,
        id: 'list-permissions',
        step: 4,
        after: 'policy-account',
        expected: (fact, context) => ({ actions: LIST, resources: bothRepositories(fact, context) }),
        judge: LISTS,
        observed: policyNames,
      },
    ],
  },
  history: {
    'role-trust': recall,
    'base-permissions': recall,
    'policy-account': recall,
    'authorization-token': recall,
    'push-permissions': recall,
    'list-permissions': recall,
  },
});
