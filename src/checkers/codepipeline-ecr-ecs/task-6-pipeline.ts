import type { Bound } from '../../aws/reader.ts';
import { codecommit } from '../../aws/services/codecommit.ts';
import { codepipeline, codepipelineConsole, type Pipeline } from '../../aws/services/codepipeline.ts';
import { answerOf } from '../engine/answer.ts';
import { asSentence } from '../engine/as-sentence.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { incomplete } from '../engine/incomplete.ts';
import { closest } from '../engine/similar-names.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { blocked, failed, notStarted, passed, waiting } from '../engine/verdict.ts';
import { deliveriesOf, deliveryOf } from '../kit/codepipeline/pipeline.ts';
import { MISSPELT, NAME, OTHER_REGIONS, pipelineArnOf, sourceArnOf } from './names.ts';
import { pushRuleReads, pushRules, startedByPush } from './push-rule.ts';
import {
  buildStage,
  createPipeline,
  execute,
  newPipeline,
  place,
  putRule,
  s3DeployStage,
  s3SourceStage,
  setStages,
  source,
  sourceStage,
} from './student.ts';

const MOST_CANDIDATES = 5;

const reads = {
  pipeline: codepipeline.pipeline,
  pipelineNames: codepipeline.pipelineNames,
  executions: codepipeline.executions,
  actions: codepipeline.actionExecutions,
  repository: codecommit.pushedRepository,
  branch: codecommit.branch,
  ...pushRuleReads,
} as const;

/** The source action that takes this lab's repository, or the first one; a pipeline has one or more. */
function sourceOf({ stages }: Pipeline) {
  const sources = stages.flatMap(({ actions }) => actions).filter(({ category }) => category === 'Source');
  return sources.find(({ provider, configuration }) => provider === 'CodeCommit' && configuration['RepositoryName'] === NAME) ?? sources[0];
}
/** CodePipeline looks for changes itself unless it is told not to. */
const polls = (pipeline: Pipeline) => sourceOf(pipeline)?.configuration['PollForSourceChanges'] !== 'false';

/** The name of another pipeline, of nearly the right name, that takes this lab's repository. */
async function namedOtherwise(aws: Bound<Pick<typeof reads, 'pipeline' | 'pipelineNames'>>): Promise<string | undefined> {
  const others = await Promise.all(closest(NAME, await aws.pipelineNames(), MOST_CANDIDATES).map((name) => aws.pipeline(name)));
  return others.find((other) => other && sourceOf(other)?.configuration['RepositoryName'] === NAME)?.name;
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const pipeline = aws.pipeline(NAME);
  const branch = aws.repository(NAME).then((repository) => repository?.defaultBranch);
  const head = branch.then(async (name) => (name === undefined ? undefined : (await aws.branch(NAME, name))?.commitId));
  const source = Promise.all([pipeline, answerOf(branch)]).then(([known, name]) => ({ pipeline: known, branch: name }));
  // Asked for without waiting, because they nearly always decide; not used when the pipeline looks for changes itself.
  const rules = pushRules(aws, sourceArnOf(context));
  rules.catch(() => {});
  const newest = aws.executions(NAME, { limit: 1 }).then(async ([execution] = []) => ({
    execution,
    actions: execution?.status === 'Failed' ? ((await aws.actions(NAME, execution.id)) ?? []) : [],
  }));
  return {
    found: pipeline.then(async (known) => ({ pipeline: known, namedOtherwise: known ? undefined : await namedOtherwise(aws) })),
    source,
    trigger: source.then(async (fact) => ({ ...fact, rules: fact.pipeline && !polls(fact.pipeline) ? await rules : [] })),
    newest,
    head: Promise.all([newest, head]).then(([{ execution }, commit]) => ({ execution, head: commit })),
  };
}

/** What checks of the pipeline have in common. */
const ofPipeline = {
  resource: ({ pipeline }: { readonly pipeline: Pipeline | undefined }) => pipeline?.arn,
  console: (_fact: unknown, place: TaskContext) => codepipelineConsole.pipeline(place, NAME),
} as const;

/** What checks of its executions have in common. */
const ofExecution = {
  resource: ({ execution }: { readonly execution: { readonly id: string } | undefined }) => execution?.id,
  console: ofPipeline.console,
} as const;

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'task-6',
  title: { ko: '파이프라인 생성', ja: 'パイプラインの作成', en: 'Create the pipeline' },
  needs: ['task-1', 'task-2', 'task-5'],
  reads,
  observe,
  solve: {
    id: 'create-pipeline',
    title: { ko: '파이프라인을 생성한다', ja: 'パイプラインを作成する', en: 'Create the pipeline' },
    play: createPipeline,
  },
  expectations: [
    on.found({
      ...ofPipeline,
      id: 'pipeline-exists',
      title: { ko: '파이프라인이 있다', ja: 'パイプラインがある', en: 'The pipeline exists' },
      step: 3,
      expected: NAME,
      judge({ pipeline, namedOtherwise }, { region }) {
        if (pipeline !== undefined) return passed();
        if (namedOtherwise !== undefined) return failed(['pipelineNamedOtherwise', { found: namedOtherwise, expected: NAME }]);
        return notStarted(['pipelineMissing', { pipeline: NAME, region }]);
      },
      observed: ({ pipeline, namedOtherwise }) => pipeline?.name ?? namedOtherwise,
      console: (_fact, place) => codepipelineConsole.pipelines(place),
      says: {
        pipelineMissing: {
          ko: '{region} 리전에 "{pipeline}" 파이프라인이 없습니다. CodePipeline에서 파이프라인을 생성합니다.',
          ja: '{region} リージョンにパイプライン "{pipeline}" がありません。CodePipeline でパイプラインを作成してください。',
          en: 'There is no pipeline "{pipeline}" in {region}. Create it in CodePipeline.',
        },
        pipelineNamedOtherwise: {
          ko: '파이프라인의 이름이 "{found}"입니다. 이름은 바꿀 수 없으므로 삭제하고 "{expected}" 이름으로 다시 만듭니다.',
          ja: 'パイプラインの名前が "{found}" です。名前は変えられないので、削除して "{expected}" という名前で作り直してください。',
          en: 'The pipeline is called "{found}". A name cannot be changed: delete it and create it again as "{expected}".',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['pipeline'], find: async (aws) => (await aws.pipeline(NAME))?.name },
      breaks: {
        'pipeline-misspelled': {
          title: {
            ko: '파이프라인 이름을 exapmle로 잘못 적는다',
            ja: 'パイプライン名を exapmle と打ち間違える',
            en: 'Misspell the pipeline as exapmle',
          },
          says: 'pipelineNamedOtherwise',
          play(account) {
            place(account).codepipeline.deletePipeline(NAME);
            newPipeline(account, MISSPELT);
          },
        },
      },
    }),
    on.source({
      ...ofPipeline,
      id: 'pipeline-source',
      title: {
        ko: '이 실습의 리포지토리와 브랜치에서 시작한다',
        ja: 'この演習のリポジトリとブランチから始まる',
        en: "It starts from this lab's repository and branch",
      },
      step: 5,
      after: 'pipeline-exists',
      expected: ({ branch }) => ({ RepositoryName: NAME, BranchName: branch.seen ?? null }),
      judge({ pipeline, branch }) {
        if (pipeline === undefined) return blocked('pipeline-exists');
        const source = sourceOf(pipeline);
        if (source?.provider !== 'CodeCommit') return failed(['pipelineSourceNotCodeCommit', { provider: source?.provider ?? '-' }]);
        const { RepositoryName = '-', BranchName = '-' } = source.configuration;
        if (RepositoryName !== NAME) return failed(['pipelineSourceOther', { found: RepositoryName, expected: NAME }]);
        const expected = branch.get();
        if (expected === undefined) return blocked('task-1');
        return BranchName === expected ? passed() : failed(['pipelineBranchOther', { found: BranchName, expected }]);
      },
      observed: ({ pipeline }) => pipeline && (sourceOf(pipeline)?.configuration ?? null),
      says: {
        pipelineSourceNotCodeCommit: {
          ko: '파이프라인의 소스가 {provider} 공급자입니다. Source 작업을 AWS CodeCommit으로 바꿉니다.',
          ja: 'パイプラインのソースが {provider} です。Source のアクションを AWS CodeCommit に変えてください。',
          en: 'The source of the pipeline is {provider}. Change the source action to AWS CodeCommit.',
        },
        pipelineSourceOther: {
          ko: '파이프라인이 "{found}" 리포지토리에서 시작합니다. "{expected}" 리포지토리로 바꿉니다.',
          ja: 'パイプラインはリポジトリ "{found}" から始まります。"{expected}" に変えてください。',
          en: 'The pipeline starts from the repository "{found}". Change it to "{expected}".',
        },
        pipelineBranchOther: {
          ko: '파이프라인이 "{found}" 브랜치를 사용합니다. 소스가 있는 "{expected}" 브랜치로 바꿉니다.',
          ja: 'パイプラインはブランチ "{found}" を使います。ソースのある "{expected}" に変えてください。',
          en: 'The pipeline uses the branch "{found}". Change it to "{expected}", which holds the source.',
        },
      },
      breaks: {
        'pipeline-source-s3': {
          title: { ko: '소스로 S3를 고른다', ja: 'ソースに S3 を選ぶ', en: 'Choose S3 as the source' },
          says: 'pipelineSourceNotCodeCommit',
          play: setStages(s3SourceStage, buildStage()),
        },
        'pipeline-source-other': {
          title: { ko: '다른 리포지토리에서 시작한다', ja: '別のリポジトリから始める', en: 'Start from another repository' },
          says: 'pipelineSourceOther',
          play: setStages(sourceStage({ RepositoryName: 'my-first-repo' }), buildStage()),
        },
        'pipeline-branch-other': {
          title: { ko: '다른 브랜치에서 시작한다', ja: '別のブランチから始める', en: 'Start from another branch' },
          says: 'pipelineBranchOther',
          play: setStages(sourceStage({ BranchName: 'develop' }), buildStage()),
        },
      },
    }),
    on.trigger({
      ...ofPipeline,
      id: 'pipeline-trigger',
      title: { ko: '푸시하면 자동으로 시작된다', ja: 'プッシュすると自動的に始まる', en: 'A push starts it' },
      step: 5,
      after: 'pipeline-source',
      judge({ pipeline, branch: answer, rules }, context) {
        if (pipeline === undefined) return blocked('pipeline-exists');
        if (polls(pipeline)) return passed();
        const branch = answer.get() ?? '';
        const started = rules.some((rule) => startedByPush(rule, branch, pipeline.arn ?? pipelineArnOf(context)));
        return started ? passed() : failed(['pipelineNotTriggered', { pipeline: NAME, branch }]);
      },
      observed: ({ pipeline, rules }) => pipeline && { polls: polls(pipeline), rules: rules.map(({ rule }) => rule.name) },
      says: {
        pipelineNotTriggered: {
          ko: '"{branch}" 브랜치에 푸시해도 "{pipeline}" 파이프라인이 시작되지 않습니다. 켜져 있는 EventBridge 규칙이 없고 변경을 정기적으로 확인하지도 않습니다. Source 작업을 편집해 변경 감지를 EventBridge로 설정합니다.',
          ja: 'ブランチ "{branch}" にプッシュしても、パイプライン "{pipeline}" は始まりません。有効な EventBridge のルールがなく、定期的な確認もしていません。Source のアクションを編集し、検出オプションを EventBridge にしてください。',
          en: 'A push to "{branch}" does not start the pipeline "{pipeline}": no enabled EventBridge rule leads to it, and it does not look for changes itself. Edit the source action and choose EventBridge.',
        },
      },
      breaks: {
        'pipeline-not-triggered': {
          title: { ko: 'EventBridge 규칙을 끈다', ja: 'EventBridge のルールを無効にする', en: 'Disable the EventBridge rule' },
          says: 'pipelineNotTriggered',
          play: (account) => putRule(account, 'DISABLED'),
        },
      },
    }),
    on.found({
      ...ofPipeline,
      id: 'pipeline-build',
      title: {
        ko: '소스를 이 실습의 프로젝트로 빌드한다',
        ja: 'ソースをこの演習のプロジェクトでビルドする',
        en: "It builds the source with this lab's project",
      },
      step: 6,
      after: 'pipeline-exists',
      expected: NAME,
      judge({ pipeline }) {
        if (pipeline === undefined) return blocked('pipeline-exists');
        if (deliveryOf(pipeline, NAME) !== undefined) return passed();
        const other = deliveriesOf(pipeline.stages).find(({ build }) => build.provider === 'CodeBuild');
        if (other === undefined) return failed(['pipelineBuildMissing', { pipeline: NAME }]);
        return failed(['pipelineBuildOther', { found: other.build.configuration['ProjectName'] ?? '-', expected: NAME }]);
      },
      observed: ({ pipeline }) =>
        pipeline?.stages.map(({ name, actions }) => ({ stage: name, providers: actions.map(({ provider }) => provider) })),
      says: {
        pipelineBuildMissing: {
          ko: '"{pipeline}" 파이프라인에 소스를 받아 CodeBuild로 빌드하는 작업이 없습니다. Build 스테이지를 추가합니다.',
          ja: 'パイプライン "{pipeline}" に、ソースを受け取って CodeBuild でビルドするアクションがありません。Build ステージを追加してください。',
          en: 'The pipeline "{pipeline}" has no CodeBuild action that gets the source. Add a build stage.',
        },
        pipelineBuildOther: {
          ko: '파이프라인이 "{found}" 프로젝트로 빌드합니다. "{expected}" 프로젝트로 바꿉니다.',
          ja: 'パイプラインはプロジェクト "{found}" でビルドします。"{expected}" に変えてください。',
          en: 'The pipeline builds with the project "{found}". Change it to "{expected}".',
        },
      },
      breaks: {
        'pipeline-build-missing': {
          title: { ko: '빌드 없이 S3에 배포한다', ja: 'ビルドせずに S3 へデプロイする', en: 'Deploy to S3 without a build' },
          says: 'pipelineBuildMissing',
          play: setStages(sourceStage(), s3DeployStage),
        },
        'pipeline-build-other': {
          title: { ko: '다른 프로젝트로 빌드한다', ja: '別のプロジェクトでビルドする', en: 'Build with another project' },
          says: 'pipelineBuildOther',
          play: setStages(sourceStage(), buildStage('my-project')),
        },
      },
    }),
    on.newest({
      ...ofExecution,
      id: 'execution-succeeded',
      title: { ko: '가장 최근 실행이 성공했다', ja: '一番新しい実行が成功した', en: 'The newest execution has succeeded' },
      step: 14,
      after: 'pipeline-exists',
      expected: 'Succeeded',
      judge({ execution, actions }) {
        if (execution === undefined) return failed(['executionNone', { pipeline: NAME }]);
        switch (execution.status) {
          case 'Succeeded':
            return passed({ observed: { id: execution.id, status: execution.status } });
          case 'InProgress':
          case 'Stopping':
            return waiting(['executionInProgress', { pipeline: NAME }], 30);
          case 'Failed': {
            const action = actions.find(({ status }) => status === 'Failed');
            const reason = action?.error?.message ?? action?.summary ?? execution.statusSummary ?? '-';
            return failed(['executionFailed', { stage: action?.stage ?? '-', reason: asSentence(reason) }]);
          }
          default:
            return failed(['executionEnded', { status: execution.status }]);
        }
      },
      observed: ({ execution }) => execution?.status,
      says: {
        executionNone: {
          ko: '"{pipeline}" 파이프라인이 한 번도 실행되지 않았습니다. 변경 사항 릴리스를 클릭해 실행합니다.',
          ja: 'パイプライン "{pipeline}" は一度も実行されていません。「変更をリリースする」をクリックして実行してください。',
          en: 'The pipeline "{pipeline}" has never run. Choose to release a change.',
        },
        executionFailed: {
          ko: '가장 최근 실행이 {stage} 스테이지에서 실패했습니다: {reason} 원인을 고치고 다시 실행합니다.',
          ja: '一番新しい実行が {stage} ステージで失敗しました: {reason} 原因を直し、もう一度実行してください。',
          en: 'The newest execution failed in the stage {stage}: {reason} Put the cause right and run it again.',
        },
        executionEnded: {
          ko: '가장 최근 실행이 끝까지 진행되지 않았습니다({status}). 변경 사항 릴리스를 클릭해 다시 실행합니다.',
          ja: '一番新しい実行は最後まで進みませんでした({status})。「変更をリリースする」をクリックして、もう一度実行してください。',
          en: 'The newest execution did not run to its end ({status}). Choose to release a change.',
        },
        executionInProgress: {
          ko: '"{pipeline}" 파이프라인이 실행 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'パイプライン "{pipeline}" は実行中です。終わるまで待ってから、もう一度確認してください。',
          en: 'The pipeline "{pipeline}" is running. Wait until it has ended, then check again.',
        },
      },
      breaks: {
        'execution-none': {
          title: { ko: '파이프라인을 한 번도 실행하지 않는다', ja: 'パイプラインを一度も実行しない', en: 'Never run the pipeline' },
          says: 'executionNone',
          play(account) {
            place(account).codepipeline.deletePipeline(NAME);
            newPipeline(account);
          },
        },
        'execution-failed': {
          title: { ko: '빌드 스테이지가 실패한다', ja: 'ビルドのステージが失敗する', en: 'The build stage fails' },
          says: 'executionFailed',
          play: execute({ failedAction: { name: 'Build', message: 'Build terminated with state: FAILED' } }),
        },
        'execution-stopped': {
          title: { ko: '실행을 도중에 멈춘다', ja: '実行を途中で止める', en: 'Stop the execution' },
          says: 'executionEnded',
          play: execute({ status: 'Stopped' }),
        },
      },
      moments: {
        'execution-in-progress': {
          title: { ko: '파이프라인이 실행되는 도중', ja: 'パイプラインを実行している最中', en: 'While the pipeline is running' },
          says: 'executionInProgress',
          play: execute({ status: 'InProgress', at: 'Build' }),
        },
      },
    }),
    on.head({
      ...ofExecution,
      id: 'execution-head',
      title: {
        ko: '가장 최근 실행이 최신 커밋을 처리했다',
        ja: '一番新しい実行が最新のコミットを処理した',
        en: 'The newest execution ran on the newest commit',
      },
      step: 14,
      after: 'execution-succeeded',
      expected: ({ head }) => head,
      judge({ execution, head }) {
        if (execution === undefined || head === undefined) return blocked('task-1');
        if (execution.sources.some(({ revision }) => revision === head)) return passed({ observed: head });
        const found =
          execution.sources.find(({ revision }) => revision !== undefined)?.revision ??
          incomplete('codepipeline:ListPipelineExecutions', 'what the execution took from its source');
        return failed(['executionOtherCommit', { found: found.slice(0, 8), head: head.slice(0, 8) }]);
      },
      observed: ({ execution }) => execution?.sources.map(({ revision = null }) => revision),
      says: {
        executionOtherCommit: {
          ko: '가장 최근 실행은 커밋 {found}에 대한 것이지만 브랜치의 최신 커밋은 {head}입니다. 방금 푸시했다면 잠시 기다리고, 시작되지 않으면 변경 사항 릴리스를 클릭합니다.',
          ja: '一番新しい実行はコミット {found} のものですが、ブランチの最新のコミットは {head} です。プッシュした直後なら少し待ち、始まらなければ「変更をリリースする」をクリックしてください。',
          en: 'The newest execution ran on the commit {found}, but the branch is at {head}. If you have just pushed, wait a little; if nothing starts, choose to release a change.',
        },
      },
      breaks: {
        'execution-old-commit': {
          title: {
            ko: '실행한 뒤에 새 커밋을 푸시한다',
            ja: '実行の後に新しいコミットをプッシュする',
            en: 'Push a commit that does not start it',
          },
          says: 'executionOtherCommit',
          play: source.write('README.md', '# example\n'),
        },
      },
    }),
  ],
  publishes: {
    found: ({ pipeline }) => {
      const [store] = pipeline?.artifactStores ?? [];
      return store === undefined ? {} : { ArtifactBucket: store.bucket };
    },
  },
});
