import { setTimeout as sleep } from 'node:timers/promises';

/** How often one account may be asked by us: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Well below what AWS lets one account do, so that looking does not slow down the student's own work in the console.
 * LookupEvents has two a second for the whole account and region (AWS CloudTrail quotas); IAM's and CloudFormation's limits are low
 * and not raisable; a lab's whole check fits into one burst.
 */
const RATES: Readonly<Record<string, Rate>> = {
  cloudtrail: { perSecond: 1, burst: 2 },
  iam: { perSecond: 5, burst: 30 },
  cloudformation: { perSecond: 5, burst: 30 },
};
const OTHER: Rate = { perSecond: 10, burst: 60 };

/** Waits until one more call of a service may leave. @throws the reason of `signal` */
export type TakeTurn = (service: string, signal?: AbortSignal) => Promise<void>;

/** One account's turns, counted per service. */
export function createTurns(
  rateOf: (service: string) => Rate = (service) => RATES[service] ?? OTHER,
  now: () => number = Date.now,
): TakeTurn {
  // When a service's calls so far would be used up at its long-run rate.
  const usedUpAt = new Map<string, number>();
  return async (service, signal) => {
    const { perSecond, burst } = rateOf(service);
    const interval = 1000 / perSecond;
    const start = Math.max(usedUpAt.get(service) ?? 0, now());
    usedUpAt.set(service, start + interval);
    const wait = start - now() - (burst - 1) * interval;
    if (wait > 0) await sleep(wait, undefined, signal && { signal });
  };
}
