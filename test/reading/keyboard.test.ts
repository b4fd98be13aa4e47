import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB_PAGE, PHONE, panel, play, type Readers, solve, startReaders } from '../support/reader.ts';

let readers: Readers;
beforeAll(async () => {
  readers = await startReaders();
});
afterAll(() => readers[Symbol.asyncDispose]());

/** The lab on a screen like a phone's, with a keyboard, when all of it is there. */
async function open(): Promise<Page> {
  const { page } = await readers.visit(LAB_PAGE, { viewport: PHONE, reducedMotion: 'reduce' });
  await page.locator('.account-banner[data-mode]').waitFor();
  return page;
}

/** Where the focus is: words for it, and what is wrong with how it can be seen. */
function focused(page: Page): Promise<{ name: string; step: string; wrong: string[] }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: 'nothing', step: '', wrong: ['lost'] };
    const box = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const over = (
      element.closest('header, .lab-bar, .sidebar, .sl-skip-link, dialog') === null
        ? [...document.querySelectorAll('header.header, .lab-bar')]
        : []
    ).map((bar) => bar.getBoundingClientRect());
    const covered = over.some((bar) => box.top >= bar.top - 1 && box.bottom <= bar.bottom + 1);
    const inline = element.matches('code, p a, li a, td a, small a');
    const wrong = [
      ...(outlineStyle === 'none' || outlineWidth === '0px' ? ['no outline'] : []),
      ...(box.bottom <= 0 || box.top >= innerHeight ? ['out of sight'] : []),
      ...(covered ? ['under a bar'] : []),
      ...(!inline && Math.min(box.height, box.width) < 23.5 ? [`only ${Math.round(box.width)}x${Math.round(box.height)}`] : []),
    ];
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60);
    return {
      name: `${element.tagName.toLowerCase()} ${name}`,
      step: element.matches('.step-tick') ? (element.closest('li')?.id ?? '') : '',
      wrong,
    };
  });
}

/** One character per task and step, so that the order of two steps is that of their texts. */
const place = (step: string) => step.replace(/\d+/g, (digits) => digits.padStart(3, '0'));

describe('with the keyboard alone, on a small screen', () => {
  it('walks through the whole lab: every stop can be seen, none is lost, the steps come in their order, and the page can be left', async () => {
    const page = await open();
    const steps: string[] = [];
    const wrong: string[] = [];
    let stops = 0;
    for (; stops < 1500; stops += 1) {
      await page.keyboard.press('Tab');
      const { name, step, wrong: here } = await focused(page);
      // After the last stop the focus leaves the page.
      if (name === 'nothing') break;
      if (step !== '') steps.push(step);
      if (here.length > 0) wrong.push(`${name}: ${here.join(', ')}`);
    }
    expect(wrong).toEqual([]);
    expect(stops).toBeLessThan(1500);
    expect(steps.length).toBe(await page.locator('.step-tick').count());
    const tasks = await page.locator('section.task').evaluateAll((sections) => sections.map(({ id }) => id));
    const order = steps.map((step) => `${tasks.findIndex((task) => step.startsWith(`${task}-step`))}`.padStart(2, '0') + place(step));
    expect(order).toEqual(order.toSorted());
    await page.context().close();
  }, 120_000);

  it('skips to the lab, and goes from step to step with the arrows', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect((await focused(page)).name).toBe('a week9-2-cicd-lab.zip');
    await page.locator('#task-0-step-1 > .step-tick').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await focused(page)).toEqual({ name: 'input 3단계 완료', step: 'task-0-step-3', wrong: [] });
    expect(await page.locator('#task-0-step-3 > .step-tick').isChecked()).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect((await focused(page)).step).toBe('task-0-step-2');
    await page.context().close();
  });

  it('opens the list of tasks, leaves it with Escape to where it was, or to the task that was chosen', async () => {
    const page = await open();
    const bar = page.locator('.lab-bar button');
    await bar.focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focused(page)).name).toMatch(/^a /);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await focused(page)).name).toContain('태스크 목록 열기');
    await page.keyboard.press('Enter');
    await page.locator('task-nav a[data-task="task-3"]').focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focused(page)).name).toBe('h2 태스크 3: AWS CodeBuild 프로젝트 생성');
    await expect.poll(async () => (await focused(page)).wrong.filter((trouble) => trouble !== 'no outline')).toEqual([]);
    await page.keyboard.press('Tab');
    expect((await focused(page)).wrong).toEqual([]);
    await page.context().close();
  });

  it('keeps the focus while results arrive, after a practice move, and when values are forgotten', async () => {
    const page = await open();
    const button = panel(page, 'task-0').locator('.check-button');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('lab-check[data-task="task-0"][data-status="not-started"]').waitFor();
    expect(await focused(page)).toEqual({ name: 'button 다시 확인', step: '', wrong: [] });

    await panel(page, 'task-0').locator('.practice-solve').focus();
    await page.keyboard.press('Enter');
    await page.locator('lab-check[data-task="task-0"][data-status="passed"]').waitFor();
    expect(await focused(page)).toEqual({ name: 'button 다시 확인', step: '', wrong: [] });

    await page.locator('.lab-bar button').focus();
    await page.keyboard.press('Enter');
    await page.locator('.lab-values button').focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toEqual({ name: 'summary 내 값', step: '', wrong: [] });
    await page.context().close();
  });

  it('opens the search from anywhere and goes back with Escape', async () => {
    const page = await open();
    await page.locator('#task-0-step-1 > .step-tick').focus();
    await page.keyboard.press('Control+k');
    expect((await focused(page)).name).toBe('input 검색');
    await page.keyboard.press('Escape');
    expect((await focused(page)).step).toBe('task-0-step-1');
    await page.context().close();
  });
});

describe('with a screen reader', () => {
  interface Node {
    readonly role: string;
    readonly name: string;
    readonly level: number;
  }

  /** What it is told of, in order. */
  async function told(page: Page): Promise<Node[]> {
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name, properties }) => ({
        role: String(role?.value),
        name: String(name?.value ?? '').trim(),
        level: Number(properties?.find((property) => property.name === 'level')?.value.value ?? 0),
      }));
  }

  it('every control has a name, headings leave out no level, and console buttons and ticks read right', async () => {
    const page = await open();
    await play(page, 'task-3', 'not-privileged', 'failed');
    const nodes = await told(page);
    const controls = nodes.filter(({ role }) =>
      /^(?:button|link|checkbox|textbox|searchbox|combobox|navigation|DisclosureTriangle|progressbar)$/.test(role),
    );
    expect(controls.length).toBeGreaterThan(300);
    expect(controls.filter(({ name }) => name === '')).toEqual([]);
    const levels = nodes.filter(({ role }) => role === 'heading').map(({ level }) => level);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(nodes.filter(({ role }) => role === 'checkbox').map(({ name }) => name)).toContain('6단계 완료');
    expect(await page.locator('#task-0-step-4').textContent()).toContain('Create stack (콘솔 버튼)');
    await page.context().close();
  });

  it('is told of a result in a few sentences, of a look that nobody asked for only what is new', async () => {
    const page = await open();
    await play(page, 'task-3', 'not-privileged', 'failed');
    const said = panel(page, 'task-3').getByRole('status').first();
    await expect.poll(() => said.locator('p').allInnerTexts()).toHaveLength(2);
    const [failure, summary] = await said.locator('p').allInnerTexts();
    expect(failure).toMatch(/^고칠 것이 있음: Privileged/);
    expect(summary).toBe('고칠 것이 있음. 10/11 항목 통과');
    await page.clock.install();
    await play(page, 'task-0', 'stack-in-progress', 'waiting');
    const waiting = panel(page, 'task-0').getByRole('status').first().locator('p');
    await expect.poll(() => waiting.count()).toBeGreaterThan(0);
    const before = await waiting.allInnerTexts();
    const again = page.waitForResponse(/api\/check/);
    await page.clock.runFor(60_000);
    await again;
    await expect.poll(() => panel(page, 'task-0').getAttribute('data-status')).toBe('waiting');
    expect(await waiting.allInnerTexts()).toEqual(before);
    await page.context().close();
  });

  it('hears of nothing when a task is solved but that it passed', async () => {
    const page = await open();
    await solve(page, 'task-0');
    const said = panel(page, 'task-0').getByRole('status').first().locator('p');
    await expect.poll(() => said.allInnerTexts()).toEqual(['통과. 6/6 항목 통과']);
    await page.context().close();
  });
});
