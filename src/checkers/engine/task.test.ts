import { describe, expect, it } from 'vitest';
import type { Bound } from '../../aws/reader.ts';
import { type AnyExpectation, expectation, expectationsOn } from './expectation.ts';
import { plain, readerOf, text } from './fixtures.test-support.ts';
import { defineLab } from './lab.ts';
import { listMoves, playMove } from './play.ts';
import { combineStatuses } from './result.ts';
import { defineTask } from './task.ts';
import { failed, passed } from './verdict.ts';

const reads = { tags: readerOf('tags', () => ['latest']) };
const observe = (aws: Bound<typeof reads>) => ({ tags: aws.tags('app') });
const on = expectationsOn<typeof observe>();
const tagged = { ...plain, holds: (tags: string[]) => tags.length > 0, otherwise: 'missing' } as const;

/** A task whose solve notes that it was played. */
const task = (
  number: 0 | 1,
  more: { needs?: string[]; expectations?: readonly AnyExpectation[]; note?: (what: string) => () => void } = {},
) =>
  defineTask({
    id: `task-${number}`,
    title: text(`Task ${number}`),
    needs: more.needs ?? [],
    reads,
    observe,
    solve: { id: `do-${number}`, title: text(number === 0 ? 'Make it' : 'Build'), play: more.note?.(`do-${number}`) ?? (() => {}) },
    expectations: more.expectations ?? [on.tags({ ...tagged, id: 'tagged' })],
  });

describe('defineTask', () => {
  it.each([
    [
      'two expectations of one name',
      [on.tags({ ...tagged, id: 'tagged' }), on.tags({ ...tagged, id: 'tagged' })],
      'two expectations are called "tagged"',
    ],
    [
      'an order that names a later one',
      [on.tags({ ...tagged, id: 'exists', after: 'tagged' }), on.tags({ ...tagged, id: 'tagged' })],
      '"exists" comes after "tagged"',
    ],
    ['nothing to expect', [], 'it has no expectations, so nothing could ever fail'],
  ])('refuses %s', (_what, expectations, sentence) => {
    expect(() => task(0, { expectations })).toThrow(sentence);
  });

  it('refuses a file that is read by no check of the task', () => {
    const files = { 'buildspec.yml': { checks: ['named'], use: () => {} } };
    expect(() =>
      defineTask({ ...task(0), observe, reads, expectations: [on.tags({ ...tagged, id: 'tagged' })], files, publishes: {} }),
    ).toThrow('"buildspec.yml" is read by "named", which it does not expect');
  });
});

describe('a shared expectation', () => {
  const shared = expectation<string[]>()({ ...plain, id: 'tagged', judge: (tags) => (tags.length > 0 ? passed() : failed('missing')) });

  it('may be taken with another judge, which says what the shared one may say', () => {
    const busy = on.tags({ ...shared, judge: () => failed('busy') });
    expect(busy.judge?.([], {} as never)).toEqual(failed('busy'));
    // @ts-expect-error there is no text called "other"
    on.tags({ ...shared, judge: () => failed('other') });
  });
});

describe('combineStatuses', () => {
  it.each([
    [['passed', 'blocked', 'not-started', 'waiting', 'unknown', 'failed'], 'failed'],
    [['passed', 'blocked', 'not-started', 'waiting', 'unknown'], 'unknown'],
    [['passed', 'blocked', 'not-started', 'waiting'], 'waiting'],
    [['passed', 'blocked', 'not-started'], 'not-started'],
    [['passed', 'blocked'], 'blocked'],
    [['passed', 'passed'], 'passed'],
    [[], 'not-started'],
  ] as const)('%j is %s', (parts, whole) => {
    expect(combineStatuses(parts)).toBe(whole);
  });
});

describe('defineLab', () => {
  const base = { id: 'fixture', region: 'ap-northeast-2' };

  it.each([
    ['a task twice', [task(0), task(0)], 'two tasks are called "task-0"'],
    ['a task before what it needs', [task(1, { needs: ['task-0'] }), task(0)], '"task-1" needs "task-0"'],
    ['a move twice', [task(0), { ...task(1), solve: task(0).solve }], 'two moves are called "do-0"'],
  ])('refuses %s', (_what, tasks, sentence) => {
    expect(() => defineLab({ ...base, tasks })).toThrow(sentence);
  });
});

describe('playMove', () => {
  type Account = Parameters<typeof playMove>[2];
  const played: string[] = [];
  const note = (what: string) => () => void played.push(what);
  const broken = on.tags({
    ...tagged,
    id: 'tagged',
    breaks: {
      'misname-0': { title: text('Misname it'), says: 'misnamed', play: note('misname-0') },
      'forget-0': { title: text('Forget it'), says: 'missing', instead: note('forget-0') },
    },
    moments: { 'see-busy': { title: text('Look while it is being made'), says: 'busy', play: note('see-busy') } },
  });
  const lab = defineLab({
    id: 'fixture',
    region: 'ap-northeast-2',
    tasks: [task(0, { expectations: [broken], note }), task(1, { needs: ['task-0'], note })],
  });
  const account = { wipe: note('wipe') } as unknown as Account;
  const play = (id: string, solvedThrough?: number) => {
    played.length = 0;
    const move = lab.moves.find((candidate) => candidate.id === id);
    if (!move) throw new Error(id);
    return { now: playMove(lab, move, account, solvedThrough), played: [...played] };
  };

  it('does the earlier tasks first', () => {
    expect(play('do-1')).toEqual({ now: 1, played: ['wipe', 'do-0', 'do-1'] });
  });

  it('makes a mistake in an account where the task itself had been done', () => {
    expect(play('misname-0', 1)).toEqual({ now: -1, played: ['wipe', 'do-0', 'misname-0'] });
  });

  it('makes a mistake in place of the task when it says so', () => {
    expect(play('forget-0', 1)).toEqual({ now: -1, played: ['wipe', 'forget-0'] });
  });

  it('keeps later tasks when an earlier one is done again', () => {
    expect(play('do-0', 1)).toEqual({ now: 1, played: ['wipe', 'do-0', 'do-1'] });
  });

  it('lists what students do apart from what AWS is still doing', () => {
    expect(listMoves(lab, 'en')).toEqual({
      moves: [
        { id: 'do-0', task: 'task-0', kind: 'solve', title: 'Make it' },
        { id: 'misname-0', task: 'task-0', kind: 'mistake', breaks: 'tagged', title: 'Misname it' },
        { id: 'forget-0', task: 'task-0', kind: 'mistake', breaks: 'tagged', title: 'Forget it' },
        { id: 'do-1', task: 'task-1', kind: 'solve', title: 'Build' },
      ],
      moments: [{ id: 'see-busy', task: 'task-0', kind: 'moment', title: 'Look while it is being made' }],
    });
  });
});
