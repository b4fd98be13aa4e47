import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { entryOf, reportOf, resultOf } from '../fixtures.test-support.ts';
import { renderTable } from './table.ts';

const passed = { status: 'passed' } as const;
const failed = { status: 'failed', title: '이미지에 태그가 있다' } as const;
const unknown = { status: 'unknown', reason: 'access' } as const;
const kim = entryOf(1, { student: '김민준', name: '컴퓨터공학과' });
const bob = entryOf(2, { student: 'bob' });
const eve = entryOf(3, { student: 'eve\u001b[2J\u202E' });
const late = entryOf(4);
const report = reportOf([
  [kim, resultOf(kim, { 'task-0': passed, 'task-1': failed, cleanup: { status: 'waiting' } })],
  [bob, resultOf(bob, { 'task-0': passed, 'task-1': passed, cleanup: passed })],
  [eve, resultOf(eve, { 'task-0': unknown, 'task-1': unknown, cleanup: unknown }, 'The role could not be assumed: there is no such role.')],
  [late],
]);

describe('the table', () => {
  it('shows every student, task, score and the first thing to know', () => {
    expect(renderTable(report, { colour: false })).toMatchInlineSnapshot(`
      "┌───────────┬──────────────┬──────────────┬───┬───┬─────────┬───────┬─────────┬───────────────────────────────────────────────────────┐
      │ student   │ name         │ account      │ 0 │ 1 │ cleanup │ score │ status  │ note                                                  │
      ├───────────┼──────────────┼──────────────┼───┼───┼─────────┼───────┼─────────┼───────────────────────────────────────────────────────┤
      │ 김민준    │ 컴퓨터공학과 │ 000000000001 │ ✓ │ ✗ │    …    │   1/3 │ failed  │ task-1: 이미지에 태그가 있다                          │
      │ bob       │              │ 000000000002 │ ✓ │ ✓ │    ✓    │   3/3 │ passed  │                                                       │
      │ eve�      │              │ 000000000003 │ ? │ ? │    ?    │   ?/3 │ unknown │ The role could not be assumed: there is no such role. │
      │ student-4 │              │ 000000000004 │   │   │         │       │         │ not reached                                           │
      └───────────┴──────────────┴──────────────┴───┴───┴─────────┴───────┴─────────┴───────────────────────────────────────────────────────┘
      ✓ passed   ✗ failed   - not-started   … waiting   · blocked   ? unknown
      Not seen: eve�: The role could not be assumed: there is no such role.
      3 of 4 accounts looked at: 1 failed, 1 unknown, 1 passed.
      Fails most: 이미지에 태그가 있다 (task-1, 1)."
    `);
  });

  it('lines up whatever the script of the names', () => {
    const lines = renderTable(report, { colour: false })
      .split('\n')
      .filter((line) => /^[│┌├└]/.test(line));
    expect(lines.length).toBeGreaterThan(6);
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
  });

  it.each([80, 100, 120, 400])('fits a terminal of %i columns, without what can be spared', (width) => {
    const text = renderTable(report, { colour: true, width });
    const lines = text.split('\n').filter((line) => /^[│┌├└]/.test(line));
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect({ name: text.includes('컴퓨터공학과'), note: text.includes('not reached') }).toEqual({
      name: width >= 120,
      note: width >= 100,
    });
    expect(lines.join().includes('there is no such role.')).toBe(width === 400);
    expect(text).toContain('Not seen: eve\uFFFD: The role could not be assumed: there is no such role.');
  });

  it('tells the trouble of a few in full and counts the rest', () => {
    const refused = Array.from({ length: 8 }, (_, index) => {
      const entry = entryOf(index + 1);
      return [entry, resultOf(entry, { 'task-0': unknown }, 'Refused.')] as const;
    });
    const told = renderTable(reportOf(refused), { colour: false })
      .split('\n')
      .filter((line) => line.startsWith('Not seen'));
    expect(told).toHaveLength(6);
    expect(told.slice(-2)).toEqual(['Not seen: student-5: Refused.', 'Not seen: 3 more.']);
  });

  it('has colours only when wanted, and then the same text', () => {
    const plain = renderTable(report, { colour: false });
    const coloured = renderTable(report, { colour: true });
    expect(plain).toBe(stripVTControlCharacters(plain));
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('lets nobody’s text reach the terminal as control', () => {
    expect(renderTable(report, { colour: false }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
