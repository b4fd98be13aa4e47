import type { Bound } from '../../../aws/reader.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import {
  type ActionExecution,
  codepipeline,
  codepipelineConsole,
  type Pipeline,
  type PipelineAction,
  type PipelineExecution,
} from '../../../aws/services/codepipeline.ts';
import { type Answer, answerOf } from '../../engine/answer.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import { closest } from '../../engine/similar-names.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { type Delivery, deliveriesOf } from '../../kit/codepipeline/pipeline.ts';
import { NAME, sourceArnOf } from '../names.ts';
import { type PushRule, pushRuleReads, pushRules } from '../push-rule.ts';

export interface Found {
  readonly pipeline: Pipeline | undefined;
  /** The pipeline of another name that takes this lab's repository. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

export interface Source {
  readonly pipeline: Pipeline | undefined;
  /** The repository's default branch. */
  readonly branch: Answer<string | undefined>;
}

export interface Trigger extends Source {
  /** None when the pipeline looks for changes itself. */
  readonly rules: readonly PushRule[];
}

export interface Newest {
  /** `undefined` when there is no pipeline. */
  readonly executions: readonly PipelineExecution[] | undefined;
  /** Of an execution that failed. */
  readonly actions: readonly ActionExecution[];
}

export interface Head extends Newest {
  /** The newest commit of the default branch. */
  readonly head: string | undefined;
}

const MOST_CANDIDATES = 5;

export const reads = {
  pipeline: codepipeline.pipeline,
  pipelineNames: codepipeline.pipelineNames,
  executions: codepipeline.executions,
  actions: codepipeline.actionExecutions,
  repository: codecommit.pushedRepository,
  branch: codecommit.branch,
  ...pushRuleReads,
} as const;

/** The source action that takes this lab's repository, or the first one; a pipeline has one or more. */
export function sourceOf({ stages }: Pipeline): PipelineAction | undefined {
  const sources = stages.flatMap(({ actions }) => actions).filter(({ category }) => category === 'Source');
  return sources.find(({ provider, configuration }) => provider === 'CodeCommit' && configuration['RepositoryName'] === NAME) ?? sources[0];
}
const repositoryOf = (pipeline: Pipeline) => sourceOf(pipeline)?.configuration['RepositoryName'];
/** CodePipeline looks for changes itself unless it is told not to. */
export const polls = (pipeline: Pipeline) => sourceOf(pipeline)?.configuration['PollForSourceChanges'] !== 'false';

/** The way through the pipeline that builds with this lab's project. */
export function deliveryOf({ stages }: Pipeline): Delivery<PipelineAction> | undefined {
  const deliveries = deliveriesOf(stages).filter(
    ({ build }) => build.provider === 'CodeBuild' && build.configuration['ProjectName'] === NAME,
  );
  return deliveries.find(({ deploy }) => deploy !== undefined) ?? deliveries[0];
}

export function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const pipeline = aws.pipeline(NAME);
  const branch = aws.repository(NAME).then((repository) => repository?.defaultBranch);
  const head = branch.then(async (name) => (name === undefined ? undefined : (await aws.branch(NAME, name))?.commitId));
  const found = pipeline.then(async (known): Promise<Found> => {
    if (known !== undefined) return { pipeline: known, namedOtherwise: undefined };
    const names = closest(NAME, await aws.pipelineNames(), MOST_CANDIDATES);
    const others = await Promise.all(names.map((name) => aws.pipeline(name)));
    return { pipeline: undefined, namedOtherwise: others.find((other) => other && repositoryOf(other) === NAME)?.name };
  });
  const source = Promise.all([pipeline, answerOf(branch)]).then(([known, name]): Source => ({ pipeline: known, branch: name }));
  // Asked for without waiting, because they nearly always decide; not used when the pipeline looks for changes itself.
  const rules = pushRules(aws, sourceArnOf(context));
  rules.catch(() => {});
  const trigger = source.then(async (fact): Promise<Trigger> => {
    const needed = fact.pipeline !== undefined && !polls(fact.pipeline);
    return { ...fact, rules: needed ? await rules : [] };
  });
  const executions = aws.executions(NAME, { limit: 1 });
  const newest = executions.then(async (list): Promise<Newest> => {
    const [last] = list ?? [];
    const actions = last?.status === 'Failed' ? ((await aws.actions(NAME, last.id)) ?? []) : [];
    return { executions: list, actions };
  });
  const ofHead = Promise.all([newest, head]).then(([fact, commit]): Head => ({ ...fact, head: commit }));
  return { found, source, trigger, newest, head: ofHead };
}

/** What checks of the pipeline have in common. */
export const ofPipeline = {
  resource: ({ pipeline }: { readonly pipeline: Pipeline | undefined }) => pipeline?.arn,
  console: (_fact: unknown, place: TaskContext) => codepipelineConsole.pipeline(place, NAME),
} as const;

/** What checks of its executions have in common. */
export const ofExecution = { resource: ({ executions }: Newest) => executions?.[0]?.id, console: ofPipeline.console } as const;

export const on = expectationsOn<typeof observe>();
