/**
 * What the week 9-2 page costs a reader before the first click, beside a plain Starlight page with the same text, in the same run and from the
 * same kind of server: bytes on the wire by kind, with brotli and with gzip, against the budget; then first and largest paint, layout shift and
 * long tasks on a processor four times slower. Sizes are the same in every run. Times depend on the machine, so the two pages take turns and
 * only their relation counts. Needs a built site. `node bench/page.ts [ROUNDS]`, default 7.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import compression from 'compression';
import express from 'express';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../test/support/browser.ts';
import { startSite } from '../test/support/site.ts';
import { median } from './median.ts';
import { plainStarlight } from './plain-starlight.ts';

const LAB = 'week9-2-codebuild';
const BUDGET = { all: 60_000, js: 25_000 };
const SLOWER = 4;
/** The page is quiet when nothing has been asked for so long. */
const QUIET_MS = 1500;
const VIEWPORT = { width: 390, height: 844 };

const rounds = Number(process.argv[2] ?? 7);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('Usage: node bench/page.ts [ROUNDS], a number from 1.');

interface Timings {
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly shift: number;
  readonly longest: number;
  /** What tasks longer than 50 ms took beyond that, together. */
  readonly blocked: number;
}

interface Load {
  /** By kind of request, headers included. */
  readonly bytes: ReadonlyMap<string, number>;
  readonly timings: Timings;
}

/** Notes in the page, before its own scripts, what the browser observes. */
function observe(): void {
  const seen = { firstPaint: 0, largestPaint: 0, shift: 0, longest: 0, blocked: 0 };
  const watch = (type: string, note: (entry: PerformanceEntry & { value?: number }) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPaint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.largestPaint = startTime;
  });
  watch('layout-shift', ({ value = 0 }) => {
    seen.shift += value;
  });
  watch('longtask', ({ duration }) => {
    seen.longest = Math.max(seen.longest, duration);
    seen.blocked += duration - 50;
  });
  Object.assign(globalThis, { benchSeen: seen });
}

async function load(browser: Browser, url: string, encoding: 'br' | 'gzip'): Promise<Load> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    serviceWorkers: 'block',
    extraHTTPHeaders: { 'accept-encoding': encoding },
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.waitForTimeout(QUIET_MS);
  const timings = await page.evaluate(() => (globalThis as unknown as { benchSeen: Timings }).benchSeen);
  await context.close();
  return { bytes, timings };
}

async function buildPlain(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const astro = join(import.meta.dirname, '../node_modules/astro/bin/astro.mjs');
  await promisify(execFile)(process.execPath, [astro, 'build'], { cwd: folder, env });
}

const total = (bytes: ReadonlyMap<string, number>) => [...bytes.values()].reduce((sum, value) => sum + value, 0);

const source = readFileSync(join(import.meta.dirname, `../src/content/labs/${LAB}/ko.mdx`), 'utf8').replace(/^zip:.*\n/m, '');
using plain = plainStarlight([source]);
await buildPlain(plain.folder, plain.env);
const plainServer = createServer(express().use(compression(), express.static(join(plain.folder, 'dist'))));
await new Promise<void>((listening) => plainServer.listen(0, '127.0.0.1', listening));

await using site = await startSite();
const browser = await startBrowser();
const pages = [`${site.url}/ko/labs/${LAB}/`, `http://127.0.0.1:${(plainServer.address() as AddressInfo).port}/ko/lab-0/`] as const;
try {
  // The first load of a browser and a server pays for both.
  for (const url of pages) await load(browser, url, 'br');
  const sizes = [];
  for (const encoding of ['br', 'gzip'] as const) for (const url of pages) sizes.push((await load(browser, url, encoding)).bytes);
  const table = new Table({
    head: ['bytes on the wire', 'brotli', 'plain, brotli', 'gzip', 'plain, gzip', 'budget'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [] },
  });
  for (const kind of new Set(sizes.flatMap((bytes) => [...bytes.keys()]))) {
    table.push([kind, ...sizes.map((bytes) => bytes.get(kind) ?? 0), kind === 'Script' ? BUDGET.js : '']);
  }
  table.push(['all', ...sizes.map(total), BUDGET.all]);
  console.log(table.toString());

  const timings: [Timings[], Timings[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [which, url] of pages.entries()) timings[which]?.push((await load(browser, url, 'br')).timings);
  }
  const times = new Table({
    head: [`median of ${rounds}, processor ÷ ${SLOWER}`, 'here', 'plain'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [] },
  });
  const row = (name: string, of: (timing: Timings) => number, digits = 0) =>
    times.push([name, ...timings.map((all) => median(all.map(of)).toFixed(digits))]);
  row('first paint, ms', ({ firstPaint }) => firstPaint);
  row('largest paint, ms', ({ largestPaint }) => largestPaint);
  row('layout shift', ({ shift }) => shift, 4);
  row('longest task, ms', ({ longest }) => longest);
  row('all long tasks beyond 50 ms, ms', ({ blocked }) => blocked);
  console.log(times.toString());

  const over = sizes.filter((bytes, index) => index % 2 === 0 && (total(bytes) > BUDGET.all || (bytes.get('Script') ?? 0) > BUDGET.js));
  if (over.length > 0) {
    console.error('The page is over its budget.');
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  plainServer.close();
}
