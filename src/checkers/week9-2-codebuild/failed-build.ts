import type { Build } from '../../aws/index.ts';
import type { Says } from '../engine/texts.ts';
import { explainFailure, type FailureCause, failureOf } from '../kit/codebuild/build-failure.ts';

const WORDS = {
  'pull-limit': 'buildFailedPullLimit',
  runtime: 'buildFailedBuildspec',
  buildspec: 'buildFailedBuildspec',
  permissions: 'buildFailedRole',
  source: 'buildFailedSource',
  'not-privileged': 'buildFailedPrivileged',
  login: 'buildFailedLogin',
  push: 'buildFailedPush',
  image: 'buildFailedImage',
  other: 'buildFailed',
} as const;

/** Causes that a variable with a wrong value may be behind. */
const BY_VARIABLE: ReadonlySet<FailureCause> = new Set(['login', 'push', 'image', 'other']);

/**
 * What to say of a build that did not succeed: the phase that ended it, and the likely cause.
 *
 * @param wrongVariable a variable of the build that does not hold what it must, if there is one
 */
export function explainBuild(build: Build, wrongVariable: string | undefined): Says {
  const failure = failureOf(build);
  const { cause, number, phase, reason } = failure;
  if (wrongVariable !== undefined && BY_VARIABLE.has(cause))
    return ['buildFailedVariable', { number, phase, reason, variable: wrongVariable }];
  return explainFailure(failure, WORDS);
}
