import { join } from 'node:path';
import type { Finding } from '../../markdown/read/finding.ts';
import { type LintLab, textOfFile } from './lab.ts';
import { fencesOf } from './outline.ts';
import { defineRule, type Rule } from './rule.ts';

/** Code of one kind that something else than us will read: where it stands in a lab, and what is wrong with it. */
export interface CodeKind extends Pick<Rule, 'id' | 'doc'> {
  /** What a finding says to do: `Mend the template.` */
  readonly mend: string;
  /** Whether a file below `files/` is of this kind. */
  isFile(path: string, text: string): boolean;
  /** The languages of fences that may show such code. */
  readonly languages: readonly string[];
  /** Whether a fence shows such code, whole enough to be judged. */
  isShown(text: string): boolean;
  validate(text: string): readonly Finding[];
  /** What is wrong with the code of a fence, when a sample is held to less than a file. */
  validateShown?(text: string): readonly Finding[];
}

/** The rule that holds one kind of code to what reads it, in `files/` and wherever a text shows it. */
export function ruleOfCode({ id, doc, mend, isFile, languages, isShown, validate, validateShown = validate }: CodeKind): Rule {
  return defineRule({
    id,
    doc,
    check({ files, folder, documents }: LintLab, report) {
      const texts = files.map((file) => ({ path: file.path, text: textOfFile(file) }));
      for (const { path, text } of texts) {
        if (text === undefined || !isFile(path, text)) continue;
        for (const { line, message } of validate(text)) report({ path: join(folder, 'files', path), line }, message, mend);
      }
      for (const document of documents) {
        for (const { node, language, line } of fencesOf(document)) {
          if (!languages.includes(language) || !isShown(node.value)) continue;
          // The file itself has been told of.
          if (texts.some(({ text }) => text?.trim() === node.value.trim())) continue;
          for (const finding of validateShown(node.value))
            report({ path: document.path, line: line + finding.line - 1 }, finding.message, 'Mend the sample.');
        }
      }
    },
  });
}
