import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountResult } from './account-result.ts';
import { optionsOf } from './fixtures.test-support.ts';
import type { GradeOptions } from './options.ts';
import { runGrade } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(more: Partial<GradeOptions> = {}, signal?: AbortSignal, onError?: (text: string) => void) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  stderr.on('data', (chunk) => onError?.(String(chunk)));
  const options = optionsOf({ out: join(folder, 'run'), source: { kind: 'practice', size: 10 }, ...more });
  const code = await runGrade(options, { stdout, stderr, ...(signal && { signal }) }).finally(() => {
    stdout.end();
    stderr.end();
  });
  return { code, out: await out, err: await err };
}

const journalOf = (name = 'run') =>
  readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AccountResult);
const statusesOf = (results: readonly AccountResult[]) => Object.fromEntries(results.map(({ student, status }) => [student, status]));
const MIXED = {
  'student-01': 'failed', // all done, nothing cleaned up
  'student-02': 'failed',
  'student-03': 'failed',
  'student-04': 'unknown', // the role refuses
  'student-05': 'not-started',
  'student-06': 'failed',
  'student-07': 'not-started', // cleaned up
  'student-08': 'failed',
  'student-09': 'failed',
  'student-10': 'failed',
};

describe('a class of practice accounts, over the wire', () => {
  it('is graded, journalled and reported; a refused role makes it exit 1', async () => {
    const { code, out, err } = await run();
    const results = JSON.parse(out) as AccountResult[];
    expect(code).toBe(1);
    expect(statusesOf(results)).toEqual(MIXED);
    expect(results[3]).toMatchObject({ reason: 'access', score: 0, maxScore: 3, trouble: expect.stringContaining('could not be assumed') });
    expect(journalOf().toSorted((a, b) => a.student.localeCompare(b.student))).toEqual(results);
    expect(JSON.parse(readFileSync(join(folder, 'run', 'summary.json'), 'utf8'))).toMatchObject({
      practice: true,
      accounts: 10,
      graded: 10,
    });
    expect(err).toContain('practice accounts');
    expect(err).toContain('[10/10]');
  });

  it('exits 0 when every account was seen, whatever was seen there', async () => {
    const { code, out } = await run({ source: { kind: 'practice', size: 3 } });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveLength(3);
  });

  it('grades only the tasks asked for', async () => {
    const { out } = await run({ tasks: optionsOf({ out: '', source: { kind: 'practice', size: 1 } }).tasks.slice(0, 1) });
    for (const { tasks, maxScore } of JSON.parse(out) as AccountResult[]) {
      expect(tasks.map(({ task }) => task)).toEqual(['task-0']);
      expect(maxScore).toBe(1);
    }
  });

  it('speaks the language asked for', async () => {
    const { out } = await run({ language: 'ja', source: { kind: 'practice', size: 2 } });
    expect(out).toContain('タグがありません。');
  });

  it('shows a table to people', async () => {
    const { out } = await run({ format: 'table' });
    expect(out).toContain('student-10');
    expect(out).toContain('10 of 10 accounts looked at: 7 failed, 1 unknown, 2 not-started.');
  });

  it('is let in with the ExternalId the roles demand', async () => {
    const { out } = await run({ externalId: 'class-9', source: { kind: 'practice', size: 3 } });
    expect((JSON.parse(out) as AccountResult[]).map(({ status }) => status)).not.toContain('unknown');
  });
});

describe('resuming', () => {
  it('looks only at accounts that could not be seen, and the later line counts', async () => {
    await run();
    const { code, out, err } = await run({ resume: true });
    expect(code).toBe(1);
    expect(statusesOf(JSON.parse(out))).toEqual(MIXED);
    expect(err).toContain('9 of 10 accounts are graded already');
    expect(
      journalOf()
        .map(({ student }) => student)
        .slice(10),
    ).toEqual(['student-04']);
  });

  it('looks again at accounts that were graded for other tasks', async () => {
    const { tasks } = optionsOf({ out: '', source: { kind: 'practice', size: 3 } });
    await run({ source: { kind: 'practice', size: 3 }, tasks: tasks.slice(0, 1) });
    const { out } = await run({ source: { kind: 'practice', size: 3 }, resume: true });
    expect((JSON.parse(out) as AccountResult[]).map(({ maxScore }) => maxScore)).toEqual([3, 3, 3]);
  });

  it('after an interruption ends as one whole run', async () => {
    const stop = new AbortController();
    const interrupted = await run({ concurrency: 1 }, stop.signal, (said) => {
      if (said.includes('[3/10]')) stop.abort(new Error('interrupted'));
    });
    expect(interrupted.code).toBe(130);
    const before = journalOf();
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(before.length).toBeLessThan(10);
    expect(JSON.parse(interrupted.out)).toHaveLength(before.length);
    expect(interrupted.err).toContain(`--practice 10 --out ${join(folder, 'run')}`);
    expect(interrupted.err).toMatch(/--resume\n$/);
    expect(readFileSync(join(folder, 'run', 'report.html'), 'utf8')).toContain('interrupted');

    const resumed = await run({ resume: true });
    expect(resumed.code).toBe(1);
    expect(statusesOf(JSON.parse(resumed.out))).toEqual(MIXED);
    expect(readFileSync(join(folder, 'run', 'report.html'), 'utf8')).not.toContain('interrupted');
  });

  it('is not begun by accident', async () => {
    await run({ source: { kind: 'practice', size: 1 } });
    await expect(run({ source: { kind: 'practice', size: 1 } })).rejects.toThrow('--resume');
  });
});

describe('trouble with files', () => {
  it('is one sentence when reports cannot be written; the results still come out', async () => {
    mkdirSync(join(folder, 'run', 'summary.json.part'), { recursive: true });
    const { code, out, err } = await run({ source: { kind: 'practice', size: 3 } });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toHaveLength(3);
    expect(err).toMatch(/The reports in .* could not be written \(EISDIR/);
  });

  it('is told when the roster cannot be read', async () => {
    await expect(run({ source: { kind: 'roster', file: join(folder, 'none.csv') } })).rejects.toThrow(
      /The roster .*none\.csv cannot be read/,
    );
  });

  it('stops on a bad roster before the folder is made', async () => {
    writeFileSync(join(folder, 'class.csv'), 'student,account\nkim,1\n');
    await expect(run({ source: { kind: 'roster', file: join(folder, 'class.csv') } })).rejects.toThrow('line 2, column "account"');
    expect(() => journalOf()).toThrow('ENOENT');
  });
});
