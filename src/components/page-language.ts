import { isLanguage, LANGUAGES, type Language } from '../i18n/languages.ts';

/** The interface language for Starlight's locale of a page. */
export function pageLanguage(locale: string | undefined): Language {
  return isLanguage(locale) ? locale : LANGUAGES[0];
}
