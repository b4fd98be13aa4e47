import { expect, test } from 'vitest';
import { everDone, leftWith, mustBeGone } from './leftovers.ts';

const something = async () => ['build:1'];
const nothing = async () => [];
const unreadable = (what: string) => async () => Promise.reject(new Error(what));

test('one trace is enough, and the next is not looked for', async () => {
  expect((await everDone({}, nothing, something, unreadable('never'))).done()).toBe(true);
  expect((await everDone({ recordedPass: new Date(0) }, unreadable('never'))).done()).toBe(true);
});

test('no trace shows anything', async () => {
  expect((await everDone({}, nothing, nothing)).done()).toBe(false);
});

test('a trace that cannot be read leaves it to the others, and is told only when none shows anything', async () => {
  expect((await everDone({}, unreadable('first'), something)).done()).toBe(true);
  const proof = await everDone({}, unreadable('first'), nothing, unreadable('second'));
  expect(() => proof.done()).toThrow('first');
});

test('what is still there needs no proof that the lab was done', async () => {
  const left = leftWith(everDone({}, unreadable('builds')));
  const judge = mustBeGone(({ name }: { readonly name: string }) => `${name} is left`);
  expect(judge(await left(Promise.resolve({ name: 'app' })))).toMatchObject({ status: 'failed', says: 'app is left' });
  const gone = await left<{ readonly name: string }>(Promise.resolve(undefined));
  expect(() => judge(gone)).toThrow('builds');
});
