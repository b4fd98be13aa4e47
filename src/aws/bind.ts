import type { AnyReader, Bound, Caller, OperationId, Reader } from './reader.ts';
import type { ActionScope } from './scope.ts';

/** What one run has read: region, reader and arguments to its answer. Made for one run and dropped with it. */
export type Memo = Map<string, Promise<unknown>>;

/**
 * Makes the functions that `observe` gets. Within one run a reader asked twice with the same arguments asks AWS once;
 * both get the same promise, also when it rejects.
 *
 * @param memo shared by all tasks of a run; never by two accounts
 */
export function bindReaders<R extends Record<string, AnyReader>>(readers: R, aws: Caller, memo: Memo = new Map()): Bound<R> {
  const sharing = sharingCaller(aws, memo);
  const bound = Object.entries(readers).map(([key, reader]) => [key, (...args: readonly unknown[]) => sharing.ask(reader, ...args)]);
  return Object.fromEntries(bound) as Bound<R>;
}

/** The same caller, whose readers ask one another through `memo`. */
function sharingCaller(aws: Caller, memo: Memo): Caller {
  const sharing: Caller = {
    ...aws,
    at: (region) => sharingCaller(aws.at(region), memo),
    ask<Args extends readonly unknown[], Facts>(reader: Reader<Args, Facts>, ...args: Args): Promise<Facts> {
      const id = `${aws.region} ${reader.name} ${JSON.stringify(args)}`;
      const known = memo.get(id);
      // A reader's name and arguments stand for one question, so what is remembered under them is of its answer's type.
      if (known !== undefined) return known as Promise<Facts>;
      const asked = reader.read(sharing, ...args);
      memo.set(id, asked);
      return asked;
    },
  };
  return sharing;
}

/** The operations these readers may make: what a run's Caller is opened for. */
export function operationsOf(readers: Iterable<AnyReader>): ReadonlySet<OperationId> {
  return new Set([...readers].flatMap((reader) => reader.calls));
}

/** The IAM actions these readers need, sorted: what a read-only role must allow. */
export function actionsOf(readers: Iterable<AnyReader>): readonly string[] {
  return [...new Set([...readers].flatMap((reader) => reader.actions ?? reader.calls))].sort();
}

/** What the IAM actions of these readers can be limited to. */
export function scopesOf(readers: Iterable<AnyReader>): Readonly<Record<string, ActionScope>> {
  return Object.assign({}, ...[...readers].map(({ scopes }) => scopes));
}
