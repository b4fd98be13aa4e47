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

/** What is reported of a job that ran and failed: run again, it will most likely fail again. */
const FAILURES = ['States.TaskFailed', 'States.Timeout'] as const;
const WILDCARDS: ReadonlySet<string> = new Set(['States.ALL', ...FAILURES]);

/**
 * Names of errors that pass with time, with or without the service in front: throttling, exceeded limits, failures inside the service
 * or on the way to it, and the service's general error (`CodeBuild.AWSCodeBuildException`), as which throttling may be reported.
 */
const TRANSIENT =
  /^(?:\w+\.)?(?:\w*(?:Throttl|TooManyRequests|LimitExceeded|ServiceUnavailable|InternalServer|InternalFailure|InternalService)\w*|SdkClientException|ServiceException|(?:AWS|Amazon)\w+Exception)$/;

/** A service's own general error, e.g. `CodeBuild.CodeBuildException`. */
const GENERAL = /^(\w+)\.\1Exception$/;

/** No service names an error with more characters. */
const MAX_NAME = 256;

/** Whether a state is run again only after errors that pass with time, or also after its job has failed. */
export function judgeRetry(state: Pick<State, 'retry'>) {
  const named = [...new Set(state.retry.flatMap(({ errors }) => errors))].filter((error) => !WILDCARDS.has(error));
  const retried = named.filter((error) => attemptsAfter(state, error) > 0);
  const isTransient = (error: string) => error.length <= MAX_NAME && (TRANSIENT.test(error) || GENERAL.test(error));
  return {
    /** Which of `States.TaskFailed` (the job has failed) and `States.Timeout` make it run the whole job again. */
    repeatsFailures: FAILURES.filter((error) => attemptsAfter(state, error) > 0),
    /** The errors that it names and retries and that pass with time: throttling, a limit, the service's general error. */
    retriesTransient: retried.filter(isTransient),
    /** The other errors that it names and retries. */
    retriesOther: retried.filter((error) => !isTransient(error)),
  };
}
