import { expect, it } from 'vitest';
import { Memory } from '../memory/memory.ts';
import { exportProgress, importProgress } from './progress-file.ts';

function browser() {
  const map = new Map<string, string>();
  return new Memory({
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  });
}

function used(account: string) {
  const memory = browser();
  memory.account = account;
  memory.remember(
    {
      lab: 'lab',
      task: 'task-0',
      status: 'passed',
      account,
      region: 'x',
      checkedAt: '',
      values: { Uri: 'mine' },
      checks: [],
    },
    'ko',
  );
  memory.tick('lab', 'task-0-step-1', true);
  memory.type('lab', 'Branch', 'main');
  return memory;
}

const file = exportProgress(used('111122223333'), ['lab', 'untouched'], new Date('2026-11-21T00:00:00Z'));

it('takes all of it to a browser that knows nothing', () => {
  const memory = browser();
  expect(importProgress(memory, file)).toBe(2);
  expect(memory.account).toBe('111122223333');
  expect(memory.lab('111122223333', 'lab')).toEqual(used('111122223333').lab('111122223333', 'lab'));
  expect(memory.reader('lab')).toEqual({ ticked: ['task-0-step-1'], last: 'task-0-step-1', typed: { Branch: 'main' } });
});

it('loses nothing that is there, and leaves the values of another account out', () => {
  const memory = used('444455556666');
  memory.remember(
    {
      lab: 'lab',
      task: 'task-1',
      status: 'failed',
      account: '444455556666',
      region: 'x',
      checkedAt: '',
      values: { Uri: 'other' },
      checks: [],
    },
    'ko',
  );
  memory.tick('lab', 'task-1-step-4', true);
  importProgress(memory, file);
  expect(memory.lab('444455556666', 'lab')).toMatchObject({
    statuses: { 'task-0': 'passed', 'task-1': 'failed' },
    values: { Uri: 'other' },
  });
  expect(memory.reader('lab').ticked).toEqual(['task-0-step-1', 'task-1-step-4']);
});

it.each([
  '',
  'null',
  '[]',
  '{"format":"other"}',
  '{"format":"labproof-progress","version":2,"labs":{}}',
  '{"format":"labproof-progress","version":1}',
])('refuses %s', (text) => {
  const memory = browser();
  expect(() => importProgress(memory, text)).toThrow();
  expect(memory.account).toBeUndefined();
});

it('takes hostile parts for nothing', () => {
  const memory = browser();
  const labs = { '../x': {}, lab: { lab: { statuses: { a: '<b>' }, leftovers: 'x' }, reader: { ticked: [1, 'ok'] } } };
  expect(importProgress(memory, JSON.stringify({ format: 'labproof-progress', version: 1, account: 'no', labs }))).toBe(1);
  expect(memory.reader('lab').ticked).toEqual(['ok']);
});
