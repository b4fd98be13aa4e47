import { dirname, join } from 'node:path';
import type { Node } from 'mdast';
import type { LintDocument } from './document.ts';
import { endLineOf, lineOf, walk } from './outline.ts';
import type { Place } from './rule.ts';

/** A comment that silences a rule: `<!-- lint-ignore rule-id: reason -->`, in MDX and in files also with other comment marks. */
export interface Silence extends Place {
  readonly rule: string;
  readonly reason: string;
  /** The file it holds for, when that is another one. */
  readonly about?: string;
  /** The lines it holds for, both included. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /lint-ignore[ \t]+([a-z0-9-]+)(?:[ \t]+in[ \t]+(files\/[^\s:]+))?[ \t]*(?::[ \t]*(.*?))?[ \t]*(?:-->|\*\/|$)/;

function silence(path: string, text: string, line: number, from: number, to: number): Silence[] {
  const [, rule, , reason = ''] = COMMENT.exec(text) ?? [];
  return rule === undefined ? [] : [{ path, line, rule, reason: reason.trim(), from, to }];
}

/**
 * Comments in a text. One that stands alone holds for the next block, one inside a paragraph for that paragraph, one in the front matter for the next line,
 * or with `in files/…` for that whole file, which then need not carry the comment to the students.
 */
export function silencesOf(document: LintDocument): Silence[] {
  const { path, source, frontMatter, tree } = document;
  const inFrontMatter = source
    .split('\n')
    .slice(0, frontMatter.bodyLine)
    .flatMap((text, at) => (/(^|\s)#.*lint-ignore/.test(text) ? silence(path, text, at + 1, at + 1, at + 2) : []))
    .map((found): Silence => {
      const file = COMMENT.exec(source.split('\n')[found.line - 1] ?? '')?.[2];
      return file === undefined ? found : { ...found, about: join(dirname(path), file), from: 1, to: Number.POSITIVE_INFINITY };
    });
  const found: Silence[] = [];
  walk(tree, (node: Node, ancestors) => {
    const text = { html: true, mdxFlowExpression: true, mdxTextExpression: true }[node.type] && 'value' in node ? String(node.value) : '';
    if (!text.includes('lint-ignore')) return;
    const parent = ancestors.at(-1);
    const siblings: readonly Node[] = parent?.children ?? [];
    const next = siblings[siblings.indexOf(node) + 1];
    const alone = parent?.type !== 'paragraph';
    const to = alone ? (next ? endLineOf(next) : endLineOf(node)) : endLineOf(parent);
    // One HTML block may hold several comments, one to a line.
    for (const [at, line] of text.split('\n').entries()) {
      found.push(...silence(path, line, lineOf(node) + at, alone ? lineOf(node) : lineOf(parent), to));
    }
  });
  return [...inFrontMatter, ...found];
}

/** Comments in a file of the zip, `# lint-ignore rule-id: reason` or with another comment mark: in the comments a file begins with for the whole file, elsewhere for its own line and the next. */
export function silencesInFile(path: string, text: string): Silence[] {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => line.trim() !== '' && !/^\s*(#|\/\/|<!--|\/\*|\*)/.test(line));
  return lines.flatMap((line, at) => {
    if (!/(#|\/\/|<!--|\/\*)\s*lint-ignore/.test(line)) return [];
    return silence(path, line, at + 1, at + 1, at < header ? lines.length : at + 2);
  });
}
