import type { Paragraph } from 'mdast';
import { CALLOUTS } from '../../../markdown/read/structure/callout-kinds.ts';
import { isUnquoted } from '../../../markdown/read/structure/callout-source.ts';
import { slips } from '../near-names.ts';
import { calloutsOf, lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

const KINDS = CALLOUTS.map(({ kind }) => kind);

export default defineRule({
  id: 'callout-kind',
  doc: 'Every callout is in a quotation and of a kind that the page knows.',
  check({ documents }, report) {
    for (const document of documents) {
      const { path, tree } = document;
      walk(tree, (node, ancestors) => {
        if (node.type !== 'paragraph' || ancestors.at(-1)?.type === 'blockquote') return;
        if (isUnquoted(node as Paragraph, sourceOf(document, node)))
          report({ path, line: lineOf(node) }, 'This callout is not in a quotation.', 'Begin each of its lines with ">".');
      });
      for (const { node, name, callout } of calloutsOf(tree)) {
        if (callout !== undefined) continue;
        const marker = node.type === 'blockquote' ? `[!${name}]` : `:::${name}`;
        const meant = KINDS.find((kind) => slips(name.toUpperCase(), kind) <= 2);
        report(
          { path, line: lineOf(node) },
          `${marker} is not a kind of callout.`,
          meant ? `Write ${meant}.` : `Use one of ${KINDS.join(', ')}.`,
        );
      }
    }
  },
});
