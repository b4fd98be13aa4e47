import { ACCOUNT, type ForeignAccount, MADE, madeSeconds } from '../state.ts';
import { type Ask, json, jsonError, type Reply } from '../wire.ts';

/** CodeCommit: repositories without a Git behind them, so without branches, folders and files. */
export function repositories({ operation, input, region }: Ask, { sourceRepositories = [] }: ForeignAccount): Reply | undefined {
  if (operation !== 'GetRepository') return undefined;
  const name = String(input['repositoryName']);
  if (!sourceRepositories.includes(name)) return jsonError('RepositoryDoesNotExistException', `${name} does not exist`);
  return json({
    repositoryMetadata: {
      repositoryName: name,
      cloneUrlSsh: `ssh://git-codecommit.${region}.amazonaws.com/v1/repos/${name}`,
      cloneUrlHttp: `https://git-codecommit.${region}.amazonaws.com/v1/repos/${name}`,
      creationDate: MADE,
      lastModifiedDate: MADE,
      repositoryDescription: null,
      repositoryId: '9c1d7a52-5c1c-4a0e-9d0a-000000000001',
      Arn: `arn:aws:codecommit:${region}:${ACCOUNT}:${name}`,
      accountId: ACCOUNT,
    },
  });
}

const buildId = (project: string) => `${project}:5f0c1a9e-0000-4000-8000-000000000001`;

/** A build that nobody ran: whatever the project says, each looks like every other, and never counts as complete. */
const madeUpBuild = (project: string, region: string) => ({
  id: buildId(project),
  arn: `arn:aws:codebuild:${region}:${ACCOUNT}:build/${buildId(project)}`,
  buildNumber: 42,
  startTime: MADE,
  endTime: '2026-11-20T10:03:00.000Z',
  currentPhase: 'COMPLETED',
  buildStatus: 'SUCCEEDED',
  sourceVersion: 'refs/heads/main',
  projectName: project,
  phases: ['SUBMITTED', 'QUEUED', 'PROVISIONING', 'DOWNLOAD_SOURCE', 'BUILD', 'COMPLETED'].map((phaseType) => ({
    phaseType,
    phaseStatus: 'SUCCEEDED',
    startTime: MADE,
    endTime: MADE,
    durationInSeconds: 10,
  })),
  source: { type: 'CODECOMMIT', location: 'https://git-codecommit.eu-west-2.amazonaws.com/v1/repos/made-up', buildspec: 'made/up.yaml' },
  artifacts: null,
  cache: { type: 'NO_CACHE' },
  environment: {
    type: 'LINUX_CONTAINER',
    image: 'aws/codebuild/amazonlinux2-x86_64-standard:3.0',
    computeType: 'BUILD_GENERAL1_SMALL',
    environmentVariables: [],
    privilegedMode: false,
  },
  logs: { deepLink: 'https://console.aws.amazon.com/', cloudWatchLogs: { status: 'ENABLED' }, s3Logs: { status: 'DISABLED' } },
  timeoutInMinutes: 45,
  buildComplete: false,
  initiator: 'somebody',
});

/** CodeBuild. A project is what was given, and one that is not there is merely left out. */
export function builds({ operation, input, region }: Ask, { projects = [], built = [] }: ForeignAccount): Reply | undefined {
  const named = (name: unknown) => projects.filter((project) => project['name'] === name);
  switch (operation) {
    case 'BatchGetProjects':
      return json({
        projects: (input['names'] as string[]).flatMap(named).map((project) => ({
          arn: `arn:aws:codebuild:${region}:${ACCOUNT}:project/${project['name']}`,
          created: madeSeconds,
          lastModified: madeSeconds,
          badge: { badgeEnabled: false },
          cache: { type: 'NO_CACHE' },
          timeoutInMinutes: '',
          queuedTimeoutInMinutes: '',
          tags: null,
          ...project,
        })),
      });
    case 'ListProjects':
      return json({ projects: projects.map(({ name }) => name) });
    case 'ListBuilds':
      return json({ ids: built.map(buildId) });
    case 'ListBuildsForProject': {
      const name = String(input['projectName']);
      if (named(name).length === 0) return jsonError('ResourceNotFoundException', `The provided project ${name} does not exist`);
      return json({ ids: built.filter((project) => project === name).map(buildId) });
    }
    case 'BatchGetBuilds':
      return json({
        builds: built.filter((project) => (input['ids'] as string[]).includes(buildId(project))).map((one) => madeUpBuild(one, region)),
      });
    default:
      return undefined;
  }
}

/** CodePipeline. Executions succeed as soon as they are started, and have taken nothing from anywhere. */
export function pipelines({ operation, input, region }: Ask, { pipelines: all = [] }: ForeignAccount): Reply | undefined {
  const name = input['name'] ?? input['pipelineName'];
  const found = all.find((pipeline) => pipeline['name'] === name);
  if (operation === 'ListPipelines') {
    return json({ pipelines: all.map((pipeline) => ({ name: pipeline['name'], version: 1, created: MADE, updated: MADE })) });
  }
  if (operation !== 'GetPipeline' && operation !== 'ListPipelineExecutions') return undefined;
  if (found === undefined)
    return jsonError('PipelineNotFoundException', `Account '${ACCOUNT}' does not have a pipeline with name '${name}'`);
  if (operation === 'GetPipeline') {
    const metadata = { pipelineArn: `arn:aws:codepipeline:${region}:${ACCOUNT}:${name}`, created: MADE, updated: MADE };
    return json({ pipeline: { version: 1, ...found }, metadata });
  }
  const trigger = { triggerType: 'StartPipelineExecution', triggerDetail: '' };
  const execution = { pipelineExecutionId: 'e-1', status: 'Succeeded', statusSummary: null, startTime: MADE, lastUpdateTime: MADE };
  return json({ pipelineExecutionSummaries: [{ ...execution, sourceRevisions: [], trigger }], nextToken: null });
}
