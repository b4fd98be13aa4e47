import type { RemarkPlugins } from '@astrojs/markdown-remark';
import remarkCjkFriendly from 'remark-cjk-friendly';
import { remarkBlockDirectives, remarkMendDirectives } from './block-directives.ts';
import { remarkFastParse } from './fast-parse.ts';
import { remarkGuard } from './guard.ts';
import { remarkHtmlEnds } from './html-ends.ts';
import { remarkLineMends } from './line-mends.ts';
import { remarkLooseNesting } from './loose-nesting.ts';
import { remarkLostTables } from './lost-tables.ts';
import { remarkOpenBlocks } from './open-blocks.ts';
import { remarkOpenButtons } from './open-buttons.ts';
import { remarkRawHtml } from './raw-html.ts';
import { remarkSwallowedSteps } from './swallowed-steps.ts';
import { remarkTextMends } from './text-mends.ts';

/** How lab text is read, for its page and for the lint: what the language is, and after it what authors mean by what they write. */
export const labSyntax: RemarkPlugins = [
  remarkCjkFriendly,
  remarkBlockDirectives,
  remarkFastParse,
  remarkLineMends,
  remarkHtmlEnds,
  remarkGuard,
  remarkMendDirectives,
  remarkTextMends,
  remarkSwallowedSteps,
  remarkLooseNesting,
  remarkRawHtml,
  remarkLostTables,
  remarkOpenBlocks,
  remarkOpenButtons,
];
