import { describe, expect, it } from 'vitest';
import type { TaskResult } from '../../checkers/core/result.ts';
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

describe('Memory', () => {
  it('keeps statuses and values per account and lab', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result);
    memory.remember({ ...result, task: 'task-1', status: 'failed', values: { Branch: 'main' } });
    expect(memory.lab('111122223333', 'lab')).toEqual({
      statuses: { 'task-0': 'passed', 'task-1': 'failed' },
      values: { AccountId: '111122223333', Branch: 'main' },
    });
    expect(memory.lab('444455556666', 'lab')).toEqual({ statuses: {}, values: {} });
    expect(memory.lab('111122223333', 'other')).toEqual({ statuses: {}, values: {} });
  });

  it('does not let "could not look" replace what was known', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result);
    memory.remember({ ...result, status: 'unknown', values: {} });
    expect(memory.lab('111122223333', 'lab').statuses).toEqual({ 'task-0': 'passed' });
  });

  it('forgets values but not progress, and everything on demand', () => {
    const memory = new Memory(fakeStorage());
    memory.remember(result);
    memory.forgetValues('111122223333', 'lab');
    expect(memory.lab('111122223333', 'lab')).toEqual({ statuses: { 'task-0': 'passed' }, values: {} });
    memory.forget('111122223333', 'lab');
    expect(memory.lab('111122223333', 'lab')).toEqual({ statuses: {}, values: {} });
  });

  it.each(['{', '[]', '7', '{"statuses":7,"values":{"a":1}}'])('takes stored %s for nothing', (stored) => {
    const memory = new Memory(fakeStorage({ 'labproof:111122223333:lab': stored }));
    expect(memory.lab('111122223333', 'lab')).toEqual({ statuses: {}, values: {} });
  });

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
      memory.remember(result);
      memory.account = '111122223333';
      expect(memory.account).toBeUndefined();
      expect(memory.lab('111122223333', 'lab')).toEqual({ statuses: {}, values: {} });
    }
  });
});
