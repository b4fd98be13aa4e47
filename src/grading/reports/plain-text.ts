import { stripVTControlCharacters } from 'node:util';

// Control characters (including line breaks), characters that change the direction of the text after them, and separators of lines and
// paragraphs.
const TREACHEROUS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Turns text from AWS, rosters and students into one line that cannot move a cursor, colour a terminal, or look different from what it
 * says. Escape sequences are removed; other control characters become a space or U+FFFD.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/[\t\r\n]+/g, ' ')
    .replace(TREACHEROUS, '\uFFFD');
}
