import { describe, expect, it } from 'vitest';
import { renderLab } from '../../render-lab.test-support.ts';

describe('remarkLooseNesting', () => {
  it('leaves a list under a step with a number of two digits to it', async () => {
    const html = await renderLab('## 태스크 1: a\n\n11. 열하나\n12. 열둘:\n   - **a**\n   - b\n13. 열셋\n\n- 다른 목록');
    expect(html).toMatch(/id="task-1-step-12"[^>]*>열둘:\s*<ul>\s*<li><strong>a<\/strong><\/li>\s*<li>b<\/li>\s*<\/ul>\s*<\/li>/);
    expect(html).toMatch(/<\/li>\s*<li id="task-1-step-13".*<\/ol>\s*<ul>\s*<li>다른 목록/s);
  });

  it('does so for numbers under numbers, as they are written', async () => {
    const html = await renderLab('> 10. 열\n>    1. 하나\n>    2. 둘\n> 11. 열하나\n>    3. 셋');
    expect(html).toMatch(
      /<ol start="10">\s*<li>열\s*<ol>\s*<li>하나<\/li>\s*<li>둘<\/li>\s*<\/ol>\s*<\/li>\s*<li>열하나\s*<ol start="3">\s*<li>셋/,
    );
  });

  it('does not touch lists side by side, nor numbers that are aligned to the right', async () => {
    expect(await renderLab('1. 하나\n- 둘')).toMatch(/<\/ol>\s*<ul>/);
    expect(await renderLab('1. 하나\n\n  - 둘')).toMatch(/<\/ol>\s*<ul>/);
    expect(await renderLab(' 9. 아홉\n10. 열')).toMatch(/<ol start="9">\s*<li[^>]*>아홉<\/li>\s*<li[^>]*>열<\/li>\s*<\/ol>/);
  });
});
