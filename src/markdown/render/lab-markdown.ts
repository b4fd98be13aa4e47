import type { RehypePlugins, RemarkPlugins } from '@astrojs/markdown-remark';
import { labSyntax } from '../read/lab-syntax.ts';
import { rehypeTellProblems, type TellProblem } from '../read/problem.ts';
import { remarkHeadings } from '../read/structure/headings.ts';
import { remarkListNumbers } from '../read/structure/list-numbers.ts';
import { type CalloutOptions, remarkCallouts } from './callouts/callouts.ts';
import { codeDrawings } from './code/code-drawings.ts';
import { codeOutput } from './code/code-output.ts';
import { codeValues } from './code/code-values.ts';
import { remarkConsoleButtons } from './console-buttons.ts';
import { remarkDiagrams } from './diagrams.ts';
import { rehypeFootnotes } from './footnotes.ts';
import { type ImageOptions, remarkImages } from './images.ts';
import { rehypeSafeHtml } from './safe-html.ts';
import { rehypeTables } from './tables.ts';
import { remarkTasks, type TaskOptions } from './tasks.ts';
import { rehypeValues } from './values.ts';

export interface LabMarkdownOptions extends CalloutOptions, ImageOptions, TaskOptions {
  /** Prints problems that do not prevent the page, one line each. */
  readonly tell: TellProblem;
}

/** All plugins that turn lab text into a page, in their order. */
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
