import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../i18n/languages.ts';
import { CALLOUTS } from '../../read/structure/callout-kinds.ts';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

/** These tests are not about the drawing of the icon. */
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
      expect(html).toContain(` d="${callout.icon}"></path>`);
      expect(html).not.toContain('[!');
    },
  );

  it('has an icon of its own', () => {
    expect(new Set(CALLOUTS.map(({ icon }) => icon)).size).toBe(CALLOUTS.length);
  });

  it('draws an icon once a page, also where the second is inside the first, and anew on the next page', async () => {
    const text = '> [!NOTE]\n> one\n>\n> > [!NOTE]\n> > inside\n\n> [!TIP]\n> two\n\n> [!NOTE]\n> three';
    for (const html of [await renderLab(text), await renderLab(text)]) {
      const drawings = [...html.matchAll(/<svg[^>]*>(.*?)<\/svg>/gs)].map(([, drawing]) => drawing?.replace(/ d="[^"]+"/, ''));
      const note = '<use href="#callout-icon-note"></use>';
      expect(drawings).toEqual(['<path id="callout-icon-note"></path>', note, '<path id="callout-icon-tip"></path>', note]);
    }
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

  it('reads container directives as callouts, also inside each other', async () => {
    expect(await render(':::tip[제목]\n본문\n:::')).toContain(
      '<span class="callout-heading">제목</span></p><div class="callout-body"><p>본문</p></div>',
    );
    const html = await render('::::cost{title="요금"}\n밖\n\n:::NOTE\n안\n:::\n\n다시 밖\n::::');
    expect(html).toMatch(/callout-cost.*요금.*밖.*callout-note.*안<\/p><\/div><\/div><p>다시 밖<\/p><\/div><\/div>$/s);
  });

  it('renders a quotation and a container of one kind alike', async () => {
    expect(await render(':::warning[제목]\n하나\n\n- 둘\n:::')).toBe(await render('> [!Warning] 제목\n> 하나\n>\n> - 둘'));
  });

  it.each([
    ['any letter case', '> [!nOtE]\n> 본문'],
    ['an empty line after the marker', '> [!NOTE]\n>\n> 본문'],
    ['spaces and the fold marks of other editors', '> [! NOTE ]-\n> 본문'],
    ['a marker that an editor escaped', '> \\[!NOTE]\n> 본문'],
    ['a marker in bold', '> **[!NOTE]**\n> 본문'],
    ['a hard line end', '> [!NOTE]  \n> 본문'],
    ['text on the marker line and nothing under it', '> [!NOTE] 본문'],
  ])('takes %s', async (_what, markdown) => {
    expect(await render(markdown)).toContain('<span class="callout-label">참고</span></p><div class="callout-body"><p>본문</p></div>');
  });

  it('stands under a step, inside another callout, and in a row', async () => {
    const html = await render(
      '1. 하나\n\n   > [!NOTE]\n   > 단계 안\n   >\n   > > [!TIP]\n   > > 안의 안\n\n2. 둘\n\n> [!NOTE]\n> 첫째\n> [!WARNING]\n> 둘째\n>\n> [!COST] 셋째 제목\n> 셋째',
    );
    expect(html).toMatch(
      /<li[^>]*>\s*<p>하나<\/p>\s*<div class="callout callout-note[^>]*>.*단계 안.*<div class="callout callout-tip.*안의 안/s,
    );
    expect(html).toMatch(
      /첫째<\/p><\/div><\/div>\s*<div class="callout callout-warning.*둘째<\/p><\/div><\/div>\s*<div class="callout callout-cost.*셋째 제목/s,
    );
    expect(html).not.toContain('[!');
  });

  it('keeps what stands above the first marker of a quotation', async () => {
    expect(await render('> 인용\n>\n> [!NOTE]\n> 본문')).toMatch(
      /^<blockquote>\s*<p>인용<\/p>\s*<\/blockquote>\s*<div class="callout callout-note/,
    );
  });

  it('leaves a quotation a quotation', async () => {
    expect(await render('> 인용 [!NOTE]')).toContain('<blockquote>');
  });

  it('shows an unknown kind as a note under its own word and names it with its line', async () => {
    const { html, told } = await renderAndTell('\n\n> [!체크 포인트]\n> x\n\n:::details\ny\n:::');
    expect(html).toContain('<span class="callout-label">체크 포인트</span></p><div class="callout-body"><p>x</p></div>');
    expect(html).toContain('<span class="callout-label">details</span></p><div class="callout-body"><p>y</p></div>');
    const known = CALLOUTS.map(({ kind }) => kind).join(', ');
    expect(told).toEqual([
      `3: There is no kind of callout "체크 포인트"; use one of ${known}.`,
      `6: There is no kind of callout "details"; use one of ${known}.`,
    ]);
  });

  it('takes a paragraph whose author forgot the quotation for a callout, and says so', async () => {
    const { html, told } = await renderAndTell('[!NOTE] \n본문');
    expect(html).toContain('<div class="callout-body"><p>본문</p></div>');
    expect(told).toEqual(['1: A callout must be a quotation: begin each of its lines with ">".']);
    expect(await render('[! -f x ] 인가')).toBe('<p>[! -f x ] 인가</p>');
  });

  it('makes a heading inside a box a line in bold, for it would break the outline', async () => {
    expect(await render('> [!NOTE]\n> ## 제목\n> 글')).toContain('<p class="callout-subheading">제목</p><p>글</p>');
  });

  it('names an OUTPUT that shows none, and finds it inside a list', async () => {
    expect((await renderAndTell('글\n\n> [!OUTPUT]\n> 성공했습니다')).told).toEqual([
      '3: This OUTPUT shows no output: put what the command prints between lines of ```.',
    ]);
    expect((await renderAndTell('> [!OUTPUT]\n> - 이렇게:\n>\n>   ```\n>   ok\n>   ```')).told).toEqual([]);
  });

  it('ends a container that is never closed at the next heading, and names it', async () => {
    const { html, told } = await renderAndTell(':::tip\n본문\n\n## 다음\n\n글');
    expect(html).toMatch(/<div class="callout-body"><p>본문<\/p><\/div><\/div>\s*<h2 id="다음">다음<\/h2>\s*<p>글<\/p>$/);
    expect(told).toEqual(['1: ":::tip" is never closed; write a line ":::" where the box ends.']);
  });

  it('drops a line of colons that closes nothing, and names it', async () => {
    const { html, told } = await renderAndTell('글\n:::\n\na ::: b');
    expect(html.replace(/\s+/g, ' ')).toBe('<p>글</p> <p>a ::: b</p>');
    expect(told).toEqual(['1: This line ":::" closes nothing; delete it, or open its box with a line such as ":::note".']);
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
      `"<div class="callout callout-download callout-tone-blue" role="note"><p class="callout-title"><svg/><span class="callout-label">실습 파일</span></p><div class="callout-body"><p><a href="/files/demo/demo-lab.zip" download class="zip-link">demo-lab.zip</a> <span class="zip-summary">파일 3개 · 압축을 풀면 1.3 MB</span> <a href="/files/demo/demo-lab.zip.sha256" class="zip-checksum">SHA-256</a></p><ul class="file-list"><li><span class="file-name"><code>app.js</code></span><span class="file-description">앱 <strong>본체</strong></span><span class="file-size">743 B</span></li><li><span class="file-name"><code>README.md</code></span><span class="file-description">안내</span><span class="file-size">3.3 KB</span></li><li><span class="file-name"><code>src/deep.js</code></span><span class="file-size">1.3 MB</span></li></ul></div></div>"`,
    );
  });

  it('lists the files when the author lists none', async () => {
    expect(await render('> [!DOWNLOAD]\n> [demo-lab.zip](/files/demo/demo-lab.zip)', { zip })).toContain('<code>src/deep.js</code>');
  });

  it('shows a file that the zip does not hold as missing, and names it', async () => {
    const { html, told } = await renderAndTell('> [!DOWNLOAD]\n> [z](/files/demo/demo-lab.zip)\n> - `gone.js` - 없음', { zip });
    expect(html).toContain(
      '<code>gone.js</code></span><span class="file-description">없음</span><span class="file-size">zip에 없음</span>',
    );
    expect(told).toEqual([
      '3: The DOWNLOAD box names `gone.js`, which the zip does not contain; put the file into files/ or remove it from the list.',
    ]);
  });

  it('adds up a folder, keeps what stands under a file, and lists what no list names after the last one', async () => {
    const html = await renderLab(
      '> [!DOWNLOAD]\n> [z](/files/demo/demo-lab.zip)\n>\n> - `src/` - 소스\n>   - 안내\n>\n> 문서\n>\n> - `demo-lab/README.md`',
      { zip },
    );
    expect(html).toMatch(/<code>src\/<\/code>.*소스<\/span><span class="file-size">1.3 MB<\/span><ul>\s*<li>안내<\/li>/s);
    expect(html).toMatch(/문서<\/p><ul class="file-list">.*demo-lab\/README.md.*3.3 KB.*<code>app.js<\/code>/s);
    expect(html.match(/deep\.js/g)).toBeNull();
  });

  it('names a box whose text stands outside of it', async () => {
    const fix = 'begin each line of it with ">", also an empty one.';
    expect((await renderAndTell('> [!NOTE]\n\n글')).told).toEqual([`1: This NOTE has no text; ${fix}`]);
    expect((await renderAndTell('> [!NOTE] 글\n\n> [!TIP]\n> 글\n\n:::note[글]\n:::')).told).toEqual([]);
  });

  it('keeps the author’s list when the files cannot be packed, and says why', async () => {
    const { html, told } = await renderAndTell('글\n\n> [!DOWNLOAD]\n> [z](/files/demo/z.zip)\n>\n> - `a.js` - 본체', {
      zip: [{ path: 'z/a.js', bytes: 1 }],
      unpackable: '.env does not belong into a lab’s zip: delete it.',
    });
    expect(html).toContain('<code>a.js</code> - 본체');
    expect(told).toEqual(['3: .env does not belong into a lab’s zip: delete it.']);
  });

  it('keeps the author’s list when there is no zip, and names the link that leads nowhere', async () => {
    const { html, told } = await renderAndTell('> [!DOWNLOAD]\n> [z](/files/demo/z.zip)\n>\n> - `a.js` - 본체\n\n> [!DOWNLOAD]\n> 곧');
    expect(html).toMatch(/<li><code>a.js<\/code> - 본체<\/li>/);
    expect(told).toEqual([
      "1: /files/demo/z.zip does not exist; put the lab's files into files/ beside this text, or fix the link.",
      '6: This DOWNLOAD links no zip; write [name.zip](/files/<group>/<name>.zip) into it.',
    ]);
  });

  it('leaves an escaped marker text', async () => {
    const { html, told } = await renderAndTell('\\[!NOTE] 이렇게 씁니다.');
    expect(html).toBe('<p>[!NOTE] 이렇게 씁니다.</p>');
    expect(told).toEqual([]);
  });
});
