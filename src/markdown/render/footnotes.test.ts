import { expect, it } from 'vitest';
import { renderLab } from '../render-lab.test-support.ts';

it.each([
  ['ko', '각주', '본문의 각주 1-2번 자리로 돌아가기'],
  ['ja', '脚注', '本文の脚注 1-2 に戻る'],
  ['en', 'Footnotes', 'Back to reference 1-2'],
] as const)('speaks %s around footnotes', async (language, heading, back) => {
  const html = await renderLab('글[^1] 글[^1]\n\n[^1]: 주', { language });
  expect(html).toMatch(new RegExp(`id="footnote-label"[^>]*>${heading}</h2>`));
  expect(html).toContain(`aria-label="${back}"`);
});
