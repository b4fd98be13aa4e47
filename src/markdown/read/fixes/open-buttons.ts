import type { Heading, Paragraph, Root, TableCell, Text } from 'mdast';
import type { VFile } from 'vfile';
import { linesBefore } from '../lines.ts';
import { problem } from '../problem.ts';
import { visit } from '../visit.ts';

/**
 * The start of a button: its label begins with a word. In code, a sign, a space or a single letter follows: `[[ -f x ]]`, `[[a-z]`, `{{
 * .Values }}`.
 */
const OPEN = /(?<![\w$\\[{])(?:\[\[|\{\{)(?=\p{L}{2}|\p{Lo})/gu;

/** A button with one closing bracket too many. */
const STRAY = /(?<![\\$[{])(?:\[\[[^[\]]+\]\](?=\])|\{\{[^{}]+\}\}(?=\}))/gu;

/** A button with one opening bracket too few: `[Create]]`. */
const HALF = /(?<![\w$\\[])\[(?=\p{L}{2}|\p{Lo})[^[\]\n]+\]\](?!\])/gu;

const CLOSES: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

const count = (text: string, mark: string) => text.split(mark).length - 1;

/** Whether a button is closed before the next one begins. */
function isClosed(rest: string, open: string, close: string): boolean {
  const end = rest.indexOf(close);
  return end >= 0 && (!rest.slice(0, end).includes(open) || rest.startsWith(close + close, end));
}

/** The first words of a label, so that the author finds the place. */
const named = (text: string) => (/^[^[\]{}\n]{0,30}/u.exec(text)?.[0] ?? '').trim();

/** Reports broken buttons in a text node. `inside` are the offsets of its paragraph, heading or cell in the source. */
function look(node: Text, inside: { readonly from: number; readonly to: number }, source: string, file: VFile): void {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return;
  const written = source.slice(start.offset, end.offset);
  const note = (at: number, reason: string) => {
    const line = start.line + linesBefore(written, at);
    const place = { line, column: 1 };
    problem(file, 'console-button', reason, { ...node, position: { start: place, end: place } } as Text);
  };
  for (const { 0: open, index } of written.matchAll(OPEN)) {
    const close = (CLOSES[open.charAt(0)] ?? '').repeat(2);
    if (isClosed(source.slice(start.offset + index + 2, inside.to), open, close)) continue;
    const words = named(written.slice(index + 2));
    note(index, `The button "${open}${words}" is never closed; write ${close} after its label.`);
  }
  for (const { 0: button, index } of written.matchAll(HALF))
    note(index, `The button ${button} has one mark too few before its label; write [${button}.`);
  for (const { 0: button, index } of written.matchAll(STRAY)) {
    const [open, close] = [button.charAt(0), CLOSES[button.charAt(0)] ?? ''];
    const before = source.slice(inside.from, start.offset + index);
    if (count(before, open) > count(before, close)) continue;
    note(index, `A "${close}" too many follows the button ${button}; delete it.`);
  }
}

/**
 * Markdown in, the same Markdown out: reports `[[Create user 버튼`, which is shown as it is, and `[[Next]]]`, which leaves a bracket behind.
 * Code is skipped, and so is `((`, because ordinary sentences contain it.
 */
export function remarkOpenButtons() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    if (!/\[\[|\]\]|\{\{/.test(source)) return;
    visit(tree, (block) => {
      if (block.type !== 'paragraph' && block.type !== 'heading' && block.type !== 'tableCell') return;
      const [from, to] = [block.position?.start.offset, block.position?.end.offset];
      if (from === undefined || to === undefined || /<(?:code|kbd|samp|pre)\b/i.test(source.slice(from, to))) return;
      visit(block as Paragraph | Heading | TableCell, 'text', (node: Text) => look(node, { from, to }, source, file));
    });
  };
}
