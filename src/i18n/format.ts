import type { Language } from './languages.ts';

/** An amount of US dollars with cents, in the notation of a language. */
export function formatUsd(usd: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format(usd);
}

/** The name of a language in another language: `日本語` is `일본어` in Korean. */
export function languageName(named: Language, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(named) ?? named;
}
