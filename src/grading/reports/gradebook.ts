import { stringify } from 'csv-stringify/sync';
import { isGraded } from '../account-result.ts';
import type { ClassReport } from './class-report.ts';
import { plainText } from './plain-text.ts';

/**
 * `gradebook.csv`: one row for each student and one column for each task (1 passed, 0 not passed, `?` unknown or not reached). `score` is
 * `?` while a task is unknown, so that no student loses a point because we could not look. UTF-8 with a byte order mark, so that Excel
 * reads Korean and Japanese. Cells that a spreadsheet would run as a formula are turned into text.
 */
export function renderGradebook({ students, tasks }: ClassReport): string {
  const header = ['student', 'name', 'email', 'account', 'region', 'status', 'score', 'maxScore', ...tasks.map(({ id }) => id), 'note'];
  const lines = students.map(({ entry, result }) => {
    const points = tasks.map(({ id }) => {
      const status = result?.tasks.find(({ task }) => task === id)?.status ?? 'unknown';
      return status === 'unknown' ? '?' : status === 'passed' ? 1 : 0;
    });
    return [
      entry.student,
      entry.name ?? '',
      entry.email ?? '',
      entry.account,
      entry.region,
      result?.status ?? 'unknown',
      result && isGraded(result) ? result.score : '?',
      tasks.length,
      ...points,
      result ? (result.trouble ?? result.reason ?? '') : 'not reached',
    ].map((cell) => (typeof cell === 'string' ? plainText(cell).trim() : cell));
  });
  return stringify([header, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
