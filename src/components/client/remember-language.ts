import { isLanguage } from '../../i18n/languages.ts';
import { LANGUAGE_COOKIE } from '../../i18n/negotiate.ts';

/** Remembers the language that a visitor chooses, for the next visit to `/`. */
export function rememberLanguage(): void {
  for (const select of document.querySelectorAll('starlight-lang-select select')) {
    // Runs before the listener of the switcher, which leaves the page.
    select.addEventListener(
      'change',
      () => {
        const language = (select as HTMLSelectElement).value.split('/')[1];
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store needs a secure context and would finish after the page is left.
        if (isLanguage(language)) document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/; max-age=31536000; samesite=lax`;
      },
      { capture: true },
    );
  }
}
