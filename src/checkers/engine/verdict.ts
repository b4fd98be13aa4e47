import type { Json } from './result.ts';

/** A judgement over a fact. `says` names the message; a pass says nothing. */
export type Verdict<S = unknown> =
  | { readonly status: 'passed'; readonly observed?: Json; readonly source?: 'live' | 'history' }
  | { readonly status: 'failed'; readonly says: S }
  | { readonly status: 'waiting'; readonly says: S; readonly retryAfter: number }
  | { readonly status: 'not-started'; readonly says: S }
  | { readonly status: 'blocked'; readonly by: string }
  | { readonly status: 'unknown'; readonly says: S };

export const passed = (evidence: { observed?: Json; source?: 'live' | 'history' } = {}) => ({ status: 'passed', ...evidence }) as const;
export const failed = <const S>(says: S) => ({ status: 'failed', says }) as const;
/** `retryAfter`: seconds until AWS is likely to be further. */
export const waiting = <const S>(says: S, retryAfter = 15) => ({ status: 'waiting', says, retryAfter }) as const;
export const notStarted = <const S>(says: S) => ({ status: 'not-started', says }) as const;
/** `by`: the task, or the check of the same task, that has to pass first. */
export const blocked = (by: string) => ({ status: 'blocked', by }) as const;
/** What was read is neither right nor wrong as far as we can tell, e.g. a build that runs a program we do not know. Never counts against the student. */
export const undecided = <const S>(says: S) => ({ status: 'unknown', says }) as const;
