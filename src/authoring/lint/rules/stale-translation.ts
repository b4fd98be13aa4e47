import { labSchema } from '../../../content/lab-schema.ts';
import { translationHash } from '../../../content/translation-hash.ts';
import type { LintDocument } from '../document.ts';
import { defineRule } from '../rule.ts';

/** `undefined` when the front matter is invalid, which another rule reports. */
function frontMatterOf(document: LintDocument) {
  const parsed = labSchema.safeParse(document.frontMatter.data);
  return parsed.success ? parsed.data : undefined;
}

export default defineRule({
  id: 'stale-translation',
  doc: 'A translation says which text it was made from and carries the hash of that text as it is now.',
  check({ documents }, report) {
    for (const document of documents) {
      const original = frontMatterOf(document)?.original;
      if (original === undefined) continue;
      const place = { path: document.path, line: document.frontMatter.lineOf('original', 'hash') };
      const source = documents.find(({ language }) => language === original.language && language !== document.language);
      if (source === undefined) {
        report(
          place,
          `The text was translated from "${original.language}", but the lab has no text in that language.`,
          'Name the language of the original.',
        );
        continue;
      }
      const frontMatter = frontMatterOf(source);
      if (frontMatter === undefined) continue;
      const hash = translationHash({ ...frontMatter, body: source.frontMatter.body });
      if (hash === original.hash) continue;
      report(
        place,
        `The ${original.language} text has changed since this translation was made.`,
        `Bring the translation up to date, then write "hash: ${hash}".`,
      );
    }
  },
});
