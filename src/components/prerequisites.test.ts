import { describe, expect, it } from 'vitest';
import { labNamedIn } from './prerequisites.ts';

const labs = [
  { lab: 'week9-2-codebuild', title: 'CI/CD 이미지 빌드', data: { week: 9, session: 2 } },
  { lab: 'ecr-registry', title: 'ECR', data: {} },
];

describe('labNamedIn', () => {
  it.each([
    'Week 9-2 완료',
    '9주차 2차시를 마쳤습니다',
    '第9週 2回を終えている',
    'Week 9, session 2',
    'week9-2-codebuild를 마침',
    '「CI/CD 이미지 빌드」 실습',
  ])('%s', (line) => {
    expect(labNamedIn(line, labs)?.lab).toBe('week9-2-codebuild');
  });

  it.each(['Week 7 완료 (Docker 기본 개념)', 'Git 기본 명령어', '2026-11-20 이후', 'Node 9-2.1', 'Week 9-3 완료'])(
    'names no lab: %s',
    (line) => {
      expect(labNamedIn(line, labs)).toBeUndefined();
    },
  );
});
