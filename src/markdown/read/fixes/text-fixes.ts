import type { Delete, Link, Parents, PhrasingContent, Root, Table } from 'mdast';
import type { VFile } from 'vfile';
import { decoded } from '../address.ts';
import { text } from '../nodes.ts';
import { problem } from '../problem.ts';
import { CONTINUE, SKIP, visit } from '../visit.ts';

/** Control characters that no text needs, and characters that change the direction of all text after them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Paths such as `C:\_temp` and `\\server\share`, in which Markdown removes the backslash before punctuation. */
const EATEN_PATH = /(?:\b[A-Za-z]:\\[^\s]*\\[!-/:-@[-`{-~]|\b[A-Za-z]:\\[!-/:-@[-`{-~]|(?:^|\s)\\\\[\w.-]+\\)/;

/** What a decoder puts in place of bytes that are not valid in the file's encoding. */
const LOST = '\ufffd';

function withoutControl(value: string, file: VFile, node: Parameters<typeof problem>[3]): string {
  if (value.includes(LOST))
    problem(file, 'lost-character', `A character was lost here and is a "${LOST}"; write it again and save the file as UTF-8.`, node);
  const clean = value.replace(CONTROL, '');
  if (clean === value) return value;
  problem(file, 'control-character', 'The text contains an invisible control character, which is left out; delete it.', node);
  return clean;
}

/** Characters that end an address in a sentence: quotation marks, brackets, and Korean and Japanese punctuation. */
const AFTER = /["'“”‘’「」『』（）〈〉《》。、，！？…→]|\((?=[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff])/;

/** An address with a Korean particle directly after it: `http://localhost:8080에서`. */
const GLUED = /^(.*?[\w)])([\uac00-\ud7a3]+[^/]*)$/;

/**
 * After a slash, Korean words may be part of the address, so only particles are cut off there. Japanese particles are cut off everywhere.
 */
const PARTICLE =
  /^(.*\/)((?:에서|에는|에도|에|으로|로|를|을|은|는|이|가|와|과|의|도|만|까지|부터|입니다|입니다만)(?:[^\w/\uac00-\ud7a3].*)?)$|^(.*?[\w)/])((?:を|に|へ|で|が|は|から|まで|と|の|も|です)(?![\w/]).*)$/;

/** No browser opens longer addresses. */
const LONGEST_ADDRESS = 2000;

/** Splits an address from the words directly after it; `undefined` when there are none. */
function unglued(written: string): [address: string, rest: string] | undefined {
  if (written.length > LONGEST_ADDRESS) return undefined;
  const end = AFTER.exec(written)?.index ?? written.length;
  const upTo = written.slice(0, end);
  const [, glued, particle] = GLUED.exec(upTo) ?? [];
  const [, korean, korea, japanese, japan] = PARTICLE.exec(upTo) ?? [];
  const address = glued ?? korean ?? japanese ?? upTo;
  const rest = (particle ?? korea ?? japan ?? '') + written.slice(end);
  return rest === '' ? undefined : [address, rest];
}

function trimAutolink(link: Link, file: VFile): [Link, string] | undefined {
  const [only] = link.children;
  const from = link.position?.start.offset;
  if (only?.type !== 'text' || from === undefined || !/^(?:https?:|www\.)/.test(String(file.value).slice(from, from + 6))) return undefined;
  const [address, rest] = unglued(only.value) ?? [];
  if (address === undefined || rest === undefined) return undefined;
  return [{ ...link, url: /^www/.test(address) ? `http://${address}` : address, children: [text(address)] }, rest];
}

/** The text of `[[Create]](생성)`, a button with its meaning in brackets, which Markdown reads as a link; `undefined` for a real link. */
function buttonWithWords({ children: [only, more], url }: Link): string | undefined {
  if (only?.type !== 'text' || more !== undefined || !/^\[[^[\]]+\]$/.test(only.value)) return undefined;
  const words = decoded(url);
  return /^[^\w/#.:?%]+$/u.test(words) ? `[${only.value}](${words})` : undefined;
}

/** GFM drops the cells of a row that its table has no columns for. They are appended to the last cell, so that nothing gets lost. */
function keepCells(table: Table, file: VFile): void {
  const width = table.children[0]?.children.length ?? 0;
  for (const row of table.children) {
    const extra = row.children.splice(width);
    const last = row.children.at(-1);
    if (extra.length === 0 || last === undefined) continue;
    problem(
      file,
      'table-cells',
      `This row has ${width + extra.length} cells, but its table has ${width} columns; write a "|" inside a cell as "\\|".`,
      row,
    );
    for (const cell of extra) last.children.push(text(' | '), ...cell.children);
  }
}

/**
 * Whether `~` means a range, as in `10~20분, 5~10개`. A single tilde strikes text out only as `~old~`, between spaces or punctuation; a
 * double tilde always does.
 */
function isRange({ position }: Delete, source: string): boolean {
  const [from, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
  return (
    source[from] === '~' && source[from + 1] !== '~' && !(/^[\s(]?$/.test(source[from - 1] ?? '') && /^[\s.,!?)]?$/.test(source[to] ?? ''))
  );
}

/** Replaces a struck-out range by its text and tildes, and joins neighbouring texts. */
function unstrike(parent: Parents, index: number, { children }: Delete): void {
  const siblings = parent.children as PhrasingContent[];
  siblings.splice(index, 1, text('~'), ...children, text('~'));
  for (let at = siblings.length - 1; at > 0; at -= 1) {
    const [one, other] = [siblings[at - 1], siblings[at]];
    if (one?.type === 'text' && other?.type === 'text') siblings.splice(at - 1, 2, text(one.value + other.value));
  }
}

/** Markdown in, Markdown out: keeps what Markdown would drop from ordinary text, and reports what cannot be kept. */
export function remarkTextFixes() {
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
      const words = buttonWithWords(node);
      if (words !== undefined) {
        parent.children.splice(index, 1, text(words));
        return [SKIP, index + 1];
      }
      const trimmed = trimAutolink(node, file);
      if (trimmed === undefined) return CONTINUE;
      parent.children.splice(index, 1, trimmed[0], text(trimmed[1]));
      return [SKIP, index + 2];
    });
  };
}
