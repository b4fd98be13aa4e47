import type { List, Parents } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { TaskSections } from '../../../markdown/task-headings.ts';
import type { LintDocument } from '../document.ts';
import { lineOf, numberOf, sourceOf, walk } from '../outline.ts';
import { defineRule, type Report } from '../rule.ts';

const SWALLOWED = 'This numbered line is read as part of the paragraph above it.';

/** Follows the numbered lists among the children of one node; code, callouts and tables may stand between them. */
function follow(document: LintDocument, parent: Parents, report: Report): void {
  let last: number | undefined;
  // A heading, or a line in bold that names what follows, may start counting anew.
  let mayRestart = true;
  let isNewPart = true;
  // Only tasks count their steps through; elsewhere every list may stand for itself.
  const tasks = new TaskSections();
  for (const node of parent.children) {
    if (node.type === 'heading') {
      const { opens } = tasks.next(node.depth, plainText(node));
      isNewPart ||= node.depth <= 2 || opens !== undefined;
    }
    const inTask = tasks.current !== undefined;
    if (node.type === 'heading' || node.type === 'thematicBreak') mayRestart = true;
    if (node.type === 'paragraph' && node.children[0]?.type === 'strong') mayRestart = true;
    if (node.type !== 'list' || node.ordered !== true) continue;
    const numbers = (node as List).children.map((item) => ({ number: numberOf(document, item), line: lineOf(item) }));
    // "1. 1. 1." leaves the counting to Markdown.
    const automatic = numbers.length > 1 && numbers.every(({ number }) => number === numbers[0]?.number);
    for (const [at, { number, line }] of numbers.entries()) {
      if (number === undefined) continue;
      const place = { path: document.path, line };
      const restarts = number <= 1 && at === 0 && (mayRestart || !inTask || parent.type !== 'root');
      if (automatic && at > 0) last = (last ?? 0) + 1;
      else if (restarts || (last === undefined && parent.type !== 'root')) last = number;
      else if (last === undefined || (isNewPart && at === 0 && number !== last + 1)) {
        report(place, `The steps begin with ${number}.`, 'Begin with 1.');
        last = number;
      } else if (number === last + 1) last = number;
      else {
        const what =
          number > last + 1
            ? `${number > last + 2 ? `Steps ${last + 1} to ${number - 1} are` : `Step ${last + 1} is`} missing: ${number} follows ${last}.`
            : `Step ${number} stands again: it follows ${last}.`;
        report(place, what, `Number it ${last + 1} and go on from there.`);
        last = number;
      }
    }
    mayRestart = false;
    isNewPart = false;
  }
}

export default defineRule({
  id: 'step-number',
  doc: 'The numbers of steps run on without a gap or a repetition, also across code, callouts and tables.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { id, line } of document.problems)
        if (id === 'steps-swallowed') report({ path: document.path, line }, SWALLOWED, 'Put a blank line before it.');
      walk(document.tree, (node) => {
        if (node.type === 'root' || node.type === 'listItem' || node.type === 'blockquote') follow(document, node as Parents, report);
        if (node.type !== 'paragraph') return;
        // Markdown lets only a list that starts with 1 follow a paragraph without a blank line.
        const swallowed = sourceOf(document, node)
          .split('\n')
          .findIndex((line, at) => at > 0 && /^[>\s]*\d{1,3}[.)]\s/.test(line));
        if (swallowed > 0) {
          report({ path: document.path, line: lineOf(node) + swallowed }, SWALLOWED, 'Put a blank line before it.');
        }
      });
    }
  },
});
