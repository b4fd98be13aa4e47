import type { RehypePlugins, RemarkPlugins } from '@astrojs/markdown-remark';
import remarkCjkFriendly from 'remark-cjk-friendly';
import { remarkBlockDirectives, remarkMendDirectives } from './block-directives.ts';
import { type CalloutOptions, remarkCallouts } from './callouts.ts';
import { codeOutput } from './code-output.ts';
import { codeValues } from './code-values.ts';
import { remarkConsoleButtons } from './console-buttons.ts';
import { remarkDiagrams } from './diagrams.ts';
import { remarkFastParse } from './fast-parse.ts';
import { remarkGuard } from './guard.ts';
import { remarkHeadings } from './headings.ts';
import { type ImageOptions, remarkImages } from './images.ts';
import { remarkListNumbers } from './list-numbers.ts';
import { remarkLooseNesting } from './loose-nesting.ts';
import { rehypeTellProblems, type TellProblem } from './problem.ts';
import { rehypeSafeHtml, remarkRawHtml } from './raw-html.ts';
import { remarkSwallowedSteps } from './swallowed-steps.ts';
import { rehypeTables } from './tables.ts';
import { remarkTasks, type TaskOptions } from './tasks.ts';
import { remarkTextMends } from './text-mends.ts';
import { rehypeValues } from './values.ts';

export interface LabMarkdownOptions extends CalloutOptions, ImageOptions, TaskOptions {
  /** Where problems that do not keep a text from being a page are told, line by line. */
  readonly tell: TellProblem;
}

/** What turns lab text into a page, in the order in which it has to run. */
export function labMarkdown(options: LabMarkdownOptions) {
  return {
    remarkPlugins: [
      remarkCjkFriendly,
      remarkBlockDirectives,
      remarkFastParse,
      remarkGuard,
      remarkMendDirectives,
      remarkTextMends,
      remarkSwallowedSteps,
      remarkLooseNesting,
      remarkRawHtml,
      remarkHeadings,
      [remarkImages, options],
      [remarkCallouts, options],
      remarkConsoleButtons,
      remarkDiagrams,
      remarkListNumbers,
      [remarkTasks, options],
    ] satisfies RemarkPlugins,
    rehypePlugins: [rehypeSafeHtml, rehypeTables, rehypeValues, [rehypeTellProblems, options]] satisfies RehypePlugins,
    codePlugins: [codeValues(), codeOutput()],
  };
}
