import type { Deletion } from '../../aws/deletion.ts';
import type { UnknownReason } from '../../aws/errors.ts';

/**
 * What a check or a task can be, in the order in which one decides over the others:
 * a task is `failed` if any check failed, else `unknown` if any is unknown, and so on; `passed` only when every check passed.
 */
export const STATUSES = ['failed', 'unknown', 'waiting', 'not-started', 'blocked', 'passed'] as const;
export type Status = (typeof STATUSES)[number];

/** The status of the whole from the statuses of its parts. Nothing at all is `not-started`: a pass needs positive evidence. */
export function combineStatuses(parts: readonly Status[]): Status {
  if (parts.length === 0) return 'not-started';
  return STATUSES.find((status) => parts.includes(status)) ?? 'not-started';
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What removes a leftover: the command, its place in the order of deletion (1 first) and what keeping it costs. */
export interface Fix extends Partial<Deletion> {
  readonly order?: number;
}

/** One check as the API, the journal and the reports show it, in one language. */
export interface CheckResult {
  readonly id: string;
  readonly status: Status;
  readonly title: string;
  readonly message: string;
  /** Why we could not look; present exactly when `status` is `unknown`. */
  readonly reason?: UnknownReason;
  /** The AWS operation that could not be read, `service:Operation`. */
  readonly operation?: string;
  /** For whoever runs the checks: which call, which account, what to do. Present when `reason` is. */
  readonly operatorMessage?: string;
  /** AWS's request id of that answer, for whoever looks into it. */
  readonly requestId?: string;
  readonly expected?: Json;
  readonly observed?: Json;
  /** ARN or name of the resource looked at. */
  readonly resource?: string;
  readonly consoleUrl?: string;
  /** The numbered step of the task that sets what is checked. */
  readonly step?: number;
  /** Seconds until looking again makes sense; present when `status` is `waiting`. */
  readonly retryAfter?: number;
  /** The check (same task) or task that has to pass first; present when `status` is `blocked`. */
  readonly blockedBy?: string;
  readonly fix?: Fix;
  /** `live`: seen in the account now. `history`: from what AWS keeps after deletion. */
  readonly source: 'live' | 'history';
  /** What proves a pass from history: when it happened, ISO 8601 in UTC, and AWS's id of it. */
  readonly event?: PastEvent;
}

/** Something that AWS remembers to have happened. */
export interface PastEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** As AWS spells it, e.g. the id of a build or of an event. */
  readonly id: string;
}

/** One task's result: the body of `POST /api/check/<lab>/<task>` and one member of a journal line's `tasks`. */
export interface TaskResult {
  readonly lab: string;
  readonly task: string;
  readonly status: Status;
  readonly account: string;
  readonly region: string;
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
  /** What the page fills in for the student: stack outputs, account id, region. */
  readonly values: Readonly<Record<string, string>>;
  readonly checks: readonly CheckResult[];
  readonly reason?: UnknownReason;
  readonly retryAfter?: number;
}
