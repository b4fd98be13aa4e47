import { type Build, type Project, type Repository, readers } from '../../aws/index.ts';
import type { AnyReader, Bound } from '../../aws/reader.ts';
import { buildsBranch, buildspecPlace, codeCommitRepositoryOf, isConsoleMadeRole } from './build-project.ts';
import { type pastBuildReads, pastBuilds, provenByBuild } from './past.ts';
import type { Json } from './result.ts';
import { closest } from './similar-names.ts';
import { blocked, failed, notStarted, passed, type TaskContext } from './task.ts';

/** The CodeBuild project of a lab: what nearly every lab with one asks of it. */

export const projectReads = { project: readers.codebuild.project, projectNames: readers.codebuild.projectNames } as const;

export interface OfProject {
  readonly project: Project | undefined;
}

export interface FoundProject extends OfProject {
  /** A project of another name that is the lab's own. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

/**
 * The project of a name, or one of nearly that name.
 * @param ownOnes tells the lab's own projects; only asked when there is none of the name
 */
export async function findProject(
  aws: Bound<typeof projectReads>,
  name: string,
  ownOnes: () => Promise<(project: Project) => boolean>,
): Promise<FoundProject> {
  const project = await aws.project(name);
  if (project !== undefined) return { project, namedOtherwise: undefined };
  const isOwn = await ownOnes();
  const others = await Promise.all(closest(name, await aws.projectNames(), MOST_CANDIDATES).map((other) => aws.project(other)));
  return { project: undefined, namedOtherwise: others.find((other) => other !== undefined && isOwn(other))?.name };
}

export const projectLink = ({ project }: OfProject, { console }: TaskContext) => project && console.codeBuildProject(project.name);
/** What checks of a project that exists have in common. */
export const ofProject = { after: 'project-exists', resource: ({ project }: OfProject) => project?.arn, console: projectLink } as const;

/** Checks of one setting each, of the project of a name; `step` is the step of the text that sets it. */
export const projectChecks = (name: string) =>
  ({
    exists: (step: number) =>
      ({
        id: 'project-exists',
        step,
        expected: name,
        judge({ project, namedOtherwise }: FoundProject, { region }: TaskContext) {
          if (project !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['projectNamedOtherwise', { found: namedOtherwise, expected: name }] as const);
          return notStarted(['projectMissing', { project: name, region }] as const);
        },
        observed: ({ project, namedOtherwise }: FoundProject) => project?.name ?? namedOtherwise,
        resource: ofProject.resource,
        console: (fact: FoundProject, context: TaskContext) => projectLink(fact, context) ?? context.console.codeBuildProjects(),
      }) as const,
    linux: (step: number) =>
      ({
        ...ofProject,
        id: 'environment-type',
        step,
        expected: 'LINUX_CONTAINER',
        holds: ({ project }: OfProject) => project?.environment.type === 'LINUX_CONTAINER',
        otherwise: ({ project }: OfProject) => ['environmentNotLinux', { type: project?.environment.type ?? '-' }] as const,
        observed: ({ project }: OfProject) => project?.environment.type,
      }) as const,
    privileged: (step: number) =>
      ({
        ...ofProject,
        id: 'privileged',
        step,
        expected: true,
        holds: ({ project }: OfProject) => project?.environment.privileged === true,
        otherwise: ['notPrivileged', { project: name }],
        observed: ({ project }: OfProject) => project?.environment.privileged,
      }) as const,
    logs: (step: number) =>
      ({
        ...ofProject,
        id: 'cloudwatch-logs',
        step,
        expected: true,
        holds: ({ project }: OfProject) => project?.logs.cloudWatch.enabled === true,
        otherwise: ['logsOff', { project: name }],
        observed: ({ project }: OfProject) => project?.logs.cloudWatch.enabled,
      }) as const,
    buildspecFile: (step: number) =>
      ({
        ...ofProject,
        id: 'buildspec-file',
        step,
        expected: 'buildspec.yml',
        judge: ({ project }: OfProject) => (project === undefined ? blocked('project-exists') : judgeBuildspecFile(project)),
        observed: ({ project }: OfProject) => project && (project.source.buildspec ?? null),
      }) as const,
    /**
     * Whether it builds this repository of CodeCommit, where the lab is done.
     * @param made the task that makes the repository, @param repository its name; unset while it is not made
     */
    source: <Fact extends OfProject>(step: number, made: string, repository: (fact: Fact) => string | undefined) =>
      ({
        ...ofProject,
        id: 'source-repository',
        step,
        expected: repository,
        judge(fact: Fact, { region }: TaskContext) {
          const expected = repository(fact);
          return fact.project === undefined || expected === undefined ? blocked(made) : judgeSource(fact.project, expected, region);
        },
        observed: ({ project }: OfProject) => project && { type: project.source.type, location: project.source.location ?? null },
      }) as const,
    /** @param source the task that has to push first */
    branch: (step: number, source: string) =>
      ({
        ...ofProject,
        id: 'source-branch',
        step,
        after: 'source-repository',
        expected: ({ repository }: OfBranch) => repository?.defaultBranch,
        judge: (fact: OfBranch) => judgeBranch(fact, source),
        observed: ({ project }: OfProject) => project && (project.sourceVersion ?? null),
      }) as const,
    /**
     * Whether it builds with the role that the lab made.
     * @param made the task that makes the role, @param role its ARN; unset while it is not made
     */
    role: <Fact extends OfProject>(step: number, made: string, role: (fact: Fact) => string | undefined) =>
      ({
        ...ofProject,
        id: 'service-role',
        step,
        expected: role,
        judge(fact: Fact) {
          const expected = role(fact);
          return fact.project === undefined || expected === undefined ? blocked(made) : judgeRole(fact.project, expected);
        },
        observed: ({ project }: OfProject) => project?.serviceRole,
      }) as const,
  }) as const;

export interface OfBranch extends OfProject {
  readonly repository: Repository | undefined;
}

function judgeBranch({ project, repository }: OfBranch, source: string) {
  const branch = repository?.defaultBranch;
  if (project === undefined || branch === undefined) return blocked(source);
  return buildsBranch(project, branch)
    ? passed()
    : failed(['branchOther', { found: project.sourceVersion ?? '-', expected: branch }] as const);
}

function judgeBuildspecFile({ source: { buildspec } }: Project) {
  const place = buildspecPlace(buildspec);
  if (place === 'default') return passed();
  return place === 'inline'
    ? failed('buildspecInline' as const)
    : failed(['buildspecOther', { found: buildspec ?? '-', expected: 'buildspec.yml' }] as const);
}

function judgeSource({ source: { type, location } }: Project, expected: string, region: string) {
  if (type !== 'CODECOMMIT') return failed(['sourceNotCodeCommit', { type }] as const);
  const found = codeCommitRepositoryOf(location, region);
  return found === expected ? passed() : failed(['sourceOtherRepository', { found: found ?? location ?? '-', expected }] as const);
}

function judgeRole({ serviceRole: found }: Project, expected: string) {
  if (found === expected) return passed();
  return failed([isConsoleMadeRole(found) ? 'roleAutoMade' : 'roleOther', { found, expected }] as const);
}

/**
 * For a project that is gone: evidence from the newest successful build that ran as it must, for its settings are in the build's own record.
 * @param known what has to be known besides the build
 */
export const fromPastBuild =
  <R extends Record<string, AnyReader>, Known>(name: string, known: (aws: Bound<R>) => Promise<Known>) =>
  (right: (build: Build, known: Known, context: TaskContext) => Json | undefined) =>
  async (aws: Bound<typeof pastBuildReads> & Bound<R>, context: TaskContext) => {
    const [builds, more] = await Promise.all([pastBuilds(aws, name), known(aws)]);
    for (const build of builds.filter(({ status }) => status === 'SUCCEEDED')) {
      const observed = right(build, more, context);
      if (observed !== undefined) return provenByBuild(build, observed);
    }
    return undefined;
  };

/** What a build's record shows of the settings that the checks above ask for. */
export const pastSetting = {
  project: ({ project }: Build): Json => project,
  linux: ({ environment: { type } }: Build): Json | undefined => (type === 'LINUX_CONTAINER' ? type : undefined),
  privileged: ({ environment: { privileged } }: Build): Json | undefined => privileged || undefined,
  logs: ({ logs }: Build): Json | undefined => logs.groupName,
  buildspecFile: ({ buildspec }: Build): Json | undefined =>
    buildspecPlace(buildspec) === 'default' ? (buildspec ?? 'buildspec.yml') : undefined,
  /** Without the repository it is not known what its default branch was called; these are what the labs let it be. */
  branch: ({ sourceVersion = 'main' }: Build): Json | undefined =>
    /^(refs\/heads\/)?(main|master)$/.test(sourceVersion) ? sourceVersion : undefined,
  source: ({ source }: Build, expected: string | undefined, { region }: TaskContext): Json | undefined =>
    source?.type === 'CODECOMMIT' && expected !== undefined && codeCommitRepositoryOf(source.location, region) === expected
      ? { type: source.type, location: source.location ?? null }
      : undefined,
  role: ({ serviceRole }: Build, expected: string | undefined): Json | undefined =>
    expected !== undefined && serviceRole === expected ? serviceRole : undefined,
} as const;
