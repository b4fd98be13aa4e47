import {
  type Bound,
  bytesOf,
  defineTask,
  deletion,
  everDone,
  type Fix,
  type Left,
  leftover,
  leftWith,
  mustBeGone,
  NO_COST,
  readers,
  shellWord,
  type TaskContext,
} from '../core/index.ts';
import { messages } from './messages/index.ts';
import { BUILD_LOG_GROUP, EVENT_LOG_GROUP, LOG_POLICY, NAME, PROJECT, PUSH_POLICY, ROLES, RULE } from './names.ts';

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
  const left = leftWith(everDone(context, () => aws.buildIds({ project: PROJECT, limit: 1 })));
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

const arnOf = ({ found }: Left<{ readonly arn?: string | undefined }>) => found?.arn;
const nameOf = ({ found }: Left<{ readonly name: string }>) => found?.name ?? null;
const free = (command: string, order: number): Fix => ({ command, order, costPerMonth: NO_COST });

const roleLeft = <const Id extends string>(id: Id) => leftover.role({ id, step: 6, order: 8 });

export default defineTask({
  id: 'cleanup',
  messages,
  reads,
  observe,
  expectations: {
    rule: [leftover.eventRule({ id: 'rule-gone', step: 1, order: 1 })],
    project: [leftover.project({ id: 'project-gone', step: 2, order: 2 })],
    source: [leftover.sourceRepository({ id: 'source-gone', step: 3, order: 3 })],
    repository: [
      {
        id: 'repository-gone',
        step: 4,
        expected: null,
        judge: mustBeGone(({ images }) => ['repositoryLeft', { repository: NAME, count: images.length }]),
        observed: ({ found }) => found?.images.length ?? null,
        resource: arnOf,
        console: (_fact, { console }) => console.ecrRepositories(),
        fix: ({ found }, { region }) => found && deletion.imageRepositoryWithImages(NAME, region, bytesOf(found.images), 4),
      },
    ],
    eventLogs: [leftover.logGroup({ id: 'event-logs-gone', step: 5, order: 5 })],
    buildLogs: [leftover.logGroup({ id: 'build-logs-gone', step: 5, order: 6 })],
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
    githubRole: [roleLeft('github-role-gone')],
    buildRole: [roleLeft('build-role-gone')],
    pullRole: [roleLeft('pull-role-gone')],
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
