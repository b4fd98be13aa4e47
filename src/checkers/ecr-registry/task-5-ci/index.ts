import { defineTask } from '../../engine/task.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { BUILD_POLICY, code, GITHUB_TRUST, integrate, PUSH } from '../student.ts';
import { buildExpectations } from './build.ts';
import { observe, reads } from './facts.ts';
import { githubExpectations } from './github.ts';

export default defineTask({
  id: 'task-5',
  title: { ko: 'CI 연동', ja: 'CI との連携', en: 'Connect CI' },
  needs: ['task-4'],
  reads,
  observe,
  solve: {
    id: 'integrate',
    title: {
      ko: 'GitHub의 역할을 만들고 CodeBuild로 푸시한다',
      ja: 'GitHub のロールを作り、CodeBuild でプッシュする',
      en: 'Make the role for GitHub and push with CodeBuild',
    },
    play: integrate,
  },
  files: {
    [GITHUB_TRUST.path]: { checks: ['github-trust'], use: GITHUB_TRUST.use },
    [PUSH.path]: { checks: ['github-push', 'build-push'], use: PUSH.use },
    [BUILD_POLICY.path]: { checks: ['build-push'], use: BUILD_POLICY.use },
    [BUILDSPEC]: { checks: ['image-definitions'], use: (account, text) => code.write(BUILDSPEC, text)(account) },
  },
  expectations: [...githubExpectations, ...buildExpectations],
});
