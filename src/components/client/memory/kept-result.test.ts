import { describe, expect, it } from 'vitest';
import type { TaskResult } from '../../../checkers/engine/result.ts';
import { keptOf, readKept } from './kept-result.ts';

const check = { id: 'c', status: 'failed', title: 'T', message: 'M', source: 'live' } as const;
const result: TaskResult = {
  lab: 'lab',
  task: 'task-0',
  status: 'failed',
  account: '111122223333',
  region: 'ap-northeast-2',
  checkedAt: '2026-11-20T05:05:00.000Z',
  values: { AccountId: '111122223333' },
  checks: [{ ...check, expected: true, observed: 'x'.repeat(400), operatorMessage: 'for the operator', requestId: 'r', operation: 'a:B' }],
};

describe('keptOf', () => {
  it('keeps what the student was shown, without whole files and without what is for the operator', () => {
    const { values: _values, ...rest } = result;
    expect(keptOf(result, 'ko')).toEqual({ ...rest, language: 'ko', checks: [{ ...check, expected: true }] });
  });

  it('keeps nothing of a look that could not be made', () => {
    expect(keptOf({ ...result, status: 'unknown' }, 'ko')).toBeUndefined();
  });
});

describe('readKept', () => {
  const kept = keptOf({ ...result, checks: [{ ...check, fix: { order: 1 }, event: { at: '2026-11-20T00:00:00Z', id: 'e' } }] }, 'ko');

  it('reads what was kept', () => {
    expect(readKept(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'failed'],
    ['an older format', { status: 'failed' }],
    ['an unknown status', { ...kept, status: 'fine' }],
    ['no time', { ...kept, checkedAt: 'yesterday' }],
    ['no checks', { ...kept, checks: undefined }],
    ['a check without title', { ...kept, checks: [{ ...check, title: undefined }] }],
    ['a step that is no number', { ...kept, checks: [{ ...check, step: '6' }] }],
    ['a fix that is none', { ...kept, checks: [{ ...check, fix: 'rm' }] }],
    ['an event without time', { ...kept, checks: [{ ...check, event: { id: 'e' } }] }],
  ])('reads %s as nothing', (_name, value) => {
    expect(readKept(value)).toBeUndefined();
  });
});
