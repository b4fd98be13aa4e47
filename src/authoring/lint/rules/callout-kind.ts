import { CALLOUTS } from '../../../markdown/callout-kinds.ts';
import { distance } from '../names.ts';
import { calloutsOf, lineOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

const KINDS = CALLOUTS.map(({ kind }) => kind);

export default defineRule({
  id: 'callout-kind',
  doc: 'Every callout is of a kind the page knows.',
  check({ documents }, report) {
    for (const { path, tree } of documents) {
      for (const { node, name, callout } of calloutsOf(tree)) {
        if (callout !== undefined) continue;
        const marker = node.type === 'blockquote' ? `[!${name}]` : `:::${name}`;
        const meant = KINDS.find((kind) => distance(name.toUpperCase(), kind) <= 2);
        report(
          { path, line: lineOf(node) },
          `${marker} is no kind of callout.`,
          meant ? `Write ${meant}.` : `Use one of ${KINDS.join(', ')}.`,
        );
      }
    }
  },
});
