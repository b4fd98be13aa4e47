import type { Blockquote, Code, Heading, InlineCode, List, ListItem, Node, Parents, Root, RootContent, Table } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { toString as plainText } from 'mdast-util-to-string';
import { type Callout, calloutOf } from '../../markdown/read/structure/callout-kinds.ts';
import { TaskSections } from '../../markdown/read/structure/task-headings.ts';
import type { LintDocument } from './document.ts';

/** Calls `look` for every node with its ancestors, outermost first. */
export function walk(node: Node, look: (node: Node, ancestors: readonly Parents[]) => void, ancestors: readonly Parents[] = []): void {
  look(node, ancestors);
  if (!('children' in node)) return;
  const parent = node as Parents;
  for (const child of parent.children) walk(child, look, [...ancestors, parent]);
}

/** A task of a text, or another part of the text between two headings of level 2. */
export interface Section {
  /** `undefined` for the part above the first heading. */
  readonly heading: Heading | undefined;
  /** `task-3`, `cleanup`; `undefined` for any other part. */
  readonly task: string | undefined;
  /** Without the heading. */
  readonly content: readonly RootContent[];
}

export const lineOf = (node: Node): number => node.position?.start.line ?? 1;
export const endLineOf = (node: Node): number => node.position?.end.line ?? lineOf(node);

/** The parts of a text in their order. */
export function sectionsOf(tree: Root): Section[] {
  const sections: { heading: Heading | undefined; task: string | undefined; content: RootContent[] }[] = [
    { heading: undefined, task: undefined, content: [] },
  ];
  const tasks = new TaskSections();
  for (const node of tree.children) {
    const before = tasks.current;
    const { opens, repeats } = node.type === 'heading' ? tasks.next(node.depth, plainText(node)) : {};
    const task = opens ?? repeats;
    const isNew =
      task !== undefined || (tasks.current === undefined && (before !== undefined || (node.type === 'heading' && node.depth <= 2)));
    if (node.type === 'heading' && isNew) sections.push({ heading: node, task, content: [] });
    else sections.at(-1)?.content.push(node);
  }
  return sections;
}

/** The parts that are tasks. */
export function tasksOf(document: LintDocument): (Section & { readonly heading: Heading; readonly task: string })[] {
  return sectionsOf(document.tree).flatMap((section) =>
    section.heading !== undefined && section.task !== undefined ? [{ ...section, heading: section.heading, task: section.task }] : [],
  );
}

const linesOf = new WeakMap<LintDocument, readonly string[]>();

/** The lines of a file, split once because many rules need them. */
function sourceLines(document: LintDocument): readonly string[] {
  const known = linesOf.get(document) ?? document.source.split('\n');
  linesOf.set(document, known);
  return known;
}

/** The source text of a node. */
export function sourceOf(document: LintDocument, node: Node): string {
  const lines = sourceLines(document);
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const part = lines.slice(start.line - 1, end.line);
  if (part.length === 1) return (part[0] ?? '').slice(start.column - 1, end.column - 1);
  return [(part[0] ?? '').slice(start.column - 1), ...part.slice(1, -1), (part.at(-1) ?? '').slice(0, end.column - 1)].join('\n');
}

/** The number that the author wrote before a list item. Markdown does not keep it. */
export function numberOf(document: LintDocument, item: ListItem): number | undefined {
  const number = /^(\d+)[.)]/.exec(sourceOf(document, item))?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The numbers of the steps of a section as written, with their lines. */
export function stepsOf(document: LintDocument, content: readonly RootContent[]): { readonly number: number; readonly line: number }[] {
  return content
    .filter((node): node is List => node.type === 'list' && node.ordered === true)
    .flatMap((list) => list.children)
    .flatMap((item) => {
      const number = numberOf(document, item);
      return number === undefined ? [] : [{ number, line: lineOf(item) }];
    });
}

/** A quotation or container that is a callout. */
export interface CalloutBlock {
  readonly node: Blockquote | ContainerDirective;
  /** As written. */
  readonly name: string;
  readonly callout: Callout | undefined;
}

/** The callout that a node is; `undefined` for any other node. */
export function calloutBlock(node: Node): CalloutBlock | undefined {
  if (node.type === 'containerDirective') {
    const directive = node as ContainerDirective;
    return { node: directive, name: directive.name, callout: calloutOf(directive.name) };
  }
  if (node.type !== 'blockquote') return undefined;
  const quote = node as Blockquote;
  const first = quote.children[0];
  const name = first?.type === 'paragraph' ? /^\[!([^\]\n]+)\]/.exec(plainText(first))?.[1] : undefined;
  return name === undefined ? undefined : { node: quote, name, callout: calloutOf(name) };
}

/** All callouts of a tree, outer ones before inner ones. */
export function calloutsOf(root: Parents): CalloutBlock[] {
  const found: CalloutBlock[] = [];
  walk(root, (node) => {
    const block = calloutBlock(node);
    if (block) found.push(block);
  });
  return found;
}

/** A fenced block of code. */
export interface Fence {
  readonly node: Code;
  /** In lower case; empty when the fence names no language. */
  readonly language: string;
  /** Line number of the first line of code. */
  readonly line: number;
  /** Whether it is in an OUTPUT callout: the reader reads it and does not type it. */
  readonly isOutput: boolean;
}

const fencesIn = new WeakMap<Parents, readonly Fence[]>();

/** All fenced code blocks of a text. Indented code does not count. */
export function fencesOf(document: LintDocument, root: Parents = document.tree): readonly Fence[] {
  const known = fencesIn.get(root) ?? findFences(document, root);
  fencesIn.set(root, known);
  return known;
}

/** The code in a text, without output. */
export function codeOf(document: LintDocument): string {
  return fencesOf(document)
    .flatMap(({ node, isOutput }) => (isOutput ? [] : node.value))
    .join('\n');
}

function findFences(document: LintDocument, root: Parents): Fence[] {
  const found: Fence[] = [];
  walk(root, (any, ancestors) => {
    if (any.type !== 'code') return;
    const node = any as Code;
    if (!/^(`{3,}|~{3,})/.test(sourceOf(document, node))) return;
    const isOutput = ancestors.some((ancestor) => calloutBlock(ancestor)?.callout?.shape === 'output');
    found.push({ node, language: (node.lang ?? '').toLowerCase(), line: lineOf(node) + 1, isOutput });
  });
  return found;
}

const SHELLS = ['bash', 'sh', 'shell', 'zsh', 'console', 'shell-session', 'shellsession', 'terminal'];

/** Programs with which a line to type may begin. */
const COMMAND =
  /^\s*(?:[$%] )?(?:sudo )?(?:aws|git|docker|npm|npx|pip3?|python3?|node|cd|mkdir|ls|mv|cp|rm|cat|curl|wget|export|echo|kubectl|eksctl|sam|cdk|terraform|ssh|chmod|unzip|yum|dnf|apt-get)\s|^[A-Z][A-Z0-9_]*=\S/;

/** The most likely language of a code block that names none. */
export function guessLanguage(code: string): 'json' | 'bash' | 'yaml' | 'text' {
  const text = code.trim();
  if (/^[[{]/.test(text) && /[\]}]$/.test(text)) return 'json';
  const first = text.split('\n').find((line) => !/^\s*(#|$)/.test(line)) ?? '';
  if (COMMAND.test(first)) return 'bash';
  if (/^[A-Za-z][\w-]*:(\s|$)/.test(first)) return 'yaml';
  return 'text';
}

/** Fences with commands for a POSIX shell, including those that name no language but look like it. */
export function shellFencesOf(document: LintDocument): Fence[] {
  return fencesOf(document).filter(
    ({ language, isOutput, node }) =>
      !isOutput && (SHELLS.includes(language) || (language === '' && !/[├└│┌]/.test(node.value) && guessLanguage(node.value) === 'bash')),
  );
}

/** The commands of a fence. Of a recorded session only what was typed is kept. Line numbers do not change. */
export function commandsOf({ node }: Fence): string {
  const lines = node.value.split('\n');
  if (!lines.some((line) => /^\s*[$%] /.test(line))) return node.value;
  let continued = false;
  return lines
    .map((line) => {
      const typed = /^\s*[$%] (.*)$/.exec(line)?.[1] ?? (continued ? line.replace(/^> /, '') : undefined);
      continued = typed?.endsWith('\\') ?? false;
      return typed ?? '';
    })
    .join('\n');
}

/** Inline code with its line and the block (paragraph, cell, heading) that contains it. */
export function inlineCodesOf(root: Parents): { readonly value: string; readonly line: number; readonly block: Parents }[] {
  const found: { value: string; line: number; block: Parents }[] = [];
  walk(root, (node, ancestors) => {
    if (node.type !== 'inlineCode') return;
    const block = ancestors.findLast(({ type }) => ['paragraph', 'tableRow', 'heading'].includes(type)) ?? root;
    found.push({ value: (node as InlineCode).value, line: lineOf(node), block });
  });
  return found;
}

const wordsOf = (document: LintDocument, node: Node | undefined): string | undefined => {
  if (node?.type === 'paragraph' || node?.type === 'heading') return sourceOf(document, node);
  // A block below a list of steps belongs to the last step.
  return node?.type === 'list' ? wordsOf(document, (node as List).children.at(-1)?.children[0]) : undefined;
};

/** The words directly before each list, table and callout that contains a node, innermost first. Pictures in between are skipped. */
export function leadsOf(document: LintDocument, node: Node, ancestors: readonly Parents[]): string[] {
  const chain: readonly Node[] = [...ancestors, node];
  return chain
    .flatMap((block, at) => {
      if (!['list', 'table', 'blockquote', 'containerDirective'].includes(block.type)) return [];
      const siblings: readonly Node[] = ancestors[at - 1]?.children ?? [];
      const before = siblings.slice(0, siblings.indexOf(block)).filter(({ type }) => type !== 'html');
      return wordsOf(document, before.at(-1)) ?? [];
    })
    .reverse();
}

/** A list item or table row that begins with a name: `- **VpcId**: ...`, `| VpcId | ... |`. */
export interface NamedEntry {
  readonly name: string;
  readonly line: number;
  /** The text after the name, as written. */
  readonly said: string;
}

/** The named entries of one list or table. */
export interface NamedEntries {
  readonly entries: readonly NamedEntry[];
  /** As in `leadsOf`. */
  readonly leads: readonly string[];
  /** Everything above it in the same section. */
  readonly before: string;
  /** Whether it is a table in an OUTPUT callout. */
  readonly isOutput: boolean;
}

const ENTRY = /^(?:\*\*)?`?([A-Za-z][A-Za-z0-9]*)`?(?:\*\*)?\s*(?:[:：](?:\*\*)?|[-–—](?=\s)|(?=[(（])|\||$)/;

/** The lists and tables of a text whose entries begin with a name of letters and digits. */
export function namedEntriesOf(document: LintDocument): NamedEntries[] {
  const sections = sectionsOf(document.tree);
  const found: NamedEntries[] = [];
  walk(document.tree, (node, ancestors) => {
    const rows =
      node.type === 'table'
        ? (node as Table).children.slice(1).map((row) => ({ row, text: row.children.map((cell) => sourceOf(document, cell)).join('') }))
        : node.type === 'list' && !(node as List).ordered
          ? (node as List).children.map((row) => ({ row, text: wordsOf(document, row.children[0]) ?? '' }))
          : [];
    const entries = rows.flatMap(({ row, text }) => {
      const written = text.replace(/^\|?\s*/, '');
      const match = ENTRY.exec(written);
      return match ? [{ name: match[1] ?? '', line: lineOf(row), said: written.slice(match[0].length).trim() }] : [];
    });
    if (entries.length === 0) return;
    const [top = node] = [...ancestors.slice(1), node];
    const [first = top] = sections.find((section) => (section.content as readonly Node[]).includes(top))?.content ?? [];
    const before = sourceLines(document).slice(lineOf(first) - 1, lineOf(node) - 1);
    const isOutput = node.type === 'table' && ancestors.some((ancestor) => calloutBlock(ancestor)?.callout?.shape === 'output');
    found.push({ entries, leads: leadsOf(document, node, ancestors), before: before.join('\n'), isOutput });
  });
  return found;
}
