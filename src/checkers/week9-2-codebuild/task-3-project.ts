import {
  type Bound,
  blocked,
  codeCommitRepositoryOf,
  defineTask,
  findProject,
  fromPastBuild,
  lastStack,
  type OfBranch,
  type OfProject,
  ofProject,
  pastBuildReads,
  pastSetting,
  pastStackReads,
  projectChecks,
  projectReads,
  readers,
  type Stack,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { OTHER_REGIONS, outputsOf, PROJECT, STACK } from './names.ts';
import { expectedVariables, judgeVariable, observedVariable, type VariableName } from './variables.ts';

/** A project beside the stack that it is compared with. */
interface Pair extends OfProject {
  readonly stack: Stack | undefined;
}

const variableExpectation = <const Id extends string>(id: Id, name: VariableName, step: number) =>
  ({
    ...ofProject,
    id,
    step,
    expected: ({ stack }: Pair, { account }: TaskContext) => expectedVariables(account, outputsOf(stack).imageRepository)[name],
    judge({ project, stack }: Pair, { account }: TaskContext): Verdict<Says> {
      const expected = expectedVariables(account, outputsOf(stack).imageRepository)[name];
      if (project === undefined || expected === undefined) return blocked('task-0');
      return judgeVariable(project.environment.variables, name, expected);
    },
    observed: ({ project }: Pair) => project && observedVariable(project.environment.variables, name),
  }) as const;

const reads = {
  stack: readers.cloudformation.stack,
  ...projectReads,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => {
    const { sourceRepository } = outputsOf(await stack);
    return (other) => sourceRepository !== undefined && codeCommitRepositoryOf(other.source.location) === sourceRepository;
  });
  const pair = Promise.all([project, stack]).then(([ofName, ofStack]): Pair => ({ project: ofName, stack: ofStack }));
  const branch = pair.then(async ({ project: ofName, stack: ofStack }): Promise<OfBranch> => {
    const { sourceRepository } = outputsOf(ofStack);
    return { project: ofName, repository: sourceRepository === undefined ? undefined : await aws.repository(sourceRepository) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const checks = projectChecks(PROJECT);
const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** Beside what the stack said, which is needed to know what was right. */
const fromBuild = fromPastBuild(PROJECT, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, STACK)));

const pastVariable = (name: VariableName) =>
  fromBuild(({ environment: { variables } }, { imageRepository }, { account }) => {
    const expected = expectedVariables(account, imageRepository)[name];
    if (expected === undefined || judgeVariable(variables, name, expected).status !== 'passed') return undefined;
    return observedVariable(variables, name);
  });

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-0', 'task-1'],
  reads: { ...reads, ...pastReads },
  observe,
  expectations: {
    found: [checks.exists(3)],
    source: [checks.source(5, 'task-0', ({ stack }: Pair) => outputsOf(stack).sourceRepository)],
    branch: [checks.branch(5, 'task-1')],
    environment: [checks.linux(6), checks.privileged(6)],
    role: [checks.role(8, 'task-0', ({ stack }: Pair) => outputsOf(stack).roleArn)],
    buildspec: [checks.buildspecFile(9)],
    variables: [
      variableExpectation('variable-account-id', 'AWS_ACCOUNT_ID', 14),
      variableExpectation('variable-repository', 'IMAGE_REPO_NAME', 15),
      variableExpectation('variable-container', 'CONTAINER_NAME', 16),
    ],
    logs: [checks.logs(18)],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(PROJECT))?.arn },
  },
  history: {
    'project-exists': fromBuild(pastSetting.project),
    'source-repository': fromBuild((build, { sourceRepository }, context) => pastSetting.source(build, sourceRepository, context)),
    'source-branch': fromBuild(pastSetting.branch),
    'environment-type': fromBuild(pastSetting.linux),
    privileged: fromBuild(pastSetting.privileged),
    'service-role': fromBuild((build, { roleArn }) => pastSetting.role(build, roleArn)),
    'buildspec-file': fromBuild(pastSetting.buildspecFile),
    'variable-account-id': pastVariable('AWS_ACCOUNT_ID'),
    'variable-repository': pastVariable('IMAGE_REPO_NAME'),
    'variable-container': pastVariable('CONTAINER_NAME'),
    'cloudwatch-logs': fromBuild(pastSetting.logs),
  },
});
