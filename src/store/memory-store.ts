import type { PassStore } from './pass-store.ts';

/** A store that lasts as long as the process. */
export function createMemoryStore(): PassStore {
  const passes = new Map<string, Date>();
  // JSON keeps different pairs of names different, whatever characters they contain.
  const keyOf = (account: string, lab: string) => JSON.stringify([account, lab]);
  const close = () => passes.clear();
  return {
    remember(account, lab, _task, at) {
      const key = keyOf(account, lab);
      const known = passes.get(key);
      if (known === undefined || known < at) passes.set(key, new Date(at));
    },
    lastPass(account, lab) {
      const known = passes.get(keyOf(account, lab));
      return known && new Date(known);
    },
    close,
    [Symbol.dispose]: close,
  };
}
