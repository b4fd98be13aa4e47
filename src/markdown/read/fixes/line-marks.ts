import { calloutOf } from '../structure/callout-kinds.ts';

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
  [/^([ \t]*>[ \t>]*\[![ \t]*\p{L}+)[ \t\r]*$/u, '$1]'],
  // `[!NOTE]: words` would define where every `[!NOTE]` of the text leads to.
  [/^([ \t]*>[ \t>]*\[![ \t]*\p{L}+[ \t]*\]):/u, '$1 '],
  // The closing stars would be read as part of the address.
  [/(\*{1,2})(https?:\/\/[^\s*<>`]+)\1(?=\p{L})/gu, '$1<$2>$1'],
];

/** Whether a line could be one of those; nearly none is. */
const PERHAPS = /[\u00a0\u200b\u3000\ufeff！［]|^#{2,6}[^ \t#]|^[ \t>]*\d{1,2}[.)][^ \t\d]|\[[ \t]+!|\[![^\]]*$|\]:|\*https?:/;

/** A line outside of code as its author meant it: the marks of Markdown that it misses by a hair, and boxes written as other tools have them. */
export function rewritten(line: string): string {
  if (line.includes(':::')) return container(line);
  if (!PERHAPS.test(line)) return line;
  return REWRITES.reduce((done, [found, meant]) => done.replace(found, meant), line);
}
