import { describe, expect, it } from 'vitest';
import { renderLab } from '../../render-lab.test-support.ts';

async function outline(markdown: string, title?: string): Promise<string[]> {
  const html = await renderLab(markdown, title === undefined ? {} : { title });
  return [...html.matchAll(/<h(\d)[^>]*>(.*?)<\/h\d>/g)].map(([, depth, text]) => `${depth} ${text}`);
}

describe('remarkHeadings', () => {
  it('leaves the title to the page', async () => {
    expect(await outline('# 실습  이름\n\n## 하나', '실습 이름')).toEqual(['2 하나']);
  });

  it('moves another first heading under the title', async () => {
    expect(await outline('# 다른 이름\n\n## 하나\n\n### 둘', '실습')).toEqual(['2 다른 이름', '2 하나', '3 둘']);
  });

  it('moves everything down when the parts of the text are of the first level', async () => {
    expect(await outline('# 하나\n\n## 둘\n\n# 셋', '실습')).toEqual(['2 하나', '3 둘', '2 셋']);
    expect(await outline('# 태스크 1: 하나\n\n## 둘', '실습')).toEqual(['2 태스크 1: 하나', '3 둘']);
  });

  it('takes a cleanup of the first level for one of the tasks of the second, up to its end', async () => {
    const text = '## 태스크 1: 하나\n\n### 안\n\n# 🗑️ 리소스 정리\n\n## 방법 1\n\n✅ **실습 종료**: 끝\n\n## 참고\n\n# 축하합니다';
    expect(await outline(text, '실습')).toEqual(['2 태스크 1: 하나', '3 안', '2 🗑️ 리소스 정리', '3 방법 1', '2 참고', '2 축하합니다']);
  });

  it('skips no level', async () => {
    expect(await outline('### a\n\n## b\n\n#### c\n\n### d\n\n###### e')).toEqual(['2 a', '2 b', '3 c', '3 d', '4 e']);
  });
});
