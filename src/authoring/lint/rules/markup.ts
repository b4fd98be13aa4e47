import { lineOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Problems that another rule reports. */
const ELSEWHERE = ['steps-swallowed'];

/** Names of files that Markdown reads as emphasis: `*.*`, and `*.txt,*` of `*.txt,*.log`. */
const EATEN_STARS = /^\*\.(?:\w+,)?\*$/;

export default defineRule({
  id: 'markup',
  doc: 'Nothing has to be fixed or left out to build the page: boxes, buttons, comments and blocks of code are closed, rows have as many cells as their table has columns, no path loses its backslashes, no name loses its asterisks, no character is lost, and HTML runs no programs.',
  check({ documents }, report) {
    for (const document of documents) {
      const { path, problems, tree } = document;
      for (const { id, line, reason } of problems) {
        const [message = '', fix = ''] = reason.split(/;\s+(.*)/s);
        if (!ELSEWHERE.includes(id)) report({ path, line }, `${message}.`, fix.charAt(0).toUpperCase() + fix.slice(1));
      }
      walk(tree, (node) => {
        if (node.type === 'emphasis' && EATEN_STARS.test(sourceOf(document, node)))
          report({ path, line: lineOf(node) }, 'Markdown swallows the stars of this name.', 'Write it as code, between backticks.');
      });
    }
  },
});
