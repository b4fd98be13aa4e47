import { type Build, failureOf } from '../core/index.ts';
import type { Says } from './messages/index.ts';

/**
 * What to say of a build that did not succeed: the phase that ended it, and the likely cause.
 *
 * @param wrongVariable a variable of the build that does not hold what it must, if there is one
 */
export function explainFailure(build: Build, wrongVariable: string | undefined): Says {
  const { cause, status, ...about } = failureOf(build);
  switch (cause) {
    case 'ended':
      return ['buildEnded', { number: about.number, status }];
    case 'pull-limit':
      return ['buildFailedPullLimit', about];
    case 'buildspec':
    case 'runtime':
      return ['buildFailedBuildspec', about];
    case 'permissions':
      return ['buildFailedRole', about];
    case 'source':
      return ['buildFailedSource', about];
    case 'not-privileged':
      return ['buildFailedPrivileged', about];
    default:
      break;
  }
  if (wrongVariable !== undefined) return ['buildFailedVariable', { ...about, variable: wrongVariable }];
  if (cause === 'login') return ['buildFailedLogin', about];
  if (cause === 'push') return ['buildFailedPush', about];
  return [cause === 'image' ? 'buildFailedImage' : 'buildFailed', about];
}
