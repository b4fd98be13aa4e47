import { isLanguage, LANGUAGES, type Language } from '../i18n/languages.ts';

/** The interface language of a page from Starlight's locale. */
export function pageLanguage(locale: string | undefined): Language {
  return isLanguage(locale) ? locale : LANGUAGES[0];
}
