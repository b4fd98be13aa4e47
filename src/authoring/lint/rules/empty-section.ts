import type { RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { lineOf, sourceOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Whether a node shows nothing to the reader. */
function isNothing(node: RootContent): boolean {
  if (node.type === 'html') return !/<(?:img|svg|table|video)\b/i.test(node.value);
  return ['mdxFlowExpression', 'thematicBreak', 'definition'].includes(node.type);
}

export default defineRule({
  id: 'empty-section',
  doc: 'There is something below every heading.',
  check({ documents }, report) {
    for (const document of documents) {
      const { path, tree } = document;
      for (const [at, node] of tree.children.entries()) {
        // The title needs no text below it.
        if (node.type !== 'heading' || /^#\s/.test(sourceOf(document, node))) continue;
        const next = tree.children.slice(at + 1).find((one) => !isNothing(one));
        const empty = next === undefined || (next.type === 'heading' && next.depth <= node.depth);
        if (empty)
          report({ path, line: lineOf(node) }, `There is nothing below "${plainText(node)}".`, 'Write the section or delete its heading.');
      }
    }
  },
});
