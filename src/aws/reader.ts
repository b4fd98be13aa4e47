import type { Client, Command } from '@smithy/types';
import type { z } from 'zod';
import type { Place } from './console.ts';
import type { Rate } from './rate.ts';
import type { ActionScope, ResourceKind } from './scope.ts';

/** An AWS operation as our faults, logs and guards spell it, e.g. `codebuild:BatchGetProjects`. */
export type OperationId = `${string}:${string}`;

/**
 * Which service exceptions mean "this resource does not exist": their codes, e.g. `RepositoryDoesNotExistException`, or a test for
 * services that reuse one code. An exception's code is its `name`.
 */
export type AbsentWhen = readonly string[] | ((error: Error) => boolean);

/** A client class of the SDK, e.g. `CodeBuildClient`. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's clients are generic over unions that differ per service; `any` is the SDK's own bound
export type ClientClass = new (config: any) => Client<any, any, any>;

/** A command of any service, e.g. a `BatchGetProjectsCommand`. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyCommand = Command<any, any, any, any, any>;

/** One AWS service, as `defineService` declares it. */
export interface Service {
  /** As IAM spells it before the colon, e.g. `codebuild`. */
  readonly name: string;
  readonly rate: Rate;
  /** Loads the SDK's client when it is first called. */
  client(): ClientClass;
}

/** `undefined` where a question names what means absence. */
export type IfAbsent<Absent> = Absent extends AbsentWhen ? undefined : never;

export interface Question<Answer, Absent = AbsentWhen | undefined> {
  /**
   * The members an answer must have. An answer that does not fit, such as an empty 200, is asked for once more
   * and then thrown as `CannotLook('malformed')`; it is never taken for absence.
   */
  readonly answer: z.ZodType<Answer>;
  /** What is wrong with an answer of the right shape, e.g. that it is about something else; treated like a member that is missing. */
  misfit?(answer: Answer): string | undefined;
  /** Exactly the "not found" exceptions of this operation. They make `send` answer `undefined`. */
  readonly absent?: Absent;
}

/**
 * The only way to AWS: one account, one region, one run. Every call made through it is guarded
 * (only the operations the run was opened for), bounded in time, limited, retried and classified.
 *
 * @throws CannotLook for every trouble that the question does not name as absence.
 */
export interface Caller extends Place {
  send<Answer, Absent extends AbsentWhen | undefined = undefined>(
    service: Service,
    command: AnyCommand,
    question: Question<Answer, Absent | undefined>,
  ): Promise<Answer | IfAbsent<Absent>>;
  /** What another reader answers; within a run it is asked once, whoever asks. A reader asks only those whose calls it declares too. */
  ask<Args extends readonly unknown[], Facts>(reader: Reader<Args, Facts>, ...args: NoInfer<Args>): Promise<Facts>;
  /** The same run in another region. */
  at(region: string): Caller;
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
  /** Answers `undefined` exactly when no resource of this kind has the name that it is given. */
  readonly finds?: ResourceKind;
  /** Arguments that ask about the resource of this name, for trying whether it may be read. Default: the name alone. */
  readonly probe?: (name: string) => readonly unknown[];
  /** It asks in {@link homeRegion} instead of the region looked at. */
  readonly atHome?: true;
  /** The IAM actions those calls need, when IAM spells them differently from `calls`. */
  readonly actions?: readonly string[];
  /** What each of those actions can be limited to, e.g. `codebuild:BatchGetProjects`. Unset: it cannot be part of a role. */
  readonly scopes?: Readonly<Record<string, ActionScope>>;
  read(aws: Caller, ...args: Args): Promise<Facts>;
}

// biome-ignore lint/suspicious/noExplicitAny: the widest reader; argument types are checked where a reader is used
export type AnyReader = Reader<any, unknown>;

/** Where a partition's global services, such as IAM, keep what other services keep in each region. */
export function homeRegion(partition: string): string {
  return { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }[partition] ?? 'us-east-1';
}

/** The partition that a region belongs to, by its name. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** A task's readers, bound to one run: the functions `observe` gets. */
export type Bound<R extends Record<string, AnyReader>> = {
  readonly [K in keyof R]: R[K] extends Reader<infer Args, infer Facts> ? (...args: Args) => Promise<Facts> : never;
};
