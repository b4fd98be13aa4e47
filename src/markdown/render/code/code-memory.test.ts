import type { Element, Root } from 'hast';
import { h } from 'hastscript';
import { beforeEach, expect, test } from 'vitest';
import { labProcessor } from '../../astro/processor.ts';
import { visit } from '../../read/visit.ts';
import { labMarkdown } from '../lab-markdown.ts';

let highlighted: string[];

/** Imitates the highlighter: the first block of a page contains the style sheet. */
function highlight() {
  return (tree: Root) => {
    let isFirst = true;
    visit(tree, 'element', (pre, index, parent) => {
      if (pre.tagName !== 'pre' || parent === undefined || index === undefined) return undefined;
      const code = pre.children[0] as Element;
      const text = code.children.map((child) => ('value' in child ? child.value : '')).join('');
      highlighted.push(text.trim());
      const assets = isFirst ? [h('link', { rel: 'stylesheet', href: '/code.css' })] : [];
      isFirst = false;
      parent.children[index] = h('div', [...assets, h('figure', [h('pre', [h('b', text)])])]);
      return index + 1;
    });
  };
}

async function renderer() {
  const processor = labProcessor(
    labMarkdown({ zipContents: () => [], hasFile: () => false, hasImage: () => true, isChecked: () => false, tell: () => undefined }),
  );
  processor.options.rehypePlugins.push(highlight);
  const { render } = await processor.createRenderer();
  return async (markdown: string, language = 'ko', values: readonly object[] = []) => {
    const fileURL = new URL(`file:///site/src/content/labs/demo/${language}.md`);
    return (await render(markdown, { fileURL, frontmatter: { values } })).code;
  };
}

const fence = (code: string, info = 'bash') => `\`\`\`${info}\n${code}\n\`\`\`\n`;

beforeEach(() => {
  highlighted = [];
});

test('a block that was finished on another page is put in place, the same to the letter', async () => {
  const render = await renderer();
  const text = fence('first') + fence('aws s3 ls <b> & "c"') + fence('first');
  const once = await render(text);
  expect(once).toContain('<div><figure><pre><b>aws s3 ls &#x3C;b> &#x26; "c"');
  expect(once.match(/<link/g)).toHaveLength(1);
  expect(highlighted).toEqual(['first', 'aws s3 ls <b> & "c"', 'first']);
  expect(await render(text)).toBe(once);
  // The first block of a page is always highlighted, because it contains the style sheet.
  expect(highlighted.slice(3)).toEqual(['first']);
});

test('what a block says beside its code makes it another one', async () => {
  const render = await renderer();
  await render(fence('first') + fence('ls'));
  highlighted = [];
  await render(fence('first') + fence('ls', 'sh'));
  await render(fence('first') + fence('ls', 'bash title="x"'));
  await render(fence('first') + fence('ls'), 'ja');
  await render(fence('first') + fence('ls'), 'ko', [{ placeholder: 'l', value: 'Letter' }]);
  expect(highlighted.filter((code) => code === 'ls')).toHaveLength(4);
});

test('nothing an author writes gets to the page as it is because of it', async () => {
  const render = await renderer();
  const html = await render(
    `<script>alert(1)</script>\n\n${fence('</pre><script>alert(2)</script>')}${fence('</pre><script>alert(3)</script>')}`,
  );
  expect(html).not.toContain('<script');
});
