import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { free, shellWord } from '../deletion.ts';
import { type FactsOf, facts, from, list, listOf, maybeText, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'pipeline', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-codepipeline')>('@aws-sdk/client-codepipeline');

const ofPipeline = limitedTo('pipeline', (name) => regionalArn('codepipeline', name));

const service = defineService({ name: 'codepipeline', client: () => sdk.CodePipelineClient });

const actionFacts = facts({
  name: text,
  /** `Source`, `Build`, `Test`, `Deploy`, `Approval`, `Invoke` or `Compute`. */
  category: from('actionTypeId.category', text),
  /** E.g. `CodeCommit`, `CodeBuild`, `ECS`. */
  provider: from('actionTypeId.provider', text),
  /** E.g. `RepositoryName` and `BranchName` of a source; `ProjectName` of a build; `ClusterName`, `ServiceName` and `FileName` of a deployment. */
  configuration: z.record(z.string(), z.string()).default({}),
  /** Names of the artifacts it takes and gives. */
  inputs: from('inputArtifacts', listOf('name')),
  outputs: from('outputArtifacts', listOf('name')),
});
export type PipelineAction = FactsOf<typeof actionFacts>;

const stageFacts = facts({ name: text, actions: z.array(actionFacts) });

const storeFacts = facts({ bucket: from('location', text) });

const pipelineFacts = facts({
  name: from('pipeline.name', text),
  arn: from('metadata.pipelineArn', maybeText),
  /** ARN of the role the pipeline works with. */
  role: from('pipeline.roleArn', text),
  stages: from('pipeline.stages', z.array(stageFacts).min(1)),
  store: from('pipeline.artifactStore', storeFacts.optional()),
  stores: from('pipeline.artifactStores', z.record(z.string(), storeFacts).default({})),
})
  // Where artifacts are kept: one bucket, or one for each region with actions.
  .transform(({ store, stores, ...pipeline }) => ({ ...pipeline, artifactStores: [...(store ? [store] : []), ...Object.values(stores)] }));
export type Pipeline = FactsOf<typeof pipelineFacts>;

const executionFacts = facts({
  id: from('pipelineExecutionId', text),
  /** `InProgress`, `Succeeded`, `Failed`, `Stopping`, `Stopped`, `Superseded` or `Cancelled`. */
  status: z.lazy(() => z.enum(sdk.PipelineExecutionStatus)),
  statusSummary: maybeText,
  /** What each source action took; `revision` is the commit id of a CodeCommit source. */
  sources: from('sourceRevisions', list(facts({ revision: from('revisionId', maybeText) }))),
});

const actionExecutionFacts = facts({
  stage: from('stageName', text),
  /** `InProgress`, `Abandoned`, `Succeeded` or `Failed`. */
  status: text,
  summary: from('output.executionResult.externalExecutionSummary', maybeText),
  error: from('output.executionResult.errorDetails', facts({ message: maybeText }).optional()),
});

const NO_PIPELINE = ['PipelineNotFoundException'];

/** The pipeline of this name as it is now. */
const pipeline = service.one('pipeline', {
  finds: 'pipeline',
  calls: { GetPipeline: ofPipeline },
  command: ([name]: [name: string]) => new sdk.GetPipelineCommand({ name }),
  answer: pipelineFacts,
  misfit: (found, [name]) => (found.name === name ? undefined : 'is about another pipeline'),
  absent: NO_PIPELINE,
});

/** The names of all pipelines in the region. */
const pipelineNames = service.list('pipelineNames', {
  calls: { ListPipelines: UNLIMITED },
  command: (_: [], { token }) => new sdk.ListPipelinesCommand({ nextToken: token }),
  page: page('pipelines', within('name', text)),
});

/** Executions of a pipeline, newest first, at most `limit` (default 20). `undefined` when there is no such pipeline. */
const executions = service.list('executions', {
  calls: { ListPipelineExecutions: ofPipeline },
  command: ([pipelineName, { limit = 20 } = {}]: [pipeline: string, options?: { readonly limit?: number }], { token }) =>
    new sdk.ListPipelineExecutionsCommand({ pipelineName, nextToken: token, maxResults: Math.min(limit, 100) }),
  page: page('pipelineExecutionSummaries', executionFacts),
  absent: NO_PIPELINE,
  limit: ([, { limit = 20 } = {}]) => limit,
});

/** What each action of one execution did, newest first. `undefined` when there is no such pipeline or execution. */
const actionExecutions = service.list('actionExecutions', {
  calls: { ListActionExecutions: ofPipeline },
  probe: (name) => [name, '00000000-0000-4000-8000-000000000000'],
  command: ([pipelineName, pipelineExecutionId]: [pipeline: string, execution: string], { token }) =>
    new sdk.ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId }, nextToken: token }),
  page: page('actionExecutionDetails', actionExecutionFacts),
  absent: [...NO_PIPELINE, 'PipelineExecutionNotFoundException'],
});

export const codepipeline = { pipeline, pipelineNames, executions, actionExecutions };

export const codepipelineConsole = {
  pipelines: (place: Place) => consolePage(place, 'codesuite/codepipeline/pipelines'),
  pipeline: (place: Place, name: string) => consolePage(place, `codesuite/codepipeline/pipelines/${encoded(name)}/view`),
};

export const codepipelineDeletion = {
  pipeline: ({ region }: Place, name: string) => free(`aws codepipeline delete-pipeline --region ${region} --name ${shellWord(name)}`),
};
