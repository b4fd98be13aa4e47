/**
 * Text of which parts may not be known. A part that is not known is this one character of Unicode's private use area,
 * so such text is joined, cut and compared like any other.
 */
export const UNKNOWN = '\u{F8FF}';

export const isKnown = (text: string) => !text.includes(UNKNOWN);

/** Whether text could be `wanted` if what is not known in it were known. Linear in both. */
export function couldBe(text: string, wanted: string): boolean {
  const [start = '', ...rest] = text.split(UNKNOWN);
  const end = rest.pop();
  if (end === undefined) return text === wanted;
  if (!wanted.startsWith(start) || !wanted.endsWith(end)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = wanted.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= wanted.length - end.length;
}

/** For people: what is not known is shown as `…`. */
export const shown = (text: string) => text.replaceAll(UNKNOWN, '…');
