import type { LintDocument } from './document.ts';
import { isTemplateFile } from './file-kinds.ts';
import { type LintLab, textOfFile } from './lab.ts';
import { fencesOf, shellFencesOf } from './outline.ts';

/** The text in which a lab's names are correct: its files that are not prose, and its checkers. Empty when it has neither. */
export function truthOf(lab: LintLab): string {
  const files = lab.files.filter(({ path }) => !/\.(md|txt)$/i.test(path)).map((file) => textOfFile(file) ?? '');
  return [...files, lab.checkers?.source ?? ''].join('\n').trim();
}

/** The other places that may define a name, besides the templates: the lab's other files, and code in the text that is not a command. */
export function truthBesideTemplates(lab: LintLab, document: LintDocument): string {
  const files = lab.files
    .filter(({ path }) => !/\.(?:md|txt|sh|bash)$/i.test(path))
    .map((file) => ({ path: file.path, text: textOfFile(file) ?? '' }));
  const others = files.flatMap(({ path, text }) => (isTemplateFile(path, text) ? [] : text));
  const commands = shellFencesOf(document).map(({ node }) => node);
  const shown = fencesOf(document).flatMap(({ node, isOutput }) => (isOutput || commands.includes(node) ? [] : node.value));
  return [...others, ...shown].join('\n');
}
