import {
  type Bound,
  blocked,
  codeCommitRepositoryOf,
  defineTask,
  type FoundProject,
  failed,
  findProject,
  type OfBranch,
  type OfProject,
  ofProject,
  type Project,
  passed,
  projectChecks,
  projectReads,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { expectedVariables, NAME, OTHER_REGIONS, type VariableName } from './names.ts';
import { judgeVariable, observedVariable } from './variables.ts';

const reads = { ...projectReads, repository: readers.codecommit.pushedRepository } as const;

function observe(aws: Bound<typeof reads>) {
  const found = findProject(aws, NAME, async () => (other) => codeCommitRepositoryOf(other.source.location) === NAME);
  const branch = Promise.all([aws.project(NAME), aws.repository(NAME)]).then(
    ([project, repository]): OfBranch => ({ project, repository }),
  );
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: found, branch, environment: found };
}

/**
 * Images of Amazon Linux 2 and of Ubuntu 18.04 and 20.04, which AWS no longer updates.
 * Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild".
 */
const RETIRED = /^aws\/codebuild\/(amazonlinux2-(x86_64|aarch64)-standard:[1-4]\.0|standard:[1-5]\.0)/;

function judgeImage({ environment: { type, image } }: Project): Verdict<Says> {
  if (type !== 'LINUX_CONTAINER') return failed(['environmentNotLinux', { type }]);
  return RETIRED.test(image) ? failed(['environmentRetired', { image }]) : passed();
}

const ofExisting =
  (judge: (project: Project, context: TaskContext) => Verdict<Says>) =>
  ({ project }: OfProject, context: TaskContext) =>
    project === undefined ? blocked('project-exists') : judge(project, context);

const variableExpectation = <const Id extends string>(id: Id, name: VariableName, step: number) =>
  ({
    ...ofProject,
    id,
    step,
    expected: (_fact: unknown, context: TaskContext) => expectedVariables(context)[name],
    judge: ofExisting(({ environment }, context) => judgeVariable(environment.variables, name, context)),
    observed: ({ project }: FoundProject) => project && observedVariable(project.environment.variables, name),
  }) as const;

const checks = projectChecks(NAME);

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-1'],
  reads,
  observe,
  expectations: {
    found: [checks.exists(2)],
    source: [checks.source(3, 'task-1', () => NAME)],
    branch: [checks.branch(3, 'task-1')],
    environment: [
      {
        ...ofProject,
        id: 'build-image',
        step: 4,
        judge: ofExisting(judgeImage),
        observed: ({ project }) => project && { type: project.environment.type, image: project.environment.image },
      },
      checks.privileged(6),
      variableExpectation('variable-account', 'AWS_ACCOUNT_ID', 8),
      variableExpectation('variable-region', 'AWS_DEFAULT_REGION', 9),
      variableExpectation('variable-repository', 'IMAGE_REPO_NAME1', 10),
      checks.buildspecFile(11),
      checks.logs(12),
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(NAME))?.arn },
  },
});
