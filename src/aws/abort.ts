/**
 * The outcome of `work`, or a rejection as soon as `signal` aborts: also for work that does not listen to the signal, such as a
 * credential process that hangs. What such work ends with later is ignored. Work that is already done counts, even after the abort.
 *
 * @param reason what it rejects with. Default: the reason of the signal
 */
export async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  work: Promise<T>,
  reason: () => unknown = () => signal?.reason,
): Promise<T> {
  if (signal === undefined) return work;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const end = () => reject(reason());
  work.then(resolve, reject);
  // Not at once, so that work that is done comes first.
  if (signal.aborted) queueMicrotask(end);
  else signal.addEventListener('abort', end, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
