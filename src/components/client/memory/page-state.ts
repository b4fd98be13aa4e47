import type { TaskResult } from '../../../checkers/core/result.ts';
import { labId, texts } from '../texts.ts';
import type { KeptResult } from './kept-result.ts';
import { type LabMemory, Memory, type ReaderMemory } from './memory.ts';

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/** What this browser remembers of all labs. */
export const memory = new Memory(storage());
const listeners = new Set<() => void>();

/** What this page knows of the account, the lab and its reader, shared by its elements. */
export const pageState = {
  get account(): string | undefined {
    return memory.account;
  },

  /** What is known of this page's lab in the account looked at. */
  get lab(): LabMemory {
    return memory.lab(memory.account ?? '', labId ?? '');
  },

  get reader(): ReaderMemory {
    return memory.reader(labId ?? '');
  },

  /** What the page fills in: what was typed in by hand wins over what was read. */
  get values(): Readonly<Record<string, string>> {
    return { ...this.lab.values, ...this.reader.typed };
  },

  /** What was last seen of a task in the account looked at, when this page's language can show it. */
  result(task: string): KeptResult | undefined {
    const kept = memory.result(memory.account ?? '', labId ?? '', task);
    return kept?.language === texts.language ? kept : undefined;
  },

  use(account: string | undefined): void {
    if (account === memory.account) return;
    memory.account = account;
    tell();
  },

  remember(result: TaskResult): void {
    memory.account = result.account;
    memory.remember(result, texts.language);
    tell();
  },

  tick(step: string, done: boolean): void {
    if (labId !== undefined) memory.tick(labId, step, done);
    tell();
  },

  type(name: string, value: string): void {
    if (labId !== undefined) memory.type(labId, name, value);
    tell();
  },

  forgetValues(): void {
    if (labId !== undefined) memory.forgetValues(memory.account, labId);
    tell();
  },

  /** Forgets this lab's progress and values in an account that was set back; the new account, if it changed, is used from now on. */
  startOver(account: string | undefined): void {
    if (labId !== undefined) memory.forget(memory.account, labId);
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
