import { z } from 'zod';
import { CannotLook } from '../errors.ts';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';

export interface EnvironmentVariable {
  readonly name: string;
  /** The value for `PLAINTEXT`; for the other types nothing: where a secret is kept is nobody's evidence. */
  readonly value: string;
  readonly type: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER';
}

export interface BuildEnvironment {
  /** E.g. `LINUX_CONTAINER`. */
  readonly type: string;
  readonly image: string;
  readonly computeType: string;
  readonly privileged: boolean;
  readonly variables: readonly EnvironmentVariable[];
}

export interface BuildSource {
  /** E.g. `CODECOMMIT`, `NO_SOURCE`. */
  readonly type: string;
  /** Clone URL of the repository, or what the source type uses instead. */
  readonly location?: string | undefined;
  /** A path in the source, inline YAML, or an S3 ARN. Unset: `buildspec.yml` in the root of the source. */
  readonly buildspec?: string | undefined;
}

export interface BuildArtifacts {
  /** `NO_ARTIFACTS`, `S3` or `CODEPIPELINE`. */
  readonly type: string;
  /** Name of the bucket, for `S3`. */
  readonly location?: string | undefined;
}

export interface Project {
  readonly name: string;
  readonly arn: string;
  readonly source: BuildSource;
  readonly artifacts?: BuildArtifacts | undefined;
  /** Branch, tag or commit, e.g. `refs/heads/main`; unset is the default branch. */
  readonly sourceVersion?: string | undefined;
  readonly environment: BuildEnvironment;
  /** ARN of the role that builds run with. */
  readonly serviceRole: string;
  readonly logs: {
    /** On unless the project turned it off. */
    readonly cloudWatch: { readonly enabled: boolean; readonly groupName?: string | undefined; readonly streamName?: string | undefined };
    readonly s3: { readonly enabled: boolean; readonly location?: string | undefined };
  };
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt?: Date | undefined;
}

export interface BuildPhase {
  /** E.g. `PRE_BUILD`. */
  readonly type: string;
  /** Unset while the phase runs. */
  readonly status?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly contexts: readonly { readonly code?: string | undefined; readonly message?: string | undefined }[];
}

/** A build with the settings it ran with, which may differ from the project's settings now. */
export interface Build {
  /** `<project>:<uuid>`. */
  readonly id: string;
  readonly arn: string;
  readonly project: string;
  readonly number?: number | undefined;
  /** `SUCCEEDED`, `FAILED`, `FAULT`, `TIMED_OUT`, `IN_PROGRESS` or `STOPPED`. */
  readonly status: string;
  readonly currentPhase?: string | undefined;
  readonly complete: boolean;
  readonly startedAt: Date;
  readonly endedAt?: Date | undefined;
  readonly sourceVersion?: string | undefined;
  /** The commit that was built. Unset until the source has been downloaded. */
  readonly resolvedSourceVersion?: string | undefined;
  readonly source?: BuildSource | undefined;
  readonly environment: BuildEnvironment;
  readonly serviceRole?: string | undefined;
  readonly buildspec?: string | undefined;
  /** Who started it: a user's name, `codepipeline/<pipeline>`, `states/<state machine>`, ... */
  readonly initiator?: string | undefined;
  readonly phases: readonly BuildPhase[];
  readonly logs: {
    readonly groupName?: string | undefined;
    readonly streamName?: string | undefined;
    readonly deepLink?: string | undefined;
  };
}

const sourceShape = z
  .object({ type: z.string().min(1), location: z.string().optional(), buildspec: z.string().optional() })
  // An empty buildspec means the same as none.
  .transform(({ type, location, buildspec }): BuildSource => ({ type, location, buildspec: buildspec || undefined }));

const environmentShape = z
  .object({
    type: z.string().min(1),
    image: z.string().min(1),
    computeType: z.string().min(1),
    privilegedMode: z.boolean().optional(),
    environmentVariables: z
      .array(
        z
          .object({
            name: z.string().min(1),
            value: z.string(),
            type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']).default('PLAINTEXT'),
          })
          .transform((variable) => (variable.type === 'PLAINTEXT' ? variable : { ...variable, value: '' })),
      )
      .optional(),
  })
  .transform(
    ({ type, image, computeType, privilegedMode = false, environmentVariables = [] }): BuildEnvironment => ({
      type,
      image,
      computeType,
      privileged: privilegedMode,
      variables: environmentVariables,
    }),
  );

const projectShape = z
  .object({
    name: z.string().min(1),
    arn: z.string().min(1),
    source: sourceShape,
    sourceVersion: z.string().optional(),
    artifacts: z.object({ type: z.string().min(1), location: z.string().optional() }).optional(),
    environment: environmentShape,
    serviceRole: z.string().min(1),
    logsConfig: z
      .object({
        cloudWatchLogs: z.object({ status: z.string(), groupName: z.string().optional(), streamName: z.string().optional() }).optional(),
        s3Logs: z.object({ status: z.string(), location: z.string().optional() }).optional(),
      })
      .optional(),
    tags: z.array(z.object({ key: z.string(), value: z.string().optional() })).optional(),
    created: z.date().optional(),
  })
  .transform(({ name, arn, source, sourceVersion, artifacts, environment, serviceRole, logsConfig, tags = [], created }): Project => {
    const { cloudWatchLogs, s3Logs } = logsConfig ?? {};
    return {
      name,
      arn,
      source,
      sourceVersion: sourceVersion || undefined,
      artifacts,
      environment,
      serviceRole,
      logs: {
        cloudWatch: {
          enabled: cloudWatchLogs === undefined || cloudWatchLogs.status === 'ENABLED',
          groupName: cloudWatchLogs?.groupName,
          streamName: cloudWatchLogs?.streamName,
        },
        s3: { enabled: s3Logs?.status === 'ENABLED', location: s3Logs?.location },
      },
      tags: Object.fromEntries(tags.map(({ key, value }) => [key, value ?? ''])),
      createdAt: created,
    };
  });

const buildShape = z
  .object({
    id: z.string().min(1),
    arn: z.string().min(1),
    projectName: z.string().min(1),
    buildNumber: z.number().optional(),
    buildStatus: z.string().min(1),
    currentPhase: z.string().optional(),
    buildComplete: z.boolean().optional(),
    startTime: z.date(),
    endTime: z.date().optional(),
    sourceVersion: z.string().optional(),
    resolvedSourceVersion: z.string().optional(),
    source: sourceShape.optional(),
    environment: environmentShape,
    serviceRole: z.string().optional(),
    initiator: z.string().optional(),
    phases: z
      .array(
        z.object({
          phaseType: z.string().min(1),
          phaseStatus: z.string().optional(),
          durationInSeconds: z.number().optional(),
          contexts: z.array(z.object({ statusCode: z.string().optional(), message: z.string().optional() })).optional(),
        }),
      )
      .optional(),
    logs: z.object({ groupName: z.string().optional(), streamName: z.string().optional(), deepLink: z.string().optional() }).optional(),
  })
  .transform(
    (build): Build => ({
      id: build.id,
      arn: build.arn,
      project: build.projectName,
      number: build.buildNumber,
      status: build.buildStatus,
      currentPhase: build.currentPhase,
      // Some endpoints that speak AWS's protocol leave `buildComplete` false for ever; a final status says enough.
      complete: build.buildComplete === true || build.buildStatus !== 'IN_PROGRESS',
      startedAt: build.startTime,
      endedAt: build.endTime,
      sourceVersion: build.sourceVersion,
      resolvedSourceVersion: build.resolvedSourceVersion,
      source: build.source,
      environment: build.environment,
      serviceRole: build.serviceRole,
      buildspec: build.source?.buildspec,
      initiator: build.initiator,
      phases: (build.phases ?? []).map(({ phaseType, phaseStatus, durationInSeconds, contexts = [] }) => ({
        type: phaseType,
        status: phaseStatus,
        durationSeconds: durationInSeconds,
        contexts: contexts.map(({ statusCode, message }) => ({ code: statusCode, message })),
      })),
      logs: build.logs ?? {},
    }),
  );

/** The names of all projects in the region. */
const projectNames = defineReader({
  name: 'codebuild.projectNames',
  probe: () => [],
  calls: ['codebuild:ListProjects'],
  async read(aws): Promise<readonly string[]> {
    const answer = z.object({ projects: z.array(z.string()), nextToken: z.string().optional() });
    return allPages<string>(
      async (nextToken) => {
        const page = await aws.send(sdk.codebuild.CodeBuildClient, new sdk.codebuild.ListProjectsCommand({ nextToken }), { answer });
        return { items: page.projects, next: page.nextToken };
      },
      { operation: 'codebuild:ListProjects', maxPages: 100 },
    );
  },
});

const projectsAnswer = z.object({ projects: z.array(projectShape).optional(), projectsNotFound: z.array(z.string()).optional() });

/** The project of this name. */
const project = defineReader({
  name: 'codebuild.project',
  finds: 'build-project',
  calls: ['codebuild:BatchGetProjects', 'codebuild:ListProjects'],
  // AWS itself never needs the list, see below.
  actions: ['codebuild:BatchGetProjects'],
  async read(aws, name: string): Promise<Project | undefined> {
    const { projects, projectsNotFound } = await aws.send(
      sdk.codebuild.CodeBuildClient,
      new sdk.codebuild.BatchGetProjectsCommand({ names: [name] }),
      {
        answer: projectsAnswer,
        misfit: (answer) =>
          answer.projects !== undefined || answer.projectsNotFound?.includes(name)
            ? undefined
            : 'holds neither projects nor the names of missing ones',
      },
    );
    const found = projects?.find((candidate) => candidate.name === name);
    if (found !== undefined || projectsNotFound?.includes(name)) return found;
    // AWS names what it does not find; some endpoints that speak its protocol do not. Then the list of all names must prove absence.
    if (!(await projectNames.read(aws)).includes(name)) return undefined;
    throw new CannotLook(`codebuild:BatchGetProjects does not give the project "${name}" that codebuild:ListProjects names.`, {
      reason: 'malformed',
      operation: 'codebuild:BatchGetProjects',
    });
  },
});

const idsAnswer = z.object({ ids: z.array(z.string().min(1)), nextToken: z.string().optional() });

/**
 * Build ids of an existing project, newest first, at most `limit` (default 100).
 * `undefined` when the project does not exist; its builds may then still be found by `codebuild.buildIds`.
 */
const buildIdsOfProject = defineReader({
  name: 'codebuild.buildIdsOfProject',
  calls: ['codebuild:ListBuildsForProject'],
  async read(aws, projectName: string, { limit = 100 }: { readonly limit?: number } = {}): Promise<readonly string[] | undefined> {
    const ids = await allPages<string>(
      async (nextToken) => {
        // Without sortOrder: newest first is the default, and asking for it fails above 100 builds.
        const page = await aws.send(
          sdk.codebuild.CodeBuildClient,
          new sdk.codebuild.ListBuildsForProjectCommand({ projectName, nextToken }),
          {
            answer: idsAnswer,
            misfit: ({ ids }) => (ids.every((id) => id.startsWith(`${projectName}:`)) ? undefined : 'holds builds of another project'),
            absent: ['ResourceNotFoundException'],
          },
        );
        return page && { items: page.ids, next: page.nextToken };
      },
      { operation: 'codebuild:ListBuildsForProject', maxPages: 20, enough: (soFar) => soFar.length >= limit },
    );
    return ids?.slice(0, limit);
  },
});

/** One page of the account's build ids, newest first. */
const buildIdsPage = defineReader({
  name: 'codebuild.buildIdsPage',
  calls: ['codebuild:ListBuilds'],
  async read(aws, nextToken: string | undefined) {
    const page = await aws.send(
      sdk.codebuild.CodeBuildClient,
      new sdk.codebuild.ListBuildsCommand({ sortOrder: 'DESCENDING', nextToken }),
      { answer: idsAnswer },
    );
    return { items: page.ids, next: page.nextToken };
  },
});

/** Build ids of a project that may have been deleted, at most `limit` (default 100), newest first. AWS keeps builds for about a year. */
const buildIds = defineReader({
  name: 'codebuild.buildIds',
  probe: (project) => [{ project, limit: 1 }],
  calls: ['codebuild:ListBuilds'],
  async read(
    aws,
    { project: projectName, limit = 100 }: { readonly project: string; readonly limit?: number },
  ): Promise<readonly string[]> {
    const ofProject = (ids: readonly string[]) => ids.filter((id) => id.startsWith(`${projectName}:`));
    const ids = await allPages<string>(
      // However many builds are wanted, the pages are the same.
      (nextToken) => aws.ask(buildIdsPage, nextToken),
      { operation: 'codebuild:ListBuilds', maxPages: 50, enough: (soFar) => ofProject(soFar).length >= limit },
    );
    return ofProject(ids).slice(0, limit);
  },
});

/** The most builds that one call of `codebuild.builds` may ask for (a limit of BatchGetBuilds). */
export const MAX_BUILDS = 100;

const buildsAnswer = z.object({ builds: z.array(buildShape).optional(), buildsNotFound: z.array(z.string()).optional() });

/**
 * These builds, in the order of `ids`. Builds that AWS says it does not know are left out.
 *
 * @param ids at most {@link MAX_BUILDS}
 */
const builds = defineReader({
  name: 'codebuild.builds',
  probe: (project) => [[`${project}:00000000-0000-4000-8000-000000000000`]],
  calls: ['codebuild:BatchGetBuilds'],
  async read(aws, ids: readonly string[]): Promise<readonly Build[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_BUILDS) throw new RangeError(`codebuild.builds takes at most ${MAX_BUILDS} ids, not ${ids.length}.`);
    const found = await aws.send(sdk.codebuild.CodeBuildClient, new sdk.codebuild.BatchGetBuildsCommand({ ids: [...ids] }), {
      answer: buildsAnswer,
      misfit: ({ builds: given = [], buildsNotFound = [] }) =>
        ids.every((id) => buildsNotFound.includes(id) || given.some((build) => build.id === id))
          ? undefined
          : 'leaves out a build without saying that it does not exist',
    });
    const byId = new Map(found.builds?.map((build) => [build.id, build]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  },
});

export const codebuild = { project, projectNames, buildIdsOfProject, buildIds, builds };
