import { AccountBanner } from './account-banner.ts';
import { offerCopying } from './copy-code.ts';
import { LabBar, LabProgress } from './lab-bar.ts';
import { LabCheck } from './lab-check.ts';
import { LabSummary } from './lab-summary.ts';
import { LabValues } from './lab-values.ts';
import { layOutTasks } from './lay-out.ts';
import { offerComparing } from './offer-compare.ts';
import { offerSearch } from './offer-search.ts';
import { offerOffline } from './offline.ts';
import { openForPrint } from './open-for-print.ts';
import { offerPreflight } from './preflight.ts';
import { rememberLanguage } from './remember-language.ts';
import { offerTicks } from './steps.ts';
import { TaskNav } from './task-nav.ts';

/** What a page starts, in pieces between which the browser may paint and answer the reader: what is seen and pressed first comes first. */
const PIECES: readonly (readonly (() => void)[])[] = [
  [offerSearch, rememberLanguage, offerTicks, offerPreflight, () => customElements.define('lab-check', LabCheck)],
  [
    () => customElements.define('task-nav', TaskNav),
    () => customElements.define('lab-values', LabValues),
    () => customElements.define('lab-progress', LabProgress),
    () => customElements.define('lab-bar', LabBar),
    () => customElements.define('lab-summary', LabSummary),
    () => customElements.define('account-banner', AccountBanner),
  ],
  [offerComparing, offerCopying, openForPrint, offerOffline, layOutTasks],
];

async function startAll(): Promise<void> {
  // Only the pages about several labs need this; there it is what is looked at first.
  const overview = document.querySelector('lab-ring, lab-filter, lab-dashboard') && import('./overview.ts');
  for (const piece of PIECES) {
    for (const start of piece) start();
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
  await overview;
  performance.mark('labproof:started');
}

void startAll();
