import { join } from 'node:path';
import { validateTemplate } from '../../template.ts';
import { textOfFile } from '../lab.ts';
import { isWholeTemplate, templatesOf } from '../names.ts';
import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'template',
  doc: 'CloudFormation templates, in files/ and in the text, are what CloudFormation understands.',
  check(lab, report) {
    for (const { file, text } of templatesOf(lab)) {
      for (const { line, message } of validateTemplate(text))
        report({ path: join(lab.folder, 'files', file.path), line }, message, 'Mend the template.');
    }
    for (const document of lab.documents) {
      for (const { node, language, line } of fencesOf(document)) {
        if (!['yaml', 'yml'].includes(language) || !isWholeTemplate(node.value)) continue;
        // The file itself has been told of.
        if (lab.files.some((file) => textOfFile(file)?.trim() === node.value.trim())) continue;
        for (const finding of validateTemplate(node.value))
          report({ path: document.path, line: line + finding.line - 1 }, finding.message, 'Mend the sample.');
      }
    }
  },
});
