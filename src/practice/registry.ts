import { LRUCache } from 'lru-cache';
import { createAccount, type PracticeAccount } from './account.ts';

/**
 * The accounts of an endpoint, bounded: past `max` the one unused for longest is let go.
 * An account that someone still holds is never replaced by a blank one of the same id.
 */
export class AccountRegistry {
  readonly #kept: LRUCache<string, PracticeAccount>;
  readonly #held = new Map<string, WeakRef<PracticeAccount>>();
  readonly #collected = new FinalizationRegistry((id: string) => {
    if (!this.#held.get(id)?.deref()) this.#held.delete(id);
  });

  constructor(max: number) {
    this.#kept = new LRUCache({ max });
  }

  /** Creates the account when there is none. @throws RangeError unless `id` is 12 digits. */
  open(id: string): PracticeAccount {
    const known = this.find(id);
    if (known) return known;
    const account = createAccount(id);
    this.#held.set(id, new WeakRef(account));
    this.#collected.register(account, id);
    this.#kept.set(id, account);
    return account;
  }

  find(id: string): PracticeAccount | undefined {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const held = this.#held.get(id)?.deref();
    if (held) this.#kept.set(id, held);
    return held;
  }

  all(): PracticeAccount[] {
    return [...this.#kept.values()];
  }
}
