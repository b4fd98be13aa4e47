import {
  CodePipelineClient,
  GetPipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  PipelineExecutionNotFoundException,
  PipelineNotFoundException,
  PipelineVersionNotFoundException,
  paginateListPipelineExecutions,
} from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const pipelineName = 'release';

describe('codepipeline', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: CodePipelineClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new CodePipelineClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const place = () => practice.account.region(REGION);
  const state = () => place().codepipeline;
  const make = () =>
    state().createPipeline({
      name: pipelineName,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/pipeline`,
      artifactStore: { type: 'S3', location: 'artifacts' },
      stages: [
        {
          name: 'Source',
          actions: [
            {
              name: 'Fetch',
              actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
              configuration: { RepositoryName: 'app', BranchName: 'main' },
              outputArtifacts: [{ name: 'code' }],
            },
          ],
        },
        {
          name: 'Build',
          actions: [
            {
              name: 'Make',
              actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
              configuration: { ProjectName: 'app' },
              inputArtifacts: [{ name: 'code' }],
            },
          ],
        },
      ],
    });
  const actions = async (pipelineExecutionId: string) =>
    (await client.send(new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } }))).actionExecutionDetails;

  it('gives the pipeline as it is now, with a version that grows', async () => {
    const get = () => client.send(new GetPipelineCommand({ name: pipelineName }));
    expect(await rejection(get())).toBeInstanceOf(PipelineNotFoundException);
    const { pipeline: made, metadata } = make();
    expect(await get()).toMatchObject({
      pipeline: made,
      metadata: { ...metadata, pipelineArn: `arn:aws:codepipeline:${REGION}:${ACCOUNT}:${pipelineName}`, updated: metadata.created },
    });
    state().updatePipeline(pipelineName, { roleArn: 'arn:aws:iam::1:role/other' });
    const { pipeline } = await get();
    expect(pipeline).toMatchObject({ version: 2, roleArn: 'arn:aws:iam::1:role/other', stages: made.stages });
    expect((await client.send(new ListPipelinesCommand({}))).pipelines).toMatchObject([{ name: pipelineName, version: 2 }]);
    const old = client.send(new GetPipelineCommand({ name: pipelineName, version: 1 }));
    expect(await rejection(old)).toBeInstanceOf(PipelineVersionNotFoundException);
    expect(make).toThrow('already exists');
    state().deletePipeline(pipelineName);
    expect(await rejection(get())).toBeInstanceOf(PipelineNotFoundException);
  });

  it('runs on the head of the branch, and tells what each action did', async () => {
    place().codecommit.createRepository('app');
    const head = place().codecommit.push('app', 'main', { 'a.txt': 'a' });
    make();
    const { summary } = state().startExecution(pipelineName, { externalIds: { Make: 'app:1' } });
    const { pipelineExecutionSummaries } = await client.send(new ListPipelineExecutionsCommand({ pipelineName }));
    expect(pipelineExecutionSummaries).toEqual([
      expect.objectContaining({
        pipelineExecutionId: summary.pipelineExecutionId,
        status: 'Succeeded',
        sourceRevisions: [{ actionName: 'Fetch', revisionId: head }],
      }),
    ]);
    expect(await actions(summary.pipelineExecutionId ?? '')).toMatchObject([
      { actionName: 'Make', stageName: 'Build', status: 'Succeeded', output: { executionResult: { externalExecutionId: 'app:1' } } },
      { actionName: 'Fetch', stageName: 'Source', status: 'Succeeded', output: { executionResult: { externalExecutionId: head } } },
    ]);
    expect(await rejection(actions('none'))).toBeInstanceOf(PipelineExecutionNotFoundException);
  });

  it('stops at the action that failed or is at work', async () => {
    make();
    const failed = state().startExecution(pipelineName, { failedAction: { name: 'Fetch', message: 'no branch' } });
    expect(failed.summary.status).toBe('Failed');
    expect(await actions(failed.summary.pipelineExecutionId ?? '')).toMatchObject([
      { actionName: 'Fetch', status: 'Failed', output: { executionResult: { errorDetails: { message: 'no branch' } } } },
    ]);
    const running = state().startExecution(pipelineName, { status: 'InProgress', at: 'Make' });
    expect(await actions(running.summary.pipelineExecutionId ?? '')).toMatchObject([
      { actionName: 'Make', status: 'InProgress' },
      { actionName: 'Fetch', status: 'Succeeded' },
    ]);
    expect(() => state().startExecution(pipelineName, { at: 'Ship' })).toThrow("no action 'Ship'");
  });

  it('lists executions newest first, page by page', async () => {
    make();
    const ids = Array.from({ length: 5 }, () => state().startExecution(pipelineName).summary.pipelineExecutionId);
    const listed: (string | undefined)[] = [];
    for await (const { pipelineExecutionSummaries = [] } of paginateListPipelineExecutions({ client, pageSize: 2 }, { pipelineName })) {
      listed.push(...pipelineExecutionSummaries.map(({ pipelineExecutionId }) => pipelineExecutionId));
    }
    expect(listed).toEqual(ids.reverse());
  });
});
