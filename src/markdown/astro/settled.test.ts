import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QUIET, settled } from './settled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('hands everything on once, when nothing more is noted', async () => {
  const batches: string[][] = [];
  const note = settled<string>((noted) => void batches.push([...noted]));
  note('a');
  await vi.advanceTimersByTimeAsync(QUIET - 1);
  note('b');
  note('a');
  await vi.advanceTimersByTimeAsync(QUIET - 1);
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(batches).toEqual([['a', 'b']]);
  note('a');
  await vi.advanceTimersByTimeAsync(QUIET);
  expect(batches).toEqual([['a', 'b'], ['a']]);
});

test('what is noted during the work waits until it has ended', async () => {
  const begun: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const note = settled<string>(async ([first = '']) => {
    begun.push(first);
    if (first === 'slow') await promise;
  });
  note('slow');
  await vi.advanceTimersByTimeAsync(QUIET);
  note('next');
  await vi.advanceTimersByTimeAsync(10 * QUIET);
  expect(begun).toEqual(['slow']);
  resolve();
  await vi.advanceTimersByTimeAsync(QUIET);
  expect(begun).toEqual(['slow', 'next']);
});

test('work that failed is told, and does not keep the next from being done', async () => {
  const told = vi.fn();
  process.once('unhandledRejection', told);
  const done: string[] = [];
  const note = settled<string>(([first = '']) => {
    if (first === 'bad') throw new Error('bad');
    done.push(first);
  });
  note('bad');
  await vi.advanceTimersByTimeAsync(QUIET);
  expect(told).toHaveBeenCalledOnce();
  note('good');
  await vi.advanceTimersByTimeAsync(QUIET);
  expect(done).toEqual(['good']);
});
