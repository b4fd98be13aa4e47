import type { State } from './read.ts';

/**
 * How often a state is run again after this error: the first retrier that fits decides. `States.ALL` fits every error that
 * can be retried, `States.TaskFailed` every one but a timeout. Source: Step Functions Developer Guide, "Handling errors".
 */
export function attemptsAfter({ retry }: Pick<State, 'retry'>, error: string): number {
  if (NEVER_RETRIED.has(error)) return 0;
  const retrier = retry.find(
    ({ errors }) =>
      errors.includes(error) || errors.includes('States.ALL') || (errors.includes('States.TaskFailed') && error !== 'States.Timeout'),
  );
  return retrier?.attempts ?? 0;
}

const NEVER_RETRIED: ReadonlySet<string> = new Set(['States.Runtime', 'States.DataLimitExceeded']);

export interface RetryJudgement {
  /** The errors among `States.TaskFailed` (what was started has failed) and `States.Timeout` after which the whole job is run again. */
  readonly repeatsFailures: readonly string[];
  /** Passing troubles that are named and after which it is run again: throttling, a limit, the service's general error. */
  readonly retriesTransient: readonly string[];
  /** Other errors that are named and after which it is run again. */
  readonly retriesOther: readonly string[];
}

/** What a job reports when it ran and failed; both mean that running it again will most likely fail again. */
const FAILURES = ['States.TaskFailed', 'States.Timeout'] as const;
const WILDCARDS: ReadonlySet<string> = new Set(['States.ALL', ...FAILURES]);

/**
 * Names of passing troubles, with or without the service in front: throttling, exceeded limits, trouble inside the service
 * or on the way to it, and the service's general error (`CodeBuild.AWSCodeBuildException`), which throttling may come as.
 */
const TRANSIENT =
  /^(?:\w+\.)?(?:\w*(?:Throttl|TooManyRequests|LimitExceeded|ServiceUnavailable|InternalServer|InternalFailure|InternalService)\w*|SdkClientException|ServiceException|(?:AWS|Amazon)\w+Exception)$/;

/** A service's own general error, e.g. `CodeBuild.CodeBuildException`. */
const GENERAL = /^(\w+)\.\1Exception$/;

/** No service names an error with more characters. */
const MAX_NAME = 256;

/** Whether a state is run again after passing trouble only, or also after its job has failed. */
export function judgeRetry(state: Pick<State, 'retry'>): RetryJudgement {
  const named = [...new Set(state.retry.flatMap(({ errors }) => errors))].filter((error) => !WILDCARDS.has(error));
  const retried = named.filter((error) => attemptsAfter(state, error) > 0);
  const isTransient = (error: string) => error.length <= MAX_NAME && (TRANSIENT.test(error) || GENERAL.test(error));
  return {
    repeatsFailures: FAILURES.filter((error) => attemptsAfter(state, error) > 0),
    retriesTransient: retried.filter(isTransient),
    retriesOther: retried.filter((error) => !isTransient(error)),
  };
}
