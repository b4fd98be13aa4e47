import { CsvError, parse } from 'csv-parse/sync';
import { ACCOUNT, accountOfRole, EXTERNAL_ID, REGION, roleArn } from './account-syntax.ts';
import { UsageError } from './usage-error.ts';

const REQUIRED = ['student', 'account'] as const;
const OPTIONAL = ['name', 'email', 'role_arn', 'external_id', 'region', 'profile'] as const;
const COLUMNS = [...REQUIRED, ...OPTIONAL] as const;
type Column = (typeof COLUMNS)[number];

/** One student's account, and how to open it. */
export interface RosterEntry {
  readonly student: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The role to assume. */
  readonly roleArn: string;
  readonly externalId?: string;
  /** Profile whose credentials assume the role. Default: the default credential chain. */
  readonly profile?: string;
  readonly name?: string;
  readonly email?: string;
}

export interface RosterDefaults {
  readonly region: string;
  /** Name of the role in rows without `role_arn`. */
  readonly roleName: string;
  readonly externalId?: string;
}

/** A row of the file. `line` counts from 1 and includes the header. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Problem {
  readonly line: number;
  readonly column?: Column;
  readonly problem: string;
}

type Complain = (problem: string, column?: Column) => void;

interface RawRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
  readonly raw: string;
}

/**
 * Reads a class roster: CSV in UTF-8 with a header. Columns: `student` and `account`; optional `name`, `email`, `role_arn`, `external_id`,
 * `region` and `profile`; in any order. Empty lines are skipped, and cells are trimmed.
 * @param file name of the file in messages
 * @throws UsageError with all problems of the file, each with line and column.
 */
export function parseRoster(bytes: Uint8Array, file: string, defaults: RosterDefaults): readonly RosterEntry[] {
  const [header, ...rows] = readRows(decode(bytes, file), file);
  if (header === undefined)
    throw new UsageError(`${file} is empty: its first line must be a header with the columns "student" and "account".`);
  const columns = readHeader(header, file);
  if (rows.length === 0) throw new UsageError(`${file} has a header but no students: add one line for each student.`);
  const problems: Problem[] = [];
  const entries: { readonly entry: RosterEntry; readonly line: number }[] = [];
  for (const row of rows) {
    const complain: Complain = (problem, column) => problems.push({ line: row.line, ...(column && { column }), problem });
    const entry = readEntry(row, columns, defaults, complain);
    if (entry) entries.push({ entry, line: row.line });
  }
  problems.push(...duplicates(entries));
  if (problems.length > 0) {
    const sentences = problems
      .toSorted((a, b) => a.line - b.line)
      .map(({ line, column, problem }) => `${file} line ${line}${column ? `, column "${column}"` : ''}: ${problem}`);
    throw new UsageError(...sentences);
  }
  return entries.map(({ entry }) => entry);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text: save it again as "CSV UTF-8 (comma delimited)".`);
  }
}

function readRows(text: string, file: string): readonly Row[] {
  try {
    // With `info` and `raw` the parser returns this shape, which its types do not say.
    const records = parse(text, {
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as readonly RawRecord[];
    return records.map(({ record, info, raw }) => {
      const lineBreaksInside = raw.trim().match(/\r\n|\r|\n/g)?.length ?? 0;
      return { line: info.lines - lineBreaksInside, cells: record.map((cell) => cell.trim()) };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? ` line ${error['lines']}` : '';
    throw new UsageError(
      `${file}${line}: a quotation mark is not closed or is in the middle of a cell; put quotes around the whole cell, and double those inside.`,
    );
  }
}

function readHeader({ line, cells }: Row, file: string): readonly Column[] {
  const [only = ''] = cells;
  if (cells.length === 1 && /[;\t]/.test(only)) {
    throw new UsageError(`${file} line ${line}: the columns are not separated by commas; save it again as "CSV UTF-8 (comma delimited)".`);
  }
  const names = cells.map((cell) => cell.toLowerCase());
  const problems = names.flatMap((name, index) => {
    const where = `${file} line ${line}, column ${index + 1}`;
    if (!isColumn(name)) return [`${where}: "${cells[index]}" is not a column of a roster; the columns are ${COLUMNS.join(', ')}.`];
    return names.indexOf(name) === index ? [] : [`${where}: the column "${name}" is there twice; remove one.`];
  });
  for (const name of REQUIRED) {
    if (!names.includes(name)) problems.push(`${file} line ${line}: the column "${name}" is missing; add it to the header.`);
  }
  if (problems.length > 0) throw new UsageError(...problems);
  return names.filter(isColumn);
}

function isColumn(name: string): name is Column {
  return COLUMNS.some((column) => column === name);
}

/** Turns a row into an entry; `undefined` after reporting what is wrong with it. */
function readEntry(row: Row, columns: readonly Column[], defaults: RosterDefaults, complainOf: Complain): RosterEntry | undefined {
  if (row.cells.length > columns.length) {
    complainOf(`there are ${row.cells.length} cells under ${columns.length} columns; put quotes around a cell that contains a comma.`);
    return undefined;
  }
  let isBad = false;
  const complain = (column: Column, problem: string) => {
    isBad = true;
    complainOf(problem, column);
  };
  const cell = (column: Column) => row.cells[columns.indexOf(column)] || undefined;

  const student = cell('student');
  if (student === undefined) complain('student', 'it is empty; write a name or number that tells this student from the others.');
  const written = cell('account');
  const account = written === undefined ? undefined : withoutDashes(written);
  if (account === undefined || !ACCOUNT.test(account)) complain('account', accountProblem(account));
  const region = cell('region') ?? defaults.region;
  if (!REGION.test(region)) complain('region', `"${region}" is not a region; write it like "ap-northeast-2".`);
  const externalId = cell('external_id') ?? defaults.externalId;
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId)) {
    complain('external_id', `"${externalId}" is not an ExternalId; it has at least 2 letters, digits or characters of _+=,.@:/-.`);
  }
  const arn = cell('role_arn');
  if (arn !== undefined) {
    const owner = accountOfRole(arn);
    if (owner === undefined)
      complain('role_arn', `"${arn}" is not a role ARN; write it like "arn:aws:iam::123456789012:role/${defaults.roleName}".`);
    else if (account !== undefined && ACCOUNT.test(account) && owner !== account) {
      complain('role_arn', `the role belongs to account ${owner}, the row is about account ${account}; correct one of them.`);
    }
  }
  if (isBad || student === undefined || account === undefined) return undefined;

  const [name, email, profile] = [cell('name'), cell('email'), cell('profile')];
  return {
    student,
    account,
    region,
    roleArn: arn ?? roleArn(account, defaults.roleName, region),
    ...(externalId !== undefined && { externalId }),
    ...(profile !== undefined && { profile }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
  };
}

/** Account ids in the form of the AWS console, 1234-5678-9012, without their dashes. */
function withoutDashes(account: string): string {
  return /^\d{4}-\d{4}-\d{4}$/.test(account) ? account.replaceAll('-', '') : account;
}

function accountProblem(account: string | undefined): string {
  if (account === undefined) return 'it is empty; write the 12 digits of the AWS account.';
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(account)) {
    return `"${account}" is a number a spreadsheet has shortened, its digits are lost; format the column as text and enter the 12 digits again.`;
  }
  if (/^\d{8,11}$/.test(account)) {
    const missing = 12 - account.length;
    return `"${account}" has ${account.length} digits, an account has 12; a spreadsheet may have dropped ${missing === 1 ? 'a leading zero' : `${missing} leading zeros`}: format the column as text and write "${account.padStart(12, '0')}".`;
  }
  return `"${account}" is not an AWS account; write its 12 digits.`;
}

function duplicates(entries: readonly { readonly entry: RosterEntry; readonly line: number }[]): readonly Problem[] {
  const students = new Map<string, number>();
  const places = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { entry, line } of entries) {
    const { student, account, region } = entry;
    const place = `${account} ${region}`;
    const sameStudent = students.get(student);
    const samePlace = places.get(place);
    if (sameStudent !== undefined) {
      problems.push({ line, column: 'student', problem: `"${student}" is on line ${sameStudent} already; every student has one line.` });
    }
    if (samePlace !== undefined) {
      const problem = `account ${account} in ${region} is on line ${samePlace} already; every account has one line.`;
      problems.push({ line, column: 'account', problem });
    }
    if (sameStudent === undefined) students.set(student, line);
    if (samePlace === undefined) places.set(place, line);
  }
  return problems;
}
