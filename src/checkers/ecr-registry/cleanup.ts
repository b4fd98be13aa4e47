import {
  type Bound,
  defineTask,
  deletion,
  type Fix,
  failed,
  type LogGroup,
  NO_COST,
  notStarted,
  passed,
  type Role,
  readers,
  shellWord,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILD_LOG_GROUP, EVENT_LOG_GROUP, LOG_POLICY, NAME, PROJECT, PUSH_POLICY, ROLES, RULE } from './names.ts';

/** One thing that must be gone. */
interface Left<Found> {
  readonly found: Found | undefined;
  /** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
  readonly done: boolean;
}

const reads = {
  buildIds: readers.codebuild.buildIds,
  rule: readers.events.rule,
  project: readers.codebuild.project,
  source: readers.codecommit.repository,
  repository: readers.ecr.repository,
  images: readers.ecr.images,
  logGroup: readers.logs.logGroup,
  logPolicies: readers.logs.resourcePolicies,
  role: readers.iam.role,
  pushPolicy: readers.iam.policy,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const done = aws.buildIds({ project: PROJECT, limit: 1 }).then((ids) => ids.length > 0 || context.recordedPass !== undefined);
  const left = <Found>(answer: Promise<Found | undefined>): Promise<Left<Found>> =>
    Promise.all([answer, done]).then(([found, proven]) => ({ found, done: proven }));
  const repository = aws.repository(NAME).then(async (found) => found && { ...found, images: (await aws.images(NAME)) ?? [] });
  return {
    rule: left(aws.rule(RULE)),
    project: left(aws.project(PROJECT)),
    source: left(aws.source(NAME)),
    repository: left(repository),
    eventLogs: left(aws.logGroup(EVENT_LOG_GROUP)),
    buildLogs: left(aws.logGroup(BUILD_LOG_GROUP)),
    logPolicy: left(aws.logPolicies().then((all) => all.find(({ name }) => name === LOG_POLICY))),
    githubRole: left(aws.role(ROLES.github)),
    buildRole: left(aws.role(ROLES.build)),
    pullRole: left(aws.role(ROLES.pull)),
    pushPolicy: left(aws.pushPolicy(PUSH_POLICY)),
  };
}

const mustBeGone =
  <Found>(says: (found: Found) => Says) =>
  ({ found, done }: Left<Found>): Verdict<Says> => {
    if (found !== undefined) return failed(says(found));
    return done ? passed({ observed: null }) : notStarted('neverUsed');
  };

const arnOf = ({ found }: Left<{ readonly arn?: string | undefined }>) => found?.arn;
const nameOf = ({ found }: Left<{ readonly name: string }>) => found?.name ?? null;
const free = (command: string, order: number): Fix => ({ command, order, costPerMonth: NO_COST });

/** A role can only be deleted without its policies. */
function deleteRole(name: string): Fix {
  const role = `--role-name ${shellWord(name)}`;
  return free(
    `for policy in $(aws iam list-attached-role-policies ${role} --query 'AttachedPolicies[].PolicyArn' --output text); do ` +
      `aws iam detach-role-policy ${role} --policy-arn "$policy"; done; ` +
      `for policy in $(aws iam list-role-policies ${role} --query 'PolicyNames[]' --output text); do ` +
      `aws iam delete-role-policy ${role} --policy-name "$policy"; done; aws iam delete-role ${role}`,
    8,
  );
}

const logGroupGone = <const Id extends string>(id: Id, name: string, order: number) =>
  ({
    id,
    step: 5,
    expected: null,
    judge: mustBeGone<LogGroup>(() => ['logGroupLeft', { group: name }]),
    observed: nameOf,
    resource: () => name,
    console: (_fact: unknown, { console }: TaskContext) => console.logGroup(name),
    fix: ({ found }: Left<LogGroup>, { region }: TaskContext) => found && deletion.logGroup(name, region, found.storedBytes, order),
  }) as const;

const roleGone = <const Id extends string>(id: Id, name: string) =>
  ({
    id,
    step: 6,
    expected: null,
    judge: mustBeGone<Role>(() => ['roleLeft', { role: name }]),
    observed: nameOf,
    resource: arnOf,
    console: (_fact: unknown, { console }: TaskContext) => console.role(name),
    fix: ({ found }: Left<Role>) => found && deleteRole(name),
  }) as const;

export default defineTask({
  id: 'cleanup',
  messages,
  reads,
  observe,
  expectations: {
    rule: [
      {
        id: 'rule-gone',
        step: 1,
        expected: null,
        judge: mustBeGone(() => ['ruleLeft', { rule: RULE }]),
        observed: nameOf,
        resource: arnOf,
        console: (_fact, { console }) => console.eventRules(),
        fix: ({ found }, { region }) => found && deletion.eventRule(RULE, region, 1),
      },
    ],
    project: [
      {
        id: 'project-gone',
        step: 2,
        expected: null,
        judge: mustBeGone(() => ['projectLeft', { project: PROJECT }]),
        observed: nameOf,
        resource: arnOf,
        console: (_fact, { console }) => console.codeBuildProjects(),
        fix: ({ found }, { region }) => found && deletion.project(PROJECT, region, 2),
      },
    ],
    source: [
      {
        id: 'source-gone',
        step: 3,
        expected: null,
        judge: mustBeGone(() => ['sourceLeft', { repository: NAME }]),
        observed: nameOf,
        resource: arnOf,
        console: (_fact, { console }) => console.codeCommitRepository(NAME),
        fix: ({ found }, { region }) => found && deletion.sourceRepository(NAME, region, 3),
      },
    ],
    repository: [
      {
        id: 'repository-gone',
        step: 4,
        expected: null,
        judge: mustBeGone(({ images }) => ['repositoryLeft', { repository: NAME, count: images.length }]),
        observed: ({ found }) => found?.images.length ?? null,
        resource: arnOf,
        console: (_fact, { console }) => console.ecrRepositories(),
        fix: ({ found }, { region }) => {
          const bytes = found?.images.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
          return bytes === undefined ? undefined : deletion.imageRepositoryWithImages(NAME, region, bytes, 4);
        },
      },
    ],
    eventLogs: [logGroupGone('event-logs-gone', EVENT_LOG_GROUP, 5)],
    buildLogs: [logGroupGone('build-logs-gone', BUILD_LOG_GROUP, 6)],
    logPolicy: [
      {
        id: 'log-policy-gone',
        step: 5,
        expected: null,
        judge: mustBeGone(({ name }) => ['logPolicyLeft', { policy: name }]),
        observed: nameOf,
        resource: ({ found }) => found?.name,
        fix: ({ found }, { region }) => found && free(`aws logs delete-resource-policy --region ${region} --policy-name ${LOG_POLICY}`, 7),
      },
    ],
    githubRole: [roleGone('github-role-gone', ROLES.github)],
    buildRole: [roleGone('build-role-gone', ROLES.build)],
    pullRole: [roleGone('pull-role-gone', ROLES.pull)],
    pushPolicy: [
      {
        id: 'push-policy-gone',
        step: 7,
        expected: null,
        judge: mustBeGone(({ name }) => ['pushPolicyLeft', { policy: name }]),
        observed: nameOf,
        resource: arnOf,
        fix: ({ found }) => found && free(`aws iam delete-policy --policy-arn ${shellWord(found.arn)}`, 9),
      },
    ],
  },
});
