import { expect, it } from 'vitest';
import { newAccountId } from './account-id.ts';
import { AccountRegistry } from './registry.ts';

const [a, b, c] = ['a', 'b', 'c'].map((seed) => newAccountId(seed)) as [string, string, string];

it('opens an account once and finds only what was opened', () => {
  const registry = new AccountRegistry(2);
  expect(registry.find(a)).toBeUndefined();
  const account = registry.open(a);
  expect(registry.open(a)).toBe(account);
  expect(registry.find(a)).toBe(account);
  expect(() => registry.open('123')).toThrow('An account id has 12 digits: received "123".');
});

it('keeps no more accounts than its maximum, the most recently used ones', () => {
  const registry = new AccountRegistry(2);
  registry.open(a);
  registry.open(b);
  registry.find(a);
  registry.open(c);
  expect(registry.all().map(({ id }) => id)).toEqual(expect.arrayContaining([a, c]));
  expect(registry.all()).toHaveLength(2);
});

it('never puts a blank account in the place of one that is in use', () => {
  const registry = new AccountRegistry(1);
  const held = registry.open(a);
  registry.open(b);
  expect(registry.all().map(({ id }) => id)).toEqual([b]);
  expect(registry.open(a)).toBe(held);
});
