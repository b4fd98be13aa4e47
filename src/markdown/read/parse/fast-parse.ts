import type { Definition, FootnoteDefinition, Heading, Nodes, Paragraph, Parents, Root, TableCell } from 'mdast';
import type { TextDirective } from 'mdast-util-directive';
import { markdownToMdast, mdxToMdast } from 'satteri';
import type { Processor } from 'unified';
import { VFile } from 'vfile';
import { text } from '../nodes.ts';
import { visit } from '../visit.ts';
import { hasCjkEmphasis } from './cjk-emphasis.ts';

type Parse = (source: string, file: VFile) => Root;

/** What holds words, code and links, and nothing that spans paragraphs. */
type Inline = Paragraph | Heading | TableCell;

/** What begins a further line of a paragraph and is not the paragraph's: indentation, and the marks of quotations around it. */
const LINE_PREFIX = /^[ \t>]*/;

/** The inside of a paragraph, heading or cell as a text of its own, and where its lines stand in the source. */
interface Excerpt {
  readonly text: string;
  /** How many characters stand in `text` before the inside begins. */
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

/** Lets the nodes read from an excerpt say where they stand in the source. */
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

/** Every paragraph, heading and cell, and the definitions that their links may name. */
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

/** Inline content in which emphasis neither begins nor ends. */
const CLOSED = new Set(['inlineCode', 'html', 'link', 'linkReference', 'image', 'imageReference', 'footnoteReference']);

/** The source of inline content, with other characters for marks where they are no emphasis. */
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

/** What an excerpt was read as; `undefined` where it is something else on its own than in its place. */
function inlineOf({ children: [only] }: Root, { lead }: Excerpt, type: Inline['type']): Parents | undefined {
  if (only?.type === 'table' && type === 'tableCell') return only.children[0]?.children[0];
  return only?.type === (lead > 0 ? type : 'paragraph') ? (only as Parents) : undefined;
}

/** What no line of a lab's text has: `:name` inside a line. It becomes the words it was. */
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

/** Definitions of what a text may refer to, so that on its own it refers to something as well. */
function namedIn(text: string, definitions: readonly (Definition | FootnoteDefinition)[]): string[] {
  if (!text.includes('[')) return [];
  const words = text.toLowerCase();
  return definitions
    .map(({ type, label, identifier }) => ({ mark: type === 'definition' ? '' : '^', name: label ?? identifier }))
    .filter(({ name }) => words.includes(name.toLowerCase()))
    .map(({ mark, name }) => `[${mark}${name}]: x`);
}

const SYNTAX = { features: { gfm: true, directive: true, frontmatter: false } };

/** A byte order mark would shift every position by one. */
const withoutMark = (source: string) => source.replace(/^\ufeff/, ' ');

/** The tree of an `.mdx` without a program; `undefined` for one with imports, components or expressions, or that cannot be read. */
function plainMdx(source: string): Root | undefined {
  try {
    const tree = mdxToMdast(withoutMark(source), SYNTAX) as Root;
    let isPlain = true;
    visit(tree, ({ type }) => {
      isPlain &&= !type.startsWith('mdx');
    });
    return isPlain ? tree : undefined;
  } catch {
    // What it cannot read is told by MDX itself.
    return undefined;
  }
}

/**
 * Reads Markdown many times faster than micromark does, into the same tree. The parser in Rust knows neither emphasis beside Korean and
 * Japanese characters nor that a lab has no directives inside a line; the few paragraphs, headings and cells where that makes a difference
 * are read once more, alone, by `careful`, the parser that has all of this site's syntax.
 */
export function fastParse(source: string, careful: (excerpt: string) => Root): Root {
  const tree = markdownToMdast(withoutMark(source), SYNTAX) as Root;
  readAgain(tree, source, careful);
  return tree;
}

/** Puts what `careful` reads in the place of what the parser in Rust sees differently. */
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

/** Whether an `.mdx` holds no program: neither imports nor components nor expressions. It is then the same page as Markdown, made much faster. */
export const isPlainMdx = (source: string): boolean => plainMdx(source) !== undefined;

/** unified plugin, after everything that extends the syntax: reads text with {@link fastParse}; programs in `.mdx` are left to MDX's own parser. */
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
