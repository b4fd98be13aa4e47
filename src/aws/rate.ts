import { setTimeout as sleep } from 'node:timers/promises';

/** How often one account may be asked by us: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * The rate of a service that names none. Well below what AWS lets one account do, so that looking does not slow down the student's own work
 * in the console; a lab's whole check fits into one burst.
 */
export const USUAL_RATE: Rate = { perSecond: 10, burst: 60 };

/** Waits until one more call of a service may leave. @throws the reason of `signal` */
export type TakeTurn = (service: { readonly name: string; readonly rate: Rate }, signal?: AbortSignal) => Promise<void> | undefined;

/** One account's turns, counted per service. */
export function createTurns(now: () => number = Date.now): TakeTurn {
  // When a service's calls so far would be used up at its long-run rate.
  const usedUpAt = new Map<string, number>();
  return ({ name, rate: { perSecond, burst } }, signal) => {
    const interval = 1000 / perSecond;
    const start = Math.max(usedUpAt.get(name) ?? 0, now());
    usedUpAt.set(name, start + interval);
    const wait = start - now() - (burst - 1) * interval;
    return wait > 0 ? sleep(wait, undefined, signal && { signal }) : undefined;
  };
}
