import { describe, expect, it } from 'vitest';
import { renderAndTell, renderLab } from './render-for-test.ts';

describe('remarkTextMends', () => {
  it('cuts a Korean particle off an address, and leaves Korean paths and written links alone', async () => {
    expect(await renderLab('http://localhost:8080에서 확인')).toBe(
      '<p><a href="http://localhost:8080">http://localhost:8080</a>에서 확인</p>',
    );
    expect(await renderLab('https://ko.wikipedia.org/wiki/도커')).toContain('>https://ko.wikipedia.org/wiki/도커</a>');
    expect(await renderLab('[https://a.example/x에서](https://a.example/x에서)')).toContain('>https://a.example/x에서</a>');
  });

  it('keeps what a row has beyond its table, and names the row', async () => {
    const { html, told } = await renderAndTell('| a | b |\n| - | - |\n| 1 | `x | y` |');
    expect(html).toContain('<td>`x | y`</td>');
    expect(told).toEqual(['3: This row has 3 cells and its table 2; write a "|" inside a cell as "\\|".']);
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
