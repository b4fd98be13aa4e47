import type { Build, BuildPhase, BuildPhaseType, Project, ProjectEnvironment, ProjectSource, StatusType } from '@aws-sdk/client-codebuild';
import { type CodeCommitState, createCodeCommitState } from './codecommit.ts';
import { createLogsState } from './logs.ts';
import { impossible, keepNewest, Named, type Scope } from './scope.ts';

export interface BuildCourse {
  /** Default `SUCCEEDED`, or `FAILED` when `failedPhase` is given. */
  readonly status?: StatusType;
  /** `code`: e.g. `COMMAND_EXECUTION_ERROR`. */
  readonly failedPhase?: { readonly type: BuildPhaseType; readonly code: string; readonly message: string };
  /** Default 90. */
  readonly durationSeconds?: number;
}

export interface StartBuildOptions extends BuildCourse {
  /** Default: the head of the branch that the project builds. */
  readonly resolvedSourceVersion?: string;
  /** Merged over the project's environment for this build only. */
  readonly environmentOverride?: Partial<ProjectEnvironment>;
  /** Merged over the project's source for this build only: another buildspec, or the type `CODEPIPELINE`. */
  readonly sourceOverride?: Partial<ProjectSource>;
  /** Who starts it: `codepipeline/<pipeline>`, `states/<state machine>`, a user's name. Default `practice`. */
  readonly initiator?: string;
}

const MOST_BUILDS = 1000;
const PHASES = [
  'SUBMITTED',
  'QUEUED',
  'PROVISIONING',
  'DOWNLOAD_SOURCE',
  'INSTALL',
  'PRE_BUILD',
  'BUILD',
  'POST_BUILD',
  'UPLOAD_ARTIFACTS',
  'FINALIZING',
  'COMPLETED',
] as const satisfies readonly BuildPhaseType[];

export type CodeBuildState = ReturnType<typeof createCodeBuildState>;

export function createCodeBuildState({ account, region, clock, mint, of }: Scope) {
  const codecommit = of(createCodeCommitState);
  const logs = of(createLogsState);
  const projects = new Named<Project>(clock, (name) => `Cannot find project: ${name}`);
  const builds: Build[] = [];

  return {
    /** Fills in `arn` and `created`, and the defaults that CodeBuild answers. */
    createProject(input: Project): Project {
      const { name = '' } = input;
      const arn = `arn:aws:codebuild:${region}:${account}:project/${name}`;
      if (name === '') impossible('Project name cannot be empty');
      if (projects.has(name)) impossible(`Project already exists: ${arn}`);
      const created = clock.tick(1);
      const project: Project = {
        artifacts: { type: 'NO_ARTIFACTS' },
        cache: { type: 'NO_CACHE' },
        timeoutInMinutes: 60,
        queuedTimeoutInMinutes: 480,
        encryptionKey: `arn:aws:kms:${region}:${account}:alias/aws/s3`,
        badge: { badgeEnabled: false },
        projectVisibility: 'PRIVATE',
        tags: [],
        ...structuredClone(input),
        arn,
        created,
        lastModified: created,
      };
      projects.set(name, project);
      return project;
    },
    updateProject: (name: string, patch: Partial<Project>) => projects.change(name, { ...patch, name, lastModified: clock.tick(1) }),
    /** Its builds and its log group stay. */
    deleteProject: (name: string) => projects.remove(name),
    /**
     * Runs a build with a snapshot of the project's environment, source and role, makes the project's log group
     * (unless its CloudWatch logs are off) and lets the build's duration pass.
     */
    startBuild(name: string, options: StartBuildOptions = {}): Build {
      const project = projects.known(name);
      const uuid = mint.uuid();
      const id = `${name}:${uuid}`;
      const startTime = clock.tick(1);
      const base: Build = {
        id,
        arn: `arn:aws:codebuild:${region}:${account}:build/${id}`,
        buildNumber: (builds.findLast(({ projectName }) => projectName === name)?.buildNumber ?? 0) + 1,
        startTime,
        projectName: name,
        sourceVersion: project.sourceVersion,
        resolvedSourceVersion: options.resolvedSourceVersion ?? sourceHead(project, codecommit),
        source: project.source && { ...project.source, ...options.sourceOverride },
        artifacts: { location: '' },
        cache: project.cache,
        environment: project.environment && { ...project.environment, ...options.environmentOverride },
        serviceRole: project.serviceRole,
        logs: logsOf(project, uuid),
        timeoutInMinutes: project.timeoutInMinutes,
        queuedTimeoutInMinutes: project.queuedTimeoutInMinutes,
        encryptionKey: project.encryptionKey,
        initiator: options.initiator ?? 'practice',
      };
      const build = structuredClone({ ...base, ...course(startTime, options) });
      builds.push(build);
      keepNewest(builds, MOST_BUILDS);
      return build;
    },
    /** Ends a build that is in progress. */
    finishBuild(id: string, options: BuildCourse = {}): Build {
      const index = builds.findIndex((build) => build.id === id && build.buildStatus === 'IN_PROGRESS');
      const old = builds[index] ?? impossible(`There is no build in progress with the id ${id}`);
      const build = { ...old, ...structuredClone(course(old.startTime ?? clock.now(), options)) };
      builds[index] = build;
      return build;
    },
    /** The builds of a project, oldest first, also after the project was deleted. */
    builds: (project: string): readonly Build[] => builds.filter(({ projectName }) => projectName === project),
    /** Every build of the region, oldest first. */
    allBuilds: (): readonly Build[] => builds,
    project: (name: string): Project | undefined => projects.get(name),
    projects: (): readonly Project[] => [...projects.values()],
  };

  /** Where the build stands, and the time it took. */
  function course(startTime: Date, { failedPhase, durationSeconds = 90, ...options }: BuildCourse) {
    const status = options.status ?? (failedPhase ? 'FAILED' : 'SUCCEEDED');
    const now = clock.tick(durationSeconds);
    const phases = phasesOf(status, startTime, now, failedPhase);
    const buildComplete = status !== 'IN_PROGRESS';
    const currentPhase = phases.at(-1)?.phaseType;
    return { buildStatus: status, buildComplete, currentPhase, phases, endTime: buildComplete ? now : undefined };
  }

  function logsOf(project: Project, uuid: string): Build['logs'] {
    const wanted = project.logsConfig?.cloudWatchLogs;
    if (wanted?.status === 'DISABLED') return { cloudWatchLogs: wanted, s3Logs: project.logsConfig?.s3Logs };
    const groupName = wanted?.groupName ?? `/aws/codebuild/${project.name}`;
    const streamName = wanted?.streamName ? `${wanted.streamName}/${uuid}` : uuid;
    if (!logs.logGroup(groupName)) logs.createLogGroup(groupName, { storedBytes: 24_576 });
    return {
      groupName,
      streamName,
      cloudWatchLogs: wanted ?? { status: 'ENABLED' },
      cloudWatchLogsArn: `arn:aws:logs:${region}:${account}:log-group:${groupName}:log-stream:${streamName}`,
    };
  }
}

/** The commit a build of this project would take: only a CodeCommit source is known here. */
function sourceHead({ source, sourceVersion }: Project, codecommit: CodeCommitState): string | undefined {
  const name = source?.type === 'CODECOMMIT' ? source.location?.split('/').at(-1) : undefined;
  if (name === undefined) return undefined;
  if (sourceVersion && codecommit.commit(name, sourceVersion)) return sourceVersion;
  const branch = sourceVersion?.replace(/^refs\/heads\//, '') || codecommit.repository(name)?.defaultBranch;
  return branch && codecommit.head(name, branch);
}

/** Phases with even durations. After a failed BUILD the POST_BUILD phase still runs, after any other failure the build finalizes. */
function phasesOf(status: StatusType, start: Date, end: Date, failed: BuildCourse['failedPhase']): BuildPhase[] {
  const failing = status === 'SUCCEEDED' || status === 'IN_PROGRESS' ? undefined : (failed?.type ?? 'BUILD');
  const failedAt = PHASES.indexOf((failing ?? 'COMPLETED') as (typeof PHASES)[number]);
  const run =
    status === 'IN_PROGRESS'
      ? PHASES.slice(0, PHASES.indexOf('BUILD') + 1)
      : PHASES.filter((type, at) => at <= failedAt || failing === 'BUILD' || type === 'FINALIZING' || type === 'COMPLETED');
  const step = (end.getTime() - start.getTime()) / (run.length - 1);
  return run.map((phaseType, at) => {
    const startTime = new Date(start.getTime() + at * step);
    if (phaseType === 'COMPLETED' || (status === 'IN_PROGRESS' && at === run.length - 1)) return { phaseType, startTime };
    const phase = { phaseType, startTime, endTime: new Date(startTime.getTime() + step), durationInSeconds: Math.round(step / 1000) };
    if (phaseType !== failing) return { ...phase, phaseStatus: 'SUCCEEDED' };
    const context = { statusCode: failed?.code ?? 'COMMAND_EXECUTION_ERROR', message: failed?.message ?? 'Error while executing command' };
    return { ...phase, phaseStatus: status, contexts: [context] };
  });
}
