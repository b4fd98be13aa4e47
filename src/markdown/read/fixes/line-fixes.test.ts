import { describe, expect, it, test } from 'vitest';
import { renderAndTell, renderLab } from '../../render-lab.test-support.ts';
import { fixLines } from './line-fixes.ts';

const fixed = (text: string) => fixLines(text.split('\n')).lines.join('\n');
const kept = (html: string) => html.replaceAll(/<svg[\s\S]*?<\/svg>/g, '').replaceAll(/<p class="callout-title">|<\/?span[^>]*>/g, '');

describe('containers as other tools write them', () => {
  it.each([
    [':::warning 버킷을 지웁니다.', ':::warning[버킷을 지웁니다.]'],
    ['::: tip 제목', ':::tip[제목]'],
    ['::: tip', ':::tip'],
    [':::note [제목]', ':::note[제목]'],
    [':::note: 제목', ':::note[제목]'],
    [':::note[제목', ':::note[제목]'],
    [':::note{.wide} 제목', ':::note[제목]{.wide}'],
    [':::note [[Create]] 클릭', ':::note[[[Create]] 클릭]'],
    [':::note a] b', ':::note[a\\] b]'],
    [':::: note', '::::note'],
    ['   ::: cost 비용', '   :::cost[비용]'],
  ])('%s', (written, meant) => {
    expect(fixed(written)).toBe(meant);
  });

  it.each([':::note', ':::note[제목]', ':::note[제목]{title="x"}', ':::note{title="x"}', ':::', '::: box 제목', '::check{task="task-0"}'])(
    '%s stays',
    (written) => {
      expect(fixed(written)).toBe(written);
    },
  );

  it('loses no word of them', async () => {
    const { html, told } = await renderAndTell(
      ':::warning 버킷을 지웁니다.\n글\n:::\n\n::: tip 팁\n\n본문\n\n:::\n\n:::note 공개하지 마세요.\n:::',
    );
    expect(kept(html)).toContain('버킷을 지웁니다.</p><div class="callout-body"><p>글</p></div>');
    expect(kept(html)).toContain('팁팁</p><div class="callout-body"><p>본문</p></div>');
    expect(kept(html)).toContain('<div class="callout-body"><p>공개하지 마세요.</p></div>');
    expect(told).toEqual([]);
  });
});

describe('marks of other keyboards', () => {
  it.each([
    ['##\u00a0태스크 3: 가', '## 태스크 3: 가'],
    ['1.\u3000手順', '1. 手順'],
    ['-\u00a0b', '- b'],
    ['>\u00a0[!NOTE]', '> [!NOTE]'],
    ['\u200b> [!NOTE]', '> [!NOTE]'],
    ['##태스크 1: 가', '## 태스크 1: 가'],
    ['1.가', '1. 가'],
    ['> [！NOTE] 글', '> [!NOTE] 글'],
    ['> ［！NOTE］', '> [!NOTE]'],
    ['> [ !NOTE]', '> [!NOTE]'],
    ['> [!NOTE', '> [!NOTE]'],
    ['> [!NOTE]: 주의', '> [!NOTE]  주의'],
    ['**https://x.y/ko/**를', '**<https://x.y/ko/>**를'],
  ])('%s', (written, meant) => {
    expect(fixed(written)).toBe(meant);
  });

  it.each([
    '#태그',
    '1.5GB',
    '3.x',
    '> [!NOTE] 글',
    '> [! NOTE ]-',
    '> [!NOTE 글',
    '**https://x.y** 를',
    '##[group]',
    '```\n##가\n1.가\n::: tip 글\n```',
  ])('%s stays', (written) => {
    expect(fixed(written)).toBe(written);
  });

  it('does not take the callouts of the whole text for links', async () => {
    const html = kept(await renderLab('> [!NOTE]: 주의하세요\n\n> [!NOTE]\n> 둘째'));
    expect(html).toContain('<p>주의하세요</p>');
    expect(html).toContain('<p>둘째</p>');
    expect(html).not.toContain('<blockquote');
  });
});

describe('empty lines that are missing', () => {
  it('ends a box under a table', async () => {
    const { html, told } = await renderAndTell(':::tip\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n\n바깥 글');
    expect(html).toMatch(/<\/table>.*<\/div><\/div>\s*<p>바깥 글/s);
    expect(told).toEqual([]);
  });

  it('takes a line across the page under a sentence, an end marker or several lines for what it is', async () => {
    for (const above of ['설명입니다.', '✅ **태스크 1 완료**: 끝', '첫 줄\n둘째 줄', '> [!NOTE]\n> 글']) {
      const html = await renderLab(`${above}\n${above.startsWith('>') ? '> ' : ''}---\n\n끝`);
      expect(html, above).toContain('<hr>');
      expect(html, above).not.toContain('<h2');
    }
    expect(await renderLab('제목\n---\n\n글')).toContain('<h2 id="제목">제목</h2>');
    expect(fixed('---\n{"title":"x"}\n---\n글')).toBe('---\n{"title":"x"}\n---\n글');
    expect(fixed('| a |\n---')).toBe('| a |\n---');
  });

  it('makes a table of one right under a step, whose numbers go on', async () => {
    const html = await renderLab('## 태스크 1: 가\n\n1. 표입니다.\n| a | b |\n|---|---|\n| 1 | 2 |\n2. 다음');
    expect(html).toContain('<td>1</td>');
    expect(html).toContain('id="task-1-step-2"');
    expect(fixed('1. 가\n\n   | a | b |\n   |---|---|')).toBe('1. 가\n\n   | a | b |\n   |---|---|');
    expect(fixed('글\n| a | b |\n|---|---|')).toBe('글\n| a | b |\n|---|---|');
  });

  it('begins a callout under a list, a table or a quotation of the same quotation', async () => {
    for (const above of ['> - a', '> 1. a', '> | a | b |\n> |---|---|\n> | 1 | 2 |', '> > 인용', '> - a\n>   더']) {
      const html = await renderLab(`> [!NOTE]\n${above}\n> [!WARNING]\n> 셋`);
      expect(html, above).toMatch(/callout-warning/);
    }
  });
});

describe('where a node says it stands', () => {
  it('names the line of the file under lines that were put in', async () => {
    const { told } = await renderAndTell(':::tip\n| a | b |\n|---|---|\n:::\n\n> [!GONE]\n> 글');
    expect(told).toEqual([expect.stringMatching(/^6: There is no kind of callout "GONE"/)]);
  });
});

test('code stays as it is, also where its fence is never closed', () => {
  const text = '글\n\n```text\n##가\n:::note 글\n설명.\n---';
  expect(fixed(text)).toBe(text);
});
