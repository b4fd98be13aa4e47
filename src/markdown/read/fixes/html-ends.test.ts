import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

const NOTED = 'Markdown reads this line as part of the HTML above it; put an empty line before it.';
const PICTURE = '<img src="/a.png" alt="메뉴 > 삭제" />';

describe('Markdown right under HTML that is at its end', () => {
  it('is the callout it was meant as, with its code', async () => {
    const { html, told } = await renderAndTell(`${PICTURE}\n> [!NOTE]\n> 본문\n> \`\`\`bash\n> ls\n> \`\`\`\n\n끝`);
    expect(html).toMatch(/<div class="callout callout-note [^>]*>.*<p>본문<\/p><pre><code class="language-bash">ls\n<\/code><\/pre>/s);
    expect(told).toEqual([`2: ${NOTED}`]);
  });

  it('is the next task, its step and its end marker', async () => {
    const { html, told } = await renderAndTell(
      '## 태스크 1: 하나\n\n1. 하나\n\n✅ **태스크 완료**: 하나\n\n<br>\n## 태스크 2: 둘\n\n</div>\n2. 둘\n</div>\n✅ **태스크 완료**: 둘',
    );
    expect(html).toContain('<section class="task" id="task-2"');
    expect(html).toContain('id="task-2-step-2"');
    expect(told).toEqual([`8: ${NOTED}`, `11: ${NOTED}`, `13: ${NOTED}`]);
  });

  it.each([
    ['a fence', '```bash\nls\n```', '<code class="language-bash">ls'],
    ['a table', '| a | b |\n| - | - |\n| c | d |', '<td>c</td>'],
    ['bold text', '**글**', '<strong>글</strong>'],
    ['a list', '- 글', '<li>글</li>'],
    ['a container', ':::tip\n글\n:::', 'callout-tip'],
  ])('is %s', async (_, markdown, html) => {
    expect(await renderLab(`${PICTURE}\n${markdown}`)).toContain(html);
    expect(await renderLab(`<details>\n<summary>더</summary>\n${markdown}\n\n</details>`)).toContain(html);
  });

  it('is so right under what opens around it', async () => {
    const { html, told } = await renderAndTell('<div align="center">\n![그림](https://x.example/a.png)\n</div>\n\n끝');
    expect(html).toContain('<img src="https://x.example/a.png" alt="그림">');
    expect(told).toEqual([`2: ${NOTED}`]);
    const fold = await renderLab('<details><summary>정답</summary>\n본문 **굵게** `[[x]]`\n</details>\n\n끝');
    expect(fold).toMatch(/<\/summary>\s*<p>본문 <strong>굵게<\/strong> <code>\[\[x\]\]<\/code>\s*<\/p>\s*<\/details>\s*<p>끝/);
    expect((await renderAndTell('<details>\n<summary>정답</summary>\n그냥 글\n</details>')).told).toEqual([]);
  });

  it('is so in a quotation and under a step, too', async () => {
    expect(await renderLab(`> ${PICTURE}\n> 3. 셋\n> 4. 넷`)).toMatch(/<blockquote>\s*<img src="\/a.png" alt="[^"]*">\s*<ol start="3">/);
    expect(await renderLab(`1. 하나\n\n   ${PICTURE}\n   > [!TIP]\n   > 팁\n\n2. 둘`)).toMatch(/<li[^>]*>.*callout-tip.*<\/li>\s*<li/s);
  });

  it('leaves the lines below where they stand in the file', async () => {
    const { told } = await renderAndTell(`${PICTURE}\n- 하나\n\n<br>\n- 둘\n\n> [!NTOE]\n> 글`);
    expect(told.map((line) => line.split(':')[0])).toEqual(['2', '5', '7']);
  });
});

it.each([
  ['a comment', '<!--\n<br>\n> 글\n-->'],
  ['code', '<pre>\n</span>\n- 글\n</pre>'],
  ['a cell', '<table>\n<tr><td>\n<br>\n- 글\n</td></tr>\n</table>'],
  ['an item', '<ul>\n<li>하나\n<br>\n* 글\n</li>\n</ul>'],
])('%s of HTML keeps its lines', async (_, markdown) => {
  const { html, told } = await renderAndTell(`${markdown}\n\n끝`);
  expect(told).toEqual([]);
  expect(html).not.toMatch(/<blockquote>|<li>글|<ul>\s*<li>글/);
});
