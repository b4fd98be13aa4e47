import { defineTask } from '../../engine/task.ts';
import { execute, inputOf, rerun } from '../student.ts';
import { execution } from './execution.ts';
import { observe, reads } from './facts.ts';
import { object } from './object.ts';

export default defineTask({
  id: 'task-6',
  title: { ko: '실행과 확인', ja: '実行と確認', en: 'Execution and proof' },
  needs: ['task-1', 'task-5'],
  reads,
  observe,
  solve: {
    id: 'run-execution',
    title: { ko: '실행합니다', ja: '実行する', en: 'Run the state machine' },
    play: (account) => execute(account),
  },
  files: {
    'execution-input.json': {
      checks: ['execution-succeeded', 'object-exists'],
      use: (account, text) => rerun(account, inputOf(account, text)),
    },
  },
  expectations: [...execution, ...object],
});
