import { LabCheck } from './checks/lab-check.ts';
import { offerPreflight } from './checks/preflight.ts';
import { offerCopying } from './code/copy-code.ts';
import { offerComparing } from './code/offer-compare.ts';
import { layOutTasks } from './lay-out.ts';
import { offerOffline } from './offline.ts';
import { openForPrint } from './open-for-print.ts';
import { AccountBanner } from './practice/account-banner.ts';
import { rememberLanguage } from './remember-language.ts';
import { offerSearch } from './search/offer-search.ts';
import { LabBar, LabProgress } from './steps/lab-bar.ts';
import { LabSummary } from './steps/lab-summary.ts';
import { offerTicks } from './steps/steps.ts';
import { TaskNav } from './steps/task-nav.ts';
import { LabValues } from './values/lab-values.ts';

/**
 * Everything a page starts, in pieces. Between two pieces the browser can paint and react. What readers see and press first comes first.
 */
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
  // Only the pages about several labs need this part, but there it is needed first.
  const overview = document.querySelector('lab-ring, lab-filter, lab-dashboard') && import('./overview/overview.ts');
  for (const piece of PIECES) {
    for (const start of piece) start();
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
  await overview;
  performance.mark('labproof:started');
}

void startAll();
