import { describe, expect, it } from 'vitest';
import { contradictionOf, labNavigation, labOfEntry } from './lab-page.ts';

describe('labOfEntry', () => {
  it.each([
    ['ko/labs/week9-2-codebuild', 'week9-2-codebuild'],
    ['ko', undefined],
    ['404', undefined],
    ['ko/labs/a/b', undefined],
  ])('%s -> %s', (id, lab) => {
    expect(labOfEntry(id)).toBe(lab);
  });
});

describe('labNavigation', () => {
  it('lists second-level headings, tasks by their section', () => {
    const headings = [
      { depth: 1, slug: '_top', text: '실습' },
      { depth: 2, slug: '파일', text: '파일' },
      { depth: 2, slug: '태스크-0-준비', text: '태스크 0: 준비' },
      { depth: 3, slug: '상세', text: '상세' },
    ];
    expect(labNavigation(headings, true)).toEqual([
      { href: '#파일', text: '파일' },
      { href: '#task-0', text: '태스크 0: 준비', task: 'task-0' },
    ]);
  });
});

describe('labNavigation of a lab without checkers', () => {
  it('leads to the tasks, also of the third level, without a status', () => {
    const headings = [
      { depth: 2, slug: '실습', text: '실습' },
      { depth: 3, slug: '태스크-1-준비', text: '태스크 1: 준비' },
      { depth: 3, slug: '태스크-1-다시', text: '태스크 1: 다시' },
    ];
    expect(labNavigation(headings, false)).toEqual([
      { href: '#실습', text: '실습' },
      { href: '#task-1', text: '태스크 1: 준비' },
    ]);
  });

  it('has no tasks in the parts of a cleanup', () => {
    const headings = [
      { depth: 2, slug: 'a', text: '태스크 1: 큐' },
      { depth: 2, slug: 'b', text: '리소스 정리' },
      { depth: 3, slug: 'c', text: '태스크 1: 큐 삭제' },
      { depth: 3, slug: 'd', text: '태스크 2: 확인' },
    ];
    expect(labNavigation(headings, false).map(({ href }) => href)).toEqual(['#task-1', '#cleanup']);
  });
});

describe('contradictionOf', () => {
  it('finds none when text and checkers agree, in whatever order', () => {
    expect(contradictionOf('lab', ['task-0', 'cleanup'], ['cleanup', 'task-0'])).toBeUndefined();
  });

  it('names what only one side has', () => {
    expect(contradictionOf('lab', ['task-0', 'task-1'], ['task-0', 'cleanup'])).toBe(
      'The lab "lab" contradicts itself: its text has task-1, which no checker checks; its checkers have cleanup, which its text does not.',
    );
  });

  it('lets a lab be a text without checkers', () => {
    expect(contradictionOf('lab', ['task-0'], undefined)).toBeUndefined();
  });
});
