import { describe, expect, it } from 'vitest';
import { findPlaces, type IndexedPage } from './search-places.ts';

const page: IndexedPage = {
  content:
    '실습 제목 태스크 0: 환경 CloudFormation을 엽니다 리포지토리를 만듭니다 태스크 1: 코드 git push origin main 파이프라인이 시작됩니다',
  anchors: [
    { element: 'h1', id: '_top', text: '실습 제목', location: 0 },
    { element: 'section', id: 'task-0', text: '', location: 2 },
    { element: 'h2', id: 'env', text: '태스크 0: 환경', location: 2 },
    { element: 'li', id: 'task-0-step-1', text: '', location: 5 },
    { element: 'li', id: 'task-0-step-2', text: '', location: 7 },
    { element: 'h2', id: 'code', text: '태스크 1: 코드', location: 9 },
    { element: 'li', id: 'task-1-step-3', text: '', location: 12 },
  ],
};

describe('findPlaces', () => {
  it('names task and step', () => {
    expect(findPlaces(page, ['리포지토리'], 3)).toEqual([
      { id: 'task-0-step-2', section: '태스크 0: 환경', step: 2, excerpt: ['', '리포지토리', '를 만듭니다'] },
    ]);
    expect(findPlaces(page, ['코드'], 3)).toMatchObject([{ id: 'code', section: '태스크 1: 코드', step: undefined }]);
  });

  it('finds parts of words, and commands whose words stand together', () => {
    expect(findPlaces(page, ['이프라인'], 3)).toMatchObject([{ id: 'task-1-step-3' }]);
    expect(findPlaces(page, ['git', 'push'], 3)).toMatchObject([{ id: 'task-1-step-3' }]);
  });

  it('puts the place with more of the words first', () => {
    const places = findPlaces(page, ['태스크', '환경'], 2).map(({ id }) => id);
    expect(places).toEqual(['env', 'code']);
  });

  it('finds nothing where one of the words is missing', () => {
    expect(findPlaces(page, ['git', '없는말'], 3)).toEqual([]);
    expect(findPlaces(page, [], 3)).toEqual([]);
  });

  it('finds Japanese words that the index has cut in two', () => {
    const cut = { content: 'リポジ\u200bトリ\u200bを\u200b作成', anchors: [] };
    expect(findPlaces(cut, ['リポジトリ'], 1)).toMatchObject([{ id: undefined, excerpt: ['', 'リポジトリ', 'を作成'] }]);
  });
});
