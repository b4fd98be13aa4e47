import { expect, it } from 'vitest';
import { bestFit, wordsOf } from './advice.ts';

const headings = [
  'ROLLBACK_COMPLETE',
  'IMAGE_REPO_NAME에 URI 전체를 넣음',
  '서비스 역할이 codebuild-...-service-role임',
  'OperationNotAllowedException',
];

it('finds the advice whose heading the answer says', () => {
  expect(bestFit('환경 변수 IMAGE_REPO_NAME에 URI 전체가 들어 있습니다', headings)).toBe(1);
  expect(bestFit('스택 상태가 "ROLLBACK_COMPLETE"입니다', headings)).toBe(0);
  expect(bestFit('CodeCommit이 OperationNotAllowed라고 답했습니다', headings)).toBe(3);
});

it('gives none rather than a wrong one', () => {
  expect(bestFit('브랜치를 찾지 못했습니다', headings)).toBeUndefined();
  expect(bestFit('Privileged 모드가 꺼져 있어 서비스를 쓸 수 없습니다', headings)).toBeUndefined();
  expect(bestFit('환경 변수 IMAGE_REPO_NAME이 없습니다', headings)).toBeUndefined();
  expect(bestFit('Build 1 failed: docker login', ['Docker build failed', 'The build failed'])).toBeUndefined();
  expect(bestFit('ROLLBACK_COMPLETE', ['ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE'])).toBeUndefined();
  expect(bestFit('anything', ['', ''])).toBeUndefined();
});

it('cuts Korean particles off names', () => {
  expect([...wordsOf('IMAGE_REPO_NAME에 buildspec.yml을 넣고')]).toEqual(['image_repo_name', 'buildspec.yml', '넣고']);
});
