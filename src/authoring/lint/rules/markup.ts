import { defineRule } from '../rule.ts';

/** Told by the rule that numbers steps. */
const ELSEWHERE = ['steps-swallowed'];

export default defineRule({
  id: 'markup',
  doc: 'Nothing has to be mended or left out to make a page: boxes and buttons are closed, rows have as many cells as their table, no path loses its backslashes, no character is lost, HTML runs no programs.',
  check({ documents }, report) {
    for (const { path, problems } of documents) {
      for (const { id, line, reason } of problems) {
        const [message = '', mend = ''] = reason.split(/;\s+(.*)/s);
        if (!ELSEWHERE.includes(id)) report({ path, line }, `${message}.`, mend.charAt(0).toUpperCase() + mend.slice(1));
      }
    }
  },
});
