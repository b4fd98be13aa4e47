import { expect, test } from 'vitest';
import { allPages, type Page } from './pages.ts';

const operation = 'ecr:DescribeImages';
/** Pages by token, and the tokens that were asked for. */
function list(pages: Readonly<Record<string, Page<number> | undefined>>) {
  const asked: string[] = [];
  const read = (token = 'first') => {
    asked.push(token);
    return Promise.resolve(pages[token]);
  };
  return { asked, read };
}

test('reads every page', async () => {
  const { asked, read } = list({ first: { items: [1, 2], next: 'b' }, b: { items: [], next: 'c' }, c: { items: [3], next: '' } });
  expect(await allPages(read, { operation, maxPages: 3 })).toEqual([1, 2, 3]);
  expect(asked).toEqual(['first', 'b', 'c']);
});

test('stops when it has enough', async () => {
  const { asked, read } = list({ first: { items: [1], next: 'b' }, b: { items: [2], next: 'c' } });
  expect(await allPages(read, { operation, maxPages: 9, enough: (soFar) => soFar.includes(2) })).toEqual([1, 2]);
  expect(asked).toEqual(['first', 'b']);
});

test('a missing resource is undefined, not an empty list', async () => {
  const { read } = list({});
  expect(await allPages(read, { operation, maxPages: 9 })).toBeUndefined();
});

test('concludes nothing from a repeated token or a list that is too long', async () => {
  const turning = list({ first: { items: [1], next: 'b' }, b: { items: [2], next: 'b' } });
  await expect(allPages(turning.read, { operation, maxPages: 9 })).rejects.toMatchObject({ reason: 'malformed', operation });
  expect(turning.asked).toEqual(['first', 'b']);
  const long = list({ first: { items: [1], next: 'b' }, b: { items: [2], next: 'c' }, c: { items: [3] } });
  await expect(allPages(long.read, { operation, maxPages: 2 })).rejects.toMatchObject({
    reason: 'malformed',
    message: 'ecr:DescribeImages has more than 2 pages; the rest was not read, so nothing is concluded from the list.',
  });
});
