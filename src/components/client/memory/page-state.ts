import type { TaskResult } from '../../../checkers/engine/result.ts';
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

/** What this browser remembers about all labs. */
export const memory = new Memory(storage());
const listeners = new Set<() => void>();

/** What this page knows about the account, the lab and its reader. All elements of the page share it. */
export const pageState = {
  get account(): string | undefined {
    return memory.account;
  },

  /** What is known about this page's lab in the current account. */
  get lab(): LabMemory {
    return memory.lab(memory.account ?? '', labId ?? '');
  },

  get reader(): ReaderMemory {
    return memory.reader(labId ?? '');
  },

  /** The values for the page. A value that was typed wins over one that was read. */
  get values(): Readonly<Record<string, string>> {
    return { ...this.lab.values, ...this.reader.typed };
  },

  /** The last result of a task in the current account, if it is in the language of this page. */
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

  /** Forgets the progress and values of this lab in an account that was reset. If there is a new account, it is used from now on. */
  startOver(account: string | undefined): void {
    if (labId !== undefined) memory.forget(memory.account, labId);
    memory.account = account;
    tell();
  },

  /** Calls the listener now and after every change. */
  follow(listener: () => void): void {
    listeners.add(listener);
    listener();
  },
};

function tell(): void {
  for (const listener of listeners) listener();
}
