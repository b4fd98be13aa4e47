import { redact } from './redact.ts';

/**
 * Why we could not look. Never a statement about the student's work:
 * a check that meets one of these ends as `unknown`.
 */
export const UNKNOWN_REASONS = ['access', 'throttled', 'network', 'expired', 'region', 'malformed', 'bug'] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** What an operator needs to find the trouble again. Never holds credentials or payloads. */
export interface LookFailure {
  readonly reason: UnknownReason;
  /** The AWS operation as `service:Operation`, when one was being called. */
  readonly operation?: string;
  /** AWS's own error code, e.g. `AccessDeniedException`. */
  readonly code?: string;
  readonly requestId?: string;
  readonly httpStatus?: number;
}

/** Thrown by every reader for anything but AWS's own specific "not found" answer. */
export class CannotLook extends Error implements LookFailure {
  override readonly name = 'CannotLook';
  readonly reason: UnknownReason;
  readonly operation?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly httpStatus?: number;

  constructor(message: string, failure: LookFailure & { cause?: unknown }) {
    super(redact(message), failure.cause === undefined ? undefined : { cause: failure.cause });
    this.reason = failure.reason;
    if (failure.operation !== undefined) this.operation = failure.operation;
    if (failure.code !== undefined) this.code = failure.code;
    if (failure.requestId !== undefined) this.requestId = failure.requestId;
    if (failure.httpStatus !== undefined) this.httpStatus = failure.httpStatus;
  }
}
