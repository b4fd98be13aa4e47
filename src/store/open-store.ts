import { join } from 'node:path';
import { createMemoryStore } from './memory-store.ts';
import type { PassStore } from './pass-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** The file with the passes: `labproof.sqlite` in `LABPROOF_DATA`, or in `.labproof` in the working directory. */
export function defaultStorePath({ LABPROOF_DATA }: { readonly LABPROOF_DATA?: string | undefined } = process.env): string {
  return join(LABPROOF_DATA || '.labproof', 'labproof.sqlite');
}

export interface StoreOptions {
  /** Receives one sentence when the file cannot be used. Default: standard error. */
  warn?(sentence: string): void;
}

/**
 * The store in the SQLite file at `path`, opened on first use. A check must never fail because nothing can be written: while the file
 * cannot be used, passes are kept in memory, and one sentence says so, once.
 */
export function openStore(path: string, { warn = console.warn }: StoreOptions = {}): PassStore {
  const memory = createMemoryStore();
  let file: PassStore | 'unusable' | undefined;
  let warned = false;

  /** What the file has answered; `undefined` when it could not be used. */
  function tryFile<Answer>(use: (store: PassStore) => Answer): { readonly answer: Answer } | undefined {
    if (file === 'unusable') return undefined;
    try {
      file ??= openSqliteStore(path);
      return { answer: use(file) };
    } catch (cause) {
      file ??= 'unusable';
      if (!warned) {
        const problem = cause instanceof Error ? cause.message : String(cause);
        warn(
          `Passed tasks cannot be kept in ${path} (${problem}); they are remembered only until this process ends. ` +
            'Make the file writable or move it away, or set LABPROOF_DATA to another folder.',
        );
        warned = true;
      }
      return undefined;
    }
  }

  const close = () => {
    if (file !== 'unusable') file?.close();
    file = 'unusable';
    warned = true;
    memory.close();
  };
  return {
    remember(account, lab, task, at) {
      const kept = tryFile((store) => store.remember(account, lab, task, at));
      if (kept === undefined) memory.remember(account, lab, task, at);
    },
    lastPass(account, lab) {
      const known = [tryFile((store) => store.lastPass(account, lab))?.answer, memory.lastPass(account, lab)];
      const times = known.flatMap((pass) => pass?.getTime() ?? []);
      return times.length > 0 ? new Date(Math.max(...times)) : undefined;
    },
    close,
    [Symbol.dispose]: close,
  };
}
