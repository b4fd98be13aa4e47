import type { Status, TaskResult } from '../../checkers/core/result.ts';

/** What the browser remembers of one lab in one account. */
export interface LabMemory {
  readonly statuses: Readonly<Record<string, Status>>;
  readonly values: Readonly<Record<string, string>>;
}

const NOTHING: LabMemory = { statuses: {}, values: {} };

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string');
}

/**
 * Remembers statuses and values per account and lab. Every method works without storage (private mode, full disk): then nothing is remembered.
 * @param storage `localStorage`, or anything like it.
 */
export class Memory {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) {
    this.#storage = storage;
  }

  /** The account that was looked at last, 12 digits. */
  get account(): string | undefined {
    return this.#read('labproof:account') ?? undefined;
  }

  set account(account: string | undefined) {
    this.#write('labproof:account', account);
  }

  lab(account: string, lab: string): LabMemory {
    try {
      const stored: unknown = JSON.parse(this.#read(`labproof:${account}:${lab}`) ?? 'null');
      if (typeof stored !== 'object' || stored === null) return NOTHING;
      const statuses: unknown = Reflect.get(stored, 'statuses');
      const values: unknown = Reflect.get(stored, 'values');
      return { statuses: isTexts(statuses) ? (statuses as Record<string, Status>) : {}, values: isTexts(values) ? values : {} };
    } catch {
      return NOTHING;
    }
  }

  /** Adds a task's result. `unknown` says nothing about the work, so it does not replace what was known. */
  remember(result: TaskResult): void {
    const before = this.lab(result.account, result.lab);
    const known = before.statuses[result.task];
    const status = result.status === 'unknown' && known !== undefined ? known : result.status;
    this.#write(
      `labproof:${result.account}:${result.lab}`,
      JSON.stringify({ statuses: { ...before.statuses, [result.task]: status }, values: { ...before.values, ...result.values } }),
    );
  }

  forgetValues(account: string, lab: string): void {
    const { statuses } = this.lab(account, lab);
    this.#write(`labproof:${account}:${lab}`, JSON.stringify({ statuses, values: {} }));
  }

  forget(account: string, lab: string): void {
    this.#write(`labproof:${account}:${lab}`, undefined);
  }

  #read(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: string | undefined): void {
    try {
      if (value === undefined) this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, value);
    } catch {
      // Storage may be full or forbidden; the page works on without remembering.
    }
  }
}
