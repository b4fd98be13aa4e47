import type * as sdk from '@aws-sdk/client-codepipeline';
import { createCodeCommitState } from './codecommit.ts';
import { impossible, keepNewest, Named, type Scope } from './scope.ts';

export interface StartPipelineOptions {
  /** Default `Succeeded`, or `Failed` with a failed action. */
  readonly status?: sdk.PipelineExecutionStatus;
  /** The action that failed: those after it did not run. */
  readonly failedAction?: { readonly name: string; readonly code?: string; readonly message?: string };
  /** With status `InProgress`: the action it is at; those after it have not run. Default: the first. */
  readonly at?: string;
  /** What a provider calls its part of an action, by the action's name: the id of a build, ... */
  readonly externalIds?: Readonly<Record<string, string>>;
  /** Default `CloudWatchEvent`. */
  readonly trigger?: sdk.TriggerType;
  /** Default 180. */
  readonly durationSeconds?: number;
}

/** A pipeline as `GetPipeline` answers it. */
export interface PipelineState {
  readonly pipeline: sdk.PipelineDeclaration;
  readonly metadata: sdk.PipelineMetadata;
}

export interface PipelineExecutionState {
  readonly summary: sdk.PipelineExecutionSummary;
  /** In the order in which they ran. */
  readonly actions: readonly sdk.ActionExecutionDetail[];
}

const MOST_EXECUTIONS = 200;

export type CodePipelineState = ReturnType<typeof createCodePipelineState>;

/** Pipelines and what their executions are told to have done: builds and deployments are made in their own services. */
export function createCodePipelineState({ account, region, clock, mint, of }: Scope) {
  const codecommit = of(createCodeCommitState);
  const pipelines = new Named<PipelineState>(clock, (name) => `Account '${account}' does not have a pipeline with name '${name}'`);
  const executions = new Map<string, PipelineExecutionState[]>();
  return {
    createPipeline(pipeline: sdk.PipelineDeclaration): PipelineState {
      const { name = '' } = pipeline;
      if (name === '') impossible('A pipeline needs a name.');
      if (pipelines.has(name)) impossible(`A pipeline with the name '${name}' already exists in account '${account}'`);
      const created = clock.tick(1);
      const state: PipelineState = {
        pipeline: structuredClone({ executionMode: 'SUPERSEDED', pipelineType: 'V2', ...pipeline, version: 1 }),
        metadata: { pipelineArn: `arn:aws:codepipeline:${region}:${account}:${name}`, created, updated: created },
      };
      pipelines.set(name, state);
      return state;
    },
    /** Replaces the given members; the version grows. */
    updatePipeline(name: string, patch: Partial<Omit<sdk.PipelineDeclaration, 'name'>>): void {
      const { pipeline, metadata } = pipelines.known(name);
      const version = (pipeline.version ?? 0) + 1;
      pipelines.change(name, { pipeline: { ...pipeline, ...patch, version }, metadata: { ...metadata, updated: clock.tick(1) } });
    },
    deletePipeline(name: string): void {
      pipelines.remove(name);
      executions.delete(name);
    },
    startExecution(name: string, options: StartPipelineOptions = {}): PipelineExecutionState {
      const { pipeline } = pipelines.known(name);
      const { failedAction, at, externalIds = {}, trigger = 'CloudWatchEvent', durationSeconds = 180 } = options;
      const all = (pipeline.stages ?? []).flatMap(({ name: stage = '', actions = [] }) => actions.map((action) => ({ stage, action })));
      const named = [failedAction?.name, at, ...Object.keys(externalIds)].filter((given) => given !== undefined);
      const stranger = named.find((given) => !all.some(({ action }) => action.name === given));
      if (stranger !== undefined) impossible(`The pipeline ${name} has no action '${stranger}'.`);

      const status = options.status ?? (failedAction ? 'Failed' : 'Succeeded');
      const last = failedAction?.name ?? (status === 'InProgress' ? (at ?? all[0]?.action.name) : undefined);
      const end = last === undefined ? all.length : all.findIndex(({ action }) => action.name === last) + 1;
      const pipelineExecutionId = mint.uuid();
      const startTime = clock.tick(1);
      const lastStatus = failedAction ? 'Failed' : status === 'InProgress' ? status : 'Succeeded';
      const actions = all.slice(0, end).map(({ stage, action }, index, ran): sdk.ActionExecutionDetail => {
        const isLast = index === ran.length - 1;
        const began = clock.tick(durationSeconds / (2 * ran.length));
        return {
          pipelineExecutionId,
          actionExecutionId: mint.uuid(),
          pipelineVersion: pipeline.version,
          stageName: stage,
          actionName: action.name,
          startTime: began,
          lastUpdateTime: clock.tick(durationSeconds / (2 * ran.length)),
          status: isLast ? lastStatus : 'Succeeded',
          input: {
            actionTypeId: action.actionTypeId,
            configuration: action.configuration,
            resolvedConfiguration: action.configuration,
            region: action.region ?? region,
            inputArtifacts: action.inputArtifacts?.map((artifact) => ({ name: artifact.name })),
          },
          output: {
            outputArtifacts: action.outputArtifacts?.map((artifact) => ({ name: artifact.name })),
            executionResult: {
              externalExecutionId: externalIds[action.name ?? ''] ?? (isSource(action) ? headOf(action) : mint.uuid()),
              ...(isLast && failedAction && { errorDetails: { code: failedAction.code ?? 'JobFailed', message: failedAction.message } }),
            },
          },
        };
      });
      const summary: sdk.PipelineExecutionSummary = {
        pipelineExecutionId,
        status,
        startTime,
        lastUpdateTime: clock.now(),
        sourceRevisions: all
          .filter(({ action }, index) => isSource(action) && index < end)
          .map(({ action }) => ({ actionName: action.name, revisionId: headOf(action) })),
        trigger: { triggerType: trigger, triggerDetail: `arn:aws:iam::${account}:user/practice` },
        executionMode: pipeline.executionMode,
        executionType: 'STANDARD',
      };
      const execution = structuredClone({ summary, actions });
      const list = executions.get(name) ?? [];
      list.push(execution);
      keepNewest(list, MOST_EXECUTIONS);
      executions.set(name, list);
      return execution;
    },
    pipeline: (name: string): PipelineState | undefined => pipelines.get(name),
    /** By name. */
    pipelines: (): readonly PipelineState[] => pipelines.sorted(),
    /** Oldest first. */
    executions: (name: string): readonly PipelineExecutionState[] => executions.get(name) ?? [],
  };

  /** What a CodeCommit source takes: the head of its branch. */
  function headOf({ configuration = {} }: sdk.ActionDeclaration): string | undefined {
    const { RepositoryName: repository = '', BranchName: branch = '' } = configuration;
    return codecommit.head(repository, branch);
  }
}

const isSource = ({ actionTypeId }: sdk.ActionDeclaration) => actionTypeId?.category === 'Source';
