import type { Break, List, ListItem, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { lineStarts } from '../lines.ts';
import { text } from '../nodes.ts';
import { problem } from '../problem.ts';
import { numbersOf } from '../structure/list-numbers.ts';
import { SKIP, visit } from '../visit.ts';

/** A numbered line, also inside a quotation: what is before its number, and the number. */
const NUMBERED = /^([ \t>]*)(\d{1,3})[.)][ \t]+(?=\S)/;

/** A line of a paragraph: its nodes, and its line number in the file. */
interface Line {
  readonly line: number;
  readonly children: PhrasingContent[];
}

/** Splits a paragraph at the line breaks of its plain text. Bold text and code are never split. */
function linesOf(paragraph: Paragraph): Line[] {
  const first = paragraph.position?.start.line ?? 1;
  const lines: Line[] = [{ line: first, children: [] }];
  for (const child of paragraph.children) {
    const at = child.position?.start.line ?? first;
    if (child.type === 'break') {
      lines.at(-1)?.children.push(child);
      lines.push({ line: at + 1, children: [] });
    } else if (child.type === 'text') {
      for (const [index, part] of child.value.split('\n').entries()) {
        if (index > 0) lines.push({ line: at + index, children: [] });
        if (part !== '') lines.at(-1)?.children.push(text(part));
      }
    } else lines.at(-1)?.children.push(child);
  }
  return lines;
}

interface Numbered {
  readonly index: number;
  readonly number: number;
  /** Where the number begins in the file. */
  readonly column: number;
  readonly offset: number;
}

/** Groups numbered lines whose numbers follow each other: `31.`, `32.`, `33.`. Lines between two of them belong to the first. */
function runsOf(lines: readonly Line[], source: readonly string[], starts: readonly number[]): Numbered[][] {
  const runs: Numbered[][] = [];
  for (const [index, { line, children }] of lines.entries()) {
    const [, lead = '', digits = ''] = NUMBERED.exec(source[line - 1] ?? '') ?? [];
    const [first] = children;
    if (index === 0 || digits === '' || first?.type !== 'text' || !first.value.startsWith(digits)) continue;
    const found = { index, number: Number(digits), column: lead.length + 1, offset: (starts[line - 1] ?? 0) + lead.length };
    if (runs.at(-1)?.at(-1)?.number === found.number - 1) runs.at(-1)?.push(found);
    else runs.push([found]);
  }
  return runs;
}

function joined(lines: readonly Line[]): PhrasingContent[] {
  const all = lines.flatMap(({ children }, index): PhrasingContent[] => {
    const isNew = index > 0 && lines[index - 1]?.children.at(-1)?.type !== 'break';
    return isNew ? [text('\n'), ...children] : children;
  });
  const last = all.at(-1);
  return last?.type === 'break' ? all.slice(0, -1) : all;
}

function withoutNumber(children: readonly PhrasingContent[]): PhrasingContent[] {
  const [first, ...others] = children;
  return first?.type === 'text' ? [text(first.value.replace(/^\d{1,3}[.)][ \t]+/, '')), ...others] : [...children];
}

function isBreak(node: PhrasingContent | undefined): node is Break {
  return node?.type === 'break';
}

/** Whether the text above a line announces steps: it ends with a colon or with bold text. */
function announces(lines: readonly Line[], above: number): boolean {
  const last = lines[above - 1]?.children.findLast((node) => !isBreak(node));
  return last !== undefined && (last.type === 'strong' || /[:：]\s*$/.test(plainText(last)));
}

/**
 * Markdown in, Markdown out: turns numbered lines inside a paragraph into the list they were meant to be. Without an empty line above it,
 * Markdown only starts a list at number 1, so `31.` and `32.` below `**절차:**` would become part of the paragraph. A line counts as a step
 * when its number follows the one before, or when the line above announces steps. The first line is reported.
 */
export function remarkSwallowedSteps() {
  return (tree: Root, file: VFile): void => {
    const whole = String(file.value);
    if (!/\n[ \t>]*\d{1,3}[.)][ \t]/.test(whole)) return;
    const source = whole.split('\n');
    const starts = lineStarts(source);
    const last = new Map<Parents, number>();
    visit(tree, (node, index, parent) => {
      if (parent === undefined || index === undefined) return undefined;
      if (node.type === 'list' && node.ordered === true) last.set(parent, numbersOf(node, file).at(-1) ?? 0);
      if (node.type !== 'paragraph' || node.position === undefined || node.position.start.line === node.position.end.line) return undefined;
      const lines = linesOf(node);
      const run = runsOf(lines, source, starts).find(
        (one) =>
          one.length > 1 || (one[0] !== undefined && (one[0].number === (last.get(parent) ?? -1) + 1 || announces(lines, one[0].index))),
      );
      const [first] = run ?? [];
      if (run === undefined || first === undefined) return undefined;
      const items = run.map(({ index: from, column, offset: start }, at): ListItem => {
        const own = lines.slice(from, run[at + 1]?.index ?? lines.length);
        const line = own[0]?.line ?? 1;
        const end = own.at(-1)?.line ?? line;
        const length = source[end - 1]?.length ?? 0;
        const position = {
          start: { line, column, offset: start },
          end: { line: end, column: length + 1, offset: (starts[end - 1] ?? 0) + length },
        };
        const words: Paragraph = { type: 'paragraph', children: withoutNumber(joined(own)), position };
        return { type: 'listItem', spread: false, children: [words], position };
      });
      const [position] = items.map((item) => item.position);
      const list: List = {
        type: 'list',
        ordered: true,
        start: first.number,
        spread: false,
        children: items,
        ...(position && { position }),
      };
      problem(
        file,
        'steps-swallowed',
        'Markdown reads this numbered line as part of the paragraph above it; put an empty line before it.',
        list,
      );
      const before: Paragraph = { ...node, children: joined(lines.slice(0, first.index)) };
      parent.children.splice(index, 1, ...([before, list] satisfies RootContent[] as typeof parent.children));
      last.set(parent, run.at(-1)?.number ?? 0);
      return [SKIP, index + 2];
    });
  };
}
