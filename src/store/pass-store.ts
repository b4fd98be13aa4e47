/**
 * Remembers when an account last passed a task. After a cleanup nothing is left to see, so an earlier pass is part of the proof that the
 * lab had been done.
 */
export interface PassStore extends Disposable {
  /** Saves that `account` (12 digits) passed `task` of `lab` at this time. An earlier time never replaces a later one. */
  remember(account: string, lab: string, task: string, at: Date): void;
  /** When `account` last passed any task of `lab`; `undefined` when it never did. */
  lastPass(account: string, lab: string): Date | undefined;
  /** Closes what the store has opened. May be called twice; the store must not be used afterwards. */
  close(): void;
}
