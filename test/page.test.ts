import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from './support/axe.ts';
import { DESKTOP, LAB_PAGE, PHONE, panel, play, type Readers, solve, startReaders } from './support/reader.ts';

const ARTIFACTS = new URL('artifacts/', import.meta.url);

let readers: Readers;
const visit: Readers['visit'] = (path, options) => readers.visit(path, options);
beforeAll(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  readers = await startReaders();
});
afterAll(() => readers[Symbol.asyncDispose]());

describe('a student works through the lab', () => {
  it('goes from not started to passed, sees a mistake explained, and finds it all again after a reload', async () => {
    const { page, complaints } = await visit(LAB_PAGE);
    const first = panel(page, 'task-0');
    await first.getByRole('button', { name: '진행 상황 확인' }).click();
    await page.locator('lab-check[data-task="task-0"][data-status="not-started"]').waitFor();

    await solve(page, 'task-0');
    expect(await first.innerText()).toContain('통과');

    await play(page, 'task-3', 'not-privileged', 'failed');
    const third = panel(page, 'task-3');
    const failure = third.locator('li', { hasText: 'Privileged' }).first();
    expect(await failure.innerText()).toMatch(/true[\s\S]*false|기대한 값/);
    const link = failure.getByRole('link', { name: /콘솔/ });
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/ap-northeast-2\.console\.aws\.amazon\.com\/codesuite\/codebuild\//);
    expect(await link.getAttribute('rel')).toContain('noopener');
    const step = failure.getByRole('link', { name: /6단계/ });
    expect(await step.getAttribute('href')).toBe('#task-3-step-6');
    expect(await page.locator('#task-3-step-6').count()).toBe(1);
    await third.screenshot({ path: new URL('task-3-failed.png', ARTIFACTS).pathname });

    await page.reload();
    await page.locator('lab-check[data-task="task-3"][data-status="failed"]').waitFor();
    expect(await panel(page, 'task-0').getAttribute('data-status')).toBe('passed');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('fills the student’s values into prose and commands, and copies the filled command', async () => {
    const { page } = await visit(LAB_PAGE, { permissions: ['clipboard-read', 'clipboard-write'] });
    const clone = page.locator('.expressive-code', { hasText: 'git clone' }).first();
    expect(await clone.innerText()).toContain('<repository-name>');
    await solve(page, 'task-0');
    expect(await clone.innerText()).toContain('codecommit::ap-northeast-2://week9-2-codebuild-repo');
    await clone.locator('.copy button').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('git clone codecommit::ap-northeast-2://week9-2-codebuild-repo');
    const account = await page.locator('.lab-value[data-value="AccountId"]').first().innerText();
    expect(account).toMatch(/^\d{12}$/);
    expect(account).not.toBe('123456789012');
    await page.context().close();
  });

  it('cleans up and is told that nothing is left', async () => {
    const { page } = await visit(LAB_PAGE);
    await play(page, 'cleanup', 'stack-left', 'failed');
    expect(await panel(page, 'cleanup').innerText()).toContain('aws cloudformation delete-stack');
    await solve(page, 'cleanup');
    await page.context().close();
  });
});

describe('the page', () => {
  it('is whole without JavaScript', async () => {
    const { page } = await visit(LAB_PAGE, { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    for (const heading of ['태스크 0', '태스크 1', '태스크 2', '태스크 3', '태스크 4', '마무리', '리소스 정리', '추가 학습 리소스']) {
      expect(text).toContain(heading);
    }
    expect(text).toContain('git clone codecommit::ap-northeast-2://<repository-name>');
    expect(await page.locator('lab-check button:visible').count()).toBe(0);
    await page.context().close();
  });

  it('leaves no Markdown of ours in the text', async () => {
    const { page } = await visit(LAB_PAGE);
    const prose = await page.evaluate(() => {
      const copy = document.querySelector('main')?.cloneNode(true) as HTMLElement;
      for (const code of copy.querySelectorAll('pre, code')) code.remove();
      return copy.textContent ?? '';
    });
    expect(prose).not.toMatch(/\[!|\[\[|\]\]|:::|\*\*/);
    await page.context().close();
  });

  it('gives out the zip that it lists', async () => {
    const { page } = await visit(LAB_PAGE);
    const href = await page.locator('a[download]').first().getAttribute('href');
    const response = await page.request.get(href ?? '');
    expect(response.status()).toBe(200);
    expect((await response.body()).subarray(0, 2).toString()).toBe('PK');
    await page.context().close();
  });

  it('leads a visitor to their language', async () => {
    for (const [locale, path] of [
      ['ja-JP', '/ja/'],
      ['ko-KR', '/ko/'],
      ['en-GB', '/en/'],
    ] as const) {
      const { page } = await visit('/', { locale });
      expect(new URL(page.url()).pathname).toBe(path);
      await page.context().close();
    }
  });

  it.each([
    ['desktop, light', DESKTOP, 'light'],
    ['desktop, dark', DESKTOP, 'dark'],
    ['phone, light', PHONE, 'light'],
    ['phone, dark', PHONE, 'dark'],
  ] as const)('has nothing for axe to find and nothing wider than the screen: %s', async (name, viewport, colorScheme) => {
    const { page } = await visit(LAB_PAGE, { viewport, colorScheme });
    await play(page, 'task-3', 'not-privileged', 'failed');
    expect(await axe(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
    await page.screenshot({ path: new URL(`page-${name.replaceAll(/\W+/g, '-')}.png`, ARTIFACTS).pathname });
    await page.goto('/ko/');
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});
