import { expect, test } from 'vitest';
import { createTurns, type TakeTurn } from './rate.ts';

const service = (name: string, rate = { perSecond: 1, burst: 3 }) => ({ name, rate });

/** Which of so many calls asked for at once may leave at once. */
async function atOnce(take: TakeTurn, services: readonly string[]) {
  const ended = new AbortController();
  const left: number[] = [];
  const asking = services.map(async (name, index) => {
    await take(service(name), ended.signal);
    left.push(index);
  });
  await Promise.resolve().then(() => new Promise(setImmediate));
  ended.abort();
  await Promise.allSettled(asking);
  return left;
}

test('a burst leaves at once, the rest waits; services do not wait for each other', async () => {
  const take = createTurns(() => 0);
  expect(await atOnce(take, ['iam', 'iam', 'iam', 'iam', 'ecr'])).toEqual([0, 1, 2, 4]);
});

test('turns come back with time', async () => {
  let now = 0;
  const take = createTurns(() => now);
  expect(await atOnce(take, ['iam', 'iam', 'iam'])).toEqual([0, 1, 2]);
  now = 2_000;
  expect(await atOnce(take, ['iam', 'iam', 'iam'])).toEqual([0, 1]);
});

test('whoever waits leaves with the run', async () => {
  const take = createTurns();
  const iam = service('iam', { perSecond: 0.001, burst: 1 });
  const run = new AbortController();
  await take(iam, run.signal);
  const waiting = take(iam, run.signal);
  run.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
