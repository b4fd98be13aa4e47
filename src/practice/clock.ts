/** The account's own time: everything that happens in it is stamped by this clock. */
export interface PracticeClock {
  now(): Date;
  /**
   * Lets time pass in the account and returns the new time.
   * Advances by `seconds`, or by half of what is left until the real time when that is less:
   * so stamps are never in the future and later moves stay later than earlier ones.
   */
  tick(seconds: number): Date;
}

const HEAD_START_MS = 60 * 60 * 1000;

/** A clock that starts one hour before the real time. */
export function createClock(realNow: () => number = Date.now): PracticeClock {
  let current = realNow() - HEAD_START_MS;
  return {
    now: () => new Date(current),
    tick(seconds) {
      if (!(seconds >= 0)) throw new RangeError(`A clock ticks forward: expected seconds >= 0, received ${seconds}.`);
      current += Math.min(seconds * 1000, Math.max(0, realNow() - current) / 2);
      return new Date(current);
    },
  };
}
