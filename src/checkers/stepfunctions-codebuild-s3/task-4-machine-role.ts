import {
  accessOf,
  blocked,
  defineTask,
  notStarted,
  type Policy,
  readers,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { MACHINE_ROLE, MANAGED_RULE, machineArnOf, projectArnOf, roleArnOf } from './names.ts';
import { judgeAccess, judgeTrust } from './permissions.ts';

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
    return judgeAccess(MACHINE_ROLE, accessOf(policies, actions, resource, context), resource, context.account);
  };

const ofRole = {
  resource: (_fact: unknown, context: TaskContext) => roleArnOf(context, MACHINE_ROLE),
  console: (_fact: unknown, { console }: TaskContext) => console.role(MACHINE_ROLE),
} as const;

const permission = <const Id extends string>(id: Id, actions: readonly string[], resourceOf: (context: TaskContext) => string) =>
  ({
    ...ofRole,
    id,
    step: 4,
    after: 'machine-role-trust',
    expected: actions,
    judge: may(actions, resourceOf),
    observed: (policies: Policies) => policies?.map(({ name }) => name),
  }) as const;

export default defineTask({
  id: 'task-4',
  messages,
  reads: { role: readers.iam.role, policies: readers.iam.rolePolicies },
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
    policies: [
      permission('start-build', ['codebuild:StartBuild'], projectArnOf),
      permission('watch-build', ['codebuild:BatchGetBuilds'], projectArnOf),
      permission('stop-build', ['codebuild:StopBuild'], projectArnOf),
      permission('managed-rule', RULE_ACTIONS, ruleArn),
    ],
  },
});
