import { dirname, join } from 'node:path';
import type { Node } from 'mdast';
import type { LintDocument } from './document.ts';
import { endLineOf, lineOf, walk } from './outline.ts';
import type { Place } from './rule.ts';

/** A comment that silences a rule: `<!-- lint-ignore rule-id: reason -->`, in MDX and in files with other comment marks. */
export interface Silence extends Place {
  readonly rule: string;
  readonly reason: string;
  /** The file that it applies to, when that is another file. */
  readonly about?: string;
  /** The first and the last line that it applies to. */
  readonly from: number;
  readonly to: number;
}

const COMMENT = /lint-ignore[ \t]+([a-z0-9-]+)(?:[ \t]+in[ \t]+(files\/[^\s:]+))?[ \t]*(?::[ \t]*(.*?))?[ \t]*(?:-->|\*\/|$)/;

function silence(path: string, text: string, line: number, from: number, to: number): Silence[] {
  const [, rule, , reason = ''] = COMMENT.exec(text) ?? [];
  return rule === undefined ? [] : [{ path, line, rule, reason: reason.trim(), from, to }];
}

/**
 * The silencing comments of a text. A comment on its own applies to the next block, a comment in a paragraph to that paragraph, and a
 * comment in the front matter to the next line or, with `in files/…`, to that whole file. The file itself then needs no comment that
 * students would see.
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
    // One block of HTML may contain several comments, one on each line.
    for (const [at, line] of text.split('\n').entries()) {
      found.push(...silence(path, line, lineOf(node) + at, alone ? lineOf(node) : lineOf(parent), to));
    }
  });
  return [...inFrontMatter, ...found];
}

/**
 * The silencing comments of a file in the zip, `# lint-ignore rule-id: reason` or with another comment mark. A comment at the top of the
 * file applies to the whole file, any other to its own line and the next.
 */
export function silencesInFile(path: string, text: string): Silence[] {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => line.trim() !== '' && !/^\s*(#|\/\/|<!--|\/\*|\*)/.test(line));
  return lines.flatMap((line, at) => {
    if (!/(#|\/\/|<!--|\/\*)\s*lint-ignore/.test(line)) return [];
    return silence(path, line, at + 1, at + 1, at < header ? lines.length : at + 2);
  });
}
