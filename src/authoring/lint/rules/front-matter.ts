import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'front-matter',
  doc: 'The front matter is YAML and its fields are what the page can use.',
  check({ documents }, report) {
    for (const { path, frontMatter } of documents) {
      for (const { line, message } of frontMatter.findings) report({ path, line }, message, 'Mend the field or delete it.');
    }
  },
});
