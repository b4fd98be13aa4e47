import {
  accessOf,
  blocked,
  defineTask,
  failed,
  judgeAccess,
  type Policy,
  type Project,
  PUSH_ACTIONS,
  passed,
  type Role,
  readers,
  rolePolicies,
  serviceRequest,
  type TaskContext,
  trustOf,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { NAME, repositoryArnOf, roleName } from './names.ts';

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

function judgeTrust({ project, role }: BuildRole, context: TaskContext): Verdict<Says> {
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

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-2'],
  reads: { project: readers.codebuild.project, role: readers.iam.role, policies: readers.iam.rolePolicies },
  observe(aws) {
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
  },
  expectations: {
    role: [
      {
        id: 'role-exists',
        step: 2,
        expected: ({ project }) => project?.serviceRole,
        judge({ project, role }) {
          if (project === undefined) return blocked('task-2');
          return role === undefined ? failed(['roleMissing', { role: roleName(project.serviceRole), project: NAME }]) : passed();
        },
        observed: ({ role }) => role?.arn ?? null,
        resource: ({ project }) => project?.serviceRole,
        console: (fact, context) => link(fact, context) ?? context.console.codeBuildProject(NAME),
      },
      {
        id: 'role-trust',
        step: 3,
        after: 'role-exists',
        expected: SERVICE,
        judge: judgeTrust,
        resource: ({ role }) => role?.arn,
        console: link,
      },
    ],
    policies: [
      {
        id: 'login-allowed',
        step: 5,
        after: 'role-exists',
        expected: LOGIN,
        judge: ({ role, policies }, context) =>
          policies === undefined ? blocked('role-exists') : judgeAccess(role, accessOf(policies, LOGIN, '*', context), '*', context),
        observed: ({ policies }) => policies?.map(({ name }) => name),
        resource: ({ role }) => role,
        console: ({ role }, { console }) => console.role(role),
      },
      {
        id: 'push-allowed',
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
      },
    ],
  },
});
