import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Caller, OperationId } from './reader.ts';

export interface SessionOptions {
  readonly region: string;
  /** Default: the SDK's default chain (environment, profile, SSO, container, instance), honouring AWS_PROFILE. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Where AWS is, for practice endpoints. Default: AWS itself, or AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** Profile of the shared configuration files. Default: AWS_PROFILE. */
  readonly profile?: string;
  /** The role to assume; the session then looks at the role's account. */
  readonly roleArn?: string;
  readonly externalId?: string;
  /** Default `labproof`. */
  readonly sessionName?: string;
  /** Default: {@link defaultTimeouts}. */
  readonly timeouts?: Timeouts;
  /** Calls in flight at once in this account. @default 8 */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

export interface Timeouts {
  /** One attempt of one call, from connecting to the last byte of the answer, in milliseconds. */
  readonly attemptMs: number;
}

export interface CallEvent {
  readonly operation: OperationId;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

export interface CallerOptions {
  /** The only operations this run may make. */
  readonly allowed: ReadonlySet<OperationId>;
  /** Ends the run: calls in flight are cut, later ones refused. */
  readonly signal?: AbortSignal;
  /** Told of every attempt before it leaves the process. */
  onCall?(call: CallEvent): void;
}

/** An account that may be looked at, in one region. */
export interface AccountSession {
  /** 12 digits, as STS says. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string;
  /** ARN of the user or role that looks. */
  readonly principal: string;
  /** When the credentials of an assumed role end. */
  readonly expiresAt?: Date;
  caller(options: CallerOptions): Caller;
}

/**
 * Finds out whose account the credentials lead to, and opens it.
 *
 * @throws CannotLook with a message for the person who runs this: no credentials, expired, role refused, region disabled, no network.
 */
export async function openSession(_options: SessionOptions): Promise<AccountSession> {
  throw new Error('pending');
}
