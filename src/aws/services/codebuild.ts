import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { CannotLook } from '../errors.ts';
import { facts, from, list, text } from '../facts.ts';
import { allPages, page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';
import { type Build, buildFacts } from './codebuild/build.ts';
import { type Project, projectFacts } from './codebuild/project.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'build-project', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-codebuild')>('@aws-sdk/client-codebuild');

const ofProject = limitedTo('build-project', (name) => regionalArn('codebuild', `project/${name}`));

const service = defineService({ name: 'codebuild', client: () => sdk.CodeBuildClient });

/** The names of all projects in the region. */
const projectNames = service.list('projectNames', {
  probe: () => [],
  calls: { ListProjects: UNLIMITED },
  command: (_: [], { token }) => new sdk.ListProjectsCommand({ nextToken: token }),
  page: page('projects', z.string()),
  maxPages: 100,
});

const projectsAnswer = facts({ projects: z.array(projectFacts).optional(), projectsNotFound: list(z.string()) });

/** The project of this name. */
const project = service.reader('project', {
  finds: 'build-project',
  calls: { BatchGetProjects: ofProject, ListProjects: { foreign: true } },
  async read(aws, name: string): Promise<Project | undefined> {
    const { projects, projectsNotFound } = await aws.send(service, new sdk.BatchGetProjectsCommand({ names: [name] }), {
      answer: projectsAnswer,
      misfit: (answer) =>
        answer.projects !== undefined || answer.projectsNotFound.includes(name)
          ? undefined
          : 'holds neither projects nor the names of missing ones',
    });
    const found = projects?.find((candidate) => candidate.name === name);
    if (found !== undefined || projectsNotFound.includes(name)) return found;
    // AWS names what it does not find; some endpoints that speak its protocol do not. Then the list of all names must prove absence.
    if (!(await projectNames.read(aws)).includes(name)) return undefined;
    throw new CannotLook(`codebuild:BatchGetProjects does not give the project "${name}" that codebuild:ListProjects names.`, {
      reason: 'malformed',
      operation: 'codebuild:BatchGetProjects',
    });
  },
});

/**
 * Build ids of an existing project, newest first, at most `limit` (default 100).
 * `undefined` when the project does not exist; its builds may then still be found by `codebuild.buildIds`.
 */
const buildIdsOfProject = service.list('buildIdsOfProject', {
  calls: { ListBuildsForProject: ofProject },
  // Without sortOrder: newest first is the default, and asking for it fails above 100 builds.
  command: ([projectName]: [project: string, options?: { readonly limit?: number }], { token }) =>
    new sdk.ListBuildsForProjectCommand({ projectName, nextToken: token }),
  page: page('ids', text),
  misfit: ({ items }, [name]) => (items.every((id) => id.startsWith(`${name}:`)) ? undefined : 'holds builds of another project'),
  absent: ['ResourceNotFoundException'],
  limit: ([, { limit = 100 } = {}]) => limit,
});

/** One page of the account's build ids, newest first. */
const buildIdsPage = service.one('buildIdsPage', {
  calls: { ListBuilds: UNLIMITED },
  command: ([nextToken]: [token: string | undefined]) => new sdk.ListBuildsCommand({ sortOrder: 'DESCENDING', nextToken }),
  answer: page('ids', text),
});

/** Build ids of a project that may have been deleted, at most `limit` (default 100), newest first. AWS keeps builds for about a year. */
const buildIds = service.reader('buildIds', {
  probe: (name) => [{ project: name, limit: 1 }],
  calls: { ListBuilds: UNLIMITED },
  async read(aws, { project: name, limit = 100 }: { readonly project: string; readonly limit?: number }): Promise<readonly string[]> {
    const ofProject = (ids: readonly string[]) => ids.filter((id) => id.startsWith(`${name}:`));
    const ids = await allPages<string>(
      // However many builds are wanted, the pages are the same.
      (token) => aws.ask(buildIdsPage, token),
      { operation: 'codebuild:ListBuilds', maxPages: 50, enough: (soFar) => ofProject(soFar).length >= limit },
    );
    return ofProject(ids).slice(0, limit);
  },
});

/** The most builds that one call of `codebuild.builds` may ask for (a limit of BatchGetBuilds). */
const MAX_BUILDS = 100;

const buildsAnswer = facts({ builds: list(buildFacts), missing: from('buildsNotFound', list(z.string())) });

/**
 * These builds, in the order of `ids`. Builds that AWS says it does not know are left out.
 *
 * @param ids at most {@link MAX_BUILDS}
 */
const builds = service.reader('builds', {
  probe: (name) => [[`${name}:00000000-0000-4000-8000-000000000000`]],
  calls: { BatchGetBuilds: ofProject },
  async read(aws, ids: readonly string[]): Promise<readonly Build[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_BUILDS) throw new RangeError(`codebuild.builds takes at most ${MAX_BUILDS} ids, not ${ids.length}.`);
    const found = await aws.send(service, new sdk.BatchGetBuildsCommand({ ids: [...ids] }), {
      answer: buildsAnswer,
      misfit: (answer) =>
        ids.every((id) => answer.missing.includes(id) || answer.builds.some((build) => build.id === id))
          ? undefined
          : 'leaves out a build without saying that it does not exist',
    });
    return ids.flatMap((id) => found.builds.find((build) => build.id === id) ?? []);
  },
});

export const codebuild = { project, projectNames, buildIdsOfProject, buildIds, builds };

const projectPage = (place: Place, name: string, rest: string) =>
  consolePage(place, `codesuite/codebuild/${place.account}/projects/${encoded(name)}/${rest}`);

export const codebuildConsole = {
  projects: (place: Place) => consolePage(place, 'codesuite/codebuild/projects'),
  project: (place: Place, name: string) => projectPage(place, name, 'details'),
  build: (place: Place, name: string, buildId: string) => projectPage(place, name, `build/${encoded(buildId)}/log`),
};

export const codebuildDeletion = {
  project: ({ region }: Place, name: string) => free(`aws codebuild delete-project --region ${region} --name ${shellWord(name)}`),
};
