import { asSentence } from '../../engine/as-sentence.ts';
import { incomplete } from '../../engine/incomplete.ts';
import { blocked, failed, passed, waiting } from '../../engine/verdict.ts';
import { NAME } from '../names.ts';
import { newPipeline, place, source } from '../student.ts';
import { type Head, type Newest, ofExecution, on } from './facts.ts';

function judgeExecution({ executions, actions }: Newest) {
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

export const executionSucceeded = on.newest({
  ...ofExecution,
  id: 'execution-succeeded',
  title: { ko: '가장 최근 실행이 성공했다', ja: '一番新しい実行が成功した', en: 'The newest execution has succeeded' },
  step: 14,
  after: 'pipeline-exists',
  expected: 'Succeeded',
  judge: judgeExecution,
  observed: ({ executions }) => executions?.[0]?.status,
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
      play: (account) =>
        void place(account).codepipeline.startExecution(NAME, {
          failedAction: { name: 'Build', message: 'Build terminated with state: FAILED' },
        }),
    },
    'execution-stopped': {
      title: { ko: '실행을 도중에 멈춘다', ja: '実行を途中で止める', en: 'Stop the execution' },
      says: 'executionEnded',
      play: (account) => void place(account).codepipeline.startExecution(NAME, { status: 'Stopped' }),
    },
  },
  moments: {
    'execution-in-progress': {
      title: { ko: '파이프라인이 실행되는 도중', ja: 'パイプラインを実行している最中', en: 'While the pipeline is running' },
      says: 'executionInProgress',
      play: (account) => void place(account).codepipeline.startExecution(NAME, { status: 'InProgress', at: 'Build' }),
    },
  },
});

function judgeHead({ executions, head }: Head) {
  const [newest] = executions ?? [];
  if (newest === undefined || head === undefined) return blocked('task-1');
  if (newest.sources.some(({ revision }) => revision === head)) return passed({ observed: head });
  const found =
    newest.sources.find(({ revision }) => revision !== undefined)?.revision ??
    incomplete('codepipeline:ListPipelineExecutions', 'what the execution took from its source');
  return failed(['executionOtherCommit', { found: found.slice(0, 8), head: head.slice(0, 8) }]);
}

export const executionHead = on.head({
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
  judge: judgeHead,
  observed: ({ executions }) => executions?.[0]?.sources.map(({ revision = null }) => revision),
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
});
