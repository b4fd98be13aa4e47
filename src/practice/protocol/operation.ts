import type { StaticOperationSchema } from '@smithy/types';
import type { PracticeAccount, PracticeRegion } from '../account.ts';
import type { Identity } from '../identity.ts';
import type { AwsError, CommonErrors } from './aws-error.ts';

/** Who calls what, where. */
export interface Call {
  readonly account: PracticeAccount;
  /** The region of the request's credential scope. */
  readonly region: PracticeRegion;
  readonly caller: Identity;
  readonly neighbours: Neighbours;
}

/** What a service may know of the other accounts of the endpoint. */
export interface Neighbours {
  /** Only accounts that exist; never creates one. */
  account(id: string): PracticeAccount | undefined;
  accounts(): readonly PracticeAccount[];
  /** A token for a session of `role` in that account. */
  issueToken(session: { account: string; role: string; session: string; expires: Date }): string;
}

/** One operation: AWS's own schema for its wire format, and its behaviour. */
export interface Operation {
  readonly schema: StaticOperationSchema;
  // Input and output types are tied together by `operation`; past it only the schema knows them.
  readonly handle: (input: object, call: Call) => object;
}

/** Declares an operation; `Input` and `Output` are the SDK's types for the same schema. */
export function operation<Input extends object, Output extends { $metadata: unknown }>(
  schema: StaticOperationSchema,
  handle: (input: Input, call: Call) => Omit<Output, '$metadata'>,
): Operation {
  // The server hands over only what `mustFit` found to fit the schema, which the SDK generates together with `Input`.
  return { schema, handle: (input, call) => handle(input as Input, call) };
}

export interface Service {
  /** The signing name, which is also the prefix of its IAM actions: `codebuild`, `logs`. */
  readonly id: string;
  readonly wire:
    | {
        readonly protocol: 'json';
        /** The part of X-Amz-Target before the dot. */
        readonly target: string;
        /** Default `1.1`. */
        readonly version?: JsonVersion;
      }
    | { readonly protocol: 'query'; readonly version: string; readonly xmlNamespace: string }
    | { readonly protocol: 'rest-xml'; readonly xmlNamespace: string };
  readonly operations: readonly Operation[];
}

/** One answer on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Versions of AWS JSON: they differ in their content type only. */
export type JsonVersion = '1.0' | '1.1';

/** The parts of a request that hold an operation's input. */
export interface Request {
  /** Path and query. */
  readonly url: string;
  readonly body: string;
}

/** How a protocol reads requests and writes answers. */
export interface Wire {
  /** The HTTP method of its requests; `any` where the operation decides. */
  readonly method: 'POST' | 'any';
  readonly errors: CommonErrors;
  /** @throws CommonFailure `malformed` or `invalid` when the request is no input of the operation. */
  read(operation: Operation, request: Request): object;
  answer(operation: Operation, output: object, requestId: string): Answer;
  refuse(error: AwsError, requestId: string): Answer;
  /** A success that holds nothing. */
  empty(requestId: string): Answer;
}
