import { parseAllDocuments } from 'yaml';
import { yamlTrouble } from '../../../markdown/read/yaml-source.ts';
import { isBuildspec, isWholeTemplate } from '../file-kinds.ts';
import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'yaml',
  doc: 'YAML samples can be parsed. Buildspecs and templates have rules of their own.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { node, language, line } of fencesOf(document)) {
        if (!['yaml', 'yml'].includes(language) || isBuildspec(node.value) || isWholeTemplate(node.value)) continue;
        // Templates of Helm and Jinja are not YAML yet.
        if (/(?<!\$)\{\{/.test(node.value)) continue;
        const text = node.value.replace(/^\s*(?:\.{3}|…)\s*$/gm, '');
        const documentsOf = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: true });
        const errors = Array.isArray(documentsOf) ? documentsOf.flatMap((one) => one.errors) : [];
        // Excerpts that show a change may repeat a key. They are indented as in their file.
        const isExcerpt = /^(?:[ \t]*(?:#.*)?\n)*[ \t]+[^\s#]/.test(text);
        const error = errors.find(({ code }) => !(isExcerpt && code === 'DUPLICATE_KEY'));
        if (!error) continue;
        report(
          { path: document.path, line: line + (error.linePos?.[0].line ?? 1) - 1 },
          `This is not YAML: ${yamlTrouble(error.message)}`,
          'Fix the sample; YAML is indented with spaces.',
        );
      }
    }
  },
});
