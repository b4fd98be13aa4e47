import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUR_LABS } from '../../src/content/our-labs.ts';
import { axe } from '../support/axe.ts';
import { DESKTOP, LAB_PAGE, PHONE, panel, play, type Readers, solve, started, startReaders } from '../support/reader.ts';

const ARTIFACTS = new URL('../artifacts/', import.meta.url);

let readers: Readers;
const visit: Readers['visit'] = (path, options) => readers.visit(path, options);
beforeAll(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  readers = await startReaders();
});
afterAll(() => readers[Symbol.asyncDispose]());

const tick = (page: Page, step: string) => page.locator(`#${step} > .step-tick`);

describe('steps', () => {
  it('are ticked with the mouse and the keyboard, survive a reload, and lead back to where the reader stopped', async () => {
    const { page } = await visit(LAB_PAGE);
    await tick(page, 'task-0-step-1').check();
    await tick(page, 'task-0-step-2').focus();
    await page.keyboard.press('Space');
    await page.reload();
    expect(await tick(page, 'task-0-step-2').isChecked()).toBe(true);
    expect(await tick(page, 'task-0-step-3').isChecked()).toBe(false);
    expect(await page.locator('.lab-progress-said').innerText()).toMatch(/^2\/131단계 · 남은 시간 약 90분$/);
    expect(await page.locator('task-nav a[data-task="task-0"]').innerText()).toContain('2/21단계');
    const resume = page.locator('.lab-continue');
    expect(await resume.innerText()).toContain('태스크 0 3단계');
    await resume.click();
    await expect.poll(() => page.locator('task-nav a[aria-current="location"]').getAttribute('href')).toBe('#task-0');
    await page.context().close();
  });

  it('on a phone: a bar says where the reader is and opens the list, which closes when a task is chosen', async () => {
    const { page } = await visit(LAB_PAGE, { viewport: PHONE, hasTouch: true, isMobile: true });
    await page.locator('#task-3-step-7').evaluate((element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }));
    await expect.poll(() => page.locator('.lab-bar button').innerText()).toMatch(/태스크 3: .*[\s\S]*\d+\/19/);
    await page.locator('.lab-bar button').tap();
    const pane = page.locator('#starlight__sidebar');
    await expect.poll(() => pane.isVisible()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: new URL('phone-tasks.png', ARTIFACTS).pathname });
    await page.locator('task-nav a[data-task="task-4"]').tap();
    await expect.poll(() => pane.isVisible()).toBe(false);
    await expect.poll(() => page.locator('.lab-bar-task').innerText()).toContain('태스크 4');
    await page.context().close();
  });

  it('nothing moves while the page loads', async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page } = await visit(LAB_PAGE, { viewport });
      await page.locator('.account-banner[data-mode]').waitFor();
      await page.locator('.practice-panel').first().waitFor({ state: 'attached' });
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              resolve(list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0));
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(0), 500);
          }),
      );
      expect(shift).toBeLessThan(0.001);
      await page.context().close();
    }
  });
});

describe('values', () => {
  it('typed in by hand fill the commands, win over what was read, and are forgotten with one button', async () => {
    const { page } = await visit(LAB_PAGE);
    const command = page.locator('.expressive-code', { hasText: 'git clone' }).first();
    const field = page.getByLabel('CodeCommitRepositoryName');
    await field.fill('my-own-repo');
    await field.press('Tab');
    expect(await command.innerText()).toContain('codecommit::ap-northeast-2://my-own-repo');
    expect(await command.locator('.copy button').getAttribute('data-code')).toBe('git clone codecommit::ap-northeast-2://my-own-repo');
    expect(await page.locator('.lab-value-row', { has: field }).innerText()).toContain('직접 입력함');
    // The sentence that explains the placeholder goes on naming it.
    expect(await page.locator('.callout-note', { hasText: '자리에는' }).first().innerText()).toContain('<repository-name>');

    await solve(page, 'task-0');
    expect(await field.inputValue()).toBe('my-own-repo');
    await field.fill('');
    await field.press('Tab');
    expect(await field.inputValue()).toBe('week9-2-codebuild-repo');
    expect(await page.locator('.lab-value-row', { has: field }).innerText()).toContain('태스크 0');

    await page.getByRole('button', { name: '값 지우기' }).click();
    expect(await command.innerText()).toContain('<repository-name>');
    await page.context().close();
  });
});

describe('results', () => {
  it('open the advice that fits a mistake', async () => {
    const { page } = await visit(LAB_PAGE);
    await play(page, 'task-3', 'repository-whole-uri', 'failed');
    const advice = page.locator('#task-3 details.callout-troubleshooting');
    expect(await advice.getAttribute('open')).not.toBeNull();
    expect(await advice.locator('.fits').first().innerText()).toContain('IMAGE_REPO_NAME');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });

  it('can be copied for a question, with the place they are about', async () => {
    const { page } = await visit(LAB_PAGE, { permissions: ['clipboard-read', 'clipboard-write'] });
    await play(page, 'task-3', 'not-privileged', 'failed');
    const row = panel(page, 'task-3').locator('.check-row[data-status="failed"]');
    await row.getByRole('button', { name: '질문할 내용 복사' }).click();
    await expect.poll(() => row.innerText()).toContain('복사했습니다');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(
      /^고칠 것이 있음: Privileged 모드가 켜져 있습니다 \[task-3\/privileged\]\n[\s\S]*기대한 값: true\n실제 값: false\n/,
    );
    expect(copied).toMatch(/\/ko\/labs\/week9-2-codebuild\/#task-3-step-6$/);
    await page.context().close();
  });

  it('add up to a summary at the end when every task and the cleanup have passed', async () => {
    const { page } = await visit(LAB_PAGE);
    const summary = page.locator('lab-summary');
    for (const task of ['task-0', 'task-1', 'task-2', 'task-3', 'task-4']) await solve(page, task);
    expect(await summary.isVisible()).toBe(false);
    await solve(page, 'cleanup');
    expect(await summary.innerText()).toMatch(/실습을 마쳤습니다\s+태스크 6개를 모두 통과했고[^\n]+\d{12}[^\n]+마지막 확인: \d{4}년/);
    expect(await axe(page)).toEqual([]);
    await summary.screenshot({ path: new URL('summary.png', ARTIFACTS).pathname });
    await page.context().close();
  });

  it('list what a cleanup has left in the order of deletion with its cost, also on the dashboard', async () => {
    const { page } = await visit(LAB_PAGE);
    await play(page, 'cleanup', 'stack-left', 'failed');
    const result = panel(page, 'cleanup').locator('.check-result');
    expect(await result.innerText()).toMatch(/남은 리소스 \d+개/);
    const statuses = await result.locator('.check-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-status')));
    expect(statuses[0]).toBe('failed');
    await page.goto('/ko/progress/');
    await started(page);
    expect(await page.locator('.progress-leftovers').innerText()).toContain('stack/week9-2-codebuild-stack');
    expect(await page.locator('.progress-clean').isVisible()).toBe(false);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: new URL('dashboard.png', ARTIFACTS).pathname });
    await page.context().close();
  });

  it('are there again after a reload, as of then, are not read out again, and give way to a new look', async () => {
    const { page } = await visit(LAB_PAGE);
    await play(page, 'task-3', 'not-privileged', 'failed');
    const third = panel(page, 'task-3');
    const rows = await third.locator('.check-row').count();
    await page.reload();
    await expect.poll(() => third.locator('.check-row').count()).toBe(rows);
    expect(await third.locator('.check-note').innerText()).toMatch(/\d+:\d\d에 본 결과입니다/);
    expect(await third.getByRole('status').first().innerText()).toBe('');
    expect(await third.locator('.check-button').innerText()).toBe('다시 확인');
    expect(await axe(page)).toEqual([]);
    await third.locator('.check-button').click();
    await expect.poll(() => third.locator('.check-note').innerText()).toContain('계정');
    expect(await third.getByRole('status').first().innerText()).toContain('10/11');

    // Back to an unused account: the page loads itself anew.
    await Promise.all([page.waitForEvent('load'), page.locator('.account-banner button').click()]);
    await page.locator('.account-banner[data-mode]').waitFor();
    expect(await third.getAttribute('data-status')).toBe('unchecked');
    expect(await page.locator('.check-row').count()).toBe(0);
    await page.context().close();
  });

  it('say what AWS is still doing and when they look again, and keep what was seen while they look', async () => {
    const { page } = await visit(LAB_PAGE);
    await play(page, 'task-0', 'stack-in-progress', 'waiting');
    const first = panel(page, 'task-0');
    await expect.poll(() => first.locator('.check-note').innerText()).toMatch(/\d+초 뒤에 다시 확인합니다/);
    const seen = await first.locator('.check-row').count();
    await page.route('**/api/check/**', () => {});
    await first.locator('.check-button').click();
    expect(await first.getAttribute('data-status')).toBe('checking');
    expect(await first.locator('.check-row').count()).toBe(seen);
    await page.context().close();
  });

  it('that could not be seen read as our trouble, with a word for whoever runs the site', async () => {
    const { page } = await visit(LAB_PAGE);
    await page.request.post('/api/practice/faults', { data: { operation: 'cloudformation:DescribeStacks', fault: 'denied', times: 50 } });
    await panel(page, 'task-0').locator('.check-button').click();
    await page.locator('lab-check[data-task="task-0"][data-status="unknown"]').waitFor();
    expect(await panel(page, 'task-0').innerText()).toContain('여러분의 잘못이 아닙니다');
    expect(await panel(page, 'task-0').innerText()).toContain('운영자에게 보여 줄 내용');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });

  it('looks at the account before the first task, which counts for nothing', async () => {
    const { page } = await visit(LAB_PAGE);
    await panel(page, 'preflight').getByRole('button').click();
    await page.locator('lab-check[data-task="preflight"] .check-row').first().waitFor();
    await expect.poll(() => panel(page, 'preflight').getAttribute('data-status')).toBe('passed');
    expect(await page.locator('.lab-nav-progress').innerText()).toBe('0/6 완료');
    await page.context().close();
  });
});

describe('an own output', () => {
  it('is compared with the example; the first line that matters is marked', async () => {
    const { page } = await visit(LAB_PAGE);
    const figure = page.locator('figure.callout-output', { hasText: 'Changes to be committed' }).first();
    await figure.getByRole('button', { name: '내 출력과 비교' }).click();
    const field = figure.getByLabel('내 출력 붙여 넣기');
    const head = 'On branch main\n\nNo commits yet\n\nChanges to be committed:\n  (use "git rm --cached <file>..." to unstage)\n';
    await field.fill(`${head}        new file:   Dockerfile\n        new file:   app.js\n        new file:   package.json\n`);
    await expect.poll(() => figure.locator('.output-said').innerText()).toContain('✓');
    await field.fill(`${head}        new file:   Dockerfile.txt\n        new file:   app.js\n        new file:   package.json\n`);
    await expect.poll(() => figure.locator('.output-said').innerText()).toContain('Dockerfile.txt');
    expect(await figure.locator('.is-different').innerText()).toContain('Dockerfile');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the catalogue', () => {
  it('shows progress as a picture, filters, and takes progress to another browser', async () => {
    const { page } = await visit(LAB_PAGE);
    await solve(page, 'task-0');
    await tick(page, 'task-0-step-1').check();
    await page.goto('/ko/');
    await started(page);
    const card = page.locator('.lab-card', { has: page.locator('a[href="/ko/labs/week9-2-codebuild/"]') }).first();
    expect(await card.locator('lab-ring').innerText()).toContain('1/6');
    await page.getByLabel('서비스').selectOption('AWS CodePipeline');
    expect(await card.isVisible()).toBe(false);
    expect(await page.locator('.lab-card:visible').count()).toBeGreaterThan(0);
    await page.screenshot({ path: new URL('catalogue.png', ARTIFACTS).pathname, fullPage: true });

    await page.goto('/ko/progress/');
    await started(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '파일로 내보내기' }).click()]);
    const path = await download.path();
    const { page: other } = await visit('/en/progress/');
    expect(await other.locator('.progress-none').isVisible()).toBe(true);
    await other.locator('input[type="file"]').setInputFiles(path);
    await expect.poll(() => other.locator('tr[data-lab="week9-2-codebuild"]').innerText()).toContain('1/6');
    await other.goto(LAB_PAGE);
    await started(other);
    expect(await tick(other, 'task-0-step-1').isChecked()).toBe(true);
    await other.context().close();
    await page.context().close();
  });

  it.each(['ko', 'ja', 'en'])('leads to a page of every lab in %s, which says when its text is in another language', async (language) => {
    const { page } = await visit(`/${language}/`);
    const hrefs = await page.locator('.lab-card h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const ours = hrefs.filter((href) => OUR_LABS.some((lab) => href.split('/').includes(lab)));
    expect(ours).toHaveLength(OUR_LABS.length);
    for (const href of ours) {
      await page.goto(href);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      const text = await page.locator('main').getAttribute('lang');
      expect(await page.locator('.lab-notice').count(), href).toBe(text === language ? 0 : 1);
    }
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});

describe('search', () => {
  it.each([
    ['ko', '파이프라인을', '파이프라인'],
    ['ko', '이프라인', '파이프라인'],
    ['ko', 'YAML_FILE_ERROR', '20단계'],
    ['ko', 'git push origin', '태스크 1'],
    ['ja', 'パイプラインを', 'パイプライン'],
    ['ja', 'イプライン', 'パイプライン'],
    ['en', 'privileged', 'Task 3'],
  ])('%s: %s', async (language, query, found) => {
    const { page } = await visit(`/${language}/`);
    await page.keyboard.press('Control+k');
    await page.locator('.search-dialog input').fill(query);
    await expect.poll(() => page.locator('.search-results').innerText(), { timeout: 10_000 }).toContain(found);
    await page.context().close();
  });

  it('finds nothing where there is nothing, and says so', async () => {
    const { page } = await visit('/ko/');
    await page.keyboard.press('Control+k');
    await page.locator('.search-dialog input').fill('없는말씀이옵니다');
    await expect.poll(() => page.locator('.search-count').innerText(), { timeout: 10_000 }).toContain('결과가 없습니다');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});

describe('without network', () => {
  it('a lab that was visited once can be read, with its zip; checks are not made up', async () => {
    const { page } = await visit(LAB_PAGE, { serviceWorkers: 'allow' });
    const zip = (await page.locator('a[download]').first().getAttribute('href')) ?? '';
    const kept = (address: string) => page.evaluate(async (url) => (await caches.match(url)) !== undefined, address);
    await expect.poll(() => kept(LAB_PAGE), { timeout: 30_000 }).toBe(true);
    await expect.poll(() => kept(zip), { timeout: 30_000 }).toBe(true);
    await page.context().setOffline(true);
    await page.reload();
    expect(await page.locator('main').innerText()).toContain('태스크 4: 빌드 실행 및 검증');
    expect(
      await page
        .locator('.callout')
        .first()
        .evaluate((box) => getComputedStyle(box).borderTopStyle),
    ).toBe('solid');
    expect(await page.evaluate(async (url) => (await fetch(url)).status, zip)).toBe(200);
    await panel(page, 'task-0').locator('.check-button').click();
    await expect.poll(() => panel(page, 'task-0').innerText()).toContain('확인하지 못했습니다');
    await page.context().close();
  });
});

describe('on paper', () => {
  it('has its values filled in, its callouts open and nothing to press', async () => {
    const { page } = await visit(LAB_PAGE);
    await solve(page, 'task-0');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.lab-bar, lab-check, .copy, .quiet-button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('details.callout-troubleshooting li').first().isVisible()).toBe(true);
    // Who reads in the dark prints dark letters all the same.
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ink = () => page.locator('main h1').evaluate((heading) => getComputedStyle(heading).color);
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    expect(await ink()).toBe('rgb(22, 28, 33)');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await ink()).toBe('rgb(244, 246, 247)');
    await page.pdf({ path: new URL('week9-2.pdf', ARTIFACTS).pathname, format: 'A4' });
    await page.context().close();
  });
});
