import type { RehypePlugins, RemarkPlugins } from '@astrojs/markdown-remark';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkDirective from 'remark-directive';
import { type CalloutOptions, remarkCallouts } from './callouts.ts';
import { codeOutput } from './code-output.ts';
import { codeValues } from './code-values.ts';
import { remarkConsoleButtons } from './console-buttons.ts';
import { remarkDiagrams } from './diagrams.ts';
import { remarkKeepColons } from './directives.ts';
import { rehypeTables } from './tables.ts';
import { remarkTasks } from './tasks.ts';
import { rehypeValues } from './values.ts';

/** What turns lab text into a page, in the order in which it has to run. */
export function labMarkdown(options: CalloutOptions) {
  return {
    remarkPlugins: [
      remarkCjkFriendly,
      remarkDirective,
      remarkKeepColons,
      [remarkCallouts, options],
      remarkConsoleButtons,
      remarkDiagrams,
      remarkTasks,
    ] satisfies RemarkPlugins,
    rehypePlugins: [rehypeTables, rehypeValues] satisfies RehypePlugins,
    codePlugins: [codeValues(), codeOutput()],
  };
}
