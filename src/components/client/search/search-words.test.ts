import { expect, it } from 'vitest';
import { searchWords } from './search-words.ts';

it.each([
  ['파이프라인을', ['파이프라인']],
  ['파이프라인', ['파이프라인']],
  ['CodeBuild로 이미지를 빌드', ['codebuild', '이미지', '빌드']],
  ['리포지토리에서는', ['리포지토리']],
  ['평가 파이', ['평가', '파이']],
  ['git push git', ['git', 'push']],
  ['  ', []],
])('Korean: %s', (query, words) => {
  expect(searchWords(query, 'ko')).toEqual(words);
});

it.each([
  ['パイプラインを', ['パイプライン']],
  ['ロールに権限', ['ロール', '権限']],
  ['ﾛｰﾙ', ['ロール']],
  ['git push', ['git', 'push']],
  ['を', ['を']],
])('Japanese: %s', (query, words) => {
  expect(searchWords(query, 'ja')).toEqual(words);
});
