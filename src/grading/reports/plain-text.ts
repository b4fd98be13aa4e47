import { stripVTControlCharacters } from 'node:util';

// Controls (line breaks too), characters that turn the direction of the text after them, and separators of lines and paragraphs.
const TREACHEROUS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Text from AWS, rosters and students as one line that cannot move a cursor, colour a terminal, or show itself in another order than it is read.
 * Escape sequences vanish, other control characters become a space or U+FFFD.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/[\t\r\n]+/g, ' ')
    .replace(TREACHEROUS, '\uFFFD');
}
