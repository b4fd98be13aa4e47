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

/** HTML that is at its end: pictures, line breaks, closing tags, summaries. */
const ENDED = new RegExp(`^\\s*(?:(?:${VOID}|${CLOSING}|${SUMMARY})\\s*)+$`, 'i');

/** HTML that no empty line ends, and HTML whose lines mean something to it. */
const WHOLE = /^\s*<(?:[!?]|pre\b|script\b|style\b|textarea\b)/i;
const OPENING_GRID = /<(?:table|tr|td|th|ul|ol|li|pre|code)\b/gi;
const CLOSING_GRID = /<\/(?:table|tr|td|th|ul|ol|li|pre|code)\b/gi;

/** What begins a callout, heading, fence, step, list, table, bold text, container or end marker. */
const MARKDOWN = /^ {0,3}(?:>|#{1,6}[ \t]|`{3}|~{3}|\d{1,3}[.)][ \t]|[-*+][ \t]|\||\*\*|:::|✅)/;

/** HTML that stands around Markdown: its opening line, and the line of a fold that is always seen. */
const AROUND = /^\s*<(?:center|details|div|figure|p)\b[^>]*>\s*$|<\/summary\s*>\s*$/i;

/** Words with a picture, bold text, code, a button or a link of Markdown's in them. */
const MARKED = /^ {0,3}(?!<)[^\n]*(?:!\[|\*\*|`[^`]+`|\[\[|\{\{|\]\()/;

/** Whether a text could hold such a place at all; most hold none and are read once. */
const PERHAPS =
  /^[ \t>]*<(?:(?:img|br|hr|details|summary|\/)[^\n]*>[ \t\r]*\n[ \t>]*(?:[>#`~|:*✅+-]|\d)|(?:center|details|div|figure|p|summary)\b[^\n]*>[ \t\r]*\n[ \t>]*[^\s<])/im;

/** A pass finds the first such place in each piece of HTML; nobody writes as many in one. */
const PASSES = 20;

/** Whether cells, items or code are still open after these lines. */
function isInGrid(lines: readonly string[]): boolean {
  const html = lines.join('\n');
  return [...html.matchAll(OPENING_GRID)].length > [...html.matchAll(CLOSING_GRID)].length;
}

/** Index of the first line, among those of a piece of HTML, that begins something of Markdown's under HTML that is at its end. */
function firstSwallowed({ value }: Html): number | undefined {
  if (WHOLE.test(value)) return undefined;
  const lines = value.split('\n');
  const found = lines.findIndex((line, index) => {
    const above = lines[index - 1];
    return above !== undefined && ((MARKDOWN.test(line) && ENDED.test(above)) || (MARKED.test(line) && AROUND.test(above)));
  });
  return found === -1 || isInGrid(lines.slice(0, found)) ? undefined : found;
}

/** The numbers of the lines, from 1, above which an empty line is missing. */
function swallowedIn(tree: Root): number[] {
  const found: number[] = [];
  visit(tree, 'html', (node: Html) => {
    const index = firstSwallowed(node);
    if (index !== undefined && node.position !== undefined) found.push(node.position.start.line + index);
  });
  return found;
}

/**
 * unified plugin, after the parser: Markdown lets HTML go on until an empty line, so what stands right under a picture or a closing tag, be it
 * a callout or the next task, would be shown with all its marks. Where HTML is at its end, what follows is the Markdown it was meant as, and
 * its line is noted.
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
