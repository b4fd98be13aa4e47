import {
  GetPipeline$,
  type GetPipelineCommandInput,
  type GetPipelineCommandOutput,
  ListActionExecutions$,
  type ListActionExecutionsCommandInput,
  type ListActionExecutionsCommandOutput,
  ListPipelineExecutions$,
  type ListPipelineExecutionsCommandInput,
  type ListPipelineExecutionsCommandOutput,
  ListPipelines$,
  type ListPipelinesCommandInput,
  type ListPipelinesCommandOutput,
} from '@aws-sdk/client-codepipeline';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import type { PipelineState } from '../state/codepipeline.ts';

const PAGE = 100;

export const codepipeline: Service = {
  id: 'codepipeline',
  wire: { protocol: 'json', target: 'CodePipeline_20150709' },
  operations: [
    operation<GetPipelineCommandInput, GetPipelineCommandOutput>(GetPipeline$, ({ name, version }, call) => {
      const { arn, pipeline: declaration, created, updated } = pipeline(call, name);
      if (version !== undefined && version !== declaration.version)
        throw new AwsError('PipelineVersionNotFoundException', `The pipeline ${name} has no version ${version} that is kept.`);
      return { pipeline: declaration, metadata: { pipelineArn: arn, created, updated } };
    }),

    operation<ListPipelinesCommandInput, ListPipelinesCommandOutput>(ListPipelines$, ({ nextToken, maxResults }, { region }) => {
      const { items, next } = pageOf(region.codepipeline.pipelines(), paging('ListPipelines', nextToken, maxResults));
      return {
        pipelines: items.map(({ pipeline: { name, version, pipelineType, executionMode }, created, updated }) => ({
          ...{ name, version, pipelineType, executionMode, created, updated },
        })),
        nextToken: next,
      };
    }),

    operation<ListPipelineExecutionsCommandInput, ListPipelineExecutionsCommandOutput>(
      ListPipelineExecutions$,
      ({ pipelineName, filter, nextToken, maxResults }, call) => {
        if (filter !== undefined) throw new AwsError('ValidationException', 'The practice endpoint does not filter executions.');
        pipeline(call, pipelineName);
        const newestFirst = call.region.codepipeline
          .executions(pipelineName ?? '')
          .map(({ summary }) => summary)
          .reverse();
        const { items, next } = pageOf(newestFirst, paging(`ListPipelineExecutions ${pipelineName}`, nextToken, maxResults));
        return { pipelineExecutionSummaries: items, nextToken: next };
      },
    ),

    operation<ListActionExecutionsCommandInput, ListActionExecutionsCommandOutput>(
      ListActionExecutions$,
      ({ pipelineName, filter, nextToken, maxResults }, call) => {
        if (filter?.latestInPipelineExecution !== undefined)
          throw new AwsError('ValidationException', 'The practice endpoint filters actions by the id of their execution only.');
        pipeline(call, pipelineName);
        const id = filter?.pipelineExecutionId;
        const executions = call.region.codepipeline
          .executions(pipelineName ?? '')
          .filter(({ summary }) => id === undefined || summary.pipelineExecutionId === id);
        if (id !== undefined && executions.length === 0) {
          throw new AwsError('PipelineExecutionNotFoundException', `The pipeline ${pipelineName} has no execution ${id}.`);
        }
        const newestFirst = executions.flatMap(({ actions }) => actions).reverse();
        const { items, next } = pageOf(newestFirst, paging(`ListActionExecutions ${pipelineName} ${id}`, nextToken, maxResults));
        return { actionExecutionDetails: items, nextToken: next };
      },
    ),
  ],
};

function pipeline({ region, account }: Call, name = ''): PipelineState {
  const found = region.codepipeline.pipeline(name);
  if (found) return found;
  throw new AwsError('PipelineNotFoundException', `Account '${account.id}' does not have a pipeline with name '${name}'`);
}

function paging(of: string, token: string | undefined, max: number | undefined): PageRequest {
  if (max !== undefined && (max < 1 || max > PAGE))
    throw new AwsError('ValidationException', `1 validation error detected: Value '${max}' at 'maxResults' must be from 1 to ${PAGE}`);
  return { of, token, size: PAGE, max, badToken: () => new AwsError('InvalidNextTokenException', 'The next token is not valid.') };
}
