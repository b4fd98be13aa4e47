import { describe, expect, it } from 'vitest';
import { renderAndTell } from '../render-lab.test-support.ts';

const told = (path: string, line: number) =>
  `${line}: There is no picture ${path}, so its alternative text is shown; put the picture where the text looks for it.`;

describe('pictures that do not exist', () => {
  it('are words, and are named', async () => {
    const text = '![큐 화면](./images/queue.png)\n\n![](images/no%20words.png?raw=true "t")\n\n![둘][ref]\n\n[ref]: /images/two.png';
    const { html, told: problems } = await renderAndTell(text, { images: [] });
    expect(html.match(/<span class="image-missing">[^<]*/g)?.map((span) => span.split('>')[1])).toEqual([
      '큐 화면',
      'no%20words.png?raw=true',
      '둘',
    ]);
    expect(html).not.toContain('<img');
    expect(problems).toEqual([told('./images/queue.png', 1), told('images/no%20words.png?raw=true', 3), told('/images/two.png', 5)]);
  });

  it('are words in raw HTML as well', async () => {
    const text = '1. 하나\n    <img src="/images/a.png" alt="콘솔" class="wide" />\n\n<p align="center"><img src="b.png"></p>';
    const { html, told: problems } = await renderAndTell(text, { images: [] });
    expect(html).toMatch(/<span class="image-missing">콘솔<\/span>.*<p align="center"><span class="image-missing">b.png<\/span><\/p>/s);
    expect(problems).toEqual([told('/images/a.png', 2), told('b.png', 4)]);
  });

  it('are not those of other sites nor those there are', async () => {
    const text = '![a](https://example.com/a.png) ![b](//example.com/b.png) ![c](/favicon.svg) ![d](d%20d.png) <img src="/favicon.svg">';
    const { html, told: problems } = await renderAndTell(text, { images: ['/favicon.svg', 'd d.png'] });
    expect(html.match(/<img/g)).toHaveLength(5);
    expect(problems).toEqual([]);
  });

  it('are the whole words of an <img>, also with a ">" in them', async () => {
    const { html } = await renderAndTell('<img src="/no.png" alt="메뉴 > 삭제" class="wide" />', { images: [] });
    expect(html).toBe('<span class="image-missing">메뉴 > 삭제</span>');
  });
});
