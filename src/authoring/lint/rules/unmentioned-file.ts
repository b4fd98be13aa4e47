import { basename, join } from 'node:path';
import { defineRule } from '../rule.ts';
import { hasWord } from '../words.ts';

export default defineRule({
  id: 'unmentioned-file',
  doc: 'Every file of the zip is mentioned in a text of the lab or in another of its files.',
  check({ documents, files, folder }, report) {
    const texts = documents.map(({ source }) => source).join('\n');
    for (const { path } of files) {
      const others = files.filter((other) => other.path !== path).map(({ data }) => Buffer.from(data).toString('utf8'));
      const name = basename(path);
      if (documents.length === 0 || [texts, ...others].some((text) => text.includes(path) || hasWord(text, name))) continue;
      report(
        { path: join(folder, 'files', path), line: 1 },
        `Nothing mentions ${path}.`,
        'Say in the text what the student does with it, or delete it.',
      );
    }
  },
});
