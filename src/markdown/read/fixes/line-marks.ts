import { calloutOf } from '../structure/callout-kinds.ts';

/** How other tools write what is `:::note[Words]` here: `::: tip Words`, `:::note Words`, `:::note [Words]`. */
const CONTAINER = /^([ \t>]*:{3,})([ \t]*)([A-Za-z][\w-]*)(.*)$/;

/** The label of a directive. Brackets inside it must be balanced. */
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

/**
 * What people type with a Korean or Japanese keyboard, and the Markdown they mean: full-width characters, wrong spaces, missing brackets.
 */
const REWRITES: readonly (readonly [found: RegExp, meant: string])[] = [
  [/^[\u200b\ufeff]+(?=[ \t]*(?:[>#|:-]|\d{1,3}[.)]))/, ''],
  [/^([ \t>]*(?:#{1,6}|\d{1,3}[.)]|[-*+]|>))[\u00a0\u3000\u200b]+(?=\S)/, '$1 '],
  [/^(#{2,6})(?=[\p{L}\p{N}\p{Extended_Pictographic}])/u, '$1 '],
  [/^([ \t>]*\d{1,2}[.)])(?=[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])/u, '$1 '],
  [/^([ \t]*>[ \t>]*)(?:［[ \t]*[!！]|\[(?:[ \t]+!|[ \t]*！))[ \t]*(\p{L}+)[ \t]*[\]］]/u, '$1[!$2]'],
  [/^([ \t]*>[ \t>]*\[![ \t]*\p{L}+)[ \t\r]*$/u, '$1]'],
  // To Markdown, `[!NOTE]: words` is a link definition, and every `[!NOTE]` of the text would become that link.
  [/^([ \t]*>[ \t>]*\[![ \t]*\p{L}+[ \t]*\]):/u, '$1 '],
  // Without the angle brackets, the closing stars would become part of the address.
  [/(\*{1,2})(https?:\/\/[^\s*<>`]+)\1(?=\p{L})/gu, '$1<$2>$1'],
];

/** A quick test whether any of the rewrites can apply. For nearly all lines none can. */
const PERHAPS = /[\u00a0\u200b\u3000\ufeff！［]|^#{2,6}[^ \t#]|^[ \t>]*\d{1,2}[.)][^ \t\d]|\[[ \t]+!|\[![^\]]*$|\]:|\*https?:/;

/**
 * A line outside of code as its author meant it: nearly correct Markdown is corrected, and boxes in the syntax of other tools are
 * translated.
 */
export function rewritten(line: string): string {
  if (line.includes(':::')) return container(line);
  if (!PERHAPS.test(line)) return line;
  return REWRITES.reduce((done, [found, meant]) => done.replace(found, meant), line);
}
