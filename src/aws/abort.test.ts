import { expect, test } from 'vitest';
import { unlessAborted } from './abort.ts';

const never = new Promise<never>(() => {});

test('work that ends first gives its outcome', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(signal, Promise.resolve(1))).toBe(1);
  expect(await unlessAborted(undefined, Promise.resolve(1))).toBe(1);
  await expect(unlessAborted(signal, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('work that does not listen holds nobody up', async () => {
  const ended = new AbortController();
  const waiting = unlessAborted(ended.signal, never);
  ended.abort(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
  await expect(unlessAborted(ended.signal, never)).rejects.toThrow('over');
  await expect(unlessAborted(ended.signal, never, () => new Error('mine'))).rejects.toThrow('mine');
});

test('work that is done counts after the end too', async () => {
  expect(await unlessAborted(AbortSignal.abort(), Promise.resolve(1))).toBe(1);
});

test('what work ends with after the end is nobody’s trouble', async () => {
  const ended = new AbortController();
  const late = Promise.withResolvers<void>();
  const waiting = unlessAborted(ended.signal, late.promise);
  ended.abort(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
  late.reject(new Error('late'));
  await new Promise(setImmediate);
});
