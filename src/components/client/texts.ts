import type { Language } from '../../i18n/languages.ts';
import type { Ui } from '../../i18n/ui.ts';

/** The interface texts of a lab's page, in its language. */
export type PageTexts = { readonly language: Language } & Pick<
  Ui,
  'check' | 'status' | 'values' | 'practice' | 'account' | 'copy' | 'output'
> & { readonly lab: Pick<Ui['lab'], 'progress' | 'steps' | 'tick' | 'left' | 'place' | 'resume' | 'tasks' | 'doneTasks' | 'doneAt'> };

/** The interface texts of a page about several labs. */
export type OverviewTexts = { readonly language: Language } & Pick<Ui, 'practice' | 'account' | 'copy' | 'dashboard'> & {
    readonly catalogue: Pick<Ui['catalogue'], 'started' | 'shown'>;
  };

const carrier = document.getElementById('labproof-texts');

const carried: unknown = JSON.parse(carrier?.textContent ?? '{}');

/** On a lab's page. */
export const texts = carried as PageTexts;

/** On every other page. */
export const overviewTexts = carried as OverviewTexts;

/** The lab of this page; `undefined` on other pages. */
export const labId = carrier?.dataset['lab'];
