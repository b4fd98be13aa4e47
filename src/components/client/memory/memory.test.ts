import { describe, expect, it } from 'vitest';
import type { TaskResult } from '../../../checkers/engine/result.ts';
import { Memory } from './memory.ts';

function fakeStorage(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const result: TaskResult = {
  lab: 'lab',
  task: 'task-0',
  status: 'passed',
  account: '111122223333',
  region: 'ap-northeast-2',
  checkedAt: '2026-11-20T00:00:00.000Z',
  values: { AccountId: '111122223333' },
  checks: [],
};

const NOTHING = { statuses: {}, values: {}, sources: {}, leftovers: [] };

describe('Memory', () => {
  it('keeps statuses and values per account and lab', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result, 'ko');
    memory.remember({ ...result, task: 'task-1', status: 'failed', values: { Branch: 'main' } }, 'ko');
    expect(memory.lab('111122223333', 'lab')).toEqual({
      statuses: { 'task-0': 'passed', 'task-1': 'failed' },
      values: { AccountId: '111122223333', Branch: 'main' },
      sources: { AccountId: 'task-0', Branch: 'task-1' },
      leftovers: [],
    });
    expect(memory.lab('444455556666', 'lab')).toEqual(NOTHING);
    expect(memory.lab('111122223333', 'other')).toEqual(NOTHING);
  });

  it('keeps ticked steps, the one ticked last, and typed values, whatever the account', () => {
    const memory = new Memory(fakeStorage());
    memory.tick('lab', 'task-0-step-1', true);
    memory.tick('lab', 'task-0-step-2', true);
    memory.type('lab', 'Branch', 'main');
    expect(memory.reader('lab')).toEqual({ ticked: ['task-0-step-1', 'task-0-step-2'], last: 'task-0-step-2', typed: { Branch: 'main' } });
    memory.tick('lab', 'task-0-step-2', false);
    memory.type('lab', 'Branch', '');
    expect(memory.reader('lab')).toEqual({ ticked: ['task-0-step-1'], last: 'task-0-step-1', typed: {} });
  });

  it('keeps what the cleanup left, in the order of deletion, until a later look', () => {
    const memory = new Memory(fakeStorage());
    const check = { message: '', source: 'live' as const };
    memory.remember(
      {
        ...result,
        task: 'cleanup',
        status: 'failed',
        checks: [
          { ...check, id: 'b', status: 'failed', title: 'logs', fix: { order: 2 } },
          {
            ...check,
            id: 'a',
            status: 'failed',
            title: 'images',
            resource: 'arn:aws:cloudformation:x:1:stack/mine/0a1b2c3d-0000-4000-8000-000000000000',
            fix: { order: 1, costPerMonth: { amount: 0.1, currency: 'USD' } },
          },
          { ...check, id: 'c', status: 'passed', title: 'stack', fix: { order: 3 } },
          { ...check, id: 'd', status: 'failed', title: 'proof' },
        ],
      },
      'ko',
    );
    expect(memory.lab('111122223333', 'lab').leftovers).toEqual([{ title: 'cloudformation: stack/mine', usd: 0.1 }, { title: 'logs' }]);
    memory.remember({ ...result, task: 'cleanup', status: 'unknown' }, 'ko');
    expect(memory.lab('111122223333', 'lab').leftovers).toHaveLength(2);
    memory.remember({ ...result, task: 'cleanup' }, 'ko');
    expect(memory.lab('111122223333', 'lab').leftovers).toEqual([]);
  });

  it('does not let "could not look" replace what was known', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result, 'ko');
    memory.remember({ ...result, status: 'unknown', values: {} }, 'ko');
    expect(memory.lab('111122223333', 'lab').statuses).toEqual({ 'task-0': 'passed' });
  });

  it('keeps the last result of each task that could be had, and forgets it with the lab', () => {
    const memory = new Memory(fakeStorage({ 'labproof:results:111122223333:lab': '{"task-9":7}' }));
    const { values: _values, ...seen } = result;
    memory.remember({ ...result, status: 'failed' }, 'ko');
    memory.remember({ ...result, task: 'task-1' }, 'ja');
    memory.remember({ ...result, status: 'unknown' }, 'ko');
    expect(memory.result('111122223333', 'lab', 'task-0')).toEqual({ ...seen, status: 'failed', language: 'ko' });
    expect(memory.result('111122223333', 'lab', 'task-1')).toEqual({ ...seen, task: 'task-1', language: 'ja' });
    expect(memory.result('111122223333', 'lab', 'task-9')).toBeUndefined();
    expect(memory.result('444455556666', 'lab', 'task-0')).toBeUndefined();
    memory.forget('111122223333', 'lab');
    expect(memory.result('111122223333', 'lab', 'task-0')).toBeUndefined();
  });

  it('forgets values but not progress, and everything on demand', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result, 'ko');
    memory.forgetValues('111122223333', 'lab');
    expect(memory.lab('111122223333', 'lab')).toEqual({ ...NOTHING, statuses: { 'task-0': 'passed' } });
    memory.forget('111122223333', 'lab');
    expect(memory.lab('111122223333', 'lab')).toEqual(NOTHING);
  });

  it.each(['{', '[]', '7', '{"statuses":7,"values":{"a":1},"leftovers":[7]}', '{"statuses":{"task-0":"marvellous"}}'])(
    'takes stored %s for nothing',
    (stored) => {
      const memory = new Memory(fakeStorage({ 'labproof:111122223333:lab': stored }));
      expect(memory.lab('111122223333', 'lab')).toEqual(NOTHING);
    },
  );

  it('works without storage and with one that refuses', () => {
    const refusing = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
      removeItem: () => {
        throw new Error('denied');
      },
    };
    for (const memory of [new Memory(undefined), new Memory(refusing)]) {
      memory.remember(result, 'ko');
      memory.account = '111122223333';
      expect(memory.account).toBeUndefined();
      expect(memory.lab('111122223333', 'lab')).toEqual(NOTHING);
    }
  });
});
