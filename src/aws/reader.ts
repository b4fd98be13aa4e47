import type { Client, Command } from '@smithy/types';

/** An AWS operation as our faults, logs and guards spell it, e.g. `codebuild:BatchGetProjects`. */
export type OperationId = `${string}:${string}`;

/**
 * The only way to AWS: one account, one region, one run. Every call made through it is guarded
 * (only the operations the run was opened for), bounded in time, limited, retried and classified.
 *
 * @throws CannotLook for every trouble that is not an AWS answer about the resource itself.
 *   AWS service exceptions that say "this resource does not exist" pass through untouched,
 *   so that the reader, which knows which of them means absence, can tell.
 */
export interface Caller {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  // The SDK's client constructors and commands are generic over service-specific unions; `any` is the SDK's own bound for them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  send<I extends object, O extends object>(
    client: new (config: any) => Client<any, any, any>,
    command: Command<any, I, any, O, any>,
  ): Promise<O>;
}

/**
 * A named, read-only question to AWS. It answers facts; it never judges.
 * It returns `undefined` only for AWS's own specific "not found" answer.
 */
export interface Reader<Args extends readonly unknown[], Facts> {
  /** `service.noun`, e.g. `codebuild.project`. Unique; also the memo key of a run. */
  readonly name: string;
  /** Every wire operation it may make. The guard refuses all others. */
  readonly calls: readonly OperationId[];
  /** The IAM actions those calls need, when IAM spells them differently from `calls`. */
  readonly actions?: readonly string[];
  read(aws: Caller, ...args: Args): Promise<Facts>;
}

// biome-ignore lint/suspicious/noExplicitAny: the widest reader; argument types are checked where a reader is used
export type AnyReader = Reader<any, unknown>;

/** Declares a reader; the identity function that makes argument and fact types follow from `read`. */
export function defineReader<Args extends readonly unknown[], Facts>(reader: Reader<Args, Facts>): Reader<Args, Facts> {
  return reader;
}

/** A task's readers, bound to one run: the functions `observe` gets. */
export type Bound<R extends Record<string, AnyReader>> = {
  readonly [K in keyof R]: R[K] extends Reader<infer Args, infer Facts> ? (...args: Args) => Promise<Facts> : never;
};
