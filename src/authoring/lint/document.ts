import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type PluggableList, unified } from 'unified';
import { VFile } from 'vfile';
import { isLanguage, LANGUAGES, type Language } from '../../i18n/languages.ts';
import { type FrontMatter, readFrontMatter } from '../../markdown/read/front-matter.ts';
import { labSyntax } from '../../markdown/read/lab-syntax.ts';
import { type Problem, problemsOf } from '../../markdown/read/problem.ts';
import { outline } from '../../markdown/read/structure/headings.ts';

/** A lab text with its tree. Positions in the tree are positions in the file. */
export interface LintDocument {
  /** Absolute path. */
  readonly path: string;
  readonly language: Language;
  /** The whole file. */
  readonly source: string;
  readonly frontMatter: FrontMatter;
  /** Empty when the text cannot be read. */
  readonly tree: Root;
  /** What the page had to fix or leave out. */
  readonly problems: readonly Problem[];
  /** Why the text cannot be read: invalid MDX, or a text that is nested too deep. */
  readonly syntaxError?: { readonly line: number; readonly reason: string };
}

/** The language in the name of a file: `ko.md`, `week9.ko.md`; `undefined` for any other Markdown file. */
export function languageOf(path: string): Language | undefined {
  const language = /(?:^|\.)([a-z]{2})\.mdx?$/.exec(basename(path))?.[1];
  return isLanguage(language) ? language : undefined;
}

const markdown = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(labSyntax as PluggableList)
  .freeze();
const mdx = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMdx)
  .use(labSyntax as PluggableList)
  .freeze();

/** Parses a lab text the way its page does, without turning it into callouts, buttons and tasks. */
export function readDocument(path: string): LintDocument {
  const source = readFileSync(path, 'utf8');
  const frontMatter = readFrontMatter(source);
  // Empty lines replace the front matter, so that positions in the tree are positions in the file.
  const file = new VFile({ path, value: '\n'.repeat(frontMatter.bodyLine) + frontMatter.body });
  const document = { path, language: languageOf(path) ?? LANGUAGES[0], source, frontMatter };
  const parser = path.endsWith('.mdx') ? mdx : markdown;
  try {
    const tree = parser.runSync(parser.parse(file), file) as Root;
    outline(tree, frontMatter.data['title']);
    return { ...document, tree, problems: problemsOf(file) };
  } catch (thrown) {
    const { line, reason } = thrown as { readonly line?: number; readonly reason?: unknown };
    if (typeof reason !== 'string') throw thrown;
    return { ...document, tree: { type: 'root', children: [] }, problems: [], syntaxError: { line: line ?? 1, reason } };
  }
}
