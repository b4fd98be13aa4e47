import {
  accessOf,
  type Bound,
  blocked,
  defineTask,
  judgeAccess,
  judgeTrust,
  notStarted,
  type PastRole,
  type Policy,
  pastRoleReads,
  pastRoles,
  provenByRole,
  readers,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { MACHINE_ROLE, MANAGED_RULE, machineArnOf, projectArnOf, roleArnOf } from './names.ts';

const SERVICE = 'states.amazonaws.com';
const RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/** `undefined` when there is no role. */
type Policies = readonly Policy[] | undefined;

const ruleArn = ({ account, region, partition }: TaskContext) => `arn:${partition}:events:${region}:${account}:rule/${MANAGED_RULE}`;

const may =
  (actions: readonly string[], resourceOf: (context: TaskContext) => string) =>
  (policies: Policies, context: TaskContext): Verdict<Says> => {
    if (policies === undefined) return blocked('machine-role-trust');
    const resource = resourceOf(context);
    return judgeAccess(MACHINE_ROLE, accessOf(policies, actions, resource, context), resource, context);
  };

const ofRole = {
  resource: (_fact: unknown, context: TaskContext) => roleArnOf(context, MACHINE_ROLE),
  console: (_fact: unknown, { console }: TaskContext) => console.role(MACHINE_ROLE),
} as const;

const PERMISSIONS = {
  'start-build': [['codebuild:StartBuild'], projectArnOf],
  'watch-build': [['codebuild:BatchGetBuilds'], projectArnOf],
  'stop-build': [['codebuild:StopBuild'], projectArnOf],
  'managed-rule': [RULE_ACTIONS, ruleArn],
} as const satisfies Readonly<Record<string, readonly [readonly string[], (context: TaskContext) => string]>>;

/** Whether a role that may be gone had everything at once that this task asks for. */
const wasRight =
  (context: TaskContext) =>
  ({ trust, policies }: PastRole): boolean =>
    trustOf({ trust }, SERVICE, serviceRequest(context, machineArnOf(context))).state === 'trusted' &&
    Object.values(PERMISSIONS).every(([actions, resourceOf]) => may(actions, resourceOf)(policies, context).status === 'passed');

const recall = async (aws: Bound<typeof pastRoleReads>, context: TaskContext) =>
  provenByRole(await pastRoles(aws, MACHINE_ROLE), wasRight(context), ({ policies }) => policies.map(({ name }) => name));

const permission = <const Id extends keyof typeof PERMISSIONS>(id: Id) => {
  const [actions, resourceOf] = PERMISSIONS[id];
  return {
    ...ofRole,
    id,
    step: 4,
    after: 'machine-role-trust',
    expected: actions,
    judge: may(actions, resourceOf),
    observed: (policies: Policies) => policies?.map(({ name }) => name),
  } as const;
};

export default defineTask({
  id: 'task-4',
  messages,
  reads: { role: readers.iam.role, policies: readers.iam.rolePolicies, ...pastRoleReads },
  observe(aws) {
    return { role: aws.role(MACHINE_ROLE), policies: aws.policies(MACHINE_ROLE).then((known): Policies => known && rolePolicies(known)) };
  },
  expectations: {
    role: [
      {
        ...ofRole,
        id: 'machine-role-trust',
        step: 3,
        expected: SERVICE,
        judge: (role, context) =>
          role === undefined
            ? notStarted(['roleMissing', { role: MACHINE_ROLE }])
            : judgeTrust(role, trustOf(role, SERVICE, serviceRequest(context, machineArnOf(context))), SERVICE),
        observed: (role) => role?.arn ?? null,
      },
    ],
    policies: [permission('start-build'), permission('watch-build'), permission('stop-build'), permission('managed-rule')],
  },
  history: {
    'machine-role-trust': recall,
    'start-build': recall,
    'watch-build': recall,
    'stop-build': recall,
    'managed-rule': recall,
  },
});
