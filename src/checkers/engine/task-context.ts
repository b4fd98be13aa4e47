import type { Place } from '../../aws/console.ts';

/** What every fact and judgement may lean on besides AWS's answers: the place looked at, and when. */
export interface TaskContext extends Place {
  /** When the run began. */
  readonly now: Date;
  /** When this account last passed any task of this lab, if a store remembers. */
  readonly recordedPass?: Date;
}
