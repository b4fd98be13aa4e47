import type { StaticOperationSchema } from '@smithy/types';
import type { AwsError, CommonFailure } from './aws-error.ts';

/** One operation in AWS's own schema for its wire format. */
export interface Operation {
  readonly schema: StaticOperationSchema;
}

/** One answer on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

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
  /** @throws CommonFailure `malformed` or `invalid` when the request is no input of the operation. */
  read(operation: Operation, request: Request): object;
  answer(operation: Operation, output: object, requestId: string): Answer;
  refuse(error: AwsError | CommonFailure, requestId: string): Answer;
  /** A success that holds nothing. */
  empty(requestId: string): Answer;
}
