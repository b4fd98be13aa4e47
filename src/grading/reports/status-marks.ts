import type { Status } from '../../checkers/core/index.ts';

/** One column wide in every terminal; always shown beside, or explained by, its word. */
export const STATUS_MARKS: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  waiting: '…',
  'not-started': '-',
  blocked: '·',
  unknown: '?',
};
