const insideOf = (line: string | undefined) => (line ?? '').replace(/^[ \t]*(?:>[ \t]?)*/, '').trimEnd();
const depthOf = (line: string | undefined) => /^[ \t>]*/.exec(line ?? '')?.[0].replaceAll(/[^>]/g, '').length ?? 0;

const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t\r]*$/;
const ITEM = /^([ \t>]*)(?:[-*+]|\d{1,3}[.)])[ \t]/;
const SENTENCE = /[.。!?！？:：…]["'”’`*]*$/;
const BLOCK = /^(?:#{1,6}[ \t]|\||`{3}|~{3}|-{3,}$|\*{3,}$|:::|<)/;
const MARKED = /^(?:✅|\[!|[-*+][ \t]|\d{1,3}[.)][ \t])/;

/** Whether a line is text that goes on in the next one. */
const isText = (line: string | undefined) => insideOf(line) !== '' && !BLOCK.test(insideOf(line));

/** A line across the page right under a sentence, which Markdown takes for a heading; one under a few words of its own is one. */
function isDivider(lines: readonly string[], at: number): boolean {
  const [above, before] = [lines[at - 1], lines[at - 2]];
  if (!/^[ \t>]{0,6}-{3,}[ \t\r]*$/.test(lines[at] ?? '') || !isText(above) || depthOf(above) !== depthOf(lines[at])) return false;
  return SENTENCE.test(insideOf(above)) || MARKED.test(insideOf(above)) || (isText(before) && depthOf(before) === depthOf(above));
}

/** A table at the left edge right under the words of a step, which Markdown takes for more of them. */
function isTableUnderItem(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!line.includes('|') || !DELIMITER.test(lines[at + 1] ?? '') || /^\|/.test(insideOf(lines[at - 1]))) return false;
  let above = at - 1;
  while (above >= 0 && insideOf(lines[above]) !== '' && !ITEM.test(lines[above] ?? '')) above -= 1;
  const lead = ITEM.exec(lines[above] ?? '')?.[1];
  return lead !== undefined && (/^[ \t>]*/.exec(line)?.[0].length ?? 0) <= lead.length + 1;
}

/** The marker of a callout right under a list, table or deeper quotation of the same quotation. */
function isMarkerUnderBlock(lines: readonly string[], at: number): boolean {
  const [line, above] = [lines[at] ?? '', lines[at - 1] ?? ''];
  if (!/^[ \t]*>[ \t>]*\[!/.test(line) || depthOf(above) === 0) return false;
  return (
    depthOf(above) > depthOf(line) || /^(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\|)/.test(insideOf(above)) || /^[ \t]*(?:>[ \t]?)+ {2}/.test(above)
  );
}

/** What a line begins with, or holds, that may lack an empty line above it. */
const BELOW = /^[ \t>]*(?::{3,}|-{3,}[ \t\r]*$|\[!)|\|/;

/** Whether Markdown would take a line outside of code for part of what stands above it, which its author ended there. */
export function lacksEmptyLine(lines: readonly string[], at: number): boolean {
  if (!BELOW.test(lines[at] ?? '') || insideOf(lines[at - 1]) === '') return false;
  const closesUnderTable = /^[ \t>]*:{3,}[ \t\r]*$/.test(lines[at] ?? '') && insideOf(lines[at - 1]).startsWith('|');
  return closesUnderTable || isDivider(lines, at) || isTableUnderItem(lines, at) || isMarkerUnderBlock(lines, at);
}
