import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { isLanguage, LANGUAGES, type Language } from '../../i18n/languages.ts';
import { type FrontMatter, readFrontMatter } from '../front-matter.ts';

/** A lab text with its tree; positions are those of the file. */
export interface LintDocument {
  /** Absolute path. */
  readonly path: string;
  readonly language: Language;
  /** The whole file. */
  readonly source: string;
  readonly frontMatter: FrontMatter;
  /** Empty when the text cannot be parsed. */
  readonly tree: Root;
  /** Why the text cannot be parsed; only MDX can fail. */
  readonly syntaxError?: { readonly line: number; readonly reason: string };
}

/** The language a file's name gives a text: `ko.md`, `week9.ko.md`; `undefined` for any other Markdown file. */
export function languageOf(path: string): Language | undefined {
  const language = /(?:^|\.)([a-z]{2})\.mdx?$/.exec(basename(path))?.[1];
  return isLanguage(language) ? language : undefined;
}

/** Reads and parses a lab text the way the page does, before anything of it is changed. */
export function readDocument(path: string): LintDocument {
  const source = readFileSync(path, 'utf8');
  const frontMatter = readFrontMatter(source);
  // As many lines as the front matter had, so that a position in the tree is one in the file.
  const text = '\n'.repeat(frontMatter.bodyLine) + frontMatter.body;
  const parser = unified().use(remarkParse).use(remarkGfm).use(remarkCjkFriendly).use(remarkDirective);
  const document = { path, language: languageOf(path) ?? LANGUAGES[0], source, frontMatter };
  try {
    return { ...document, tree: (path.endsWith('.mdx') ? parser.use(remarkMdx) : parser).parse(text) };
  } catch (thrown) {
    const { line, reason } = thrown as { readonly line?: number; readonly reason?: unknown };
    if (typeof reason !== 'string') throw thrown;
    return { ...document, tree: { type: 'root', children: [] }, syntaxError: { line: line ?? 1, reason } };
  }
}
