import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';

export interface PipelineAction {
  readonly name: string;
  /** `Source`, `Build`, `Test`, `Deploy`, `Approval`, `Invoke` or `Compute`. */
  readonly category: string;
  /** `AWS`, `ThirdParty` or `Custom`. */
  readonly owner: string;
  /** E.g. `CodeCommit`, `CodeBuild`, `ECS`. */
  readonly provider: string;
  /** E.g. `RepositoryName` and `BranchName` of a source; `ProjectName` of a build; `ClusterName`, `ServiceName` and `FileName` of a deployment. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Names of the artifacts it takes and gives. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly role?: string | undefined;
  /** Unset: the pipeline's own region. */
  readonly region?: string | undefined;
}

export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
}

export interface Pipeline {
  readonly name: string;
  readonly arn?: string | undefined;
  /** ARN of the role the pipeline works with. */
  readonly role: string;
  readonly stages: readonly PipelineStage[];
  /** Where artifacts are kept: one bucket, or one for each region with actions. */
  readonly artifactStores: readonly {
    readonly bucket: string;
    readonly region?: string | undefined;
    readonly kmsKey?: string | undefined;
  }[];
  /** Grows with each change of the pipeline. */
  readonly version?: number | undefined;
  /** `V1` or `V2`. */
  readonly type?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly updatedAt?: Date | undefined;
}

export interface PipelineExecution {
  readonly id: string;
  /** `InProgress`, `Succeeded`, `Failed`, `Stopping`, `Stopped`, `Superseded` or `Cancelled`. */
  readonly status: string;
  readonly statusSummary?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly updatedAt?: Date | undefined;
  /** What each source action took; `revision` is the commit id of a CodeCommit source. */
  readonly sources: readonly { readonly action: string; readonly revision?: string | undefined; readonly summary?: string | undefined }[];
  /** E.g. `StartPipelineExecution`, `CloudWatchEvent`, `CreatePipeline`, `PollForSourceChanges`. */
  readonly trigger?: string | undefined;
}

export interface ActionExecution {
  readonly id: string;
  readonly pipelineExecutionId: string;
  readonly stage: string;
  readonly action: string;
  /** `InProgress`, `Abandoned`, `Succeeded` or `Failed`. */
  readonly status: string;
  readonly startedAt?: Date | undefined;
  readonly updatedAt?: Date | undefined;
  readonly provider?: string | undefined;
  /** What the provider calls its part, e.g. the id of the build. */
  readonly externalId?: string | undefined;
  readonly summary?: string | undefined;
  readonly error?: { readonly code?: string | undefined; readonly message?: string | undefined } | undefined;
}

const NO_PIPELINE = ['PipelineNotFoundException'];
const artifactNames = z
  .array(z.object({ name: z.string().min(1) }))
  .optional()
  .transform((artifacts = []) => artifacts.map(({ name }) => name));

const actionShape = z
  .object({
    name: z.string().min(1),
    actionTypeId: z.object({ category: z.string().min(1), owner: z.string().min(1), provider: z.string().min(1) }),
    configuration: z.record(z.string(), z.string()).optional(),
    inputArtifacts: artifactNames,
    outputArtifacts: artifactNames,
    roleArn: z.string().optional(),
    region: z.string().optional(),
  })
  .transform(
    ({ name, actionTypeId, configuration = {}, inputArtifacts, outputArtifacts, roleArn, region }): PipelineAction => ({
      name,
      category: actionTypeId.category,
      owner: actionTypeId.owner,
      provider: actionTypeId.provider,
      configuration,
      inputs: inputArtifacts,
      outputs: outputArtifacts,
      role: roleArn,
      region,
    }),
  );

const storeShape = z.object({ location: z.string().min(1), encryptionKey: z.object({ id: z.string() }).optional() });

/** The pipeline of this name as it is now. */
const pipeline = defineReader({
  name: 'codepipeline.pipeline',
  calls: ['codepipeline:GetPipeline'],
  finds: 'pipeline',
  async read(aws, name: string): Promise<Pipeline | undefined> {
    const answer = z.object({
      pipeline: z.object({
        name: z.literal(name),
        roleArn: z.string().min(1),
        stages: z.array(z.object({ name: z.string().min(1), actions: z.array(actionShape) })).min(1),
        artifactStore: storeShape.optional(),
        artifactStores: z.record(z.string(), storeShape).optional(),
        version: z.number().optional(),
        pipelineType: z.string().optional(),
      }),
      metadata: z.object({ pipelineArn: z.string().optional(), created: z.date().optional(), updated: z.date().optional() }).optional(),
    });
    const found = await aws.send(sdk.codepipeline.CodePipelineClient, new sdk.codepipeline.GetPipelineCommand({ name }), {
      answer,
      absent: NO_PIPELINE,
    });
    if (found === undefined) return undefined;
    const { roleArn, stages, artifactStore, artifactStores = {}, version, pipelineType } = found.pipeline;
    const stores = [...(artifactStore ? [[undefined, artifactStore] as const] : []), ...Object.entries(artifactStores)];
    return {
      name,
      arn: found.metadata?.pipelineArn,
      role: roleArn,
      stages,
      artifactStores: stores.map(([region, { location, encryptionKey }]) => ({ bucket: location, region, kmsKey: encryptionKey?.id })),
      version,
      type: pipelineType,
      createdAt: found.metadata?.created,
      updatedAt: found.metadata?.updated,
    };
  },
});

/** The names of all pipelines in the region. */
const pipelineNames = defineReader({
  name: 'codepipeline.pipelineNames',
  calls: ['codepipeline:ListPipelines'],
  async read(aws): Promise<readonly string[]> {
    const answer = z.object({ pipelines: z.array(z.object({ name: z.string().min(1) })), nextToken: z.string().optional() });
    const found = await allPages<{ readonly name: string }>(
      async (nextToken) => {
        const page = await aws.send(sdk.codepipeline.CodePipelineClient, new sdk.codepipeline.ListPipelinesCommand({ nextToken }), {
          answer,
        });
        return { items: page.pipelines, next: page.nextToken };
      },
      { operation: 'codepipeline:ListPipelines', maxPages: 20 },
    );
    return found.map(({ name }) => name);
  },
});

const executionShape = z
  .object({
    pipelineExecutionId: z.string().min(1),
    status: z.lazy(() => z.enum(sdk.codepipeline.PipelineExecutionStatus)),
    statusSummary: z.string().optional(),
    startTime: z.date().optional(),
    lastUpdateTime: z.date().optional(),
    sourceRevisions: z
      .array(z.object({ actionName: z.string().min(1), revisionId: z.string().optional(), revisionSummary: z.string().optional() }))
      .optional(),
    trigger: z.object({ triggerType: z.string().optional() }).optional(),
  })
  .transform(
    (execution): PipelineExecution => ({
      id: execution.pipelineExecutionId,
      status: execution.status,
      statusSummary: execution.statusSummary,
      startedAt: execution.startTime,
      updatedAt: execution.lastUpdateTime,
      sources: (execution.sourceRevisions ?? []).map(({ actionName, revisionId, revisionSummary }) => ({
        action: actionName,
        revision: revisionId,
        summary: revisionSummary,
      })),
      trigger: execution.trigger?.triggerType,
    }),
  );

/** Executions of a pipeline, newest first, at most `limit` (default 20). `undefined` when there is no such pipeline. */
const executions = defineReader({
  name: 'codepipeline.executions',
  calls: ['codepipeline:ListPipelineExecutions'],
  async read(
    aws,
    pipelineName: string,
    { limit = 20 }: { readonly limit?: number } = {},
  ): Promise<readonly PipelineExecution[] | undefined> {
    const answer = z.object({ pipelineExecutionSummaries: z.array(executionShape), nextToken: z.string().optional() });
    const found = await allPages<PipelineExecution>(
      async (nextToken) => {
        const command = new sdk.codepipeline.ListPipelineExecutionsCommand({ pipelineName, nextToken, maxResults: Math.min(limit, 100) });
        const page = await aws.send(sdk.codepipeline.CodePipelineClient, command, { answer, absent: NO_PIPELINE });
        return page && { items: page.pipelineExecutionSummaries, next: page.nextToken };
      },
      { operation: 'codepipeline:ListPipelineExecutions', maxPages: 20, enough: (soFar) => soFar.length >= limit },
    );
    return found?.slice(0, limit);
  },
});

const actionExecutionShape = z
  .object({
    actionExecutionId: z.string().min(1),
    pipelineExecutionId: z.string().min(1),
    stageName: z.string().min(1),
    actionName: z.string().min(1),
    status: z.string().min(1),
    startTime: z.date().optional(),
    lastUpdateTime: z.date().optional(),
    input: z.object({ actionTypeId: z.object({ provider: z.string() }).optional() }).optional(),
    output: z
      .object({
        executionResult: z
          .object({
            externalExecutionId: z.string().optional(),
            externalExecutionSummary: z.string().optional(),
            errorDetails: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
          })
          .optional(),
      })
      .optional(),
  })
  .transform((execution): ActionExecution => {
    const result = execution.output?.executionResult;
    return {
      id: execution.actionExecutionId,
      pipelineExecutionId: execution.pipelineExecutionId,
      stage: execution.stageName,
      action: execution.actionName,
      status: execution.status,
      startedAt: execution.startTime,
      updatedAt: execution.lastUpdateTime,
      provider: execution.input?.actionTypeId?.provider,
      externalId: result?.externalExecutionId,
      summary: result?.externalExecutionSummary,
      error: result?.errorDetails,
    };
  });

/** What each action of one execution did, newest first. `undefined` when there is no such pipeline or execution. */
const actionExecutions = defineReader({
  name: 'codepipeline.actionExecutions',
  calls: ['codepipeline:ListActionExecutions'],
  probe: (name) => [name, '00000000-0000-4000-8000-000000000000'],
  async read(aws, pipelineName: string, pipelineExecutionId: string): Promise<readonly ActionExecution[] | undefined> {
    const answer = z.object({ actionExecutionDetails: z.array(actionExecutionShape), nextToken: z.string().optional() });
    return allPages<ActionExecution>(
      async (nextToken) => {
        const command = new sdk.codepipeline.ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId }, nextToken });
        const page = await aws.send(sdk.codepipeline.CodePipelineClient, command, {
          answer,
          absent: [...NO_PIPELINE, 'PipelineExecutionNotFoundException'],
        });
        return page && { items: page.actionExecutionDetails, next: page.nextToken };
      },
      { operation: 'codepipeline:ListActionExecutions', maxPages: 20 },
    );
  },
});

export const codepipeline = { pipeline, pipelineNames, executions, actionExecutions };
