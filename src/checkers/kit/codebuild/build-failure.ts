import type { Build } from '../../../aws/index.ts';
import { asSentence } from '../../engine/as-sentence.ts';
/** The likely cause of a build that did not succeed. */
export type FailureCause =
  /** Stopped or timed out. */
  | 'ended'
  | 'pull-limit'
  /** `runtime-versions` names a runtime that the build image does not have. */
  | 'runtime'
  | 'buildspec'
  | 'permissions'
  | 'source'
  /** No Docker daemon, because the build was not privileged. */
  | 'not-privileged'
  | 'login'
  | 'push'
  | 'image'
  | 'other';

export interface BuildFailure {
  readonly cause: FailureCause;
  readonly number: number;
  /** E.g. `FAILED`, `STOPPED`. */
  readonly status: string;
  /** The phase that ended it. */
  readonly phase: string;
  /** What CodeBuild says of it, as a sentence on one line. */
  readonly reason: string;
}

/**
 * Why a build did not succeed. CodeBuild names the command that failed, not what the command printed, so the cause
 * follows from the phase, the command and the settings the build ran with.
 */
export function failureOf(build: Build): BuildFailure {
  // FINALIZING and COMPLETED follow every failure; the first phase that failed is the one that matters.
  const failed = build.phases.find(({ status }) => status !== undefined && status !== 'SUCCEEDED');
  const phase = failed?.type ?? build.currentPhase ?? '-';
  const context = failed?.contexts.find(({ message, code }) => message || code);
  const reason = [context?.code, context?.message].filter(Boolean).join(': ') || '-';
  return { cause: causeOf(build, phase, reason), number: build.number ?? 0, status: build.status, phase, reason: asSentence(reason) };
}

/** A lab's message for each cause; all of them take `number`, `phase` and `reason`. */
export type FailureWords = Readonly<Record<Exclude<FailureCause, 'ended'>, string>>;

/** What to say of a build that did not succeed. */
export function explainFailure<const Words extends FailureWords>({ cause, status, ...about }: BuildFailure, words: Words) {
  if (cause === 'ended') return ['buildEnded', { number: about.number, status }] as const;
  return [words[cause] as Words[keyof Words], about] as const;
}

function causeOf({ status, environment }: Build, phase: string, reason: string): FailureCause {
  if (status === 'STOPPED' || status === 'TIMED_OUT') return 'ended';
  if (/toomanyrequests|rate limit/i.test(reason)) return 'pull-limit';
  if (/unknown runtime/i.test(reason)) return 'runtime';
  if (/YAML_FILE_ERROR/.test(reason)) return 'buildspec';
  if (/not authorized|AccessDenied|ACCESS_DENIED|AssumeRole/i.test(reason)) return 'permissions';
  if (phase === 'DOWNLOAD_SOURCE') return 'source';
  if (!environment.privileged && (/docker daemon/i.test(reason) || /\bdocker\b.*\bbuild\b/.test(reason))) return 'not-privileged';
  if (/docker\s+login|get-login/.test(reason)) return 'login';
  if (/docker\b.*\bpush\b/.test(reason)) return 'push';
  if (/docker\b.*\bbuild\b/.test(reason)) return 'image';
  return 'other';
}
