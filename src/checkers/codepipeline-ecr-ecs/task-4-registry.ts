import {
  anyoneMayPull,
  blocked,
  defineTask,
  failed,
  type ImageRepository,
  namesLogin,
  notStarted,
  type Policy,
  PUSH_ACTIONS,
  passed,
  readers,
  readPolicy,
  repositoryAccess,
  type TaskContext,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { NAME, OTHER_REGIONS } from './names.ts';

interface RepositoryPolicy {
  readonly repository: ImageRepository | undefined;
  /** `undefined` when the repository has none. */
  readonly policy: Policy | undefined;
}

interface Pushing extends RepositoryPolicy {
  /** ARN of the role that builds run with; unset while there is no project. */
  readonly buildRole: string | undefined;
}

function judgeAccess({ repository, policy, buildRole }: Pushing, { account, partition }: TaskContext): Verdict<Says> {
  if (buildRole === undefined) return blocked('task-2');
  if (repository === undefined || policy === undefined) return blocked('policy-set');
  const { push } = repositoryAccess(policy, repository.arn, { aws: buildRole });
  const [denied] = push.denied;
  if (denied !== undefined) return failed(['policyDenies', { role: buildRole, action: denied.action }]);
  // What is given to the account is each role's by its own policy, which task 3 looks at.
  const toAccount = repositoryAccess(policy, repository.arn, { aws: `arn:${partition}:iam::${account}:root` }).push;
  if (push.missing.length > 0 && toAccount.missing.length + toAccount.denied.length + toAccount.undecided.length === 0) return passed();
  if (push.missing.length > 0) return failed(['policyGivesNothing', { role: buildRole, actions: push.missing.join(', ') }]);
  const [open] = push.undecided;
  return open === undefined
    ? passed()
    : undecided(['actionsUndecided', { policy: NAME, actions: open.action, open: open.open.join(', ') }]);
}

function judgePublic({ repository, policy }: RepositoryPolicy): Verdict<Says> {
  if (repository === undefined || policy === undefined) return blocked('policy-set');
  return anyoneMayPull(policy, repository.arn) === 'allowed' ? failed(['policyPublic', { repository: NAME }]) : passed();
}

const link = (_fact: unknown, { console }: TaskContext) => console.ecrRepository(NAME);

export default defineTask({
  id: 'task-4',
  messages,
  needs: ['task-2', 'task-3'],
  reads: { repository: readers.ecr.repository, policy: readers.ecr.repositoryPolicy, project: readers.codebuild.project },
  observe(aws) {
    const repository = aws.repository(NAME);
    const policy = Promise.all([repository, aws.policy(NAME)]).then(
      ([found, text]): RepositoryPolicy => ({ repository: found, policy: text && readPolicy(NAME, text.document, 'resource') }),
    );
    const pushing = Promise.all([policy, aws.project(NAME)]).then(
      ([fact, project]): Pushing => ({ ...fact, buildRole: project?.serviceRole }),
    );
    // One promise under two names: the checks are shown in the order of the text's steps.
    return { repository, policy, pushing, meant: policy };
  },
  expectations: {
    repository: [
      {
        id: 'registry',
        step: 4,
        expected: { name: NAME, tagMutability: 'MUTABLE' },
        judge(repository, { region }) {
          if (repository === undefined) return notStarted(['registryMissing', { repository: NAME, region }]);
          // Every build pushes the same tag. MUTABLE is AWS's default; there is also MUTABLE with exceptions.
          return (repository.tagMutability ?? 'MUTABLE').startsWith('MUTABLE') ? passed() : failed(['tagsImmutable', { repository: NAME }]);
        },
        observed: (repository) => repository && { name: repository.name, tagMutability: repository.tagMutability ?? null },
        resource: (repository) => repository?.arn,
        console: (repository, context) => (repository ? link(repository, context) : context.console.ecrRepositories()),
      },
    ],
    policy: [
      {
        id: 'policy-set',
        step: 7,
        after: 'registry',
        judge({ policy }) {
          if (policy === undefined) return failed(['policyMissing', { repository: NAME }]);
          return policy.state === 'read'
            ? passed()
            : undecided(['actionsUndecided', { policy: NAME, actions: PUSH_ACTIONS.join(', '), open: policy.problem }]);
        },
        resource: ({ repository }) => repository?.arn,
        console: link,
      },
    ],
    pushing: [
      {
        id: 'policy-push',
        step: 7,
        after: 'policy-set',
        expected: ({ buildRole }) => buildRole,
        judge: judgeAccess,
        resource: ({ repository }) => repository?.arn,
        console: link,
      },
    ],
    meant: [
      {
        id: 'policy-login',
        step: 6,
        after: 'policy-set',
        holds: ({ policy }) => policy !== undefined && !namesLogin(policy),
        otherwise: ['policyNamesLogin', { repository: NAME }],
        resource: ({ repository }) => repository?.arn,
        console: link,
      },
      {
        id: 'policy-private',
        step: 6,
        after: 'policy-set',
        judge: judgePublic,
        resource: ({ repository }) => repository?.arn,
        console: link,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['repository'],
    find: { registry: async (aws) => (await aws.repository(NAME))?.arn },
  },
});
