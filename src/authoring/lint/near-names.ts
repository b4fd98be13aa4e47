import { distance } from 'fastest-levenshtein';

/** The word with each two neighbouring characters swapped. */
const swapped = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  );

/**
 * How many slips turn one word into another: insert, delete or replace a character, or swap two neighbours.
 * @param most words that are further apart are not compared to the end; the answer is then any greater number.
 */
export function slips(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const edits = distance(a, b);
  // A swap is two edits to the library, so a word that needs more than two for each slip is too far away.
  if (edits < 2 || edits > 2 * most) return edits;
  const closer = swapped(a).find((other) => distance(other, b) === edits - 2);
  return closer === undefined ? edits : 1 + slips(closer, b, most - 1);
}

/** Two names that are meant to be two: they differ in a number, in a part or hump of one letter (`subnet-1`, `zone-a`, `SubnetBId`), or are short. */
function areSiblings(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5) return true;
  const parts = (name: string) => name.split(/[-_.]/);
  const pairs = parts(a).map((part, at) => [part, parts(b)[at] ?? ''] as const);
  const isCounter = (part: string) => /^[a-z]?\d*[a-z]?$/i.test(part);
  // Numbers are alike, and in humps so are capitals that begin no word.
  const bare = (part: string) => part.replace(/\d+/g, '0').replace(/(?<=[a-z].*)[A-Z](?![a-z])/g, 'A');
  const differing = pairs.filter(([one, other]) => one !== other);
  return differing.every(([one, other]) => (isCounter(one) && isCounter(other)) || bare(one) === bare(other));
}

/** The name an author most likely meant, when one of `known` is at most so many edits away and not a sibling. */
export function nearest(name: string, known: readonly string[], most = 2): string | undefined {
  const near = known.map((other) => ({ other, edits: slips(name, other, most) })).filter(({ edits }) => edits > 0 && edits <= most);
  return near.sort((a, b) => a.edits - b.edits).find(({ other }) => !areSiblings(name, other))?.other;
}
