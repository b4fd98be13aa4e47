import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  InvalidInputException,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  ListProjectsCommand,
  type Project,
  type ProjectEnvironment,
  paginateListBuilds,
  paginateListBuildsForProject,
  paginateListProjects,
  ResourceNotFoundException,
} from '@aws-sdk/client-codebuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const ENVIRONMENT: ProjectEnvironment = {
  type: 'LINUX_CONTAINER',
  image: 'aws/codebuild/standard:7.0',
  computeType: 'BUILD_GENERAL1_SMALL',
  privilegedMode: true,
  environmentVariables: [{ name: 'NAME', value: ' spaced ', type: 'PLAINTEXT' }],
};
const PROJECT: Project = {
  name: 'app',
  source: { type: 'CODECOMMIT', location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/app` },
  sourceVersion: 'refs/heads/main',
  environment: ENVIRONMENT,
  serviceRole: `arn:aws:iam::${ACCOUNT}:role/build`,
};

describe('codebuild', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: CodeBuildClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new CodeBuildClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const region = () => practice.account.region(REGION);
  const create = () => region().codebuild.createProject(PROJECT);

  it('returns projects by name and ARN, and the ones it does not know', async () => {
    const { arn = '', created } = create();
    const { projects, projectsNotFound } = await client.send(new BatchGetProjectsCommand({ names: ['app', 'other', `${arn}x`] }));
    expect(projects).toMatchObject([{ ...PROJECT, arn, created }]);
    expect(projectsNotFound).toEqual(['other', `${arn}x`]);
    expect((await client.send(new BatchGetProjectsCommand({ names: [arn] }))).projects).toHaveLength(1);
  });

  it('refuses no names and more than 100', async () => {
    for (const names of [[], Array.from({ length: 101 }, (_, at) => `p${at}`)]) {
      expect(await rejection(client.send(new BatchGetProjectsCommand({ names })))).toBeInstanceOf(InvalidInputException);
    }
  });

  it('keeps the environment a build ran with', async () => {
    create();
    region().codecommit.createRepository('app');
    const head = region().codecommit.push('app', 'main', { 'app.js': '1' });
    const build = region().codebuild.startBuild('app');
    region().codebuild.updateProject('app', { environment: { ...ENVIRONMENT, environmentVariables: [], privilegedMode: false } });

    const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [build.id ?? ''] }));
    expect(builds?.[0]).toMatchObject({
      id: build.id,
      buildNumber: 1,
      buildStatus: 'SUCCEEDED',
      buildComplete: true,
      currentPhase: 'COMPLETED',
      resolvedSourceVersion: head,
      sourceVersion: 'refs/heads/main',
      environment: PROJECT.environment,
      serviceRole: PROJECT.serviceRole,
      source: PROJECT.source,
      logs: { groupName: '/aws/codebuild/app' },
    });
    expect(builds?.[0]?.phases?.map(({ phaseType }) => phaseType)).toContain('POST_BUILD');
    expect(region().logs.logGroup('/aws/codebuild/app')).toBeDefined();
  });

  it('tells the phase in which a build failed', async () => {
    create();
    const failedPhase = { type: 'PRE_BUILD', code: 'COMMAND_EXECUTION_ERROR', message: 'exit status 1' } as const;
    const { id = '' } = region().codebuild.startBuild('app', { failedPhase });
    const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [id] }));
    const phases = builds?.[0]?.phases ?? [];
    expect(builds?.[0]?.buildStatus).toBe('FAILED');
    expect(phases.find(({ phaseStatus }) => phaseStatus === 'FAILED')).toMatchObject({
      phaseType: 'PRE_BUILD',
      contexts: [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: 'exit status 1' }],
    });
    expect(phases.map(({ phaseType }) => phaseType)).not.toContain('BUILD');
  });

  it('shows a build in progress and then its end', async () => {
    create();
    const { id = '' } = region().codebuild.startBuild('app', { status: 'IN_PROGRESS' });
    const look = async () => (await client.send(new BatchGetBuildsCommand({ ids: [id] }))).builds?.[0];
    expect(await look()).toMatchObject({ buildStatus: 'IN_PROGRESS', buildComplete: false, currentPhase: 'BUILD' });
    expect(await look()).not.toHaveProperty('endTime');
    region().codebuild.finishBuild(id);
    expect(await look()).toMatchObject({ buildStatus: 'SUCCEEDED', endTime: expect.any(Date) });
  });

  it('lists the builds of a project newest first, and still has them when the project is gone', async () => {
    create();
    const [first, second] = [region().codebuild.startBuild('app').id, region().codebuild.startBuild('app').id];
    expect((await client.send(new ListBuildsForProjectCommand({ projectName: 'app' }))).ids).toEqual([second, first]);
    const ascending = new ListBuildsForProjectCommand({ projectName: 'app', sortOrder: 'ASCENDING' });
    expect((await client.send(ascending)).ids).toEqual([first, second]);

    region().codebuild.deleteProject('app');
    const error = await rejection(client.send(new ListBuildsForProjectCommand({ projectName: 'app' })));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect((await client.send(new ListBuildsCommand({}))).ids).toEqual([second, first]);
    const { builds, buildsNotFound } = await client.send(new BatchGetBuildsCommand({ ids: [first ?? '', 'app:unknown'] }));
    expect(builds).toMatchObject([{ id: first, environment: PROJECT.environment }]);
    expect(buildsNotFound).toEqual(['app:unknown']);
  });

  it('pages by 100, and takes no sort order then', async () => {
    create();
    for (let at = 0; at < 101; at += 1) region().codebuild.startBuild('app', { durationSeconds: 0 });
    const ofProject: number[] = [];
    for await (const { ids = [] } of paginateListBuildsForProject({ client }, { projectName: 'app' })) ofProject.push(ids.length);
    expect(ofProject).toEqual([100, 1]);
    const all = new Set<string>();
    for await (const { ids = [] } of paginateListBuilds({ client }, {})) for (const id of ids) all.add(id);
    expect(all.size).toBe(101);
    const sorted = new ListBuildsForProjectCommand({ projectName: 'app', sortOrder: 'DESCENDING' });
    expect(await rejection(client.send(sorted))).toBeInstanceOf(InvalidInputException);

    for (let at = 0; at < 120; at += 1) region().codebuild.createProject({ name: `p-${at}` });
    const projects: string[] = [];
    for await (const page of paginateListProjects({ client }, {})) projects.push(...(page.projects ?? []));
    expect(projects).toHaveLength(121);
    expect(projects).toEqual(projects.toSorted());
    const last = await client.send(new ListProjectsCommand({ sortOrder: 'DESCENDING' }));
    expect(last.projects?.[0]).toBe(projects.at(-1));
  });
});
