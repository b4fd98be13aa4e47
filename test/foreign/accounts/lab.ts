import type { ForeignAccount } from '../state.ts';

/** Accounts of one lab on the foreign endpoint, and what its checks must say of them. */
export interface ForeignLab {
  readonly id: string;
  /** Everything is as the text says, as far as the endpoint can hold it. */
  readonly complete: ForeignAccount;
  /** Checks of the complete account that cannot be looked at there, as `task/check`, and the call that cannot answer. */
  readonly unknown: Readonly<Record<string, string>>;
  /** Checks of what never gets further there. All others pass, but for those that come after one of these. */
  readonly waiting?: readonly string[];
  /** One thing changed, and the one check that must fail for it. */
  readonly wrong: readonly { readonly account: ForeignAccount; readonly fails: string }[];
  /** What is left after the cleanup: builds and deleted stacks. */
  readonly cleaned: ForeignAccount;
}
