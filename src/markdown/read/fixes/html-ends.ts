import type { Html, Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { problem } from '../problem.ts';
import { visit } from '../visit.ts';
import { placeAsWritten, stretch, unstretched } from './stretched.ts';

type Parse = (source: string, file: VFile) => Root;

const VOID = String.raw`<(?:img|br|hr)\b(?:"[^"]*"|'[^']*'|[^"'>])*>`;
const CLOSING = String.raw`</(?:a|center|details|div|figure|p|span|table)\s*>`;
const SUMMARY = String.raw`<summary\b[^>]*>[^\n]*</summary\s*>`;

/** A line of HTML that is complete: pictures, line breaks, closing tags, summaries. */
const ENDED = new RegExp(`^\\s*(?:(?:${VOID}|${CLOSING}|${SUMMARY})\\s*)+$`, 'i');

/** HTML that goes on after an empty line, and HTML in which line breaks have a meaning. */
const WHOLE = /^\s*<(?:[!?]|pre\b|script\b|style\b|textarea\b)/i;
const OPENING_GRID = /<(?:table|tr|td|th|ul|ol|li|pre|code)\b/gi;
const CLOSING_GRID = /<\/(?:table|tr|td|th|ul|ol|li|pre|code)\b/gi;

/** The start of a callout, heading, fence, step, list, table, bold text, container or end marker. */
const MARKDOWN = /^ {0,3}(?:>|#{1,6}[ \t]|`{3}|~{3}|\d{1,3}[.)][ \t]|[-*+][ \t]|\||\*\*|:::|✅)/;

/** HTML that wraps Markdown: an opening tag on its own line, or the summary of a fold. */
const AROUND = /^\s*<(?:center|details|div|figure|p)\b[^>]*>\s*$|<\/summary\s*>\s*$/i;

/** A line of words with Markdown in it: a picture, bold text, code, a button or a link. */
const MARKED = /^ {0,3}(?!<)[^\n]*(?:!\[|\*\*|`[^`]+`|\[\[|\{\{|\]\()/;

/** Whether a text can contain such a place at all. Most texts cannot, and are parsed only once. */
const PERHAPS =
  /^[ \t>]*<(?:(?:img|br|hr|details|summary|\/)[^\n]*>[ \t\r]*\n[ \t>]*(?:[>#`~|:*✅+-]|\d)|(?:center|details|div|figure|p|summary)\b[^\n]*>[ \t\r]*\n[ \t>]*[^\s<])/im;

/** Each pass finds one such place in every piece of HTML. No author writes this many in one piece. */
const PASSES = 20;

/** Whether table cells, list items or code are still open after these lines. */
function isInGrid(lines: readonly string[]): boolean {
  const html = lines.join('\n');
  return [...html.matchAll(OPENING_GRID)].length > [...html.matchAll(CLOSING_GRID)].length;
}

/** Index of the first line of a piece of HTML that is really Markdown: it follows a line of HTML that is complete. */
function firstSwallowed({ value }: Html): number | undefined {
  if (WHOLE.test(value)) return undefined;
  const lines = value.split('\n');
  const found = lines.findIndex((line, index) => {
    const above = lines[index - 1];
    return above !== undefined && ((MARKDOWN.test(line) && ENDED.test(above)) || (MARKED.test(line) && AROUND.test(above)));
  });
  return found === -1 || isInGrid(lines.slice(0, found)) ? undefined : found;
}

/** The line numbers, from 1, that need an empty line above them. */
function swallowedIn(tree: Root): number[] {
  const found: number[] = [];
  visit(tree, 'html', (node: Html) => {
    const index = firstSwallowed(node);
    if (index !== undefined && node.position !== undefined) found.push(node.position.start.line + index);
  });
  return found;
}

/**
 * unified plugin that runs after the parser. In Markdown, HTML continues until the next empty line, so a callout or a task directly below a
 * picture or a closing tag would be shown as raw text. This plugin ends the HTML where it is complete, parses what follows as Markdown, and
 * reports the line.
 */
export function remarkHtmlEnds(this: Processor): void {
  const parse = this.parser as Parse | undefined;
  if (parse === undefined) throw new Error('remarkHtmlEnds comes after the parser.');
  this.parser = (source, file) => {
    let tree = parse(source, file);
    if (!PERHAPS.test(source)) return tree;
    const lines = source.split('\n');
    let text = unstretched(lines);
    for (let pass = 0; pass < PASSES; pass += 1) {
      const above = swallowedIn(tree);
      if (above.length === 0) break;
      for (const line of above) {
        const start = { line: text.written[line - 1] ?? 1, column: 1 };
        problem(file, 'html-ends', 'Markdown reads this line as part of the HTML above it; put an empty line before it.', {
          type: 'html',
          position: { start, end: start },
        });
      }
      text = stretch(text, above);
      tree = parse(text.lines.join('\n'), file);
    }
    if (text.lines.length > lines.length) placeAsWritten(tree, text, lines);
    return tree;
  };
}
