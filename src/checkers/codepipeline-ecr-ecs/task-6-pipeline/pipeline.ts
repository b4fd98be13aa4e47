import { codepipelineConsole } from '../../../aws/services/codepipeline.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, notStarted, passed } from '../../engine/verdict.ts';
import { deliveriesOf } from '../../kit/codepipeline/pipeline.ts';
import { MISSPELT, NAME, OTHER_REGIONS, pipelineArnOf } from '../names.ts';
import { startedByPush } from '../push-rule.ts';
import { buildStage, newPipeline, place, putRule, s3DeployStage, s3SourceStage, setStages, sourceStage } from '../student.ts';
import { deliveryOf, type Found, ofPipeline, on, polls, type Source, sourceOf, type Trigger } from './facts.ts';

export const pipelineExists = on.found({
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
});

function judgeSource({ pipeline, branch }: Source) {
  if (pipeline === undefined) return blocked('pipeline-exists');
  const source = sourceOf(pipeline);
  if (source?.provider !== 'CodeCommit') return failed(['pipelineSourceNotCodeCommit', { provider: source?.provider ?? '-' }]);
  const { RepositoryName = '-', BranchName = '-' } = source.configuration;
  if (RepositoryName !== NAME) return failed(['pipelineSourceOther', { found: RepositoryName, expected: NAME }]);
  const expected = branch.get();
  if (expected === undefined) return blocked('task-1');
  return BranchName === expected ? passed() : failed(['pipelineBranchOther', { found: BranchName, expected }]);
}

export const pipelineSource = on.source({
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
  judge: judgeSource,
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
});

function judgeTrigger({ pipeline, branch: answer, rules }: Trigger, context: TaskContext) {
  if (pipeline === undefined) return blocked('pipeline-exists');
  if (polls(pipeline)) return passed();
  const branch = answer.get() ?? '';
  const started = rules.some((rule) => startedByPush(rule, branch, pipeline.arn ?? pipelineArnOf(context)));
  return started ? passed() : failed(['pipelineNotTriggered', { pipeline: NAME, branch }]);
}

export const pipelineTrigger = on.trigger({
  ...ofPipeline,
  id: 'pipeline-trigger',
  title: { ko: '푸시하면 자동으로 시작된다', ja: 'プッシュすると自動的に始まる', en: 'A push starts it' },
  step: 5,
  after: 'pipeline-source',
  judge: judgeTrigger,
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
});

function judgeBuild({ pipeline }: Found) {
  if (pipeline === undefined) return blocked('pipeline-exists');
  if (deliveryOf(pipeline) !== undefined) return passed();
  const other = deliveriesOf(pipeline.stages).find(({ build }) => build.provider === 'CodeBuild');
  if (other === undefined) return failed(['pipelineBuildMissing', { pipeline: NAME }]);
  return failed(['pipelineBuildOther', { found: other.build.configuration['ProjectName'] ?? '-', expected: NAME }]);
}

export const pipelineBuild = on.found({
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
  judge: judgeBuild,
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
});
