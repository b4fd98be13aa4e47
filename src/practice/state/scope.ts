import type { PracticeClock } from '../clock.ts';
import type { Mint } from '../mint.ts';

/** What the state of one service in one region is made from. */
export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly clock: PracticeClock;
  readonly mint: Mint;
}

/** Drops the oldest entries so that a visitor who plays moves for ever does not fill the memory. */
export function keepNewest<T>(list: T[], most: number): void {
  if (list.length > most) list.splice(0, list.length - most);
}

/** A move that cannot be made in this state: a mistake of the caller, worded like AWS words it. */
export class ImpossibleMove extends Error {
  override readonly name = 'ImpossibleMove';
}
