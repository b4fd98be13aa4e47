import { LANGUAGES } from '../../../i18n/languages.ts';
import { defineRule } from '../rule.ts';

const NAMES = LANGUAGES.flatMap((language) => [`${language}.md`, `${language}.mdx`]).join(', ');

export default defineRule({
  id: 'file-name',
  doc: 'A text is named after its language, or it does not become a page.',
  check({ documents, strayTexts, folder }, report) {
    for (const path of strayTexts)
      report({ path, line: 1 }, 'No page is made of this file.', `Name it by its language (${NAMES}) or move it into files/.`);
    if (documents.length === 0) report({ path: folder, line: 1 }, 'The lab has no text.', `Put its text into one of ${NAMES}.`);
    const twin = documents.find(({ language }, at) => documents.findIndex((other) => other.language === language) !== at);
    if (twin) report({ path: twin.path, line: 1 }, `The language ${twin.language} has two texts.`, 'Delete one of them.');
  },
});
