import {
  type Bound,
  blocked,
  codeCommitRepositoryOf,
  defineTask,
  failed,
  findProject,
  fromPastBuild,
  lastStack,
  type OfBranch,
  type OfProject,
  ofProject,
  passed,
  pastBuildReads,
  pastSetting,
  pastStackReads,
  projectChecks,
  projectReads,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { OTHER_REGIONS, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';

/** A project beside the stack that it is compared with. */
interface Pair extends OfProject {
  readonly outputs: Outputs;
}

/** What the buildspec sets itself, which a variable of the project would override. */
const buildspecVariables = ({ backend }: Outputs, region: string) => ({
  AWS_REGION_NAME: region,
  ECR_REPOSITORY_NAME: backend,
  DOCKER_BUILDKIT: '1',
});

function judgeVariables({ project, outputs }: Pair, { region }: TaskContext): Verdict<Says> {
  if (project === undefined || outputs.backend === undefined) return blocked('task-0');
  const wanted: Readonly<Record<string, string | undefined>> = buildspecVariables(outputs, region);
  for (const { name, type, value } of project.environment.variables) {
    if (!Object.hasOwn(wanted, name) || (type === 'PLAINTEXT' && value === wanted[name])) continue;
    return failed(['variableOverrides', { name, found: type === 'PLAINTEXT' ? value : type, expected: wanted[name] ?? '-' }]);
  }
  return passed();
}

const reads = {
  stack: readers.cloudformation.stack,
  ...projectReads,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const project = aws.project(PROJECT);
  const found = findProject(aws, PROJECT, async () => {
    const { source } = await outputs;
    return (other) => source !== undefined && codeCommitRepositoryOf(other.source.location) === source;
  });
  const pair = Promise.all([project, outputs]).then(([ofName, ofStack]): Pair => ({ project: ofName, outputs: ofStack }));
  const branch = pair.then(async ({ project: ofName, outputs: { source } }): Promise<OfBranch> => {
    return { project: ofName, repository: source === undefined ? undefined : await aws.repository(source) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const checks = projectChecks(PROJECT);
const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** Beside what the stack said, which is needed to know what was right. */
const fromBuild = fromPastBuild(PROJECT, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, STACK)));

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-0', 'task-1', 'task-2'],
  reads: { ...reads, ...pastReads },
  observe,
  expectations: {
    found: [checks.exists(3)],
    source: [checks.source(4, 'task-0', ({ outputs }: Pair) => outputs.source)],
    branch: [checks.branch(4, 'task-0')],
    environment: [checks.linux(5), checks.privileged(6)],
    role: [checks.role(7, 'task-0', ({ outputs }: Pair) => outputs.roleArn)],
    buildspec: [checks.buildspecFile(8)],
    variables: [
      {
        ...ofProject,
        id: 'variables',
        step: 10,
        judge: judgeVariables,
        observed: ({ project }) => project?.environment.variables.map(({ name }) => name),
      },
    ],
    logs: [checks.logs(9)],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(PROJECT))?.arn },
  },
  history: {
    'project-exists': fromBuild(pastSetting.project),
    'source-repository': fromBuild((build, { source }, context) => pastSetting.source(build, source, context)),
    'source-branch': fromBuild(pastSetting.branch),
    'environment-type': fromBuild(pastSetting.linux),
    privileged: fromBuild(pastSetting.privileged),
    'service-role': fromBuild((build, { roleArn }) => pastSetting.role(build, roleArn)),
    'buildspec-file': fromBuild(pastSetting.buildspecFile),
    variables: fromBuild(({ environment }, outputs, { region }) => {
      const wanted: Readonly<Record<string, string | undefined>> = buildspecVariables(outputs, region);
      if (outputs.backend === undefined) return undefined;
      return environment.variables.some(({ name, value }) => Object.hasOwn(wanted, name) && value !== wanted[name])
        ? undefined
        : environment.variables.map(({ name }) => name);
    }),
    'cloudwatch-logs': fromBuild(pastSetting.logs),
  },
});
