import type { PracticeClock } from '../clock.ts';
import type { Mint } from '../mint.ts';

/** Makes the state of one service, empty. */
export type StateFactory<State> = (scope: Scope) => State;

/** What the state of one service is made from: in one region, or in the account for a global service. */
export interface Scope {
  readonly account: string;
  /** `aws-global` for a global service. */
  readonly region: string;
  readonly clock: PracticeClock;
  readonly mint: Mint;
  /** The state that `factory` made in the same place; made now when it is not there yet. */
  of<State>(factory: StateFactory<State>): State;
  /** The same account in a region. */
  inRegion(name: string): Scope;
}

/**
 * A move that cannot be made in this state, worded like AWS words it. Every function of a state throws it when what it changes,
 * or what it needs, is not there, and when what it makes is there already.
 */
export class ImpossibleMove extends Error {
  override readonly name = 'ImpossibleMove';
}

/** @throws ImpossibleMove */
export function impossible(message: string): never {
  throw new ImpossibleMove(message);
}

/** Drops the oldest entries so that a visitor who plays moves for ever does not fill the memory. */
export function keepNewest<T>(list: T[], most: number): void {
  if (list.length > most) list.splice(0, list.length - most);
}

/** The things of one kind that a state keeps, by name, in the order they were made. To change or remove one takes a second. */
export class Named<T extends object> extends Map<string, T> {
  readonly #clock: PracticeClock;
  readonly #missing: (name: string) => string;

  /** @param missing says that there is nothing of a name */
  constructor(clock: PracticeClock, missing: (name: string) => string) {
    super();
    this.#clock = clock;
    this.#missing = missing;
  }

  /** @throws ImpossibleMove when there is nothing of this name, as do `change` and `remove`. */
  known(name: string): T {
    return this.get(name) ?? impossible(this.#missing(name));
  }

  /** Replaces members. */
  change(name: string, patch: Partial<T>): void {
    this.set(name, { ...this.known(name), ...structuredClone(patch) });
    this.#clock.tick(1);
  }

  remove(name: string): void {
    this.known(name);
    this.delete(name);
    this.#clock.tick(1);
  }

  /** In the order of their names. */
  sorted(): T[] {
    return [...this].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }
}

/** A JSON document as text, when it is not text already. */
export const textOf = (document: object | string): string => (typeof document === 'string' ? document : JSON.stringify(document));
