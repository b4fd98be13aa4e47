import type { Html, Image } from 'mdast';
import { attributeOf, IMG } from '../../../markdown/read/html-images.ts';
import { lineOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'image-text',
  doc: 'Every image has a text that says what it shows.',
  check({ documents }, report) {
    for (const { path, tree } of documents) {
      walk(tree, (node) => {
        const isMarkdown = node.type === 'image' || node.type === 'imageReference';
        const silent = isMarkdown
          ? ((node as Image).alt ?? '').trim() === ''
          : node.type === 'html' && [...(node as Html).value.matchAll(IMG)].some(([tag]) => !attributeOf(tag, 'alt'));
        const fix = isMarkdown ? 'Say between the brackets what it shows: ![text](…).' : 'Say in its alt="…" what it shows.';
        if (silent) report({ path, line: lineOf(node) }, 'This image has no text for those who cannot see it.', fix);
      });
    }
  },
});
