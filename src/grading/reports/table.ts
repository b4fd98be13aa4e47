import { styleText } from 'node:util';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { STATUSES, type Status } from '../../checkers/engine/result.ts';
import type { AccountResult } from '../account-result.ts';
import { type ClassReport, countStatuses, resultsOf, scoreText, stumbles } from './class-report.ts';
import { plainText } from './plain-text.ts';
import { shortened } from './shortened.ts';
import { STATUS_MARKS } from './status-marks.ts';

const COLOURS: Readonly<Record<Status, 'green' | 'red' | 'yellow' | 'gray'>> = {
  passed: 'green',
  failed: 'red',
  'not-started': 'red',
  waiting: 'yellow',
  unknown: 'yellow',
  blocked: 'gray',
};

export interface TableLook {
  readonly colour: boolean;
  /** Columns of the terminal. Default: 160. */
  readonly width?: number;
}

interface Column {
  readonly head: string;
  readonly align?: 'left' | 'center' | 'right';
  /** One for each student. */
  readonly cells: readonly string[];
  /** The column with 1 is removed first when the terminal is too narrow. */
  readonly dispensable?: number;
}

/** How many students with trouble are listed below the table. The reports list all of them. */
const MOST_TROUBLES = 5;

/** The widest name, so that notes have enough room. */
const MOST_NAME = 30;

/** A narrower note would say nothing. */
const LEAST_NOTE = 24;

/** The class as a table: a row for each student, a mark for each task, and the most important note. Ends without a line break. */
export function renderTable(report: ClassReport, { colour, width = 160 }: TableLook): string {
  const { students, tasks } = report;
  const paint = (status: Status, text: string) => (colour ? styleText(COLOURS[status], text, { validateStream: false }) : text);
  const marks = tasks.map(({ id }): Column => {
    const cells = students.map(({ result }) => {
      const status = result?.tasks.find(({ task }) => task === id)?.status;
      return status ? paint(status, STATUS_MARKS[status]) : '';
    });
    return { head: id.replace(/^task-/, ''), align: 'center', cells };
  });
  const columns: Column[] = [
    { head: 'student', cells: students.map(({ entry }) => plainText(entry.student)) },
    ...(students.some(({ entry }) => entry.name !== undefined)
      ? [{ head: 'name', cells: students.map(({ entry }) => shortened(plainText(entry.name ?? ''), MOST_NAME)), dispensable: 1 }]
      : []),
    { head: 'account', cells: students.map(({ entry }) => entry.account) },
    ...marks,
    { head: 'score', align: 'right', cells: students.map(({ result }) => (result ? scoreText(result) : '')) },
    { head: 'status', cells: students.map(({ result }) => (result ? paint(result.status, result.status) : '')) },
  ];
  const note: Column = {
    head: 'note',
    cells: students.map(({ result }) => plainText(result ? noteOf(result) : 'not reached')),
    dispensable: 2,
  };
  return [draw([...columns, note], width), legend(), ...totals(report)].join('\n');
}

/** Fits the columns into `width`: the last column is cut, and optional columns are removed when there is no room left for it. */
function draw(columns: readonly Column[], width: number): string {
  const last = columns.at(-1);
  // A cell has a space on either side and a line on its left. One more line ends the row.
  const widthOf = ({ head, cells }: Column) => Math.max(...[head, ...cells].map((text) => stringWidth(text))) + 2;
  const room = width - 1 - columns.reduce((taken, column) => taken + 1 + (column === last ? 0 : widthOf(column)), 0);
  const needed = last?.dispensable === undefined ? 0 : Math.min(LEAST_NOTE, widthOf(last));
  const spare = columns
    .filter(({ dispensable }) => dispensable !== undefined)
    .sort((a, b) => (a.dispensable ?? 0) - (b.dispensable ?? 0))[0];
  if (room < needed && spare) {
    return draw(
      columns.filter((column) => column !== spare),
      width,
    );
  }
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columns.map((column) => (column === last && column.dispensable !== undefined ? Math.min(room, widthOf(column)) : null)),
    style: { head: [], border: [], compact: true },
  });
  const rows = columns[0]?.cells.map((_, row) => columns.map(({ cells }) => cells[row] ?? '')) ?? [];
  table.push(...rows);
  return table.toString();
}

/** Why not everything could be checked, else the first check that needs the student's attention. */
function noteOf({ trouble, reason, tasks }: AccountResult): string {
  if (trouble !== undefined) return trouble;
  for (const wanted of ['failed', 'unknown', 'waiting', 'not-started'] as const) {
    const task = tasks.find(({ status }) => status === wanted);
    const check = task?.checks.find(({ status }) => status === wanted);
    if (task && check) return `${task.task}: ${check.message || check.title}${wanted === 'unknown' ? ` (${reason})` : ''}`;
  }
  return '';
}

function legend(): string {
  return (['passed', 'failed', 'not-started', 'waiting', 'blocked', 'unknown'] as const)
    .map((status) => `${STATUS_MARKS[status]} ${status}`)
    .join('   ');
}

function totals(report: ClassReport): readonly string[] {
  const results = resultsOf(report);
  const counts = countStatuses(results.map(({ status }) => status));
  const parts = STATUSES.flatMap((status) => (counts[status] === undefined ? [] : `${counts[status]} ${status}`));
  const worst = stumbles(report)
    .slice(0, 3)
    .map(({ task, title, failed }) => `${plainText(title)} (${task}, ${failed})`);
  const troubled = results.filter(({ trouble }) => trouble !== undefined);
  const troubles = troubled
    .slice(0, MOST_TROUBLES)
    .map(({ student, trouble = '' }) => `Not seen: ${plainText(student)}: ${plainText(trouble)}`);
  return [
    ...troubles,
    ...(troubled.length > MOST_TROUBLES ? [`Not seen: ${troubled.length - MOST_TROUBLES} more.`] : []),
    `${results.length} of ${report.students.length} accounts looked at: ${parts.join(', ') || 'none'}.`,
    ...(worst.length > 0 ? [`Fails most: ${worst.join('; ')}.`] : []),
  ];
}
