import { expect, test } from 'vitest';
import { answerOf } from './answer.ts';

test('an answer that was read', async () => {
  const answer = await answerOf(Promise.resolve('main'));
  expect([answer.seen, answer.get()]).toEqual(['main', 'main']);
});

test('an answer that was not read is told to those who need it', async () => {
  const answer = await answerOf(Promise.reject(new Error('no look')));
  expect(answer.seen).toBeUndefined();
  expect(() => answer.get()).toThrow('no look');
});
