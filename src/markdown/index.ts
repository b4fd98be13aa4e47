import type { RehypePlugins, RemarkPlugins } from '@astrojs/markdown-remark';
import { type CalloutOptions, remarkCallouts } from './callouts.ts';
import { codeDrawings } from './code-drawings.ts';
import { codeOutput } from './code-output.ts';
import { codeValues } from './code-values.ts';
import { remarkConsoleButtons } from './console-buttons.ts';
import { remarkDiagrams } from './diagrams.ts';
import { rehypeFootnotes } from './footnotes.ts';
import { remarkHeadings } from './headings.ts';
import { type ImageOptions, remarkImages } from './images.ts';
import { labSyntax } from './lab-syntax.ts';
import { remarkListNumbers } from './list-numbers.ts';
import { rehypeTellProblems, type TellProblem } from './problem.ts';
import { rehypeSafeHtml } from './raw-html.ts';
import { rehypeTables } from './tables.ts';
import { remarkTasks, type TaskOptions } from './tasks.ts';
import { rehypeValues } from './values.ts';

export interface LabMarkdownOptions extends CalloutOptions, ImageOptions, TaskOptions {
  /** Where problems that do not keep a text from being a page are told, line by line. */
  readonly tell: TellProblem;
}

/** What turns lab text into a page, in the order in which it has to run. */
export function labMarkdown(options: LabMarkdownOptions) {
  return {
    remarkPlugins: [
      ...labSyntax,
      remarkHeadings,
      [remarkImages, options],
      [remarkCallouts, options],
      remarkConsoleButtons,
      remarkDiagrams,
      remarkListNumbers,
      [remarkTasks, options],
    ] satisfies RemarkPlugins,
    rehypePlugins: [rehypeSafeHtml, rehypeFootnotes, rehypeTables, rehypeValues, [rehypeTellProblems, options]] satisfies RehypePlugins,
    codePlugins: [codeValues(), codeOutput(), codeDrawings()],
  };
}
