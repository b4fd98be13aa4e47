import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entryOf, resultOf } from './fixtures.test-support.ts';
import { openJournal } from './journal.ts';

const lab = 'small-lab';
const first = resultOf(entryOf(1), { 'task-0': { status: 'passed' } });
const second = resultOf(entryOf(2, { student: '김 "민준"\n' }), { 'task-0': { status: 'failed', message: '없습니다.' } });

let folder: string;
const path = () => join(folder, 'results.jsonl');
const lines = () => readFileSync(path(), 'utf8').split('\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has a line per account, whole as soon as it is appended', async () => {
  const { journal } = await openJournal(join(folder, 'new', 'run'), { lab, resume: false });
  await journal.append(first);
  const written = readFileSync(join(folder, 'new', 'run', 'results.jsonl'), 'utf8');
  expect(written).toBe(`${JSON.stringify(first)}\n`);
  await journal.close();
});

it('never mixes lines that are appended at the same time', async () => {
  const { journal } = await openJournal(folder, { lab, resume: false });
  const many = Array.from({ length: 50 }, (_, index) => resultOf(entryOf(index), { 'task-0': { status: 'passed' } }));
  await Promise.all(many.map((result) => journal.append(result)));
  await journal.close();
  expect(
    lines()
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ).toEqual(many);
});

it('goes on where an interrupted run ended, without its half-written last line', async () => {
  writeFileSync(path(), `${JSON.stringify(first)}\n${JSON.stringify(second).slice(0, 80)}`);
  const { journal, earlier } = await openJournal(folder, { lab, resume: true });
  expect(earlier).toEqual([first]);
  await journal.append(second);
  await journal.close();
  expect(lines()).toEqual([JSON.stringify(first), JSON.stringify(second), '']);
});

it('survives a cut inside a character', async () => {
  const bytes = Buffer.from(`${JSON.stringify(first)}\n${JSON.stringify(second)}`);
  const inside = bytes.indexOf('민') + 1;
  writeFileSync(path(), bytes.subarray(0, inside));
  const { journal, earlier } = await openJournal(folder, { lab, resume: true });
  await journal.close();
  expect(earlier).toEqual([first]);
  expect(lines()).toEqual([JSON.stringify(first), '']);
});

it('begins afresh when there is nothing to resume', async () => {
  const { journal, earlier } = await openJournal(join(folder, 'none'), { lab, resume: true });
  expect(earlier).toEqual([]);
  await journal.close();
});

it('is not continued unless asked', async () => {
  writeFileSync(path(), '');
  await expect(openJournal(folder, { lab, resume: false })).rejects.toThrow('add --resume');
});

it('of another lab is refused, and left as it is', async () => {
  const text = `${JSON.stringify({ ...first, lab: 'other' })}\n{"half`;
  writeFileSync(path(), text);
  await expect(openJournal(folder, { lab, resume: true })).rejects.toThrow(
    /line 1 belongs to the lab "other", this run grades "small-lab"/,
  );
  expect(readFileSync(path(), 'utf8')).toBe(text);
});

it.each(['not json', '{}', JSON.stringify({ ...first, status: 'great' })])('with the line %s in the middle is refused', async (bad) => {
  writeFileSync(path(), `${JSON.stringify(first)}\n${bad}\n${JSON.stringify(second)}\n`);
  await expect(openJournal(folder, { lab, resume: true })).rejects.toThrow(/line 2 is not the result of an account/);
});

it('says so when its folder cannot be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(openJournal(join(folder, 'file', 'run'), { lab, resume: false })).rejects.toThrow('choose another folder with --out');
});

it('is a file, not a device that never ends', async () => {
  symlinkSync('/dev/full', path());
  await expect(openJournal(folder, { lab, resume: true })).rejects.toThrow('is not a file');
});

it('writes nothing more after a line that failed', async () => {
  const { journal } = await openJournal(folder, { lab, resume: false });
  await journal.append(first);
  await journal.close();
  // A closed file replaces a full disk here: what matters is that all later lines are refused, too.
  await expect(journal.append(second)).rejects.toThrow();
  await expect(journal.append(first)).rejects.toThrow();
  expect(lines()).toEqual([JSON.stringify(first), '']);
});
