import type { PracticeAccount } from './account.ts';
import type { PracticeFault } from './faults.ts';
import type { PracticeCredentials } from './identity.ts';

/** A running endpoint: give `url` as `endpoint` to any SDK client, with `credentials(id)`. */
export interface PracticeEndpoint extends AsyncDisposable {
  /** E.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The account, created on demand. Only accounts asked for here (or by `credentials`) can be called. @throws RangeError unless `id` is 12 digits. */
  account(id: string): PracticeAccount;
  /** Long-lived keys of a user of that account; the same for the same id. @throws RangeError unless `id` is 12 digits. */
  credentials(id: string): PracticeCredentials;
  /** Arms a fault for one account. */
  arm(accountId: string, fault: PracticeFault): void;
  /** Delays every answer of the endpoint by `ms` milliseconds from now on. */
  latency(ms: number): void;
  /** Stops serving: hung requests are ended, connections closed. Safe to call twice. */
  close(): Promise<void>;
}

export interface PracticeOptions {
  /** 0 (default) picks a free port. */
  readonly port?: number;
  /** Most accounts kept; the one unused for longest goes first. Default 2000. */
  readonly maxAccounts?: number;
  /** Milliseconds every answer is delayed. Default 0. */
  readonly latencyMs?: number;
  /** Told of an error that is the endpoint's own fault (the client gets `InternalFailure`). Default: stderr. */
  readonly onBug?: (error: unknown, operation: string) => void;
}
