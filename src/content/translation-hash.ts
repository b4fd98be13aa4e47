import { createHash } from 'node:crypto';

/** What of a lab text is translated: the words of its front matter, and its body. */
export interface TranslatedParts {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly learningObjectives: readonly string[];
  readonly prerequisites: readonly string[];
  /** The Markdown after the front matter. */
  readonly body: string;
}

/**
 * What a translation writes down of its original (`original: { language: ko, hash: … }`): 16 hexadecimal digits that change with every change
 * of its words, but not with line ends or white space around the body.
 */
export function translationHash({ title, description, learningObjectives, prerequisites, body }: TranslatedParts): string {
  const text = body.replaceAll('\r\n', '\n').trim();
  const parts = JSON.stringify([title ?? '', description ?? '', learningObjectives, prerequisites, text]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}
