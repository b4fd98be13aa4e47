import { redact } from './redact.ts';

/**
 * Why we could not look. Never a statement about the student's work:
 * a check that meets one of these ends as `unknown`.
 */
export const UNKNOWN_REASONS = ['access', 'throttled', 'network', 'expired', 'region', 'malformed', 'bug'] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/**
 * What exactly went wrong, in the terms in which a person mends it. Finer than {@link UnknownReason}: two troubles of one reason
 * may need different hands, such as a missing permission and a service control policy.
 */
export const TROUBLES = [
  'denied',
  'denied-by-organization',
  'denied-key',
  'no-service',
  'bad-signature',
  'unknown-key',
  'no-credentials',
  'no-role',
  'wrong-account',
  'throttled',
  'no-answer',
  'unreachable',
  'failing',
  'stopped',
  'expired',
  'clock',
  'region-disabled',
  'other-region',
  'unreadable',
  'incomplete',
  'not-implemented',
  'too-long',
  'bug',
] as const;
export type Trouble = (typeof TROUBLES)[number];

const REASON_OF: Readonly<Record<Trouble, UnknownReason>> = {
  denied: 'access',
  'denied-by-organization': 'access',
  'denied-key': 'access',
  'no-service': 'access',
  'bad-signature': 'access',
  'unknown-key': 'access',
  'no-credentials': 'access',
  'no-role': 'access',
  'wrong-account': 'access',
  throttled: 'throttled',
  'no-answer': 'network',
  unreachable: 'network',
  failing: 'network',
  stopped: 'network',
  expired: 'expired',
  clock: 'expired',
  'region-disabled': 'region',
  'other-region': 'region',
  'not-implemented': 'malformed',
  unreadable: 'malformed',
  incomplete: 'malformed',
  'too-long': 'malformed',
  bug: 'bug',
};

/** The reason that a trouble is told as. */
export const reasonOf = (trouble: Trouble): UnknownReason => REASON_OF[trouble];

/** The trouble that is meant when only a reason is known: the first of {@link TROUBLES} with that reason. */
const usualTrouble = (reason: UnknownReason): Trouble => TROUBLES.find((trouble) => REASON_OF[trouble] === reason) ?? 'bug';

/** What an operator needs to find the trouble again. Never holds credentials or payloads. */
export interface LookFailure {
  readonly reason: UnknownReason;
  /** Default: what is meant most often by the reason. */
  readonly trouble?: Trouble;
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
  readonly trouble: Trouble;
  readonly operation?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly httpStatus?: number;

  constructor(message: string, failure: LookFailure & { cause?: unknown }) {
    super(redact(message), failure.cause === undefined ? undefined : { cause: failure.cause });
    this.reason = failure.reason;
    this.trouble = failure.trouble ?? usualTrouble(failure.reason);
    if (failure.operation !== undefined) this.operation = failure.operation;
    if (failure.code !== undefined) this.code = failure.code;
    if (failure.requestId !== undefined) this.requestId = failure.requestId;
    if (failure.httpStatus !== undefined) this.httpStatus = failure.httpStatus;
  }
}
