import type { Definition, FootnoteDefinition, Heading, Nodes, Paragraph, Parents, Root, TableCell } from 'mdast';
import type { TextDirective } from 'mdast-util-directive';
import { markdownToMdast, mdxToMdast } from 'satteri';
import type { Processor } from 'unified';
import { VFile } from 'vfile';
import { text } from '../nodes.ts';
import { visit } from '../visit.ts';
import { hasCjkEmphasis } from './cjk-emphasis.ts';

type Parse = (source: string, file: VFile) => Root;

/** Nodes that contain only inline content: words, code and links. */
type Inline = Paragraph | Heading | TableCell;

/** The start of a continued line that is not part of the paragraph: indentation and the marks of quotations. */
const LINE_PREFIX = /^[ \t>]*/;

/** The content of a paragraph, heading or cell as a text of its own, with the place of each line in the source. */
interface Excerpt {
  readonly text: string;
  /** Number of characters that were added in front of the content. */
  readonly lead: number;
  readonly lines: readonly { readonly line: number; readonly column: number; readonly offset: number; readonly from: number }[];
}

function excerpt(node: Inline, source: string): Excerpt | undefined {
  const start = node.children.at(0)?.position?.start;
  const end = node.children.at(-1)?.position?.end.offset;
  if (start?.offset === undefined || end === undefined) return undefined;
  const [first = '', ...further] = source.slice(start.offset, end).split('\n');
  const isOneLine = further.length === 0;
  const opening = node.type === 'tableCell' ? '|' : node.type === 'heading' && isOneLine ? '# ' : '';
  const lead = opening.length;
  const lines = [{ line: start.line, column: start.column - lead, offset: start.offset - lead, from: 0 }];
  let inside = opening + first;
  let offset = start.offset + first.length + 1;
  for (const [index, written] of further.entries()) {
    const prefix = LINE_PREFIX.exec(written)?.[0].length ?? 0;
    lines.push({ line: start.line + index + 1, column: prefix + 1, offset: offset + prefix, from: inside.length + 1 });
    inside += `\n${written.slice(prefix)}`;
    offset += written.length + 1;
  }
  return { text: node.type === 'tableCell' ? `${inside}|\n|-|` : inside, lead, lines };
}

/** Changes the positions of nodes parsed from an excerpt so that they refer to the source. */
function place(nodes: readonly Nodes[], { lines }: Excerpt): void {
  for (const tree of nodes) {
    visit(tree, ({ position }) => {
      for (const point of position === undefined ? [] : [position.start, position.end]) {
        const at = lines[point.line - 1];
        if (at === undefined) continue;
        point.offset = (point.offset ?? 0) - at.from + at.offset;
        point.column += at.column - 1;
        point.line = at.line;
      }
    });
  }
}

function isInline(node: Nodes): node is Inline {
  return node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';
}

/** All paragraphs, headings and cells of a tree, and the definitions that their links may use. */
function survey(tree: Root): { inlines: Inline[]; definitions: (Definition | FootnoteDefinition)[] } {
  const inlines: Inline[] = [];
  const definitions: (Definition | FootnoteDefinition)[] = [];
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isInline(node)) inlines.push(node);
    else if ('children' in node)
      for (let index = node.children.length - 1; index >= 0; index -= 1) open.push(node.children[index] as Nodes);
    if (node.type === 'definition' || node.type === 'footnoteDefinition') definitions.push(node);
  }
  return { inlines, definitions };
}

/** Inline nodes in which emphasis neither begins nor ends. */
const CLOSED = new Set(['inlineCode', 'html', 'link', 'linkReference', 'image', 'imageReference', 'footnoteReference']);

/** The source of inline content, in which marks that are not emphasis are replaced by other characters. */
function uncovered(node: Parents, source: string): string {
  const from = node.children.at(0)?.position?.start.offset ?? 0;
  let written = source.slice(from, node.children.at(-1)?.position?.end.offset ?? 0);
  const cover = ({ children }: Parents) => {
    for (const child of children) {
      const start = (child.position?.start.offset ?? 0) - from;
      const end = (child.position?.end.offset ?? 0) - from;
      if (CLOSED.has(child.type))
        written = written.slice(0, start) + written.slice(start, end).replaceAll(/[*_]/g, 'x') + written.slice(end);
      else if ('children' in child) cover(child);
    }
  };
  cover(node);
  return written;
}

function isSeenDifferently(node: Parents, source: string): boolean {
  if (node.children.some((child) => child.type === 'textDirective' || ('children' in child && isSeenDifferently(child, source))))
    return true;
  const isWhole = !['strong', 'emphasis', 'delete'].includes(node.type);
  return isWhole && hasCjkEmphasis(uncovered(node, source));
}

/** The content that was parsed from an excerpt; `undefined` when the excerpt on its own is a different kind of block. */
function inlineOf({ children: [only] }: Root, { lead }: Excerpt, type: Inline['type']): Parents | undefined {
  if (only?.type === 'table' && type === 'tableCell') return only.children[0]?.children[0];
  return only?.type === (lead > 0 ? type : 'paragraph') ? (only as Parents) : undefined;
}

/** Turns inline directives such as `:name` back into text. Lab texts do not have them. */
function unfold(node: Parents, source: string): void {
  for (const [index, child] of node.children.entries()) {
    if (child.type === 'textDirective') node.children[index] = asWritten(child, source);
    else if ('children' in child) unfold(child, source);
  }
}

function asWritten(node: TextDirective, source: string) {
  return {
    ...text(source.slice(node.position?.start.offset, node.position?.end.offset)),
    ...(node.position && { position: node.position }),
  };
}

/** The definitions that an excerpt may refer to, so that its references also work when it is parsed alone. */
function namedIn(text: string, definitions: readonly (Definition | FootnoteDefinition)[]): string[] {
  if (!text.includes('[')) return [];
  const words = text.toLowerCase();
  return definitions
    .map(({ type, label, identifier }) => ({ mark: type === 'definition' ? '' : '^', name: label ?? identifier }))
    .filter(({ name }) => words.includes(name.toLowerCase()))
    .map(({ mark, name }) => `[${mark}${name}]: x`);
}

const SYNTAX = { features: { gfm: true, directive: true, frontmatter: false } };

/** A byte order mark would shift all positions by one. */
const withoutMark = (source: string) => source.replace(/^\ufeff/, ' ');

/** The tree of an `.mdx` that contains no program; `undefined` when it has imports, components or expressions, or cannot be parsed. */
function plainMdx(source: string): Root | undefined {
  try {
    const tree = mdxToMdast(withoutMark(source), SYNTAX) as Root;
    let isPlain = true;
    visit(tree, ({ type }) => {
      isPlain &&= !type.startsWith('mdx');
    });
    return isPlain ? tree : undefined;
  } catch {
    // MDX itself reports what is wrong.
    return undefined;
  }
}

/**
 * Parses Markdown into the same tree as micromark, many times faster. The parser in Rust does not know emphasis beside Korean and Japanese
 * characters, and it reads directives inside a line. The few paragraphs, headings and cells in which that matters are parsed again by
 * `careful`, a parser with the whole syntax of this site.
 */
export function fastParse(source: string, careful: (excerpt: string) => Root): Root {
  const tree = markdownToMdast(withoutMark(source), SYNTAX) as Root;
  readAgain(tree, source, careful);
  return tree;
}

/** Parses again, with `careful`, what the parser in Rust reads differently. */
function readAgain(tree: Root, source: string, careful: (excerpt: string) => Root): void {
  const { inlines, definitions } = survey(tree);
  for (const node of inlines) {
    if (!isSeenDifferently(node, source)) continue;
    const part = excerpt(node, source);
    if (part === undefined) continue;
    const again = inlineOf(careful([part.text, ...namedIn(part.text, definitions)].join('\n\n')), part, node.type);
    if (again === undefined) {
      unfold(node, source);
      continue;
    }
    place(again.children, part);
    node.children = again.children as typeof node.children;
  }
}

/**
 * Whether an `.mdx` contains no program: no imports, components or expressions. Such a file can be built as Markdown, which is much faster.
 */
export const isPlainMdx = (source: string): boolean => plainMdx(source) !== undefined;

/**
 * unified plugin that runs after all extensions of the syntax: parses text with {@link fastParse}. An `.mdx` with a program is left to the
 * parser of MDX.
 */
export function remarkFastParse(this: Processor): void {
  const parse = this.parser as Parse | undefined;
  if (parse === undefined) throw new Error('remarkFastParse comes after the parser.');
  this.parser = (source, file) => {
    const careful = (excerpt: string) => parse(excerpt, new VFile({ value: excerpt }));
    if (file.extname !== '.mdx') return fastParse(source, careful);
    const tree = plainMdx(source);
    if (tree === undefined) return parse(source, file);
    readAgain(tree, source, careful);
    return tree;
  };
}
