import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'syntax',
  doc: 'MDX can be parsed: braces and angle brackets outside code are JavaScript and JSX to it.',
  check({ documents }, report) {
    for (const { path, syntaxError } of documents) {
      if (syntaxError === undefined) continue;
      const { line, reason } = syntaxError;
      report(
        { path, line },
        `MDX cannot read this: ${reason.split('\n')[0]?.replace(/\.$/, '')}.`,
        'Put {…} and <…> into inline code, or rename the file to .md, where they are plain text.',
      );
    }
  },
});
