import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';

describe('remarkTextFixes', () => {
  it('cuts a Korean particle off an address, and leaves Korean paths and written links alone', async () => {
    expect(await renderLab('http://localhost:8080에서 확인')).toBe(
      '<p><a href="http://localhost:8080">http://localhost:8080</a>에서 확인</p>',
    );
    expect(await renderLab('https://ko.wikipedia.org/wiki/도커')).toContain('>https://ko.wikipedia.org/wiki/도커</a>');
    expect(await renderLab('[https://a.example/x에서](https://a.example/x에서)')).toContain('>https://a.example/x에서</a>');
  });

  it.each([
    ['http://localhost:8080/에서', 'http://localhost:8080/', '에서'],
    ['"https://x.example/z"를', 'https://x.example/z', '&quot;를'],
    ['https://x.example/index.html(새 탭)에서', 'https://x.example/index.html', '(새 탭)에서'],
    ['（https://x.example/z）', 'https://x.example/z', '）'],
    ['https://x.example/z。', 'https://x.example/z', '。'],
    ['https://x.example/z→다음', 'https://x.example/z', '→다음'],
    ['http://localhost:8080を開く', 'http://localhost:8080', 'を開く'],
    ['https://x.example/a(b)', 'https://x.example/a(b)', ''],
    ['https://ko.wikipedia.org/wiki/도커/이미지', 'https://ko.wikipedia.org/wiki/도커/이미지', ''],
  ])('knows where the address in %s ends', async (text, address, rest) => {
    const html = (await renderLab(text)).replaceAll('"를', '&quot;를');
    expect(html).toContain(`>${address}</a>${rest}`);
  });

  it('knows www addresses, and bold ones before a particle', async () => {
    expect(await renderLab('www.example.com에서')).toContain('<a href="http://www.example.com">www.example.com</a>에서');
    expect(await renderLab('**https://x.example/ko/**를')).toBe(
      '<p><strong><a href="https://x.example/ko/">https://x.example/ko/</a></strong>를</p>',
    );
  });

  it('takes a button with its translation in brackets for both, and a link for a link', async () => {
    expect(await renderLab('[[Create]](생성)을')).toMatch(/<span class="console-button">Create<.*<\/span>\(생성\)을/);
    expect(await renderLab('[[문서]](https://x.example)')).toContain('<a href="https://x.example">[문서]</a>');
    expect(await renderLab('[[문서]](#절)')).toContain('>[문서]</a>');
  });

  it('keeps what a row has beyond its table, and names the row', async () => {
    const { html, told } = await renderAndTell('| a | b |\n| - | - |\n| 1 | `x | y` |');
    expect(html).toContain('<td>`x | y`</td>');
    expect(told).toEqual(['3: This row has 3 cells, but its table has 2 columns; write a "|" inside a cell as "\\|".']);
    expect((await renderAndTell('| a | b |\n| - | - |\n| 1 | `x \\| y` |\n| 2 |')).told).toEqual([]);
  });

  it('takes out invisible control characters and turns of direction, in code too, and names them', async () => {
    const { html, told } = await renderAndTell('a\u0007b\n\n`x\u202ey`\n\n```bash\nrm \u2066-rf\n```\n\nשלום عربي');
    expect(html).toContain('<p>ab</p>');
    expect(html).toContain('<code>xy</code>');
    expect(html).toContain('rm -rf');
    expect(html).toContain('שלום عربي');
    expect(told.map((line) => Number.parseInt(line, 10))).toEqual([1, 3, 5]);
  });

  it('names the place of a character that was lost, and leaves its sign', async () => {
    const { html, told } = await renderAndTell('글\n\n| 상태 |\n| - |\n| \ufffd 소진 |');
    expect(html).toContain('\ufffd 소진');
    expect(told).toEqual(['5: A character was lost here and is a "\ufffd"; write it again and save the file as UTF-8.']);
  });

  it('names a Windows path whose backslashes Markdown takes', async () => {
    const { told } = await renderAndTell('C:\\_work\\x\n\n값 \\\\server\\share\n\nC:\\work\n\n`C:\\_work`');
    const reason = 'Markdown swallows backslashes of this path; write it as code, between backticks.';
    expect(told).toEqual([`1: ${reason}`, `3: ${reason}`]);
  });

  it.each([
    ['10~20분, 5~10개', '10~20분, 5~10개'],
    ['약 **1~2분**, (~$64) 또는 (~$30)', '약 <strong>1~2분</strong>, (~$64) 또는 (~$30)'],
    ['1~2 [a](/b) 3~4 `c` 5~6 그리고 7~8', '1~2 <a href="/b">a</a> 3~4 <code>c</code> 5~6 그리고 7~8'],
    ['~옛것~ 새것, ~~둘~~과 (~셋~)', '<del>옛것</del> 새것, <del>둘</del>과 (<del>셋</del>)'],
  ])('reads a range as a range: %s', async (markdown, html) => {
    expect(await renderLab(markdown)).toBe(`<p>${html}</p>`);
  });
});
