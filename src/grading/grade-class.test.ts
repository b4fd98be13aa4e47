import { expect, it } from 'vitest';
import { keyOf } from './account-result.ts';
import { entryOf, resultOf } from './fixtures.test-support.ts';
import { gradeClass } from './grade-class.ts';
import type { RosterEntry } from './roster.ts';

const entries = Array.from({ length: 20 }, (_, index) => entryOf(index + 1));
const passed = (entry: RosterEntry) => resultOf(entry, { 'task-0': { status: 'passed' } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('looks at no more accounts at once than allowed, and at that many', async () => {
  let running = 0;
  let most = 0;
  const results = await gradeClass(entries, {
    concurrency: 3,
    async grade(entry) {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      return passed(entry);
    },
  });
  expect(most).toBe(3);
  expect([...results.keys()].sort()).toEqual(entries.map(keyOf).sort());
});

it('lets one slow account delay nobody else', async () => {
  const slow = Promise.withResolvers<void>();
  const finished: string[] = [];
  const all = gradeClass(entries, {
    concurrency: 2,
    async grade(entry) {
      if (entry.student === 'student-1') await slow.promise;
      return passed(entry);
    },
    onResult(result) {
      finished.push(result.student);
      if (finished.length === 19) slow.resolve();
    },
  });
  await all;
  expect(finished.at(-1)).toBe('student-1');
  expect(finished).toHaveLength(20);
});

it('begins no account after an interruption and keeps what is finished', async () => {
  const stop = new AbortController();
  const begun: string[] = [];
  const results = await gradeClass(entries, {
    concurrency: 2,
    signal: stop.signal,
    onStart: ({ student }) => begun.push(student),
    async grade(entry) {
      await turn();
      stop.signal.throwIfAborted();
      return passed(entry);
    },
    onResult({ student }) {
      if (student === 'student-4') stop.abort();
    },
  });
  expect(begun.length).toBeLessThan(8);
  expect([...results.values()].map(({ student }) => student)).toContain('student-4');
  expect(results.size).toBeLessThan(begun.length + 1);
});

it('does not hide a defect as an interruption', async () => {
  await expect(gradeClass(entries, { concurrency: 2, grade: () => Promise.reject(new Error('defect')) })).rejects.toThrow('defect');
});
