import { type Build, failureOf, type TaskContext } from '../core/index.ts';
import type { Says } from './messages/index.ts';
import { wrongVariable } from './variables.ts';

/** What to say of a build that did not succeed: the phase that ended it, and the likely cause. */
export function explainFailure(build: Build, context: TaskContext): Says {
  const { cause, number, status, phase, reason } = failureOf(build);
  const about = { number, phase, reason };
  const variable = wrongVariable(build, context)?.name;
  switch (cause) {
    case 'ended':
      return ['buildEnded', { number, status }];
    case 'pull-limit':
      return ['buildFailedPullLimit', about];
    case 'buildspec':
      return ['buildFailedBuildspec', about];
    case 'source':
      return ['buildFailedSource', about];
    case 'not-privileged':
      return ['buildFailedPrivileged', about];
    default:
      if (variable !== undefined) return ['buildFailedVariable', { ...about, variable }];
      // CodeBuild names the command, not what it printed; login and push fail for want of permissions more than for anything else.
      if (cause === 'permissions' || cause === 'login' || cause === 'push') return ['buildFailedPermissions', about];
      return cause === 'image' ? ['buildFailedImage', about] : ['buildFailed', about];
  }
}
