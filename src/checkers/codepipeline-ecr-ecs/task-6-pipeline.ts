import {
  type ActionExecution,
  type Answer,
  answerOf,
  asSentence,
  type Bound,
  blocked,
  closest,
  type Delivery,
  defineTask,
  deliveriesOf,
  failed,
  incomplete,
  notStarted,
  type Pipeline,
  type PipelineAction,
  type PipelineExecution,
  passed,
  readers,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { NAME, OTHER_REGIONS, pipelineArnOf, sourceArnOf } from './names.ts';
import { type PushRule, pushRuleReads, pushRules, startedByPush } from './push-rule.ts';

interface Found {
  readonly pipeline: Pipeline | undefined;
  /** The pipeline of another name that takes this lab's repository. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

interface Source {
  readonly pipeline: Pipeline | undefined;
  /** The repository's default branch. */
  readonly branch: Answer<string | undefined>;
}

interface Trigger extends Source {
  /** None when the pipeline looks for changes itself. */
  readonly rules: readonly PushRule[];
}

interface Newest {
  /** `undefined` when there is no pipeline. */
  readonly executions: readonly PipelineExecution[] | undefined;
  /** Of an execution that failed. */
  readonly actions: readonly ActionExecution[];
}

interface Head extends Newest {
  /** The newest commit of the default branch. */
  readonly head: string | undefined;
}

const MOST_CANDIDATES = 5;

const reads = {
  pipeline: readers.codepipeline.pipeline,
  pipelineNames: readers.codepipeline.pipelineNames,
  executions: readers.codepipeline.executions,
  actions: readers.codepipeline.actionExecutions,
  repository: readers.codecommit.pushedRepository,
  branch: readers.codecommit.branch,
  ...pushRuleReads,
} as const;

/** The source action that takes this lab's repository, or the first one; a pipeline has one or more. */
function sourceOf({ stages }: Pipeline): PipelineAction | undefined {
  const sources = stages.flatMap(({ actions }) => actions).filter(({ category }) => category === 'Source');
  return sources.find(({ provider, configuration }) => provider === 'CodeCommit' && configuration['RepositoryName'] === NAME) ?? sources[0];
}
const repositoryOf = (pipeline: Pipeline) => sourceOf(pipeline)?.configuration['RepositoryName'];
/** CodePipeline looks for changes itself unless it is told not to. */
const polls = (pipeline: Pipeline) => sourceOf(pipeline)?.configuration['PollForSourceChanges'] !== 'false';

/** The way through the pipeline that builds with this lab's project. */
export function deliveryOf({ stages }: Pipeline): Delivery<PipelineAction> | undefined {
  const deliveries = deliveriesOf(stages).filter(
    ({ build }) => build.provider === 'CodeBuild' && build.configuration['ProjectName'] === NAME,
  );
  return deliveries.find(({ deploy }) => deploy !== undefined) ?? deliveries[0];
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
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
  return { found, source, trigger, build: found, newest, head: ofHead };
}

function judgeSource({ pipeline, branch }: Source): Verdict<Says> {
  if (pipeline === undefined) return blocked('pipeline-exists');
  const source = sourceOf(pipeline);
  if (source?.provider !== 'CodeCommit') return failed(['pipelineSourceNotCodeCommit', { provider: source?.provider ?? '-' }]);
  const { RepositoryName = '-', BranchName = '-' } = source.configuration;
  if (RepositoryName !== NAME) return failed(['pipelineSourceOther', { found: RepositoryName, expected: NAME }]);
  const expected = branch.get();
  if (expected === undefined) return blocked('task-1');
  return BranchName === expected ? passed() : failed(['pipelineBranchOther', { found: BranchName, expected }]);
}

function judgeTrigger({ pipeline, branch: answer, rules }: Trigger, context: TaskContext): Verdict<Says> {
  if (pipeline === undefined) return blocked('pipeline-exists');
  if (polls(pipeline)) return passed();
  const branch = answer.get() ?? '';
  const started = rules.some((rule) => startedByPush(rule, branch, pipeline.arn ?? pipelineArnOf(context)));
  return started ? passed() : failed(['pipelineNotTriggered', { pipeline: NAME, branch }]);
}

function judgeBuild({ pipeline }: Found): Verdict<Says> {
  if (pipeline === undefined) return blocked('pipeline-exists');
  if (deliveryOf(pipeline) !== undefined) return passed();
  const other = deliveriesOf(pipeline.stages).find(({ build }) => build.provider === 'CodeBuild');
  if (other === undefined) return failed(['pipelineBuildMissing', { pipeline: NAME }]);
  return failed(['pipelineBuildOther', { found: other.build.configuration['ProjectName'] ?? '-', expected: NAME }]);
}

function judgeExecution({ executions, actions }: Newest): Verdict<Says> {
  const [newest] = executions ?? [];
  if (newest === undefined) return failed(['executionNone', { pipeline: NAME }]);
  switch (newest.status) {
    case 'Succeeded':
      return passed({ observed: { id: newest.id, status: newest.status } });
    case 'InProgress':
    case 'Stopping':
      return waiting(['executionInProgress', { pipeline: NAME }], 30);
    case 'Failed': {
      const action = actions.find(({ status }) => status === 'Failed');
      const reason = action?.error?.message ?? action?.summary ?? newest.statusSummary ?? '-';
      return failed(['executionFailed', { stage: action?.stage ?? '-', reason: asSentence(reason) }]);
    }
    default:
      return failed(['executionEnded', { status: newest.status }]);
  }
}

function judgeHead({ executions, head }: Head): Verdict<Says> {
  const [newest] = executions ?? [];
  if (newest === undefined || head === undefined) return blocked('task-1');
  if (newest.sources.some(({ revision }) => revision === head)) return passed({ observed: head });
  const found =
    newest.sources.find(({ revision }) => revision !== undefined)?.revision ??
    incomplete('codepipeline:ListPipelineExecutions', 'what the execution took from its source');
  return failed(['executionOtherCommit', { found: found.slice(0, 8), head: head.slice(0, 8) }]);
}

const link = (_fact: unknown, { console }: TaskContext) => console.pipeline(NAME);
const arn = ({ pipeline }: { readonly pipeline: Pipeline | undefined }) => pipeline?.arn;

export default defineTask({
  id: 'task-6',
  messages,
  needs: ['task-1', 'task-2', 'task-5'],
  reads,
  observe,
  expectations: {
    found: [
      {
        id: 'pipeline-exists',
        step: 3,
        expected: NAME,
        judge({ pipeline, namedOtherwise }, { region }) {
          if (pipeline !== undefined) return passed();
          if (namedOtherwise !== undefined) return failed(['pipelineNamedOtherwise', { found: namedOtherwise, expected: NAME }]);
          return notStarted(['pipelineMissing', { pipeline: NAME, region }]);
        },
        observed: ({ pipeline, namedOtherwise }) => pipeline?.name ?? namedOtherwise,
        resource: arn,
        console: (_fact, { console }) => console.pipelines(),
      },
    ],
    source: [
      {
        id: 'pipeline-source',
        step: 5,
        after: 'pipeline-exists',
        expected: ({ branch }) => ({ RepositoryName: NAME, BranchName: branch.seen ?? null }),
        judge: judgeSource,
        observed: ({ pipeline }) => pipeline && (sourceOf(pipeline)?.configuration ?? null),
        resource: arn,
        console: link,
      },
    ],
    trigger: [
      {
        id: 'pipeline-trigger',
        step: 5,
        after: 'pipeline-source',
        judge: judgeTrigger,
        observed: ({ pipeline, rules }) => pipeline && { polls: polls(pipeline), rules: rules.map(({ rule }) => rule.name) },
        resource: arn,
        console: link,
      },
    ],
    build: [
      {
        id: 'pipeline-build',
        step: 6,
        after: 'pipeline-exists',
        expected: NAME,
        judge: judgeBuild,
        observed: ({ pipeline }) =>
          pipeline?.stages.map(({ name, actions }) => ({ stage: name, providers: actions.map(({ provider }) => provider) })),
        resource: arn,
        console: link,
      },
    ],
    newest: [
      {
        id: 'execution-succeeded',
        step: 14,
        after: 'pipeline-exists',
        expected: 'Succeeded',
        judge: judgeExecution,
        observed: ({ executions }) => executions?.[0]?.status,
        resource: ({ executions }) => executions?.[0]?.id,
        console: link,
      },
    ],
    head: [
      {
        id: 'execution-head',
        step: 14,
        after: 'execution-succeeded',
        expected: ({ head }) => head,
        judge: judgeHead,
        observed: ({ executions }) => executions?.[0]?.sources.map(({ revision = null }) => revision),
        resource: ({ executions }) => executions?.[0]?.id,
        console: link,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['pipeline'],
    find: { 'pipeline-exists': async (aws) => (await aws.pipeline(NAME))?.name },
  },
  publishes: {
    found: ({ pipeline }) => {
      const [store] = pipeline?.artifactStores ?? [];
      return store === undefined ? {} : { ArtifactBucket: store.bucket };
    },
  },
});
