import { lacksTitle } from '../../../markdown/read/front-matter.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'front-matter',
  doc: 'The front matter is YAML and its fields are what the page can use.',
  check({ documents }, report) {
    for (const { path, frontMatter } of documents) {
      for (const { line, message } of frontMatter.findings) report({ path, line }, message, 'Fix the field or delete it.');
      if (lacksTitle(frontMatter))
        report(
          { path, line: 1 },
          'The lab has no title, so its page is called after its folder.',
          'Write "title: …" into the front matter.',
        );
    }
  },
});
