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
import { BUILDSPEC, OTHER_REGIONS, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';

interface Found {
  readonly project: Project | undefined;
  /** A project of another name that builds this lab's repository. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

/** A project beside the stack that it is compared with. */
interface Pair {
  readonly project: Project | undefined;
  readonly outputs: Outputs;
}

interface OfBranch {
  readonly project: Project | undefined;
  readonly repository: Repository | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

function judgeSource({ project, outputs }: Pair, { region }: TaskContext): Verdict<Says> {
  if (project === undefined || outputs.source === undefined) return blocked('task-0');
  const { type, location } = project.source;
  if (type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type }]);
  const found = codeCommitRepositoryOf(location, region);
  return found === outputs.source
    ? passed()
    : failed(['sourceOtherRepository', { found: found ?? location ?? '-', expected: outputs.source }]);
}

function judgeBranch({ project, repository }: OfBranch): Verdict<Says> {
  const branch = repository?.defaultBranch;
  if (project === undefined || branch === undefined) return blocked('task-0');
  return buildsBranch(project, branch) ? passed() : failed(['branchOther', { found: project.sourceVersion ?? '-', expected: branch }]);
}

function judgeRole({ project, outputs }: Pair): Verdict<Says> {
  const expected = outputs.roleArn;
  if (project === undefined || expected === undefined) return blocked('task-0');
  const found = project.serviceRole;
  if (found === expected) return passed();
  return failed([isConsoleMadeRole(found) ? 'roleAutoMade' : 'roleOther', { found, expected }]);
}

function judgeBuildspec({ source: { buildspec } }: Project): Verdict<Says> {
  const place = buildspecPlace(buildspec);
  if (place === 'default') return passed();
  return failed(place === 'inline' ? 'buildspecInline' : ['buildspecOther', { found: buildspec ?? '', expected: BUILDSPEC }]);
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

const link = ({ project }: { readonly project: Project | undefined }, { console }: TaskContext) =>
  project && console.codeBuildProject(project.name);
const ofProject = {
  after: 'project-exists',
  resource: ({ project }: { readonly project: Project | undefined }) => project?.arn,
  console: link,
} as const;

const reads = {
  stack: readers.cloudformation.stack,
  project: readers.codebuild.project,
  projectNames: readers.codebuild.projectNames,
  repository: readers.codecommit.pushedRepository,
} as const;

function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  const project = aws.project(PROJECT);
  const found = project.then(async (known): Promise<Found> => {
    if (known !== undefined) return { project: known, namedOtherwise: undefined };
    const { source } = await outputs;
    const candidates = closest(PROJECT, await aws.projectNames(), MOST_CANDIDATES);
    const others = await Promise.all(candidates.map((name) => aws.project(name)));
    const own = others.find((other) => source !== undefined && codeCommitRepositoryOf(other?.source.location) === source);
    return { project: undefined, namedOtherwise: own?.name };
  });
  const pair = Promise.all([project, outputs]).then(([ofName, ofStack]): Pair => ({ project: ofName, outputs: ofStack }));
  const branch = pair.then(async ({ project: ofName, outputs: { source } }): Promise<OfBranch> => {
    return { project: ofName, repository: source === undefined ? undefined : await aws.repository(source) };
  });
  // One promise under several names: the checks are shown in the order of the text's steps.
  return { found, source: pair, branch, environment: found, role: pair, buildspec: found, variables: pair, logs: found };
}

const pastReads = { ...pastStackReads, ...pastBuildReads } as const;

/** What a build ran with, for a project that is gone: its settings are in the build's own record. */
interface Past {
  readonly build: Build;
  readonly outputs: Outputs;
}

/** Evidence from the newest successful build that ran as `right` says; it answers what was seen, or `undefined`. */
const fromBuild =
  (right: (past: Past, context: TaskContext) => Json | undefined) => async (aws: Bound<typeof pastReads>, context: TaskContext) => {
    const [builds, live, past] = await Promise.all([pastBuilds(aws, PROJECT), aws.pastStack(STACK), pastStack(aws, STACK)]);
    const stack: Stack | undefined = live ?? past?.stack;
    for (const build of builds.filter(({ status }) => status === 'SUCCEEDED')) {
      const observed = right({ build, outputs: outputsOf(stack) }, context);
      if (observed !== undefined) return provenByBuild(build, observed);
    }
    return undefined;
  };

export default defineTask({
  id: 'task-3',
  messages,
  needs: ['task-0', 'task-1', 'task-2'],
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
        resource: ({ project }) => project?.arn,
        console: (found, context) => link(found, context) ?? context.console.codeBuildProjects(),
      },
    ],
    source: [
      {
        ...ofProject,
        id: 'source-repository',
        step: 4,
        expected: ({ outputs }) => outputs.source,
        judge: judgeSource,
        observed: ({ project }) => project && { type: project.source.type, location: project.source.location ?? null },
      },
    ],
    branch: [
      {
        ...ofProject,
        id: 'source-branch',
        step: 4,
        after: 'source-repository',
        expected: ({ repository }) => repository?.defaultBranch,
        judge: judgeBranch,
        observed: ({ project }) => project && (project.sourceVersion ?? null),
      },
    ],
    environment: [
      {
        ...ofProject,
        id: 'environment-type',
        step: 5,
        expected: 'LINUX_CONTAINER',
        holds: ({ project }) => project?.environment.type === 'LINUX_CONTAINER',
        otherwise: ({ project }) => ['environmentNotLinux', { type: project?.environment.type ?? '-' }],
        observed: ({ project }) => project?.environment.type,
      },
      {
        ...ofProject,
        id: 'privileged',
        step: 6,
        expected: true,
        holds: ({ project }) => project?.environment.privileged === true,
        otherwise: ['notPrivileged', { project: PROJECT }],
        observed: ({ project }) => project?.environment.privileged,
      },
    ],
    role: [
      {
        ...ofProject,
        id: 'service-role',
        step: 7,
        expected: ({ outputs }) => outputs.roleArn,
        judge: judgeRole,
        observed: ({ project }) => project?.serviceRole,
      },
    ],
    buildspec: [
      {
        ...ofProject,
        id: 'buildspec-file',
        step: 8,
        expected: BUILDSPEC,
        judge: ({ project }) => (project === undefined ? blocked('project-exists') : judgeBuildspec(project)),
        observed: ({ project }) => project && (project.source.buildspec ?? null),
      },
    ],
    variables: [
      {
        ...ofProject,
        id: 'variables',
        step: 10,
        judge: judgeVariables,
        observed: ({ project }) => project?.environment.variables.map(({ name }) => name),
      },
    ],
    logs: [
      {
        ...ofProject,
        id: 'cloudwatch-logs',
        step: 9,
        expected: true,
        holds: ({ project }) => project?.logs.cloudWatch.enabled === true,
        otherwise: ['logsOff', { project: PROJECT }],
        observed: ({ project }) => project?.logs.cloudWatch.enabled,
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
    'source-repository': fromBuild(({ build: { source }, outputs }) =>
      source?.type === 'CODECOMMIT' && outputs.source !== undefined && codeCommitRepositoryOf(source.location) === outputs.source
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
    variables: fromBuild(({ build: { environment }, outputs }, { region }) => {
      const wanted: Readonly<Record<string, string | undefined>> = buildspecVariables(outputs, region);
      if (outputs.backend === undefined) return undefined;
      return environment.variables.some(({ name, value }) => Object.hasOwn(wanted, name) && value !== wanted[name])
        ? undefined
        : environment.variables.map(({ name }) => name);
    }),
    'cloudwatch-logs': fromBuild(({ build: { logs } }) => logs.groupName),
  },
});
