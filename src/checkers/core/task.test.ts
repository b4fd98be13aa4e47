import { describe, expect, it } from 'vitest';
import { messages, readerOf } from './fixtures.test-support.ts';
import { defineLab } from './lab.ts';
import { defineMoves } from './moves.ts';
import { listMoves, playMove } from './play.ts';
import { combineStatuses } from './result.ts';
import { defineTask } from './task.ts';

const reads = { tags: readerOf('tags', () => ['latest']) };
const tagged = { holds: (tags: string[]) => tags.length > 0, otherwise: 'missing' } as const;

const task = (id: 'task-0' | 'task-1', needs: 'task-0'[] = []) =>
  defineTask({
    id,
    messages,
    needs,
    reads,
    observe: (aws) => ({ tags: aws.tags('app') }),
    expectations: { tags: [{ id: 'tagged', ...tagged }] },
  });

describe('defineTask', () => {
  it.each([
    [
      'two expectations of one name',
      [
        { id: 'tagged', ...tagged },
        { id: 'tagged', ...tagged },
      ],
      'two expectations are called "tagged"',
    ],
    [
      'an order that names a later one',
      [
        { id: 'exists', after: 'tagged', ...tagged },
        { id: 'tagged', ...tagged },
      ],
      '"exists" comes after "tagged"',
    ],
    ['nothing to expect', [], 'it has no expectations, so nothing could ever fail'],
  ] as const)('refuses %s', (_what, expectations, sentence) => {
    expect(() =>
      defineTask({ id: 'task-0', messages, reads, observe: (aws) => ({ tags: aws.tags('app') }), expectations: { tags: expectations } }),
    ).toThrow(sentence);
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
  const base = { id: 'fixture', region: 'ap-northeast-2', messages, moves: [] };
  const solve = { id: 'do-0', task: 'task-0', kind: 'solve', play: () => {} } as const;

  it.each([
    ['a task twice', { tasks: [task('task-0'), task('task-0')] }, 'two tasks are called "task-0"'],
    ['a task before what it needs', { tasks: [task('task-1', ['task-0']), task('task-0')] }, '"task-1" needs "task-0"'],
    ['a move twice', { tasks: [task('task-0')], moves: [solve, solve] }, 'two moves are called "do-0"'],
    ['a move for no task', { tasks: [task('task-1')], moves: [solve] }, 'the move "do-0" is for the unknown task "task-0"'],
    [
      'a mistake no check could notice',
      { tasks: [task('task-0')], moves: [{ ...solve, kind: 'mistake', check: 'named', says: 'misnamed' } as const] },
      '"named", which "task-0" does not expect',
    ],
  ])('refuses %s', (_what, wrong, sentence) => {
    expect(() => defineLab({ ...base, ...wrong })).toThrow(sentence);
  });
});

describe('playMove', () => {
  type Account = Parameters<typeof playMove>[2];
  const played: string[] = [];
  const note = (what: string) => () => void played.push(what);
  const lab = defineLab({
    id: 'fixture',
    region: 'ap-northeast-2',
    messages,
    tasks: [task('task-0'), task('task-1', ['task-0'])],
    moves: defineMoves(messages, [
      { id: 'do-0', task: 'task-0', kind: 'solve', play: note('do-0') },
      { id: 'misname-0', task: 'task-0', kind: 'mistake', check: 'tagged', says: 'misnamed', play: note('misname-0') },
      { id: 'see-busy', task: 'task-0', kind: 'moment', check: 'tagged', says: 'busy', play: note('see-busy') },
      { id: 'do-1', task: 'task-1', kind: 'solve', play: note('do-1') },
    ]),
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

  it('keeps later tasks when an earlier one is done again', () => {
    expect(play('do-0', 1)).toEqual({ now: 1, played: ['wipe', 'do-0', 'do-1'] });
  });

  it('lists what students do apart from what AWS is still doing', () => {
    expect(listMoves(lab, 'en')).toEqual({
      moves: [
        { id: 'do-0', task: 'task-0', kind: 'solve', title: 'Make it' },
        { id: 'misname-0', task: 'task-0', kind: 'mistake', breaks: 'tagged', title: 'Misname it' },
        { id: 'do-1', task: 'task-1', kind: 'solve', title: 'Build' },
      ],
      moments: [{ id: 'see-busy', task: 'task-0', kind: 'moment', title: 'Look while it is being made' }],
    });
  });
});
