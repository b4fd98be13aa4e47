import { expect, it } from 'vitest';
import { bestFit, wordsOf } from './advice.ts';

const advice = [
  'ROLLBACK_COMPLETE: 리소스 하나가 만들어지지 못해 전부 되돌려진 상태입니다. 스택을 삭제한 뒤 다시 생성합니다.',
  'IMAGE_REPO_NAME에 URI 전체를 넣음: / 뒤의 이름만 남깁니다.',
  'Docker 데몬에 연결할 수 없음: Privileged가 체크되어 있는지 확인합니다.',
];

it('finds the piece of advice that shares the telling words', () => {
  expect(bestFit('환경 변수 IMAGE_REPO_NAME이 틀렸습니다: URI가 들어 있습니다', advice)).toBe(1);
  expect(bestFit('스택 상태가 "ROLLBACK_COMPLETE"입니다', advice)).toBe(0);
  expect(bestFit('Privileged 모드', advice)).toBe(2);
});

it('finds none where nothing fits', () => {
  expect(bestFit('브랜치를 찾지 못했습니다', advice)).toBeUndefined();
  expect(bestFit('anything', [])).toBeUndefined();
});

it('cuts Korean particles off names', () => {
  expect([...wordsOf('IMAGE_REPO_NAME에 buildspec.yml을 넣고')]).toEqual(['image_repo_name', 'buildspec.yml', '넣고']);
});
