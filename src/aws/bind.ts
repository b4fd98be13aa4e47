import type { AnyReader, Bound, Caller, OperationId } from './reader.ts';

/** What one run has read: region, reader and arguments to its answer. Made for one run and dropped with it. */
export type Memo = Map<string, Promise<unknown>>;

/**
 * Makes the functions that `observe` gets. Within one run a reader asked twice with the same arguments asks AWS once;
 * both get the same promise, also when it rejects.
 *
 * @param memo shared by all tasks of a run; never by two accounts
 */
export function bindReaders<R extends Record<string, AnyReader>>(readers: R, aws: Caller, memo: Memo = new Map()): Bound<R> {
  const bound = Object.entries(readers).map(([key, reader]) => {
    const ask = (...args: readonly unknown[]) => {
      const id = `${aws.region} ${reader.name} ${JSON.stringify(args)}`;
      const known = memo.get(id);
      if (known !== undefined) return known;
      const asked = reader.read(aws, ...args);
      memo.set(id, asked);
      return asked;
    };
    return [key, ask];
  });
  return Object.fromEntries(bound) as Bound<R>;
}

/** The operations these readers may make: what a run's Caller is opened for. */
export function operationsOf(readers: Iterable<AnyReader>): ReadonlySet<OperationId> {
  return new Set([...readers].flatMap((reader) => reader.calls));
}

/** The IAM actions these readers need, sorted: what a read-only role must allow. */
export function actionsOf(readers: Iterable<AnyReader>): readonly string[] {
  return [...new Set([...readers].flatMap((reader) => reader.actions ?? reader.calls))].sort();
}
