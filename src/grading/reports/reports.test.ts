import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { entryOf, reportOf, resultOf, smallLab } from '../fixtures.test-support.ts';
import { renderGradebook } from './gradebook.ts';
import { renderJunit } from './junit.ts';
import { renderReportPage } from './report-page.ts';
import { writeReports } from './reports.ts';
import { renderSummary } from './summary.ts';

const passed = { status: 'passed' } as const;
const unknown = { status: 'unknown', reason: 'access', message: 'We could not look.' } as const;
const failed = { id: 'tagged', title: 'The image is tagged', status: 'failed', message: 'There is no tag.' } as const;

const done = entryOf(1, { name: '김민준', email: 'kim@example.kr' });
const wrong = entryOf(2);
const refused = entryOf(3);
const missing = entryOf(4);
const report = reportOf([
  [done, resultOf(done, { 'task-0': passed, 'task-1': passed, cleanup: passed })],
  [wrong, resultOf(wrong, { 'task-0': passed, 'task-1': failed, cleanup: { status: 'not-started' } })],
  [refused, resultOf(refused, { 'task-0': unknown, 'task-1': unknown, cleanup: unknown }, 'The role could not be assumed.')],
  [missing],
]);

const EVIL = '<script>alert(1)</script>"\'&\u0000\u001b[31m\u202E\uD800';
const evilEntry = entryOf(5, { student: EVIL, name: EVIL, email: EVIL });
const evil = reportOf([
  [
    evilEntry,
    resultOf(
      evilEntry,
      {
        'task-1': {
          status: 'failed',
          title: EVIL,
          message: EVIL,
          expected: EVIL,
          observed: { [EVIL]: [EVIL] },
          resource: EVIL,
          consoleUrl: `javascript:alert(1)//${EVIL}`,
        },
      },
      EVIL,
    ),
  ],
]);

describe('gradebook.csv', () => {
  const rows = (text: string) => parseCsv(text, { bom: true }) as string[][];

  it('has points for what was seen and a question mark for what was not', () => {
    expect(rows(renderGradebook(report))).toEqual([
      ['student', 'name', 'email', 'account', 'region', 'status', 'score', 'maxScore', 'task-0', 'task-1', 'cleanup', 'note'],
      ['student-1', '김민준', 'kim@example.kr', '000000000001', 'ap-northeast-2', 'passed', '3', '3', '1', '1', '1', ''],
      ['student-2', '', '', '000000000002', 'ap-northeast-2', 'failed', '1', '3', '1', '0', '0', ''],
      ['student-3', '', '', '000000000003', 'ap-northeast-2', 'unknown', '?', '3', '?', '?', '?', 'The role could not be assumed.'],
      ['student-4', '', '', '000000000004', 'ap-northeast-2', 'unknown', '?', '3', '?', '?', '?', 'not reached'],
    ]);
  });

  it('begins with the byte order mark that Excel needs', () => {
    expect(renderGradebook(report).startsWith('\uFEFFstudent,')).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\u001b[0m=1', '\u202E=1', '＝1'])('makes %j no formula', (student) => {
    const entry = entryOf(1, { student, name: student, email: student });
    const [, row = []] = rows(renderGradebook(reportOf([[entry, resultOf(entry, { 'task-0': passed }, student)]])));
    expect(row).toHaveLength(12);
    for (const cell of row) expect(cell).not.toMatch(/^[\s\p{Cc}]*[=+\-@＝＋－＠]/u);
    expect(row[0]).toContain(student.at(-1));
  });
});

describe('junit.xml', () => {
  /** The elements that a strict XML parser finds, with their attributes, in order. */
  function elementsOf(xml: string): readonly sax.Tag[] {
    const parser = sax.parser(true, {});
    const elements: sax.Tag[] = [];
    parser.onopentag = (tag) => elements.push(tag as sax.Tag);
    parser.onerror = (error) => {
      throw error;
    };
    parser.write(xml).close();
    return elements;
  }

  it('has a suite per student and a case per check, with failures, errors and the count of each', () => {
    const elements = elementsOf(renderJunit(report));
    expect(elements[0]).toMatchObject({ name: 'testsuites', attributes: { tests: '9', failures: '2', errors: '3', skipped: '0' } });
    expect(elements.filter(({ name }) => name === 'testsuite').map(({ attributes }) => attributes['name'])).toEqual([
      'student-1 (000000000001)',
      'student-2 (000000000002)',
      'student-3 (000000000003)',
      'student-4 (000000000004)',
    ]);
    expect(elements.filter(({ name }) => name === 'failure').map(({ attributes }) => attributes)).toEqual([
      { message: 'There is no tag.', type: 'failed' },
      { type: 'not-started' },
    ]);
    expect(elements.find(({ name }) => name === 'error')?.attributes).toEqual({ message: 'We could not look.', type: 'access' });
  });

  it('skips what waits or is blocked', () => {
    const waits = resultOf(done, { 'task-0': { status: 'waiting' }, 'task-1': { status: 'blocked' } });
    expect(elementsOf(renderJunit(reportOf([[done, waits]])))[0]).toMatchObject({
      attributes: { tests: '2', failures: '0', skipped: '2' },
    });
  });

  it('is XML whatever students and AWS wrote', () => {
    const xml = renderJunit(evil);
    expect(elementsOf(xml).map(({ name }) => name)).toEqual(['testsuites', 'testsuite', 'testcase', 'failure']);
    // All characters that XML 1.0 does not allow.
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  });
});

describe('report.html', () => {
  it('shows every check of every student with its message, and what fails most', () => {
    const html = renderReportPage(report);
    for (const text of [
      'student-1',
      '김민준',
      'student-4',
      'There is no tag.',
      'We could not look.',
      'The role could not be assumed.',
      '1/3',
      '?/3',
    ]) {
      expect(html).toContain(text);
    }
    expect(html.slice(html.indexOf('What fails most'), html.indexOf('Student by student'))).toContain('The image is tagged');
    expect(html).toContain('interrupted');
    expect(html).not.toContain('practice accounts');
  });

  it('says that practice accounts are no AWS accounts', () => {
    expect(renderReportPage({ ...report, practice: true })).toContain('practice accounts');
  });

  it.each(['ko', 'ja', 'en'] as const)('speaks %s', (language) => {
    expect(renderReportPage({ ...report, language })).toContain(`<html lang="${language}">`);
  });

  it('links to the console over https only', () => {
    const linked = resultOf(done, { 'task-1': { ...failed, consoleUrl: 'https://console.aws.amazon.com/x?a=1&b=2' } });
    expect(renderReportPage(reportOf([[done, linked]]))).toContain('href="https://console.aws.amazon.com/x?a=1&#x26;b=2"');
    expect(renderReportPage(evil)).not.toMatch(/href|javascript:/);
  });

  it('takes hostile text as text', () => {
    const html = renderReportPage(evil);
    expect(html).not.toContain('<script');
    expect(html).toContain('&#x3C;script>alert(1)');
    expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(html.isWellFormed()).toBe(true);
  });

  it('loads nothing and runs nothing', () => {
    expect(renderReportPage(report)).not.toMatch(/<script|<link|src=|@import|url\(/);
  });
});

describe('summary.json', () => {
  it('counts', () => {
    expect(JSON.parse(renderSummary(report))).toEqual({
      lab: 'small-lab',
      generatedAt: '2026-11-20T12:34:56.000Z',
      practice: false,
      accounts: 4,
      graded: 3,
      byStatus: { passed: 1, failed: 1, unknown: 1 },
      tasks: [
        { task: 'task-0', byStatus: { passed: 2, unknown: 1 } },
        { task: 'task-1', byStatus: { passed: 1, failed: 1, unknown: 1 } },
        { task: 'cleanup', byStatus: { passed: 1, 'not-started': 1, unknown: 1 } },
      ],
      mostFailed: [{ task: 'task-1', check: 'tagged', title: 'The image is tagged', failed: 1 }],
      notSeen: [{ student: 'student-3', account: '000000000003', reason: 'access', trouble: 'The role could not be assumed.' }],
    });
  });
});

it('writes all reports and leaves nothing half-made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'labproof-reports-'));
  try {
    await writeReports(folder, report);
    await writeReports(folder, { ...report, lab: smallLab });
    expect(readdirSync(folder).sort()).toEqual(['gradebook.csv', 'junit.xml', 'report.html', 'summary.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
