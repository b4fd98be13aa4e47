/// <reference types="remark-mdx" />
import type { Nodes, Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { visit } from '../visit.ts';

/** Quotations and lists inside each other; people write four or five. */
const DEEPEST_CONTAINER = 50;

/** Anything inside anything, counted in the tree. */
const DEEPEST_NODE = 150;

/** Quotation marks and list marks at the start of a line, each of which opens a level. */
const MARKS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;

/** `- - - -` and `* * *` are a line across the page. */
const RULE = /^[ \t]*([-*_])(?:[ \t]*\1)+[ \t]*$/;

/** A line that opens a container, and one that closes it. */
const CONTAINER = /^[ \t>]*:{3,}(?:[A-Za-z]|[ \t]*$)/;

function refuseDeepLines(source: string, file: VFile): void {
  let containers = 0;
  for (const [index, line] of source.split('\n').entries()) {
    if (line.includes(':::') && CONTAINER.test(line)) {
      containers = /[A-Za-z]/.test(line) ? containers + 1 : Math.max(0, containers - 1);
      const reason = `More than ${DEEPEST_CONTAINER} boxes ":::" are open here; close each with a line ":::".`;
      if (containers > DEEPEST_CONTAINER) file.fail(reason, { line: index + 1, column: 1 });
    }
    // Most lines are far too short to nest that deep.
    if (line.length <= DEEPEST_CONTAINER) continue;
    const marks = MARKS.exec(line)?.[0].match(/[>*+-]|\d+[.)]/g)?.length ?? 0;
    if (marks <= DEEPEST_CONTAINER || RULE.test(line)) continue;
    const reason = `This line opens ${marks} quotations and lists inside each other; a page takes ${DEEPEST_CONTAINER}.`;
    file.fail(reason, { line: index + 1, column: 1 });
  }
}

function refuseDeepTree(tree: Root, file: VFile): void {
  const open: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (depth > DEEPEST_NODE) file.fail(`The text is nested more than ${DEEPEST_NODE} levels deep here; write it flatter.`, node);
    if ('children' in node) for (const child of node.children) open.push({ node: child, depth: depth + 1 });
  }
}

/** What an author meant where MDX stumbles, by the line it stumbles over. */
function explain(line: string): string {
  const braces = /\{\{\s*([^{}]+?)\s*\}\}/.exec(line)?.[1];
  if (braces !== undefined) return `in .mdx a console button is written [[${braces}]], for braces are a program`;
  const tag = /<\/?[^\s>]*>?/.exec(line)?.[0];
  if (tag !== undefined && !line.includes('{')) return `MDX reads "${tag}" as a tag; write it as code between backticks, or as \\${tag}`;
  if (/[{}]/.test(line)) return 'MDX runs what is in braces as a program; write it as code between backticks, or with \\{';
  return 'MDX reads < and { as code of its own; write them as code between backticks, or with a backslash before them';
}

function explained(thrown: unknown, source: string): unknown {
  if (!(thrown instanceof VFileMessage)) return thrown;
  const line = source.split('\n')[(thrown.line ?? 1) - 1] ?? '';
  return new VFileMessage(`${explain(line)}. Or rename the file to .md. (${thrown.reason})`, {
    ...(thrown.place === undefined ? {} : { place: thrown.place }),
    cause: thrown,
  });
}

/** `{json}`, `{account-id}`: what is in the braces of an expression that an author may have meant as text. */
const NAME = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)(?:[.-][\p{L}\p{N}_$]+)*\s*$/u;

const KNOWN = ['props', 'frontmatter', 'true', 'false', 'null', 'undefined'];

/** In `.mdx`, a name in braces that nothing declares would only fail when the page is made, without a line. */
function refuseUnknownNames(tree: Root, file: VFile): void {
  const program: string[] = [];
  const names: { name: string; written: string; node: Nodes }[] = [];
  visit(tree, (node) => {
    if (node.type === 'mdxjsEsm') program.push(node.value);
    if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression') return;
    const name = NAME.exec(node.value)?.[1];
    if (name !== undefined && !KNOWN.includes(name)) names.push({ name, written: node.value.trim(), node });
  });
  const unknown = names.find(({ name }) => !program.join('\n').includes(name));
  if (unknown === undefined) return;
  const mend = 'write it as code between backticks, or with \\{, or rename the file to .md.';
  file.fail(`MDX reads {${unknown.written}} as the name of a value, and there is none; ${mend}`, unknown.node);
}

/**
 * Around the parser: a text that nests so deep that no page could hold it is refused with its line before it costs time or the stack,
 * and what MDX cannot read is told in an author's words.
 */
export function remarkGuard(this: Processor): void {
  const parse = this.parser;
  if (parse === undefined) throw new Error('remarkGuard comes after the parser.');
  this.parser = (source, file) => {
    refuseDeepLines(source, file);
    let tree: Root;
    try {
      tree = (parse as (source: string, file: VFile) => Root)(source, file);
    } catch (thrown) {
      throw file.extname === '.mdx' ? explained(thrown, source) : thrown;
    }
    refuseDeepTree(tree, file);
    if (file.extname === '.mdx') refuseUnknownNames(tree, file);
    return tree;
  };
}
