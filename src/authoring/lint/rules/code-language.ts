import { fencesOf, guessLanguage, lineOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'code-language',
  doc: 'A fence names its language. Output and drawings of folders need none.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { node, language, isOutput } of fencesOf(document)) {
        if (language !== '' || isOutput || /[├└│┌▼→]/.test(node.value)) continue;
        report(
          { path: document.path, line: lineOf(node) },
          'This fence does not name its language.',
          `Write it after the backticks, such as \`\`\`${guessLanguage(node.value)}.`,
        );
      }
    }
  },
});
