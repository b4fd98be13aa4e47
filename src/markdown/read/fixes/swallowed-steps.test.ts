import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

const MEND = 'Markdown reads this numbered line as part of the paragraph above it; put an empty line before it.';

describe('remarkSwallowedSteps', () => {
  it('finds the steps behind a line without an empty line between, with their numbers', async () => {
    const { html, told } = await renderAndTell(
      '## 태스크 1: a\n\n**동작 방식:**\n31. **새** 버전\n32. 둘\n   이어서 [[Go]]\n33. 셋\n\n34. 넷',
    );
    expect(html).toMatch(/<p><strong>동작 방식:<\/strong><\/p>\s*<ol start="31">/);
    expect([...html.matchAll(/id="task-1-step-(\d+)"/g)].map(([, number]) => Number(number))).toEqual([31, 32, 33, 34]);
    expect(html).toMatch(/<strong>새<\/strong> 버전<\/li>.*둘\n이어서 <span class="console-button">Go.*셋<\/li>/s);
    expect(html).not.toContain('31. ');
    expect(told.filter((line) => line.endsWith(MEND))).toEqual([`4: ${MEND}`]);
  });

  it('does so in a callout, and for one line that counts on or is announced', async () => {
    expect(await renderLab('> [!NOTE]\n> 다음과 같이 합니다:\n> 2. 둘')).toMatch(
      /<p>다음과 같이 합니다:<\/p>\s*<ol start="2">\s*<li>둘<\/li>/,
    );
    expect(await renderLab('1. 하나\n\n글\n2. 둘')).toMatch(/<p>글<\/p>\s*<ol start="2">/);
    expect(await renderLab('값:  \n7) 일곱')).toMatch(/<p>값:<\/p>\s*<ol start="7">/);
  });

  it.each([
    '인스턴스는 모두\n14. 정도입니다.',
    '버전은\n1.2 그리고\n3.4입니다.',
    '코드 `a\n2. b\n3. c` 끝',
    '**굵은\n2. 글\n3. 글**',
    '2024년\n12월 3. 4. 일',
  ])('leaves %j a paragraph', async (text) => {
    const { html, told } = await renderAndTell(text);
    expect(html).not.toContain('<ol');
    expect(told).toEqual([]);
  });
});
