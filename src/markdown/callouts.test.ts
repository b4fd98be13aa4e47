import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/languages.ts';
import { CALLOUTS } from './callout-kinds.ts';
import { renderLab } from './render-for-test.ts';

/** The picture of the icon is not what these tests are about. */
async function render(...input: Parameters<typeof renderLab>): Promise<string> {
  return (await renderLab(...input)).replace(/<svg[^>]*>.*?<\/svg>/gs, '<svg/>');
}

describe('every kind of callout', () => {
  it.each(CALLOUTS.flatMap((callout) => LANGUAGES.map((language) => ({ callout, language }))))(
    '$callout.kind is rendered with its own icon, colour and label in $language',
    async ({ callout, language }) => {
      const html = await renderLab(`> [!${callout.kind}]\n> text`, { language, zip: [{ path: 'z/a', bytes: 1 }] });
      expect(html).toContain(`callout-${callout.kind.toLowerCase()} callout-tone-${callout.tone}`);
      expect(html).toContain(`<span class="callout-label">${callout.label[language]}</span>`);
      expect(html).toContain(`<path d="${callout.icon}"></path>`);
      expect(html).not.toContain('[!');
    },
  );

  it('has an icon of its own', () => {
    expect(new Set(CALLOUTS.map(({ icon }) => icon)).size).toBe(CALLOUTS.length);
  });
});

describe('remarkCallouts', () => {
  it('keeps paragraphs, lists and tables of a note', async () => {
    expect(
      await render('> [!COST]\n> **요금**\n>\n> | 이름 | 비용 |\n> | --- | ---: |\n> | ECR | $0.10 |\n>\n> - 하나'),
    ).toMatchInlineSnapshot(`
      "<div class="callout callout-cost callout-tone-amber" role="note"><p class="callout-title"><svg/><span class="callout-label">비용</span></p><div class="callout-body"><p><strong>요금</strong></p><div class="table-scroll" tabindex="0" role="group" aria-label="이름, 비용"><table>
      <thead>
      <tr>
      <th>이름</th>
      <th align="right">비용</th>
      </tr>
      </thead>
      <tbody>
      <tr>
      <td>ECR</td>
      <td align="right">$0.10</td>
      </tr>
      </tbody>
      </table></div><ul>
      <li>하나</li>
      </ul></div></div>"
    `);
  });

  it('takes a title with code from the marker line and the text from the next', async () => {
    expect(await render('> [!CONCEPT] `buildspec.yml` 구조\n> 본문 **굵게**')).toMatchInlineSnapshot(
      `"<div class="callout callout-concept callout-tone-teal" role="note"><p class="callout-title"><svg/><span class="callout-label">개념</span><span class="callout-heading"><code>buildspec.yml</code> 구조</span></p><div class="callout-body"><p>본문 <strong>굵게</strong></p></div></div>"`,
    );
  });

  it('folds troubleshooting under the problem it is about', async () => {
    expect(await render('> [!TROUBLESHOOTING]\n> **문제**: 빌드가 `FAILED`\n>\n> 1. 로그를 봅니다')).toMatchInlineSnapshot(`
      "<details class="callout callout-troubleshooting callout-tone-red"><summary class="callout-title"><svg/><span class="callout-label">문제 해결</span><span class="callout-heading">빌드가 <code>FAILED</code></span></summary><div class="callout-body"><ol>
      <li>로그를 봅니다</li>
      </ol></div></details>"
    `);
  });

  it('shows output as a figure of its own', async () => {
    expect(await render('> [!OUTPUT]\n>\n> ```\n> On branch main\n> ```')).toMatchInlineSnapshot(`
      "<figure class="callout callout-output callout-tone-slate"><figcaption class="callout-title"><svg/><span class="callout-label">출력 예시</span></figcaption><div class="callout-body"><pre><code class="language-txt">On branch main
      </code></pre></div></figure>"
    `);
  });

  it('reads container directives as callouts and leaves other containers alone', async () => {
    expect(await render(':::tip[제목]\n본문\n:::')).toContain(
      '<span class="callout-heading">제목</span></p><div class="callout-body"><p>본문</p></div>',
    );
    expect(await render(':::something\n본문\n:::')).toBe('<div><p>본문</p></div>');
  });

  it('leaves a quotation a quotation', async () => {
    expect(await render('> 인용 [!NOTE]')).toContain('<blockquote>');
  });

  it('refuses an unknown kind and a heading inside a box, with the line', async () => {
    await expect(render('\n\n> [!NOTICE]\n> x')).rejects.toThrow(/\[!NOTICE\] is not known; use one of DOWNLOAD, COST/);
    await expect(render('> [!NOTE]\n> ## 제목')).rejects.toThrow(/A heading cannot stand inside a NOTE callout/);
  });
});

describe('DOWNLOAD', () => {
  const zip = [
    { path: 'demo-lab/app.js', bytes: 743 },
    { path: 'demo-lab/src/deep.js', bytes: 1_260_000 },
    { path: 'demo-lab/README.md', bytes: 3300 },
  ];

  it('lists the real files with sizes and the text of the author, and gives the link its download', async () => {
    const html = await render(
      '> [!DOWNLOAD]\n> [demo-lab.zip](/files/demo/demo-lab.zip)\n>\n> - `app.js` - 앱 **본체**\n> - `README.md` - 안내',
      { zip },
    );
    expect(html).toMatchInlineSnapshot(
      `"<div class="callout callout-download callout-tone-blue" role="note"><p class="callout-title"><svg/><span class="callout-label">실습 파일</span></p><div class="callout-body"><p><a href="/files/demo/demo-lab.zip" download class="zip-link">demo-lab.zip</a> <span class="zip-summary">파일 3개 · 압축을 풀면 1.3 MB</span></p><ul class="file-list"><li><span class="file-name"><code>app.js</code></span><span class="file-description">앱 <strong>본체</strong></span><span class="file-size">743 B</span></li><li><span class="file-name"><code>src/deep.js</code></span><span class="file-size">1.3 MB</span></li><li><span class="file-name"><code>README.md</code></span><span class="file-description">안내</span><span class="file-size">3.3 KB</span></li></ul></div></div>"`,
    );
  });

  it('lists the files when the author lists none', async () => {
    expect(await render('> [!DOWNLOAD]\n> [demo-lab.zip](/files/demo/demo-lab.zip)', { zip })).toContain('<code>src/deep.js</code>');
  });

  it('refuses a file that the zip does not hold', async () => {
    await expect(render('> [!DOWNLOAD]\n> - `gone.js` - 없음', { zip })).rejects.toThrow(
      'The DOWNLOAD box names `gone.js`, which the zip does not hold; put the file into files/ or take it off the list.',
    );
  });
});
