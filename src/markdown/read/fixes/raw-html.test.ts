import { describe, expect, it } from 'vitest';
import { programsIn } from '../../programs-in.test-support.ts';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

describe('HTML in .md', () => {
  it.each([
    ['<repository-name>을 복제', '&#x3C;repository-name>을 복제'],
    ['값은 <YOUR_ACCOUNT_ID> 입니다', '값은 &#x3C;YOUR_ACCOUNT_ID> 입니다'],
    ['**<bucket>**과 </end>', '<strong>&#x3C;bucket></strong>과 &#x3C;/end>'],
    ['<계정 ID> <1>', '&#x3C;계정 ID> &#x3C;1>'],
  ])('%s is text', async (markdown, html) => {
    expect(await renderLab(markdown)).toBe(`<p>${html}</p>`);
  });

  it('is text too where it stands on a line of its own or inside HTML', async () => {
    expect(await renderLab('<account-id>\n\n글')).toBe('<p>&#x3C;account-id></p>\n<p>글</p>');
    expect(await renderLab('<div>\n<repo-name>\n</div>')).toBe('<div>\n&#x3C;repo-name>\n</div>');
  });

  it.each(['title', 'path', 'text', 'label', 'section', 'table', 'code', 'b', 'option', 'template', 'textarea', 'input'])(
    'is text too where HTML has an element <%s> that nothing closes',
    async (name) => {
      expect(await renderLab(`이름은 <${name}>입니다. 뒷글.\n\n다음`)).toBe(`<p>이름은 &#x3C;${name}>입니다. 뒷글.</p>\n<p>다음</p>`);
    },
  );

  it('is text at the start of a line as well, and stays an element where it is closed or has attributes', async () => {
    expect(await renderLab('<title>을 적습니다.\n\n다음')).toMatch(/&#x3C;title>을 적습니다\.[\s\S]*<p>다음<\/p>/);
    expect(await renderLab('<b>굵게</b>')).toContain('<b>굵게</b>');
    expect(await renderLab('첫 줄<br>둘째 줄')).toContain('<br>');
    expect(await renderLab('<details>\n<summary>답</summary>\n\n글')).toContain('<details>');
    expect(await renderLab('<font color="red">빨강')).toContain('<font color="red">빨강');
  });

  it('is named where it takes the rest of the text into itself', async () => {
    const { told } = await renderAndTell('글\n\n<details>\n<summary>답</summary>\n\n<div>\n\n끝\n\n</div>\n\n## 다음');
    expect(told).toEqual(['3: <details> is never closed and swallows what follows; write </details> where it ends.']);
    for (const text of [
      '<details>\n\n글\n\n</details>',
      '<table><tr><td>\n\n글\n\n</td></tr></table>',
      '<!-- <div> -->',
      '이름은 <table>입니다',
    ])
      expect((await renderAndTell(text)).told, text).toEqual([]);
  });

  it('ends a comment where Markdown ends its HTML', async () => {
    expect(await renderLab('<div><!-- 나중에\n\n**글**')).toBe('<div>\n<p><strong>글</strong></p></div>');
    expect(await renderLab(':::note\n<div><!-- 나중에\n\n<b>글</b>\n:::')).toContain('<div><p><b>글</b></p></div>');
    expect(await renderLab('<!-- 나중에\n\n<b>글</b> -->\n\n끝')).toBe('\n<p>끝</p>');
  });

  it('keeps what authors use, across Markdown', async () => {
    const html = await renderLab(
      '<details>\n<summary>더 <kbd>Ctrl</kbd></summary>\n\n**굵게** [[Next]]\n\n```bash title="a.sh"\nls\n```\n\n</details>\n\n<img src="/a.png" alt="그림" width="10"> H<sub>2</sub>O<br>끝',
    );
    expect(html).toMatch(/<details>\s*<summary>더 <kbd>Ctrl<\/kbd><\/summary>\s*<p><strong>굵게<\/strong> <span class="console-button">/);
    expect(html).toContain('<img src="/a.png" alt="그림" width="10"> H<sub>2</sub>O<br>끝');
    expect(html).toMatch(/ls\s*<\/code><\/pre>\s*<\/details>/);
  });

  it.each([
    '<script>alert(1)</script>글',
    '<p action="javascript:alert(1)">글</p>',
    '글 <script src="//x"></script>',
    '<ScRiPt>alert(1)</sCrIpT>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<iframe src="https://x"></iframe>',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)"><base href="javascript:/">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)"><link rel="stylesheet" href="//x">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,<script>alert(1)</script>)',
    '![x](javascript:alert(1)) <javascript:alert(1)> [v](vbscript:x)',
    '[x]: javascript:alert(1)\n\n[x]',
  ])('%s runs nothing', async (markdown) => {
    expect(programsIn(await renderLab(markdown))).toEqual([]);
  });

  it('is found by this test where it is', () => {
    expect(programsIn('<p onclick="x"><a href=" javascript:x">a</a><script></script>')).toEqual([
      'p onClick',
      'a href=javascript:x',
      '<script>',
    ]);
  });

  it('names what it takes out', async () => {
    const { told } = await renderAndTell('글\n\n<script>x</script>\n\n[x](javascript:alert(1))');
    expect(told).toEqual([
      '3: "<script" is not allowed in a lab\'s text and is left out; delete it.',
      '5: This link does not lead to a page; write an address with https:// or one of this site.',
    ]);
  });

  it.each(['https://a.example', '/files/a.zip', '#task-1', 'mailto:a@b.example', '../x', 'a/b:c', '?q=1', '//x.example'])(
    'leaves the address %s',
    async (address) => {
      expect(await renderLab(`[x](${address})`)).toContain(`href="${address}"`);
    },
  );

  it('shows no comment, whatever is in it', async () => {
    expect(await renderLab('글 <!-- <repo-name> --> 끝\n\n<!-- lint-ignore x: <b> -->\n\n뒤')).toBe('<p>글  끝</p>\n\n<p>뒤</p>');
  });

  it('keeps what the page itself is made of', async () => {
    const html = await renderLab('## 태스크 1: a\n\n1. b\n\n✅ **태스크 완료**: c\n\n- [x] d[^1]\n\n[^1]: e');
    expect(html).toMatch(/<lab-check class="check not-content" data-lab="demo" data-task="task-1"[^>]*>.*<button type="button"/s);
    expect(html).toContain('<input type="checkbox" checked disabled>');
    expect(html).toMatch(/<a href="#user-content-fn-1"[^>]*>1<\/a>.*id="user-content-fn-1"/s);
  });
});
