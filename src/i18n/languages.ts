/** The languages of the interface and of check messages; the first is the fallback. */
export const LANGUAGES = ['ko', 'ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((language) => language === text);
}
