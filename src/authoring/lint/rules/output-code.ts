import { calloutsOf, lineOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'output-code',
  doc: 'An OUTPUT callout shows output: it contains a block of code.',
  check({ documents }, report) {
    for (const { path, tree } of documents) {
      for (const { node, callout } of calloutsOf(tree)) {
        if (callout?.shape !== 'output') continue;
        let code = false;
        walk(node, ({ type }) => {
          code ||= type === 'code';
        });
        if (!code)
          report(
            { path, line: lineOf(node) },
            'This OUTPUT shows no output.',
            'Put what the student sees into a fence (```), or make it a NOTE.',
          );
      }
    }
  },
});
