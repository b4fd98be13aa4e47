import { createHash } from 'node:crypto';

/** The parts of a lab text that are translated: the words of its front matter, and its body. */
export interface TranslatedParts {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly learningObjectives: readonly string[];
  readonly prerequisites: readonly string[];
  /** The Markdown after the front matter. */
  readonly body: string;
}

/**
 * The hash by which a translation names its original (`original: { language: ko, hash: … }`): 16 hexadecimal digits that change with the
 * words of the original, but not with its line ends or white space around the body.
 */
export function translationHash({ title, description, learningObjectives, prerequisites, body }: TranslatedParts): string {
  const text = body.replaceAll('\r\n', '\n').trim();
  const parts = JSON.stringify([title ?? '', description ?? '', learningObjectives, prerequisites, text]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}
