import type { Language } from '../../../i18n/languages.ts';

// Particles that follow a Korean noun directly, longest first.
const KOREAN_PARTICLES =
  /(?<=[\p{L}\p{N}]{2})(?:에서는|에게서|으로는|으로써|에서|으로|에는|까지|부터|처럼|보다|에게|이나|이란|하고|을|를|이|가|은|는|에|의|로|와|과|도|만|나|란)$/u;
const HIRAGANA = /^\p{Script=Hiragana}{1,2}$/u;

function japaneseWords(word: string): string[] {
  const parts = [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(word)].filter(({ isWordLike }) => isWordLike === true);
  // Words that are joined in the query must be joined in the text, except for particles between them.
  const runs = [''];
  for (const { segment } of parts) {
    if (HIRAGANA.test(segment)) runs.push('');
    else runs.push(`${runs.pop() ?? ''}${segment}`);
  }
  const words = runs.filter((run) => run !== '');
  return words.length > 0 ? words : [word];
}

/**
 * The words to search for: the words of a query in lower case, without Korean and Japanese particles at their end, so that `파이프라인을` finds
 * `파이프라인이` and `パイプラインを` finds `パイプライン`.
 */
export function searchWords(query: string, language: Language): string[] {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const stems = words.flatMap((word) => {
    if (language === 'ja' && /[\p{Script=Katakana}\p{Script=Han}\p{Script=Hiragana}]/u.test(word)) return japaneseWords(word);
    return [word.replace(KOREAN_PARTICLES, '')];
  });
  return [...new Set(stems)];
}
