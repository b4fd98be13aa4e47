import { basename, join } from 'node:path';
import { validateBuildspec } from '../../buildspec-rules.ts';
import type { Finding } from '../../finding.ts';
import { textOfFile } from '../lab.ts';
import { isBuildspec } from '../names.ts';
import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Findings of a buildspec. Tabs hide everything else from a YAML parser, so what lies behind them is looked at as well. */
function findings(text: string): Finding[] {
  const tab = text.split('\n').findIndex((line) => /^ *\t/.test(line));
  if (tab < 0) return validateBuildspec(text);
  const spaced = text.replace(/^[\t ]+/gm, (indent) => indent.replaceAll('\t', '  '));
  return [{ rule: 'yaml', message: 'YAML cannot be indented with tabs.', line: tab + 1 }, ...validateBuildspec(spaced)];
}

export default defineRule({
  id: 'buildspec',
  doc: 'Buildspecs, in files/ and in the text, are what CodeBuild understands.',
  check({ files, folder, documents }, report) {
    for (const file of files) {
      const text = /^buildspec.*\.ya?ml$/i.test(basename(file.path)) ? textOfFile(file) : undefined;
      if (text === undefined) continue;
      for (const { line, message } of findings(text)) report({ path: join(folder, 'files', file.path), line }, message, 'Mend the file.');
    }
    for (const document of documents) {
      for (const { node, language, line } of fencesOf(document)) {
        if (!['yaml', 'yml', ''].includes(language) || !isBuildspec(node.value)) continue;
        // The file itself has been told of.
        if (files.some((file) => textOfFile(file)?.trim() === node.value.trim())) continue;
        // A part of a buildspec, with what is left out marked as such, is no buildspec to be judged.
        if (/^\s*(?:#\s*)?(?:\.{3}|…)/m.test(node.value)) continue;
        for (const finding of findings(node.value))
          report({ path: document.path, line: line + finding.line - 1 }, finding.message, 'Mend the sample.');
      }
    }
  },
});
