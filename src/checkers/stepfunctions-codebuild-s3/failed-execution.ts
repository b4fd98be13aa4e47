import type { Build, HistoryEvent } from '../../aws/index.ts';
import type { Says } from '../engine/texts.ts';
import { failureOf } from '../kit/codebuild/build-failure.ts';

/** What to say of a build that did not succeed: the phase that ended it, and the likely cause. */
function explainBuild(build: Build): Says {
  const { cause, number, status, phase, reason } = failureOf(build);
  const about = { number, phase, reason };
  if (cause === 'ended') return ['buildEnded', { number, status }];
  if (cause === 'permissions') return ['buildFailedRole', about];
  if (/\btest -n\b/.test(reason)) return ['buildFailedVariable', about];
  if (/\baws\s+s3(api)?\b/.test(reason)) return ['buildFailedUpload', about];
  // Every command of docker needs its daemon, and a build that is not privileged has none.
  if (cause === 'not-privileged' || (!build.environment.privileged && /\bdocker\s+(pull|save|load|tag)\b/.test(reason)))
    return ['buildFailedPrivileged', about];
  if (cause === 'login') return ['buildFailedLogin', about];
  if (/\bdocker\s+(image\s+)?(pull|save)\b/.test(reason)) return ['buildFailedPull', about];
  return cause === 'buildspec' ? ['buildFailedBuildspec', about] : ['buildFailed', about];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 300);

/**
 * What to say of an execution that did not succeed.
 * @param build the build that it started, if it got that far
 */
export function explainExecution(status: string, history: readonly HistoryEvent[], build: Build | undefined): Says {
  if (status === 'ABORTED') return ['executionEnded', { status }];
  if (build?.complete && build.status !== 'SUCCEEDED') return explainBuild(build);
  const last = history.findLast(({ error, cause }) => error !== undefined || cause !== undefined);
  const error = last?.error ?? status;
  const cause = oneLine(last?.cause ?? '-');
  if (error === 'States.ParameterPathFailure' || /could not be found in the input/.test(cause)) return ['executionInputMissing', { cause }];
  if (/not authorized|AccessDenied/i.test(`${error} ${cause}`)) return ['executionDenied', { error, cause }];
  if (status === 'TIMED_OUT') return ['executionEnded', { status }];
  return ['executionFailed', { error, cause }];
}
