import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import { startBrowser } from './browser.ts';

/** The page that the browser tests read most. */
export const LAB_PAGE = '/ko/labs/week9-2-codebuild/';
export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A reader's browser at a page. What the page complains of (errors, failed requests) is in `complaints`. */
export interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A browser in front of the built site. */
export interface Readers extends AsyncDisposable {
  readonly browser: Browser;
  /** A new browser profile at a page of the site, on a wide screen unless said otherwise, when its scripts have started. */
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
}

export async function startReaders(): Promise<Readers> {
  const browser = await startBrowser();
  return {
    browser,
    async visit(path, options = {}) {
      const context = await browser.newContext({ baseURL: inject('site'), viewport: DESKTOP, serviceWorkers: 'block', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(path);
      if (options.javaScriptEnabled !== false) await started(page);
      return { page, complaints };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Waits until the scripts of the page have started and all of it is laid out, as they do by themselves after a navigation. */
export async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const left = document.querySelector('.task:not(.is-laid-out), .task ~ :not(.task, .is-laid-out)');
    return performance.getEntriesByName('labproof:started').length > 0 && left === null;
  });
}

/** The check panel of a task. */
export const panel = (page: Page, task: string) => page.locator(`lab-check[data-task="${task}"]`);

/** Plays a practice move with its button under the task, and waits for the status that the check after it finds. */
export async function play(page: Page, task: string, move: string, status: string): Promise<void> {
  const fold = panel(page, task).locator('.practice-group');
  await fold.evaluate((details) => details.setAttribute('open', ''));
  await fold.locator(`[data-move="${move}"]`).click();
  await page.locator(`lab-check[data-task="${task}"][data-status="${status}"]`).waitFor();
}

/** Has the practice account's task done, and waits for the check after it. */
export async function solve(page: Page, task: string): Promise<void> {
  await panel(page, task).locator('.practice-solve').click();
  await page.locator(`lab-check[data-task="${task}"][data-status="passed"]`).waitFor();
}
