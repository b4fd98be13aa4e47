/**
 * What the week 9-2 page costs a phone before the first click: bytes on the wire by kind against the budget, layout shift and long tasks.
 * Sizes are the same in every run; paints and long tasks depend on the machine and are printed for comparison only. Needs a built site.
 */
import Table from 'cli-table3';
import { startBrowser } from '../test/support/browser.ts';
import { startSite } from '../test/support/site.ts';

const PAGE = '/ko/labs/week9-2-codebuild/';
const BUDGET = { all: 60_000, js: 25_000 };
/** The page is quiet when nothing has been asked for so long. */
const QUIET_MS = 1500;

interface Timings {
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly shift: number;
  readonly longest: number;
}

await using site = await startSite();
const browser = await startBrowser();
const context = await browser.newContext({
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  serviceWorkers: 'block',
});
const page = await context.newPage();
const session = await context.newCDPSession(page);
await session.send('Network.enable');
const kinds = new Map<string, string>();
const bytes = new Map<string, number>();
session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
  const kind = kinds.get(requestId) ?? 'Other';
  bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
});
await page.addInitScript(() => {
  const seen = { largestPaint: 0, shift: 0, longest: 0 };
  const watch = (type: string, note: (entry: PerformanceEntry & { value?: number }) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.largestPaint = startTime;
  });
  watch('layout-shift', ({ value = 0 }) => {
    seen.shift += value;
  });
  watch('longtask', ({ duration }) => {
    seen.longest = Math.max(seen.longest, duration);
  });
  Object.assign(globalThis, { benchSeen: seen });
});
await page.goto(`${site.url}${PAGE}`, { waitUntil: 'networkidle' });
await page.waitForTimeout(QUIET_MS);
const timings = await page.evaluate((): Timings => {
  const { benchSeen } = globalThis as unknown as { benchSeen: Omit<Timings, 'firstPaint'> };
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return { ...benchSeen, firstPaint: paint?.startTime ?? 0 };
});
await browser.close();

const all = [...bytes.values()].reduce((sum, value) => sum + value, 0);
const js = bytes.get('Script') ?? 0;
const table = new Table({ head: ['kind', 'bytes on the wire', 'budget'], colAligns: ['left', 'right', 'right'] });
for (const [kind, value] of [...bytes].sort((a, b) => b[1] - a[1])) table.push([kind, value, kind === 'Script' ? BUDGET.js : '']);
table.push(['all', all, BUDGET.all]);
console.log(table.toString());
console.log(
  `layout shift ${timings.shift.toFixed(4)}; first paint ${Math.round(timings.firstPaint)} ms, largest ${Math.round(timings.largestPaint)} ms, longest task ${Math.round(timings.longest)} ms`,
);
if (all > BUDGET.all || js > BUDGET.js) {
  console.error('The page is over its budget.');
  process.exitCode = 1;
}
