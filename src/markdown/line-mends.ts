import type { Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { calloutOf } from './callout-kinds.ts';
import { fencesOf } from './fences.ts';
import { indentLoosely } from './loose-indents.ts';
import { asWritten, placeAsWritten, type Stretched, stretch } from './stretched.ts';

type Parse = (source: string, file: VFile) => Root;

/** `::: tip Words`, `:::note Words`, `:::note [Words]`: how other tools write what is `:::note[Words]` here. */
const CONTAINER = /^([ \t>]*:{3,})([ \t]*)([A-Za-z][\w-]*)(.*)$/;

/** Words as the label of a directive, whose brackets must be in pairs. */
function label(words: string): string {
  if (words === '') return '';
  const whole = /^\[(.*)\]$/.exec(words)?.[1] ?? words.replace(/^(?:[:：][ \t]*|\[(?=[^[\]]*$))/, '');
  let depth = 0;
  const isPaired = [...whole].every((mark) => {
    depth += mark === '[' ? 1 : mark === ']' ? -1 : 0;
    return depth >= 0;
  });
  return `[${isPaired && depth === 0 ? whole : whole.replaceAll(/[[\]]/g, '\\$&')}]`;
}

function container(line: string): string {
  const [, open = '', gap = '', name = '', rest = ''] = CONTAINER.exec(line.trimEnd()) ?? [];
  if (open === '' || calloutOf(name) === undefined) return line;
  const [, attributes = '', words = ''] = /^[ \t]*(\{[^{}]*\})?[ \t]*(.*)$/.exec(rest) ?? [];
  if (gap === '' && (rest === '' || (words === '' && attributes === rest) || /^\[.*\](?:\{[^{}]*\})?$/.test(rest))) return line;
  return `${open}${name}${label(words)}${attributes}`;
}

/** What a Korean or Japanese keyboard and its user put where Markdown wants `[!NOTE]` and one blank. */
const REWRITES: readonly (readonly [found: RegExp, meant: string])[] = [
  [/^[\u200b\ufeff]+(?=[ \t]*(?:[>#|:-]|\d{1,3}[.)]))/, ''],
  [/^([ \t>]*(?:#{1,6}|\d{1,3}[.)]|[-*+]|>))[\u00a0\u3000\u200b]+(?=\S)/, '$1 '],
  [/^(#{2,6})(?=[\p{L}\p{N}\p{Extended_Pictographic}])/u, '$1 '],
  [/^([ \t>]*\d{1,2}[.)])(?=[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])/u, '$1 '],
  [/^([ \t]*>[ \t>]*)(?:［[ \t]*[!！]|\[(?:[ \t]+!|[ \t]*！))[ \t]*(\p{L}+)[ \t]*[\]］]/u, '$1[!$2]'],
  // `[!NOTE]: words` would define where every `[!NOTE]` of the text leads to.
  [/^([ \t]*>[ \t>]*\[![ \t]*\p{L}+[ \t]*\]):/u, '$1 '],
  // The closing stars would be read as part of the address.
  [/(\*{1,2})(https?:\/\/[^\s*<>`]+)\1(?=\p{L})/gu, '$1<$2>$1'],
];

function rewritten(line: string): string {
  if (line.includes(':::')) return container(line);
  return REWRITES.reduce((done, [found, meant]) => done.replace(found, meant), line);
}

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

function lacksEmptyLine(lines: readonly string[], at: number): boolean {
  if (insideOf(lines[at - 1]) === '') return false;
  const closesUnderTable = /^[ \t>]*:{3,}[ \t\r]*$/.test(lines[at] ?? '') && insideOf(lines[at - 1]).startsWith('|');
  return closesUnderTable || isDivider(lines, at) || isTableUnderItem(lines, at) || isMarkerUnderBlock(lines, at);
}

/** The text as its author meant it, outside of code. */
export function mendLines(source: readonly string[]): Stretched {
  const text = indentLoosely(asWritten(source));
  const isCode = text.lines.map(() => false);
  for (const { from, to = isCode.length } of fencesOf(text.lines)) isCode.fill(true, from, to + 1);
  const lines = text.lines.map((line, at) => (isCode[at] ? line : rewritten(line)));
  const above = lines.flatMap((_, at) => (at > 0 && !isCode[at] && lacksEmptyLine(lines, at) ? [at + 1] : []));
  const isSame = text.lines === source && above.length === 0 && lines.every((line, at) => line === source[at]);
  return isSame ? text : stretch({ ...text, lines }, above);
}

/**
 * unified plugin, after the parser: mends, line by line and before the text is read, what authors write for a mark of Markdown's that it does
 * not take for one. Nodes say where they stand in the text as written; inside a mended line, to within a few characters.
 */
export function remarkLineMends(this: Processor): void {
  const parse = this.parser as Parse | undefined;
  if (parse === undefined) throw new Error('remarkLineMends comes after the parser.');
  this.parser = (source, file) => {
    const lines = source.split('\n');
    const text = mendLines(lines);
    if (text.lines === lines) return parse(source, file);
    const tree = parse(text.lines.join('\n'), file);
    placeAsWritten(tree, text, lines);
    return tree;
  };
}
