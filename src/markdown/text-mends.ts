import type { Delete, Link, Parents, PhrasingContent, Root, Table } from 'mdast';
import type { VFile } from 'vfile';
import { text } from './nodes.ts';
import { problem } from './problem.ts';
import { CONTINUE, SKIP, visit } from './visit.ts';

/** Control characters that no text is made of, and the marks that turn the direction of all text after them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** `C:\_temp`, `\\server\share`: a backslash before a punctuation mark is Markdown's own and disappears. */
const EATEN_PATH = /(?:\b[A-Za-z]:\\[^\s]*\\[!-/:-@[-`{-~]|\b[A-Za-z]:\\[!-/:-@[-`{-~]|(?:^|\s)\\\\[\w.-]+\\)/;

/** What stands where a byte was no character of the file's encoding. */
const LOST = '\ufffd';

function withoutControl(value: string, file: VFile, node: Parameters<typeof problem>[3]): string {
  if (value.includes(LOST))
    problem(file, 'lost-character', `A character was lost here and is a "${LOST}"; write it again and save the file as UTF-8.`, node);
  const clean = value.replace(CONTROL, '');
  if (clean === value) return value;
  problem(file, 'control-character', 'The text holds an invisible control character, which is left out; delete it.', node);
  return clean;
}

/** A Korean particle glued to an address is no part of it: `http://localhost:8080에서`. */
const GLUED = /^(https?:\/\/.*?[\w)])([\uac00-\ud7a3]+[^/]*)$/;

function trimAutolink(link: Link, file: VFile): [Link, string] | undefined {
  const [only] = link.children;
  const from = link.position?.start.offset;
  if (only?.type !== 'text' || from === undefined || String(file.value)[from] !== 'h') return undefined;
  const [, address, particle] = GLUED.exec(only.value) ?? [];
  if (address === undefined || particle === undefined) return undefined;
  return [{ ...link, url: address, children: [text(address)] }, particle];
}

/** GFM drops the cells of a row beyond the head's; nothing an author wrote may get lost, so they join the last. */
function keepCells(table: Table, file: VFile): void {
  const width = table.children[0]?.children.length ?? 0;
  for (const row of table.children) {
    const extra = row.children.splice(width);
    const last = row.children.at(-1);
    if (extra.length === 0 || last === undefined) continue;
    problem(
      file,
      'table-cells',
      `This row has ${width + extra.length} cells and its table ${width}; write a "|" inside a cell as "\\|".`,
      row,
    );
    for (const cell of extra) last.children.push(text(' | '), ...cell.children);
  }
}

/**
 * `10~20분, 5~10개` is two ranges. One tilde strikes out only as `~old~`, with a space or the end of a sentence on either side; two always do.
 */
function isRange({ position }: Delete, source: string): boolean {
  const [from, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
  return (
    source[from] === '~' && source[from + 1] !== '~' && !(/^[\s(]?$/.test(source[from - 1] ?? '') && /^[\s.,!?)]?$/.test(source[to] ?? ''))
  );
}

/** What the tildes around a range hold, in the place of its struck out text; texts side by side become one. */
function unstrike(parent: Parents, index: number, { children }: Delete): void {
  const siblings = parent.children as PhrasingContent[];
  siblings.splice(index, 1, text('~'), ...children, text('~'));
  for (let at = siblings.length - 1; at > 0; at -= 1) {
    const [one, other] = [siblings[at - 1], siblings[at]];
    if (one?.type === 'text' && other?.type === 'text') siblings.splice(at - 1, 2, text(one.value + other.value));
  }
}

/** Markdown in, Markdown out: what Markdown would swallow of an ordinary text is kept, or noted where it cannot be. */
export function remarkTextMends() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node, index, parent) => {
      if (node.type === 'table') keepCells(node, file);
      if (node.type === 'delete' && parent !== undefined && index !== undefined && isRange(node, source)) {
        unstrike(parent, index, node);
        return [SKIP, Math.max(0, index - 1)];
      }
      if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') node.value = withoutControl(node.value, file, node);
      if (node.type === 'text') {
        const written = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
        if (written.includes('\\') && EATEN_PATH.test(written)) {
          problem(file, 'windows-path', 'Markdown swallows backslashes of this path; write it as code, between backticks.', node);
        }
      }
      if (node.type !== 'link' || parent === undefined || index === undefined) return CONTINUE;
      const trimmed = trimAutolink(node, file);
      if (trimmed === undefined) return CONTINUE;
      parent.children.splice(index, 1, trimmed[0], text(trimmed[1]));
      return [SKIP, index + 2];
    });
  };
}
