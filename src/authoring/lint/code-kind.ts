import { join } from 'node:path';
import type { Finding } from '../../markdown/read/finding.ts';
import { type LintLab, textOfFile } from './lab.ts';
import { fencesOf } from './outline.ts';
import { defineRule, type Rule } from './rule.ts';

/** One kind of code that another program will read: where labs contain it, and how to check it. */
export interface CodeKind extends Pick<Rule, 'id' | 'doc'> {
  /** The advice in a finding: `Fix the template.` */
  readonly fix: string;
  /** Whether a file in `files/` is of this kind. */
  isFile(path: string, text: string): boolean;
  /** Languages of code fences that may show such code. */
  readonly languages: readonly string[];
  /** Whether a fence shows such code, complete enough to be checked. */
  isShown(text: string): boolean;
  validate(text: string): readonly Finding[];
  /** Like `validate`, for samples in fences that need not meet all requirements of a file. */
  validateShown?(text: string): readonly Finding[];
}

/** A rule that checks one kind of code, in `files/` and in the fences of texts. */
export function ruleOfCode({ id, doc, fix, isFile, languages, isShown, validate, validateShown = validate }: CodeKind): Rule {
  return defineRule({
    id,
    doc,
    check({ files, folder, documents }: LintLab, report) {
      const texts = files.map((file) => ({ path: file.path, text: textOfFile(file) }));
      for (const { path, text } of texts) {
        if (text === undefined || !isFile(path, text)) continue;
        for (const { line, message } of validate(text)) report({ path: join(folder, 'files', path), line }, message, fix);
      }
      for (const document of documents) {
        for (const { node, language, line } of fencesOf(document)) {
          if (!languages.includes(language) || !isShown(node.value)) continue;
          // The finding of the file is enough.
          if (texts.some(({ text }) => text?.trim() === node.value.trim())) continue;
          for (const finding of validateShown(node.value))
            report({ path: document.path, line: line + finding.line - 1 }, finding.message, 'Fix the sample.');
        }
      }
    },
  });
}
