const insideOf = (line: string | undefined) => (line ?? '').replace(/^[ \t]*(?:>[ \t]?)*/, '').trimEnd();
const depthOf = (line: string | undefined) => /^[ \t>]*/.exec(line ?? '')?.[0].replaceAll(/[^>]/g, '').length ?? 0;

const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t\r]*$/;
const ITEM = /^([ \t>]*)(?:[-*+]|\d{1,3}[.)])[ \t]/;
const SENTENCE = /[.。!?！？:：…]["'”’`*]*$/;
const BLOCK = /^(?:#{1,6}[ \t]|\||`{3}|~{3}|-{3,}$|\*{3,}$|:::|<)/;
const MARKED = /^(?:✅|\[!|[-*+][ \t]|\d{1,3}[.)][ \t])/;

/** Whether a line is plain text that may continue in the next line. */
const isText = (line: string | undefined) => insideOf(line) !== '' && !BLOCK.test(insideOf(line));

/**
 * Whether a line is a horizontal rule directly below a sentence. Markdown would turn the sentence into a heading. A rule below a few words
 * is meant as a heading.
 */
function isDivider(lines: readonly string[], at: number): boolean {
  const [above, before] = [lines[at - 1], lines[at - 2]];
  if (!/^[ \t>]{0,6}-{3,}[ \t\r]*$/.test(lines[at] ?? '') || !isText(above) || depthOf(above) !== depthOf(lines[at])) return false;
  return SENTENCE.test(insideOf(above)) || MARKED.test(insideOf(above)) || (isText(before) && depthOf(before) === depthOf(above));
}

/** Whether a line begins a table directly below the words of a step. Markdown would read the table as more words of the step. */
function isTableUnderItem(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!line.includes('|') || !DELIMITER.test(lines[at + 1] ?? '') || /^\|/.test(insideOf(lines[at - 1]))) return false;
  let above = at - 1;
  while (above >= 0 && insideOf(lines[above]) !== '' && !ITEM.test(lines[above] ?? '')) above -= 1;
  const lead = ITEM.exec(lines[above] ?? '')?.[1];
  return lead !== undefined && (/^[ \t>]*/.exec(line)?.[0].length ?? 0) <= lead.length + 1;
}

/** Whether a line is the marker of a callout that directly follows a list, table or nested quotation in the same quotation. */
function isMarkerUnderBlock(lines: readonly string[], at: number): boolean {
  const [line, above] = [lines[at] ?? '', lines[at - 1] ?? ''];
  if (!/^[ \t]*>[ \t>]*\[!/.test(line) || depthOf(above) === 0) return false;
  return (
    depthOf(above) > depthOf(line) || /^(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\|)/.test(insideOf(above)) || /^[ \t]*(?:>[ \t]?)+ {2}/.test(above)
  );
}

/** A quick test for lines that may need an empty line above them. */
const BELOW = /^[ \t>]*(?::{3,}|-{3,}[ \t\r]*$|\[!)|\|/;

/**
 * Whether a line outside of code needs an empty line above it: its author meant it to start something new, but Markdown would read it as
 * part of what is above.
 */
export function lacksEmptyLine(lines: readonly string[], at: number): boolean {
  if (!BELOW.test(lines[at] ?? '') || insideOf(lines[at - 1]) === '') return false;
  const closesUnderTable = /^[ \t>]*:{3,}[ \t\r]*$/.test(lines[at] ?? '') && insideOf(lines[at - 1]).startsWith('|');
  return closesUnderTable || isDivider(lines, at) || isTableUnderItem(lines, at) || isMarkerUnderBlock(lines, at);
}
