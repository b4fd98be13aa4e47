import remarkCjkFriendly from 'remark-cjk-friendly';
import { remarkHtmlEnds } from './fixes/html-ends.ts';
import { remarkLineFixes } from './fixes/line-fixes.ts';
import { remarkLooseNesting } from './fixes/loose-nesting.ts';
import { remarkLostTables } from './fixes/lost-tables.ts';
import { remarkOpenBlocks } from './fixes/open-blocks.ts';
import { remarkOpenButtons } from './fixes/open-buttons.ts';
import { remarkRawHtml } from './fixes/raw-html.ts';
import { remarkSwallowedSteps } from './fixes/swallowed-steps.ts';
import { remarkTextFixes } from './fixes/text-fixes.ts';
import { remarkBlockDirectives, remarkFixDirectives } from './parse/block-directives.ts';
import { remarkFastParse } from './parse/fast-parse.ts';
import { remarkGuard } from './parse/guard.ts';

/** The plugins that read a lab text, for its page and for the lint: first the syntax, then fixes for common mistakes of authors. */
export const labSyntax = [
  remarkCjkFriendly,
  remarkBlockDirectives,
  remarkFastParse,
  remarkLineFixes,
  remarkHtmlEnds,
  remarkGuard,
  remarkFixDirectives,
  remarkTextFixes,
  remarkSwallowedSteps,
  remarkLooseNesting,
  remarkRawHtml,
  remarkLostTables,
  remarkOpenBlocks,
  remarkOpenButtons,
];
