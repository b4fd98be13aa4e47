import type {
  ActionDeclaration,
  ActionExecutionDetail,
  ActionExecutionStatus,
  PipelineDeclaration,
  PipelineExecutionStatus,
  PipelineExecutionSummary,
  TriggerType,
} from '@aws-sdk/client-codepipeline';
import { createCodeCommitState } from './codecommit.ts';
import { byName, impossible, keepNewest, type Scope } from './scope.ts';

export interface StartPipelineOptions {
  /** Default `Succeeded`, or `Failed` with a failed action. */
  readonly status?: PipelineExecutionStatus;
  /** The action that failed: those after it did not run. */
  readonly failedAction?: { readonly name: string; readonly code?: string; readonly message?: string };
  /** With status `InProgress`: the action it is at; those after it have not run. Default: the first. */
  readonly at?: string;
  /** What a provider calls its part of an action, by the action's name: the id of a build, ... */
  readonly externalIds?: Readonly<Record<string, string>>;
  /** Default: of a CodeCommit source the head of its branch. By the action's name. */
  readonly revisions?: Readonly<Record<string, string>>;
  /** Default `CloudWatchEvent`. */
  readonly trigger?: TriggerType;
  /** Default 180. */
  readonly durationSeconds?: number;
}

export interface PipelineState {
  readonly arn: string;
  readonly pipeline: PipelineDeclaration;
  readonly created: Date;
  readonly updated: Date;
}

export interface PipelineExecutionState {
  readonly summary: PipelineExecutionSummary;
  /** In the order in which they ran. */
  readonly actions: readonly ActionExecutionDetail[];
}

const MOST_EXECUTIONS = 200;

export type CodePipelineState = ReturnType<typeof createCodePipelineState>;

/** Pipelines and what their executions are told to have done: builds and deployments are made in their own services. */
export function createCodePipelineState({ account, region, clock, mint, of }: Scope) {
  const codecommit = of(createCodeCommitState);
  const pipelines = new Map<string, PipelineState>();
  const executions = new Map<string, PipelineExecutionState[]>();
  const known = (name: string) => pipelines.get(name) ?? impossible(`Account '${account}' does not have a pipeline with name '${name}'`);
  return {
    createPipeline(pipeline: PipelineDeclaration): PipelineState {
      const { name = '' } = pipeline;
      if (name === '') impossible('A pipeline needs a name.');
      if (pipelines.has(name)) impossible(`A pipeline with the name '${name}' already exists in account '${account}'`);
      const created = clock.tick(1);
      const state: PipelineState = {
        arn: `arn:aws:codepipeline:${region}:${account}:${name}`,
        pipeline: structuredClone({ executionMode: 'SUPERSEDED', pipelineType: 'V2', ...pipeline, version: 1 }),
        created,
        updated: created,
      };
      pipelines.set(name, state);
      return state;
    },
    /** Replaces the given members; the version grows. */
    updatePipeline(name: string, patch: Partial<Omit<PipelineDeclaration, 'name'>>): void {
      const { pipeline, ...state } = known(name);
      const version = (pipeline.version ?? 0) + 1;
      pipelines.set(name, { ...state, pipeline: { ...pipeline, ...structuredClone(patch), version }, updated: clock.tick(1) });
    },
    deletePipeline(name: string): void {
      known(name);
      pipelines.delete(name);
      executions.delete(name);
      clock.tick(1);
    },
    startExecution(name: string, options: StartPipelineOptions = {}): PipelineExecutionState {
      const { pipeline } = known(name);
      const { failedAction, at, externalIds = {}, revisions = {}, trigger = 'CloudWatchEvent', durationSeconds = 180 } = options;
      const all = (pipeline.stages ?? []).flatMap(({ name: stage = '', actions = [] }) => actions.map((action) => ({ stage, action })));
      const named = [failedAction?.name, at, ...Object.keys(externalIds), ...Object.keys(revisions)].filter((given) => given !== undefined);
      const stranger = named.find((given) => !all.some(({ action }) => action.name === given));
      if (stranger !== undefined) impossible(`The pipeline ${name} has no action '${stranger}'.`);

      const status = options.status ?? (failedAction ? 'Failed' : 'Succeeded');
      const last = failedAction?.name ?? (status === 'InProgress' ? (at ?? all[0]?.action.name) : undefined);
      const end = last === undefined ? all.length : all.findIndex(({ action }) => action.name === last) + 1;
      const pipelineExecutionId = mint.uuid();
      const startTime = clock.tick(1);
      const actions = all.slice(0, end).map(({ stage, action }, index, ran): ActionExecutionDetail => {
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
          status: statusOf(isLast, status, failedAction !== undefined),
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
              externalExecutionId: externalIds[action.name ?? ''] ?? (isSource(action) ? revisionOf(action, revisions) : mint.uuid()),
              ...(isLast && failedAction && { errorDetails: { code: failedAction.code ?? 'JobFailed', message: failedAction.message } }),
            },
          },
        };
      });
      const summary: PipelineExecutionSummary = {
        pipelineExecutionId,
        status,
        startTime,
        lastUpdateTime: clock.now(),
        sourceRevisions: all
          .filter(({ action }, index) => isSource(action) && index < end)
          .map(({ action }) => ({ actionName: action.name, revisionId: revisionOf(action, revisions) })),
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
    pipelines: (): readonly PipelineState[] => byName(pipelines),
    /** Oldest first. */
    executions: (name: string): readonly PipelineExecutionState[] => executions.get(name) ?? [],
  };

  function revisionOf({ name = '', configuration = {} }: ActionDeclaration, given: Readonly<Record<string, string>>): string | undefined {
    const { RepositoryName: repository = '', BranchName: branch = '' } = configuration;
    return given[name] ?? (codecommit.repository(repository) && codecommit.head(repository, branch));
  }
}

const isSource = ({ actionTypeId }: ActionDeclaration) => actionTypeId?.category === 'Source';

function statusOf(isLast: boolean, pipeline: PipelineExecutionStatus, failed: boolean): ActionExecutionStatus {
  if (isLast && failed) return 'Failed';
  return isLast && pipeline === 'InProgress' ? 'InProgress' : 'Succeeded';
}
