import type { ConsoleLinks } from './console.ts';

/** What every fact and judgement may lean on besides AWS's answers. */
export interface TaskContext {
  /** The account looked at, 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly console: ConsoleLinks;
  /** When the run began. */
  readonly now: Date;
  /** When this account last passed any task of this lab, if a store remembers. */
  readonly recordedPass?: Date;
}
