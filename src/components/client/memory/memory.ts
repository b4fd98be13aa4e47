import { STATUSES, type Status, type TaskResult } from '../../../checkers/engine/result.ts';
import { type KeptResult, keptOf, readKept } from './kept-result.ts';
import { type Leftover, leftoversOf, readLeftovers } from './leftovers.ts';

/** What the browser remembers about one lab in one account. */
export interface LabMemory {
  readonly statuses: Readonly<Record<string, Status>>;
  readonly values: Readonly<Record<string, string>>;
  /** The task that published each value. */
  readonly sources: Readonly<Record<string, string>>;
  /** The leftovers that the last check of the cleanup found. */
  readonly leftovers: readonly Leftover[];
}

/** What the browser remembers about a lab in any account: how far the reader got, and what they typed. */
export interface ReaderMemory {
  /** Ids of the ticked steps, e.g. `task-0-step-3`. */
  readonly ticked: readonly string[];
  /** Id of the step ticked last. */
  readonly last?: string;
  /** Values that were typed, by name. */
  readonly typed: Readonly<Record<string, string>>;
}

export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The id of the check before the first task. */
export const PREFLIGHT = 'preflight';

const NOTHING: LabMemory = { statuses: {}, values: {}, sources: {}, leftovers: [] };

function textsIn(value: unknown): Record<string, string> {
  const ok = typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string');
  return ok ? (value as Record<string, string>) : {};
}

function statusesIn(value: unknown): Record<string, Status> {
  const known = Object.entries(textsIn(value)).filter(([, status]) => STATUSES.some((one) => one === status));
  return Object.fromEntries(known) as Record<string, Status>;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/**
 * Remembers progress and values for each account and lab. All methods work without storage (private mode, full disk); then nothing is
 * remembered.
 * @param storage `localStorage`, or anything like it.
 */
export class Memory {
  readonly #storage: TextStorage | undefined;

  constructor(storage: TextStorage | undefined) {
    this.#storage = storage;
  }

  /** The account of the last check, 12 digits. */
  get account(): string | undefined {
    return this.#read('labproof:account') ?? undefined;
  }

  set account(account: string | undefined) {
    this.#write('labproof:account', account);
  }

  lab(account: string, lab: string): LabMemory {
    const stored = this.#parsed(`labproof:${account}:${lab}`);
    return {
      statuses: statusesIn(member(stored, 'statuses')),
      values: textsIn(member(stored, 'values')),
      sources: textsIn(member(stored, 'sources')),
      leftovers: readLeftovers(member(stored, 'leftovers')),
    };
  }

  reader(lab: string): ReaderMemory {
    const stored = this.#parsed(`labproof:reader:${lab}`);
    const ticked = member(stored, 'ticked');
    const last = member(stored, 'last');
    return {
      ticked: Array.isArray(ticked) ? ticked.filter((id: unknown) => typeof id === 'string') : [],
      ...(typeof last === 'string' && { last }),
      typed: textsIn(member(stored, 'typed')),
    };
  }

  /** The last result of a task that is not `unknown`. */
  result(account: string, lab: string, task: string): KeptResult | undefined {
    return readKept(member(this.#parsed(`labproof:results:${account}:${lab}`), task));
  }

  /**
   * Adds a task's result. An `unknown` result says nothing about the work, so it does not replace what was known.
   * @param language of the result's texts.
   */
  remember(result: TaskResult, language: string): void {
    const kept = keptOf(result, language);
    if (kept !== undefined) this.#keepResult(kept);
    const before = this.lab(result.account, result.lab);
    const known = before.statuses[result.task];
    const status = result.status === 'unknown' && known !== undefined ? known : result.status;
    const found = Object.fromEntries(Object.keys(result.values).map((name) => [name, before.sources[name] ?? result.task]));
    this.#keep(result.account, result.lab, {
      // Pre-flight is not a task and proves nothing about the work.
      statuses: result.task === PREFLIGHT ? before.statuses : { ...before.statuses, [result.task]: status },
      values: { ...before.values, ...result.values },
      sources: { ...before.sources, ...found },
      leftovers: result.task === 'cleanup' && result.status !== 'unknown' ? leftoversOf(result) : before.leftovers,
    });
  }

  tick(lab: string, step: string, done: boolean): void {
    const { ticked, typed } = this.reader(lab);
    const others = ticked.filter((id) => id !== step);
    const last = done ? step : others.at(-1);
    this.#keepReader(lab, { ticked: done ? [...others, step] : others, typed, ...(last !== undefined && { last }) });
  }

  /** Keeps a value that was typed. An empty value is forgotten. */
  type(lab: string, name: string, value: string): void {
    const { [name]: _before, ...others } = this.reader(lab).typed;
    this.#keepReader(lab, { ...this.reader(lab), typed: value === '' ? others : { ...others, [name]: value } });
  }

  forgetValues(account: string | undefined, lab: string): void {
    if (account !== undefined) this.#keep(account, lab, { ...this.lab(account, lab), values: {}, sources: {} });
    this.#keepReader(lab, { ...this.reader(lab), typed: {} });
  }

  /** Forgets everything about a lab: in this account, and how far the reader got. */
  forget(account: string | undefined, lab: string): void {
    if (account !== undefined) {
      this.#write(`labproof:${account}:${lab}`, undefined);
      this.#write(`labproof:results:${account}:${lab}`, undefined);
    }
    this.#write(`labproof:reader:${lab}`, undefined);
  }

  /** Adds what another browser has remembered. Ticked steps, passed tasks and known values are never lost. */
  merge(account: string | undefined, lab: string, theirs: LabMemory, reader: ReaderMemory): void {
    if (account !== undefined) {
      const before = this.lab(account, lab);
      const passed = Object.entries(before.statuses).filter(([, status]) => status === 'passed');
      this.#keep(account, lab, {
        statuses: { ...before.statuses, ...theirs.statuses, ...Object.fromEntries(passed) },
        values: { ...theirs.values, ...before.values },
        sources: { ...theirs.sources, ...before.sources },
        leftovers: before.leftovers.length > 0 ? before.leftovers : theirs.leftovers,
      });
    }
    const here = this.reader(lab);
    const last = here.last ?? reader.last;
    this.#keepReader(lab, {
      ticked: [...new Set([...here.ticked, ...reader.ticked])],
      typed: { ...reader.typed, ...here.typed },
      ...(last !== undefined && { last }),
    });
  }

  #keepResult(kept: KeptResult): void {
    const key = `labproof:results:${kept.account}:${kept.lab}`;
    const before = this.#parsed(key);
    const others = typeof before === 'object' && before !== null ? before : {};
    this.#write(key, JSON.stringify({ ...others, [kept.task]: kept }));
  }

  #keep(account: string, lab: string, memory: LabMemory): void {
    this.#write(`labproof:${account}:${lab}`, JSON.stringify({ ...NOTHING, ...memory }));
  }

  #keepReader(lab: string, memory: ReaderMemory): void {
    this.#write(`labproof:reader:${lab}`, JSON.stringify(memory));
  }

  #parsed(key: string): unknown {
    try {
      return JSON.parse(this.#read(key) ?? 'null');
    } catch {
      return undefined;
    }
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
      // Storage may be full or forbidden. The page works without it.
    }
  }
}
