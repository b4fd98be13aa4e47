import { redact } from './redact.ts';

/**
 * Why we could not look. Never a statement about the student's work:
 * a check that meets one of these ends as `unknown`.
 */
export const UNKNOWN_REASONS = ['access', 'throttled', 'network', 'expired', 'region', 'malformed', 'bug'] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/**
 * What exactly went wrong, in the terms in which a person fixes it, with the reason that it is told as. Finer than {@link UnknownReason}:
 * two troubles of one reason may need different hands, such as a missing permission and a service control policy.
 */
const REASON_OF = {
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
  unreadable: 'malformed',
  incomplete: 'malformed',
  'not-implemented': 'malformed',
  'too-long': 'malformed',
  bug: 'bug',
} as const satisfies Readonly<Record<string, UnknownReason>>;
export type Trouble = keyof typeof REASON_OF;
export const TROUBLES = Object.keys(REASON_OF) as readonly Trouble[];

/** What an operator needs to find the trouble again. Never holds credentials or payloads. */
export interface LookFailure {
  /** Follows from the trouble, where that is known. */
  readonly reason?: UnknownReason;
  /** Default: the first of {@link TROUBLES} with the reason. */
  readonly trouble?: Trouble;
  /** The AWS operation as `service:Operation`, when one was being called. */
  readonly operation?: string | undefined;
  /** AWS's own error code, e.g. `AccessDeniedException`. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly httpStatus?: number | undefined;
}

/** Thrown by every reader for anything but AWS's own specific "not found" answer. */
export class CannotLook extends Error implements LookFailure {
  override readonly name = 'CannotLook';
  readonly reason: UnknownReason;
  readonly trouble: Trouble;
  declare readonly operation?: string;
  declare readonly code?: string;
  declare readonly requestId?: string;
  declare readonly httpStatus?: number;

  constructor(message: string, { cause, reason, trouble, ...call }: LookFailure & { cause?: unknown }) {
    super(redact(message), cause === undefined ? undefined : { cause });
    this.trouble = trouble ?? TROUBLES.find((usual) => REASON_OF[usual] === reason) ?? 'bug';
    this.reason = REASON_OF[this.trouble];
    // Of the call, only what is known.
    for (const [member, known] of Object.entries(call)) if (known !== undefined) Reflect.set(this, member, known);
  }
}
