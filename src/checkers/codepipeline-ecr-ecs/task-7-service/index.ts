import { defineTask } from '../../engine/task.ts';
import { allowDeploy, DEPLOY_POLICY, deployService, runRevision, TASK_DEFINITION } from '../student.ts';
import { containerImage, deployAllowed, deployment } from './deployment.ts';
import { observe, reads } from './facts.ts';
import { runningImage, serviceExists, serviceFargate, serviceSteady } from './service.ts';

export default defineTask({
  id: 'task-7',
  title: { ko: 'ECS에서 실행하고 배포 자동화', ja: 'ECS での実行とデプロイの自動化', en: 'Run it on ECS and deploy automatically' },
  needs: ['task-5', 'task-6'],
  reads,
  observe,
  solve: {
    id: 'deploy-service',
    title: {
      ko: 'ECS 서비스를 만들고 배포를 자동화한다',
      ja: 'ECS サービスを作成し、デプロイを自動化する',
      en: 'Create the ECS service and deploy to it',
    },
    play: deployService,
  },
  files: {
    [TASK_DEFINITION]: {
      checks: ['container-image', 'deploy-allowed'],
      use: (account, text) => runRevision(account, {}, text),
    },
    [DEPLOY_POLICY]: { checks: ['deploy-allowed'], use: allowDeploy },
  },
  expectations: [serviceExists, serviceFargate, containerImage, deployAllowed, deployment, serviceSteady, runningImage],
});
