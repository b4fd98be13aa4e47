import { distance } from 'fastest-levenshtein';

/** All variants of a word in which two neighbouring characters are swapped. */
const swapped = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  );

/**
 * How many slips turn one word into another: a character inserted, deleted or replaced, or two neighbours swapped.
 * @param most above this number the exact count does not matter, and any greater number may be returned.
 */
export function slips(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const edits = distance(a, b);
  // The library counts a swap as two edits. With more than two edits for each slip, the words are too different.
  if (edits < 2 || edits > 2 * most) return edits;
  const closer = swapped(a).find((other) => distance(other, b) === edits - 2);
  return closer === undefined ? edits : 1 + slips(closer, b, most - 1);
}

/**
 * Whether two similar names are different on purpose: they are short, or they differ only in a number or in a part of one letter
 * (`subnet-1`, `zone-a`, `SubnetBId`).
 */
function areSiblings(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5) return true;
  const parts = (name: string) => name.split(/[-_.]/);
  const pairs = parts(a).map((part, at) => [part, parts(b)[at] ?? ''] as const);
  const isCounter = (part: string) => /^[a-z]?\d*[a-z]?$/i.test(part);
  // Treats all numbers alike, and all single capitals inside a name.
  const bare = (part: string) => part.replace(/\d+/g, '0').replace(/(?<=[a-z].*)[A-Z](?![a-z])/g, 'A');
  const differing = pairs.filter(([one, other]) => one !== other);
  return differing.every(([one, other]) => (isCounter(one) && isCounter(other)) || bare(one) === bare(other));
}

/** The name that an author most likely meant: one of `known` that is at most `most` slips away and not different on purpose. */
export function nearest(name: string, known: readonly string[], most = 2): string | undefined {
  const near = known.map((other) => ({ other, edits: slips(name, other, most) })).filter(({ edits }) => edits > 0 && edits <= most);
  return near.sort((a, b) => a.edits - b.edits).find(({ other }) => !areSiblings(name, other))?.other;
}
