import * as sdk from '@aws-sdk/client-codepipeline';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Call, type RegionalService } from '../service.ts';
import { type CodePipelineState, createCodePipelineState, type PipelineState } from '../state/codepipeline.ts';

export const codepipeline: RegionalService<CodePipelineState> = {
  client: sdk.CodePipelineClient,
  state: createCodePipelineState,
  paging: {
    token: 'nextToken',
    size: 100,
    badToken: () => refuse('InvalidNextTokenException', 'The next token is not valid.'),
    limit: {
      member: 'maxResults',
      most: 100,
      bad: (max) => refuse('ValidationException', `1 validation error detected: Value '${max}' at 'maxResults' must be from 1 to 100`),
    },
  },
  operations: [
    answers(sdk.GetPipelineCommand, ({ name, version }, call) => {
      const found = pipeline(call, name);
      if (version !== undefined && version !== found.pipeline.version)
        refuse('PipelineVersionNotFoundException', `The pipeline ${name} has no version ${version} that is kept.`);
      return found;
    }),

    answers(sdk.ListPipelinesCommand, (_input, { state, page }) =>
      page(state.pipelines(), (all) => ({ pipelines: all.map(({ pipeline, metadata }) => ({ ...pipeline, ...metadata })) })),
    ),

    answers(sdk.ListPipelineExecutionsCommand, ({ pipelineName = '', filter }, call) => {
      if (filter !== undefined) refuse('ValidationException', 'The practice endpoint does not filter executions.');
      pipeline(call, pipelineName);
      const executions = call.state.executions(pipelineName).map(({ summary }) => summary);
      return call.page(executions.reverse(), (summaries) => ({ pipelineExecutionSummaries: summaries }));
    }),

    answers(sdk.ListActionExecutionsCommand, ({ pipelineName = '', filter }, call) => {
      if (filter?.latestInPipelineExecution !== undefined)
        refuse('ValidationException', 'The practice endpoint filters actions by the id of their execution only.');
      pipeline(call, pipelineName);
      const id = filter?.pipelineExecutionId;
      const executions = call.state
        .executions(pipelineName)
        .filter(({ summary }) => (id ?? summary.pipelineExecutionId) === summary.pipelineExecutionId);
      if (id !== undefined && executions.length === 0)
        refuse('PipelineExecutionNotFoundException', `The pipeline ${pipelineName} has no execution ${id}.`);
      const newestFirst = executions.flatMap(({ actions }) => actions).reverse();
      return call.page(newestFirst, (actions) => ({ actionExecutionDetails: actions }));
    }),
  ],
};

function pipeline({ state, account }: Call<CodePipelineState>, name = ''): PipelineState {
  const missing = `Account '${account.id}' does not have a pipeline with name '${name}'`;
  return state.pipeline(name) ?? refuse('PipelineNotFoundException', missing);
}
