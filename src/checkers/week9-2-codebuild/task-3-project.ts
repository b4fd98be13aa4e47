import {
  type Bound,
  type Build,
  blocked,
  buildsBranch,
  buildspecPlace,
  closest,
  codeCommitRepositoryOf,
  defineTask,
  failed,
  isConsoleMadeRole,
  type Json,
  notStarted,
  type Project,
  passed,
  pastBuildReads,
  pastBuilds,
  pastStack,
  pastStackReads,
  provenByBuild,
  type Repository,
  readers,
  type Stack,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILDSPEC, OTHER_REGIONS, outputsOf, PROJECT, STACK } from './names.ts';
import { expectedVariables, judgeVariable, observedVariable, type VariableName } from './variables.ts';

interface Found {
  readonly project: Project | undefined;
  /** A project of another name that builds this lab's repository. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

/** A project beside the stack that it is compared with. */
interface Pair {
  readonly project: Project | undefined;
  readonly stack: Stack | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

function judgeSource({ project, stack }: Pair, { region }: TaskContext): Verdict<Says> {
  const expected = outputsOf(stack).sourceRepository;
  if (project === undefined || expected === undefined) return blocked('task-0');
  if (project.source.type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type: project.source.type }]);
  const found = codeCommitRepositoryOf(project.source.location, region);
  if (found !== expected) return failed(['sourceOtherRepository', { found: found ?? project.source.location ?? '-', expected }]);
  return passed();
}

function judgeRole({ project, stack }: Pair): Verdict<Says> {
  const expected = outputsOf(stack).roleArn;
  if (project === undefined || expected === undefined) return blocked('task-0');
  const found = project.serviceRole;
  if (found === expected) return passed();
  if (isConsoleMadeRole(found)) return failed(['roleAutoMade', { found, expected }]);
  return failed(['roleOther', { found, expected }]);
}

function judgeBuildspec({ source: { buildspec } }: Project): Verdict<Says> {
  const place = buildspecPlace(buildspec);
  if (place === 'default') return passed();
  return failed(place === 'inline' ? 'buildspecInline' : ['buildspecOther', { found: buildspec ?? '', expected: BUILDSPEC }]);
}

function judgeBranch({ project, repository }: { project: Project | undefined; repository: Repository | undefined }): Verdict<Says> {
  const branch = repository?.defaultBranch;
  if (project === undefined || branch === undefined) return blocked('task-1');
  if (buildsBranch(project, branch)) return passed();
  return failed(['branchOther', { found: project.sourceVersion ?? '-', expected: branch }]);
}

const link = ({ project }: { readonly project: Project | undefined }, { console }: TaskContext) =>
  project && console.codeBuildProject(project.name);
const arn = ({ project }: { readonly project: Project | undefined }) => project?.arn;

const variableExpectation = <const Id extends string>(id: Id, name: VariableName, step: number) =>
  ({
    id,
    step,
    after: 'project-exists',
    expected: ({ stack }: Pair, { account }: TaskContext) => expectedVariables(account, outputsOf(stack).imageRepository)[name],
    judge({ project, stack }: Pair, { account }: TaskContext): Verdict<Says> {
      const expected = expectedVariables(account, outputsOf(stack).imageRepository)[name];
      if (project === undefined || expected === undefined) return blocked('task-0');
      return judgeVariable(project.environment.variables, name, expected);
    },
    observed: ({ project }: Pair) => project && observedVariable(project.environment.variables, name),
    resource: arn,
    console: link,
  }) as const;

const reads = {
  stack: readers.cloudformation.stack,
  project: readers.codebuild.project,
  projectNames: readers.codebuild.projectNames,
  repository: readers.codecommit.pushedRepository,
};

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const project = aws.project(PROJECT);
  const found = project.then(async (known): Promise<Found> => {
    if (known !== undefined) return { project: known, namedOtherwise: undefined };
    const { sourceRepository } = outputsOf(await stack);
    const candidates = closest(PROJECT, await aws.projectNames(), MOST_CANDIDATES);
    const others = await Promise.all(candidates.map((name) => aws.project(name)));
    const own = others.find(
      (other) => sourceRepository !== undefined && codeCommitRepositoryOf(other?.source.location) === sourceRepository,
    );
    return { project: undefined, namedOtherwise: own?.name };
  });
  const pair = Promise.all([project, stack]).then(([ofName, ofStack]): Pair => ({ project: ofName, stack: ofStack }));
  const branch = Promise.all([project, stack]).then(async ([ofName, ofStack]) => {
    const { sourceRepository } = outputsOf(ofStack);
    return { project: ofName, repository: sourceRepository === undefined ? undefined : await aws.repository(sourceRepository) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** What a build ran with, for a project that is gone: its settings are in the build's own record. */
interface Past {
  readonly build: Build;
  readonly outputs: ReturnType<typeof outputsOf>;
}

/** Evidence from the newest successful build that ran as `right` says; it answers what was seen, or `undefined`. */
const fromBuild =
  (right: (past: Past, context: TaskContext) => Json | undefined) => async (aws: Bound<typeof pastReads>, context: TaskContext) => {
    const [builds, live, past] = await Promise.all([pastBuilds(aws, PROJECT), aws.pastStack(STACK), pastStack(aws, STACK)]);
    const outputs = outputsOf(live ?? past?.stack);
    for (const build of builds.filter(({ status }) => status === 'SUCCEEDED')) {
      const observed = right({ build, outputs }, context);
      if (observed !== undefined) return provenByBuild(build, observed);
    }
    return undefined;
  };

const pastVariable = (name: VariableName) =>
  fromBuild(({ build, outputs }, { account }) => {
    const expected = expectedVariables(account, outputs.imageRepository)[name];
    if (expected === undefined || judgeVariable(build.environment.variables, name, expected).status !== 'passed') return undefined;
    return observedVariable(build.environment.variables, name);
  });

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-0', 'task-1'],
  reads: { ...reads, ...pastReads },
  observe,
  expectations: {
    found: [
      {
        id: 'project-exists',
        step: 3,
        expected: PROJECT,
        judge({ project, namedOtherwise }, { region }) {
          if (project !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['projectNamedOtherwise', { found: namedOtherwise, expected: PROJECT }]);
          return notStarted(['projectMissing', { project: PROJECT, region }]);
        },
        observed: ({ project, namedOtherwise }) => project?.name ?? namedOtherwise,
        resource: arn,
        console: (found, context) => link(found, context) ?? context.console.codeBuildProjects(),
      },
    ],
    source: [
      {
        id: 'source-repository',
        step: 5,
        after: 'project-exists',
        expected: ({ stack }) => outputsOf(stack).sourceRepository,
        judge: judgeSource,
        observed: ({ project }) => project && { type: project.source.type, location: project.source.location ?? null },
        resource: arn,
        console: link,
      },
    ],
    branch: [
      {
        id: 'source-branch',
        step: 5,
        after: 'source-repository',
        expected: ({ repository }) => repository?.defaultBranch,
        judge: judgeBranch,
        observed: ({ project }) => project && (project.sourceVersion ?? null),
        resource: arn,
        console: link,
      },
    ],
    environment: [
      {
        id: 'environment-type',
        step: 6,
        after: 'project-exists',
        expected: 'LINUX_CONTAINER',
        holds: ({ project }) => project?.environment.type === 'LINUX_CONTAINER',
        otherwise: ({ project }) => ['environmentNotLinux', { type: project?.environment.type ?? '-' }],
        observed: ({ project }) => project?.environment.type,
        resource: arn,
        console: link,
      },
      {
        id: 'privileged',
        step: 6,
        after: 'project-exists',
        expected: true,
        holds: ({ project }) => project?.environment.privileged === true,
        otherwise: ['notPrivileged', { project: PROJECT }],
        observed: ({ project }) => project?.environment.privileged,
        resource: arn,
        console: link,
      },
    ],
    role: [
      {
        id: 'service-role',
        step: 8,
        after: 'project-exists',
        expected: ({ stack }) => outputsOf(stack).roleArn,
        judge: judgeRole,
        observed: ({ project }) => project?.serviceRole,
        resource: arn,
        console: link,
      },
    ],
    buildspec: [
      {
        id: 'buildspec-file',
        step: 9,
        after: 'project-exists',
        expected: BUILDSPEC,
        judge: ({ project }) => (project === undefined ? blocked('project-exists') : judgeBuildspec(project)),
        observed: ({ project }) => project && (project.source.buildspec ?? null),
        resource: arn,
        console: link,
      },
    ],
    variables: [
      variableExpectation('variable-account-id', 'AWS_ACCOUNT_ID', 14),
      variableExpectation('variable-repository', 'IMAGE_REPO_NAME', 15),
      variableExpectation('variable-container', 'CONTAINER_NAME', 16),
    ],
    logs: [
      {
        id: 'cloudwatch-logs',
        step: 18,
        after: 'project-exists',
        expected: true,
        holds: ({ project }) => project?.logs.cloudWatch.enabled === true,
        otherwise: ['logsOff', { project: PROJECT }],
        observed: ({ project }) => project?.logs.cloudWatch.enabled,
        resource: arn,
        console: link,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['project'],
    find: { 'project-exists': async (aws) => (await aws.project(PROJECT))?.arn },
  },
  history: {
    'project-exists': fromBuild(({ build }) => build.project),
    'source-repository': fromBuild(({ build: { source }, outputs: { sourceRepository } }) =>
      source?.type === 'CODECOMMIT' && sourceRepository !== undefined && codeCommitRepositoryOf(source.location) === sourceRepository
        ? { type: source.type, location: source.location ?? null }
        : undefined,
    ),
    'source-branch': fromBuild(({ build: { sourceVersion = 'main' } }) =>
      /^(refs\/heads\/)?(main|master)$/.test(sourceVersion) ? sourceVersion : undefined,
    ),
    'environment-type': fromBuild(({ build: { environment } }) => (environment.type === 'LINUX_CONTAINER' ? environment.type : undefined)),
    privileged: fromBuild(({ build: { environment } }) => environment.privileged || undefined),
    'service-role': fromBuild(({ build: { serviceRole }, outputs: { roleArn } }) =>
      roleArn !== undefined && serviceRole === roleArn ? serviceRole : undefined,
    ),
    'buildspec-file': fromBuild(({ build: { buildspec } }) =>
      buildspecPlace(buildspec) === 'default' ? (buildspec ?? BUILDSPEC) : undefined,
    ),
    'variable-account-id': pastVariable('AWS_ACCOUNT_ID'),
    'variable-repository': pastVariable('IMAGE_REPO_NAME'),
    'variable-container': pastVariable('CONTAINER_NAME'),
    'cloudwatch-logs': fromBuild(({ build: { logs } }) => logs.groupName),
  },
});
