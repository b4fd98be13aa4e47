/**
 * Text of which parts may not be known. A part that is not known is this one character of Unicode's private use area,
 * so such text is joined, cut and compared like any other.
 */
export const UNKNOWN = '\u{F8FF}';

export const isKnown = (text: string) => !text.includes(UNKNOWN);

const MOST_GAPS = 6;

/** Whether text could be `wanted` if what is not known in it were known. */
export function couldBe(text: string, wanted: string): boolean {
  const gaps = text.split(UNKNOWN);
  // Each gap multiplies the ways to compare; text with this many could be anything.
  if (gaps.length > MOST_GAPS) return true;
  const parts = gaps.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(wanted);
}

/** For people: what is not known is shown as `…`. */
export const shown = (text: string) => text.replaceAll(UNKNOWN, '…');
