import { LANGUAGES, type Language } from './languages.ts';

/** Name of the cookie that remembers the language a visitor chose. */
export const LANGUAGE_COOKIE = 'labproof-language';

interface Range {
  readonly primary: string;
  readonly quality: number;
}

/** One language range of `Accept-Language`: its primary subtag and its weight (1 when absent, 0 when malformed). RFC 9110, 12.5.4. */
function parseRange(text: string): Range {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { primary: tag.toLowerCase().split('-')[0] ?? '', quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/**
 * The interface language for an `Accept-Language` header: the range with the highest weight that we have, the earlier one when weights are
 * equal, and the first of {@link LANGUAGES} when we have none.
 */
export function negotiateLanguage(header: string | null | undefined): Language {
  const ranges = (header ?? '')
    .split(',')
    .map(parseRange)
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of ranges) {
    const spoken = LANGUAGES.find((language) => language === primary);
    if (spoken !== undefined) return spoken;
    if (primary === '*') return LANGUAGES[0];
  }
  return LANGUAGES[0];
}
