import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labProcessor } from '../astro/processor.ts';
import { labMarkdown } from './lab-markdown.ts';

async function render(markdown: string) {
  const has = { zipContents: () => [], hasFile: () => false, hasImage: () => true };
  const plugins = labMarkdown({ ...has, isChecked: () => false, tell: () => undefined });
  const renderer = await labProcessor(plugins).createRenderer();
  return await renderer.render(markdown, { fileURL: new URL('file:///site/src/content/labs/demo/en.md') });
}

describe('what Astro learns of a page', () => {
  test('its headings, each with an anchor of its own', async () => {
    const { code, metadata } = await render('## Push `it`\n\n## Push it\n\n### A {brace}\n\n### Press [[Create]] now\n');
    expect(metadata.headings).toEqual([
      { depth: 2, slug: 'push-it', text: 'Push it' },
      { depth: 2, slug: 'push-it-1', text: 'Push it' },
      { depth: 3, slug: 'a-brace', text: 'A {brace}' },
      { depth: 3, slug: 'press-create-now', text: 'Press Create now' },
    ]);
    expect(code).toContain('<h2 id="push-it-1">Push it</h2>');
  });

  test('its pictures that lie beside the text, also those named at the end, and no others', async () => {
    const { code, metadata } = await render(
      '![One](./one%20x.png "Title") ![One](./one%20x.png) ![Two][two] ![Far](https://example.com/a.png) ![Root](/b.png) ![Bad](%E0%A4%A)\n\n[two]: two.svg\n',
    );
    expect(metadata.localImagePaths).toEqual(['./one x.png', 'two.svg']);
    const marks = [...code.matchAll(/__ASTRO_IMAGE_="([^"]*)"/g)].map(([, json = '']) => JSON.parse(json.replaceAll('&#x22;', '"')));
    expect(marks).toEqual([
      { src: './one x.png', alt: 'One', title: 'Title', index: 0 },
      { src: './one x.png', alt: 'One', index: 1 },
      { src: 'two.svg', alt: 'Two', index: 0 },
    ]);
    expect(code).toContain('<img src="https://example.com/a.png" alt="Far">');
  });
});

/** Astro finds pictures by exactly this mark. */
test('the mark of a picture is written as Astro reads it', async () => {
  const { code } = await render('![One](./one.png)');
  const astro = readFileSync(new URL('../../../node_modules/astro/dist/content/runtime.js', import.meta.url), 'utf8');
  const form = /CONTENT_LAYER_IMAGE_REGEX = \/(.+)\/([a-z]*);/.exec(astro);
  expect(form).not.toBeNull();
  expect(code).toMatch(new RegExp(form?.[1] ?? '(?!)'));
});
