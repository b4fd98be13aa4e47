import type { Build } from '../../aws/index.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { explainFailure, type FailureCause, failureOf } from '../kit/codebuild/build-failure.ts';
import { wrongVariable } from './variables.ts';

// CodeBuild names the command, not what it printed; login and push fail for want of permissions more than for anything else.
const WORDS = {
  'pull-limit': 'buildFailedPullLimit',
  runtime: 'buildFailed',
  buildspec: 'buildFailedBuildspec',
  permissions: 'buildFailedPermissions',
  source: 'buildFailedSource',
  'not-privileged': 'buildFailedPrivileged',
  login: 'buildFailedPermissions',
  push: 'buildFailedPermissions',
  image: 'buildFailedImage',
  other: 'buildFailed',
} as const;

/** Causes that a variable with a wrong value may be behind. */
const BY_VARIABLE: ReadonlySet<FailureCause> = new Set(['runtime', 'permissions', 'login', 'push', 'image', 'other']);

/** What to say of a build that did not succeed: the phase that ended it, and the likely cause. */
export function explainBuild(build: Build, context: TaskContext): Says {
  const failure = failureOf(build);
  const { cause, number, phase, reason } = failure;
  const variable = wrongVariable(build, context)?.name;
  if (variable !== undefined && BY_VARIABLE.has(cause)) return ['buildFailedVariable', { number, phase, reason, variable }];
  return explainFailure(failure, WORDS);
}
