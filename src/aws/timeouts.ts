export interface Timeouts {
  /** One attempt of one call, from connecting to the last byte of the answer, in milliseconds. */
  readonly attemptMs: number;
  /** The wait before every retry, in milliseconds. Default: the SDK's own growing, jittered waits. */
  readonly backoffMs?: number;
}

const DEFAULT_ATTEMPT_MS = 5_000;

/**
 * The timeouts of a process: `LABPROOF_CALL_TIMEOUT_MS`, or 5 s an attempt.
 *
 * @throws RangeError when the variable is not a whole number of milliseconds
 */
export function defaultTimeouts(environment: Readonly<Record<string, string | undefined>> = process.env): Timeouts {
  const value = environment['LABPROOF_CALL_TIMEOUT_MS'];
  if (!value) return { attemptMs: DEFAULT_ATTEMPT_MS };
  const attemptMs = Number(value);
  if (!Number.isInteger(attemptMs) || attemptMs < 1 || attemptMs > 600_000) {
    throw new RangeError(`LABPROOF_CALL_TIMEOUT_MS must be a whole number of milliseconds from 1 to 600000, not "${value}".`);
  }
  return { attemptMs };
}
