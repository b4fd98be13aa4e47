import { describe, expect, it } from 'vitest';
import { labNavigation, labOfEntry } from './lab-page.ts';

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
    expect(labNavigation(headings, ['task-0'])).toEqual([
      { href: '#파일', text: '파일' },
      { href: '#task-0', text: '태스크 0: 준비', task: 'task-0', isChecked: true },
    ]);
  });

  it('knows which tasks have a status and which are only ticked off', () => {
    const headings = [0, 1].map((task) => ({ depth: 2, slug: `태스크-${task}`, text: `태스크 ${task}` }));
    expect(labNavigation(headings, ['task-1']).map(({ task, isChecked }) => [task, isChecked])).toEqual([
      ['task-0', false],
      ['task-1', true],
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
    expect(labNavigation(headings, undefined)).toEqual([
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
    expect(labNavigation(headings, undefined).map(({ href }) => href)).toEqual(['#task-1', '#cleanup']);
  });
});
