import type { List, Parents } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { TaskSections } from '../../../markdown/read/structure/task-headings.ts';
import type { LintDocument } from '../document.ts';
import { countsThrough, slipsOf } from '../numbering.ts';
import { lineOf, numberOf, sourceOf, walk } from '../outline.ts';
import { defineRule, type Report } from '../rule.ts';

const SWALLOWED = 'This numbered line is read as part of the paragraph above it.';

/** A step, with the number that its author wrote or that Markdown counts (`1. 1. 1.`). */
interface Step {
  readonly number: number;
  readonly line: number;
}

/** Steps that are counted together. */
interface Run {
  readonly steps: Step[];
  /** What the first number should be. */
  readonly first: number;
  /** After how many parts and headings of the text it was last counted. */
  part: number;
  heading: number;
}

function stepsOfList(document: LintDocument, list: List): Step[] {
  const written = list.children.flatMap((item) => {
    const number = numberOf(document, item);
    return number === undefined ? [] : [{ number, line: lineOf(item) }];
  });
  const [first] = written;
  const isAutomatic = first !== undefined && written.every(({ number }) => number === first.number);
  return isAutomatic ? written.map(({ line }, at) => ({ number: first.number + at, line })) : written;
}

const goesOn = (run: Run, number: number) => run.steps.at(-1)?.number === number - 1;

/** The steps among the children of a node, grouped as they are counted. Code, callouts and tables may be between them. */
function runsOf(document: LintDocument, parent: Parents): Run[] {
  const isRoot = parent.type === 'root';
  const runs: Run[] = [];
  let current: Run | undefined;
  let [part, heading] = [0, 0];
  // After a heading or a line in bold, counting may start again.
  let mayRestart = true;
  let isNewPart = true;
  // Only the steps of tasks are counted through. Elsewhere every list may be separate.
  const tasks = new TaskSections();
  for (const node of parent.children) {
    if (node.type === 'heading') {
      heading += 1;
      const { opens } = tasks.next(node.depth, plainText(node));
      isNewPart ||= node.depth <= 2 || opens !== undefined;
    }
    if (node.type === 'heading' || node.type === 'thematicBreak') mayRestart = true;
    if (node.type === 'paragraph' && node.children[0]?.type === 'strong') mayRestart = true;
    if (node.type !== 'list' || node.ordered !== true) continue;
    const steps = stepsOfList(document, node);
    const number = steps[0]?.number;
    if (number === undefined) continue;
    const isThrough = isRoot && countsThrough(document);
    if (isNewPart && !isThrough) part += 1;
    // Counting may continue after an inserted list of another kind.
    const places = runs.filter((run) => (mayRestart ? run.part === part : run.heading === heading));
    const open = [current, ...places.toReversed()].find((run) => run !== undefined && goesOn(run, number));
    const restarts = number <= 1 && (mayRestart || tasks.current === undefined || !isRoot);
    if (open !== undefined && !restarts) current = open;
    else if (current === undefined || restarts || (isNewPart && !isThrough)) {
      current = { steps: [], first: isRoot && !restarts ? 1 : number, part, heading };
      runs.push(current);
    }
    current.steps.push(...steps);
    Object.assign(current, { part, heading });
    mayRestart = false;
    isNewPart = false;
  }
  return runs;
}

/** What is wrong with the number of a step that should be `right`. */
function wrong({ steps }: Run, at: number, right: number): string {
  const number = steps[at]?.number ?? right;
  const before = steps[at - 1]?.number;
  const isThere = (wanted: number) => steps.some((step) => step.number === wanted);
  if (before === undefined) return `The steps begin with ${number}.`;
  if (number < right && steps.slice(0, at).some((step) => step.number === number)) {
    return `Step ${number} is repeated: it follows ${before}.`;
  }
  const missing = Array.from({ length: Math.max(0, number - right) }, (_, index) => right + index);
  if (missing.length === 0 || missing.some(isThere)) return `Step ${number} is out of line: it follows ${before}.`;
  const what = missing.length > 1 ? `Steps ${right} to ${number - 1} are` : `Step ${right} is`;
  return before === right - 1 ? `${what} missing: ${number} follows ${before}.` : `${what} missing before ${number}.`;
}

function judge(document: LintDocument, run: Run, report: Report): void {
  const numbers = run.steps.map(({ number }) => number);
  for (const { at, right, isAlone } of slipsOf(numbers, run.first)) {
    const fix = at === 0 ? `Begin with ${right}` : `Number it ${right}`;
    const isLast = at === numbers.length - 1;
    const place = { path: document.path, line: run.steps[at]?.line ?? 1 };
    report(place, wrong(run, at, right), at === 0 || isAlone || isLast ? `${fix}.` : `${fix} and continue from there.`);
  }
}

export default defineRule({
  id: 'step-number',
  doc: 'The numbers of steps have no gaps and no repetitions, also across code, callouts and tables.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { id, line } of document.problems)
        if (id === 'steps-swallowed') report({ path: document.path, line }, SWALLOWED, 'Put an empty line before it.');
      walk(document.tree, (node) => {
        if (node.type === 'root' || node.type === 'listItem' || node.type === 'blockquote') {
          for (const run of runsOf(document, node as Parents)) judge(document, run, report);
        }
        if (node.type !== 'paragraph') return;
        // Without an empty line above it, only a list that starts with 1 can follow a paragraph.
        const swallowed = sourceOf(document, node)
          .split('\n')
          .findIndex((line, at) => at > 0 && /^[>\s]*\d{1,3}[.)]\s/.test(line));
        if (swallowed > 0) {
          report({ path: document.path, line: lineOf(node) + swallowed }, SWALLOWED, 'Put an empty line before it.');
        }
      });
    }
  },
});
