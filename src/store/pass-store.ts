/**
 * Remembers when an account last passed a task. A cleanup leaves nothing to look at,
 * so what was seen before is part of the proof that the lab had been done.
 */
export interface PassStore extends Disposable {
  /** Notes that `account` (12 digits) passed `task` of `lab` at that time. An earlier time never replaces a later one. */
  remember(account: string, lab: string, task: string, at: Date): void;
  /** When `account` last passed any task of `lab`, or undefined. */
  lastPass(account: string, lab: string): Date | undefined;
  /** Gives back what the store holds open. Safe to call twice; the store is not used afterwards. */
  close(): void;
}
