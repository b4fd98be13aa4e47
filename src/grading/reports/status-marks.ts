import type { Status } from '../../checkers/engine/result.ts';

/** One column wide in every terminal. The word of the status is always shown beside it or explained. */
export const STATUS_MARKS: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  waiting: '…',
  'not-started': '-',
  blocked: '·',
  unknown: '?',
};
