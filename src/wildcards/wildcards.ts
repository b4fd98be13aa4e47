// How AWS writes patterns, in policies and filters: `*` and `?`, and nothing else.

/** Any run of characters, also none. */
export const ANY = Symbol('*');
/** Exactly one character. */
const ONE = Symbol('?');

export type Piece = string | typeof ANY | typeof ONE;

/** A pattern in pieces of one character. */
export type Pattern = readonly Piece[];

/** `*` and `?` stand for characters; everything else for itself. */
export function patternOf(text: string): Pattern {
  return Array.from(text, (character): Piece => (character === '*' ? ANY : character === '?' ? ONE : character));
}

/**
 * Whether the whole text fits the pattern. Only the last `*` is ever reconsidered, so the work is at most
 * pattern length times text length, whatever the pattern.
 */
export function fits(pattern: Pattern, text: string): boolean {
  const characters = Array.from(text);
  let at = 0;
  let next = 0;
  let star = -1;
  let starTook = 0;
  while (at < characters.length) {
    const piece = pattern[next];
    if (piece === ANY) {
      star = next++;
      starTook = at;
    } else if (piece !== undefined && (piece === ONE || piece === characters[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++starTook;
    } else return false;
  }
  while (pattern[next] === ANY) next++;
  return next === pattern.length;
}

/** Whether the whole text fits a pattern as it is written. */
export const matches = (pattern: string, text: string): boolean => fits(patternOf(pattern), text);
