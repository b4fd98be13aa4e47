/// <reference types="remark-mdx" />
import type { Nodes, Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { visit } from '../visit.ts';

/** The deepest nesting of quotations and lists. Authors use four or five levels. */
const DEEPEST_CONTAINER = 50;

/** The deepest nesting of nodes in the tree. */
const DEEPEST_NODE = 150;

/** The marks of quotations and lists at the start of a line. Each one opens a level. */
const MARKS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;

/** A horizontal rule such as `- - - -` or `* * *`. */
const RULE = /^[ \t]*([-*_])(?:[ \t]*\1)+[ \t]*$/;

/** A line that opens or closes a container. */
const CONTAINER = /^[ \t>]*:{3,}(?:[A-Za-z]|[ \t]*$)/;

function refuseDeepLines(source: string, file: VFile): void {
  let containers = 0;
  for (const [index, line] of source.split('\n').entries()) {
    if (line.includes(':::') && CONTAINER.test(line)) {
      containers = /[A-Za-z]/.test(line) ? containers + 1 : Math.max(0, containers - 1);
      const reason = `More than ${DEEPEST_CONTAINER} boxes ":::" are open here; close each with a line ":::".`;
      if (containers > DEEPEST_CONTAINER) file.fail(reason, { line: index + 1, column: 1 });
    }
    // Most lines are too short to nest that deep.
    if (line.length <= DEEPEST_CONTAINER) continue;
    const marks = MARKS.exec(line)?.[0].match(/[>*+-]|\d+[.)]/g)?.length ?? 0;
    if (marks <= DEEPEST_CONTAINER || RULE.test(line)) continue;
    const reason = `This line opens ${marks} nested quotations and lists; a page allows ${DEEPEST_CONTAINER}.`;
    file.fail(reason, { line: index + 1, column: 1 });
  }
}

function refuseDeepTree(tree: Root, file: VFile): void {
  const open: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (depth > DEEPEST_NODE) file.fail(`The text is nested more than ${DEEPEST_NODE} levels deep here; use fewer levels.`, node);
    if ('children' in node) for (const child of node.children) open.push({ node: child, depth: depth + 1 });
  }
}

/** What the author probably meant by the line that MDX cannot read. */
function explain(line: string): string {
  const braces = /\{\{\s*([^{}]+?)\s*\}\}/.exec(line)?.[1];
  if (braces !== undefined) return `in .mdx, write a console button as [[${braces}]], because braces are a program`;
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

/** The name in an expression such as `{json}` or `{account-id}`, which may be meant as text. */
const NAME = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)(?:[.-][\p{L}\p{N}_$]+)*\s*$/u;

const KNOWN = ['props', 'frontmatter', 'true', 'false', 'null', 'undefined'];

/** Refuses a name in braces that the `.mdx` does not declare. MDX would only fail when the page is built, and without a line. */
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
  const fix = 'write it as code between backticks, or with \\{, or rename the file to .md.';
  file.fail(`MDX reads {${unknown.written}} as the name of a value that does not exist; ${fix}`, unknown.node);
}

/**
 * unified plugin around the parser. A text that is nested too deep for a page is refused with its line, before it costs time or overflows
 * the stack. What MDX cannot read is explained in words that help an author.
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
