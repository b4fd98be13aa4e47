import type { Build } from '../core/index.ts';
import type { Says } from './messages/index.ts';

/**
 * What to say of a build that did not succeed: the phase that ended it, and the likely cause.
 * CodeBuild names the command that failed, not what the command printed, so the cause follows from the phase,
 * the command and the settings the build ran with.
 *
 * @param wrongVariable a variable of the build that does not hold what it must, if there is one
 */
export function explainFailure(build: Build, wrongVariable: string | undefined): Says {
  const number = build.number ?? 0;
  if (build.status === 'STOPPED' || build.status === 'TIMED_OUT') return ['buildEnded', { number, status: build.status }];

  // FINALIZING and COMPLETED follow every failure; the first phase that failed is the one that matters.
  const phase = build.phases.find(({ status }) => status !== undefined && status !== 'SUCCEEDED');
  const name = phase?.type ?? build.currentPhase ?? '-';
  const context = phase?.contexts.find(({ message, code }) => message || code);
  const reason = [context?.code, context?.message].filter(Boolean).join(': ') || '-';
  const about = { number, phase: name, reason };

  if (/toomanyrequests|rate limit/i.test(reason)) return ['buildFailedPullLimit', about];
  if (/YAML_FILE_ERROR/.test(reason)) return ['buildFailedBuildspec', about];
  if (/not authorized|AccessDenied|ACCESS_DENIED|AssumeRole/i.test(reason)) return ['buildFailedRole', about];
  if (name === 'DOWNLOAD_SOURCE') return ['buildFailedSource', about];
  if (!build.environment.privileged && (/docker daemon/i.test(reason) || /\bdocker\b.*\bbuild\b/.test(reason))) {
    return ['buildFailedPrivileged', about];
  }
  if (wrongVariable !== undefined) return ['buildFailedVariable', { ...about, variable: wrongVariable }];
  if (/docker\s+login|get-login/.test(reason)) return ['buildFailedLogin', about];
  if (/docker\b.*\bpush\b/.test(reason)) return ['buildFailedPush', about];
  if (/docker\b.*\bbuild\b/.test(reason)) return ['buildFailedImage', about];
  return ['buildFailed', about];
}
