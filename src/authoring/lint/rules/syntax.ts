import { defineRule } from '../rule.ts';

/** The message of MDX itself. The guard puts an explanation for authors before it. */
const said = (reason: string) =>
  (/ \(([^\n]*)\)$/.exec(reason.split('\n')[0] ?? '')?.[1] ?? reason.split('\n')[0] ?? '').replace(/\.$/, '');

export default defineRule({
  id: 'syntax',
  doc: 'The text can be a page: MDX can be parsed (braces and angle brackets outside code are JavaScript and JSX to it), and nothing is nested too deep.',
  check({ documents }, report) {
    for (const { path, syntaxError } of documents) {
      if (syntaxError === undefined) continue;
      const { line, reason } = syntaxError;
      if (path.endsWith('.md')) {
        report({ path, line }, `${reason.replace(/[;.][^;.]*$/, '')}.`, 'Use fewer levels.');
        continue;
      }
      report(
        { path, line },
        `MDX cannot read this: ${said(reason)}.`,
        'Put {…} and <…> into inline code, or rename the file to .md, where they are plain text.',
      );
    }
  },
});
