import { expect, it } from 'vitest';
import { slipsOf } from './numbering.ts';

const said = (numbers: readonly number[], first = numbers[0] ?? 1) =>
  slipsOf(numbers, first).map(({ at, right, isAlone }) => `${numbers[at]} is ${right}${isAlone ? '' : ', and on'}`);

it.each([
  [[1, 2, 3], []],
  [[1, 2, 4, 5], ['4 is 3, and on']],
  [[1, 2, 2, 3], ['2 is 3, and on']],
  [[4, 4, 6], ['4 is 5']],
  [
    [60, 60, 62, 63, 61, 64],
    ['60 is 61', '61 is 64, and on'],
  ],
  [
    [1, 2, 4, 3, 5],
    ['4 is 3', '3 is 4'],
  ],
  [[1, 2, 3, 5, 5, 6], ['5 is 4']],
  [[1, 2, 3, 9, 4, 5], ['9 is 4, and on']],
  [[77, 78, 70, 71], ['70 is 79, and on']],
])('explains %j with the fewest slips', (numbers, slips) => {
  expect(said(numbers)).toEqual(slips);
});

it('knows what the first number should be', () => {
  expect(said([2, 2, 3], 1)).toEqual(['2 is 1']);
  expect(said([2, 3, 4], 1)).toEqual(['2 is 1, and on']);
});

it('ends also where no number fits another', () => {
  const numbers = Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 1_000);
  expect(said(numbers).length).toBeGreaterThan(1_000);
});
