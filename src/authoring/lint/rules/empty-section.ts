import { toString as plainText } from 'mdast-util-to-string';
import { lineOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'empty-section',
  doc: 'Every heading has something under it.',
  check({ documents }, report) {
    for (const { path, tree } of documents) {
      for (const [at, node] of tree.children.entries()) {
        if (node.type !== 'heading') continue;
        const next = tree.children
          .slice(at + 1)
          .find(({ type }) => !['html', 'mdxFlowExpression', 'thematicBreak', 'definition'].includes(type));
        const empty = next === undefined || (next.type === 'heading' && next.depth <= node.depth);
        if (empty)
          report({ path, line: lineOf(node) }, `Nothing stands under "${plainText(node)}".`, 'Write the section or delete its heading.');
      }
    }
  },
});
