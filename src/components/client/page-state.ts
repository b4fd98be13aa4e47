import type { TaskResult } from '../../checkers/core/result.ts';
import { type LabMemory, Memory } from './memory.ts';
import { labId } from './texts.ts';

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const memory = new Memory(storage());
const listeners = new Set<() => void>();

/** What this page knows of the account and the lab, shared by its elements. */
export const pageState = {
  get account(): string | undefined {
    return memory.account;
  },

  /** What is known of this page's lab in the account looked at. */
  get lab(): LabMemory {
    return memory.account === undefined || labId === undefined ? { statuses: {}, values: {} } : memory.lab(memory.account, labId);
  },

  use(account: string | undefined): void {
    if (account === memory.account) return;
    memory.account = account;
    tell();
  },

  remember(result: TaskResult): void {
    memory.account = result.account;
    memory.remember(result);
    tell();
  },

  forgetValues(): void {
    if (memory.account !== undefined && labId !== undefined) memory.forgetValues(memory.account, labId);
    tell();
  },

  /** Forgets this lab's progress and values in an account that was set back; the new account, if it changed, is used from now on. */
  startOver(account: string | undefined): void {
    if (memory.account !== undefined && labId !== undefined) memory.forget(memory.account, labId);
    memory.account = account;
    tell();
  },

  /** Calls back now and whenever something changes. */
  follow(listener: () => void): void {
    listeners.add(listener);
    listener();
  },
};

function tell(): void {
  for (const listener of listeners) listener();
}
