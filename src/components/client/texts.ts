import type { Language } from '../../i18n/languages.ts';
import type { Ui } from '../../i18n/ui.ts';

/** The interface texts of this page's language, as the page carries them. */
export type PageTexts = { readonly language: Language } & Pick<
  Ui,
  'check' | 'status' | 'reason' | 'fix' | 'values' | 'practice' | 'account' | 'copy' | 'lab'
>;

const carrier = document.getElementById('labproof-texts');

export const texts = JSON.parse(carrier?.textContent ?? '{}') as PageTexts;

/** The lab this page is about; `undefined` on every other page. */
export const labId = carrier?.dataset['lab'];
