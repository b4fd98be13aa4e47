import type { CheckResult, TaskResult } from '../../checkers/core/result.ts';
import { fill } from '../../i18n/fill.ts';
import { formatUsd } from '../../i18n/format.ts';
import type { Problem } from './check-stream.ts';
import { makeCopyable } from './copy-code.ts';
import { make, statusBadge } from './dom.ts';
import { leftoversOf, monthlyCost } from './leftovers.ts';
import { pageState } from './page-state.ts';
import { texts } from './texts.ts';

// What shows results is loaded with the first look: until then a page is only read.
const loadResults = () => Promise.all([import('./check-stream.ts'), import('./render-check.ts')]);
type RenderCheck = typeof import('./render-check.ts')['renderCheck'];

/** Seconds between automatic looks, whatever the answer asks for. */
const SOONEST = 3;
const LATEST = 300;

/** `<lab-check data-lab data-task>`: a task's status, its button and the results as they arrive. */
export class LabCheck extends HTMLElement {
  #running = false;
  #again: ReturnType<typeof setInterval> | undefined;
  readonly #rows = new Map<string, HTMLLIElement>();
  readonly #titles = new Map<string, string>();

  get #task(): string {
    return this.dataset['task'] ?? '';
  }

  get #button(): HTMLButtonElement | null {
    return this.querySelector('.check-button');
  }

  connectedCallback(): void {
    // The text around may be in another language than the interface.
    this.lang = texts.language;
    const button = this.#button;
    if (button) button.textContent = texts.check.button;
    button?.addEventListener('click', () => void this.check());
    pageState.follow(() => {
      if (!this.#running) this.#showStatus(pageState.lab.statuses[this.#task] ?? 'unchecked');
    });
  }

  disconnectedCallback(): void {
    clearInterval(this.#again);
  }

  /** Looks at the account now. A second call while one is under way does nothing. */
  async check(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearInterval(this.#again);
    this.#busy(true);
    const seen = new Set<string>();
    try {
      const address = `/api/check/${encodeURIComponent(this.dataset['lab'] ?? '')}/${encodeURIComponent(this.#task)}?lang=${texts.language}`;
      const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
      const [response, [{ checkEvents }, { renderCheck }]] = await Promise.all([
        fetch(address, { method: 'POST', headers, body: '{}' }),
        loadResults(),
      ]);
      let finished = false;
      for await (const event of checkEvents(response)) {
        if (event.kind === 'check') this.#showCheck(event.check, seen, renderCheck);
        else if (event.kind === 'task') this.#finish(event.task, seen, renderCheck);
        else this.#showProblem(event.problem);
        finished ||= event.kind !== 'check';
      }
      if (!finished) this.#showProblem({ title: texts.check.failedRequest });
    } catch {
      // The connection broke or the answer was no answer: the earlier results stay, with a word that this look failed.
      this.#showProblem({ title: texts.check.failedRequest });
    } finally {
      this.#running = false;
      this.#busy(false);
    }
  }

  #busy(busy: boolean): void {
    const button = this.#button;
    if (button) {
      button.setAttribute('aria-disabled', String(busy));
      button.textContent = busy ? texts.check.checking : texts.check.again;
    }
    this.classList.toggle('is-checking', busy);
    if (busy) this.#showStatus('checking');
    else if (this.dataset['status'] === 'checking') this.#showStatus(pageState.lab.statuses[this.#task] ?? 'unchecked');
  }

  #showStatus(status: keyof typeof texts.status): void {
    this.dataset['status'] = status;
    this.querySelector('.check-claim > .check-status')?.replaceWith(statusBadge(status, texts.status[status]));
  }

  /** The part of the panel that is read out as it changes. */
  #result(): { list: HTMLElement; note: HTMLElement } {
    const result = this.querySelector('.check-result');
    const list = result?.querySelector<HTMLElement>('.check-list') ?? make('ul', { className: 'check-list' });
    const note = result?.querySelector<HTMLElement>('.check-note') ?? make('p', { className: 'check-note' });
    if (!list.isConnected) result?.append(note, list);
    return { list, note };
  }

  #showCheck(check: CheckResult, seen: Set<string>, renderCheck: RenderCheck): void {
    seen.add(check.id);
    this.#titles.set(check.id, check.title);
    const row = renderCheck(check, this.#task, this.#titles);
    makeCopyable(row);
    const before = this.#rows.get(check.id);
    // What has not changed is not read out again.
    if (before?.isEqualNode(row)) return;
    if (before) before.replaceWith(row);
    else this.#result().list.append(row);
    this.#rows.set(check.id, row);
  }

  #finish(task: TaskResult, seen: Set<string>, renderCheck: RenderCheck): void {
    for (const check of task.checks) if (!seen.has(check.id)) this.#showCheck(check, seen, renderCheck);
    for (const [id, row] of this.#rows) {
      if (seen.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
    this.#showStatus(task.status);
    pageState.remember(task);
    // What could not be looked at keeps the remembered status elsewhere, but here the student has to see what happened.
    this.#showStatus(task.status);
    const passed = task.checks.filter(({ status }) => status === 'passed').length;
    const time = new Intl.DateTimeFormat(texts.language, { timeStyle: 'medium' }).format(new Date(task.checkedAt));
    const summary = fill(texts.check.summary, { passed, total: task.checks.length });
    const place = fill(texts.check.checkedAt, { time, account: task.account, region: task.region });
    this.#result().note.replaceChildren(`${summary} · ${place}`);
    this.#showLeftovers(task);
    if (task.status === 'waiting') this.#lookAgain(task.retryAfter ?? 15);
  }

  /** What a cleanup has still to delete: how much, in which order, at what cost. */
  #showLeftovers(task: TaskResult): void {
    const leftovers = leftoversOf(task);
    if (leftovers.length === 0) return;
    const { list, note } = this.#result();
    const cost = monthlyCost(leftovers);
    const money = cost > 0 ? ` ${fill(texts.check.leftoversCost, { cost: formatUsd(cost, texts.language) })}` : '';
    note.prepend(make('strong', { className: 'check-leftovers' }, `${fill(texts.check.leftovers, { count: leftovers.length })}${money}`));
    const order = new Map(task.checks.map(({ id, fix, status }) => [id, status === 'failed' ? (fix?.order ?? 98) : 99]));
    const rank = (row: Element) => order.get((row as HTMLElement).dataset['check'] ?? '') ?? 99;
    const sorted = [...list.children].sort((a, b) => rank(a) - rank(b));
    // Moving a row that is in its place already would take the focus from it.
    if (sorted.some((row, at) => row !== list.children[at])) list.append(...sorted);
  }

  #showProblem(problem: Problem): void {
    const detail = problem.detail === undefined || problem.detail === problem.title ? '' : ` ${problem.detail}`;
    const { note } = this.#result();
    note.replaceChildren(statusBadge('unknown', texts.status.unknown), ` ${problem.title}${detail}`);
  }

  /** Counts down and looks again by itself; a hidden page waits until it is seen. The countdown is not read out every second. */
  #lookAgain(seconds: number): void {
    let left = Math.min(LATEST, Math.max(SOONEST, Math.round(seconds)));
    const announced = fill(texts.check.retry, { seconds: left });
    const counter = make('span', { ariaHidden: 'true' }, announced);
    this.#result().note.append(' ', make('span', { className: 'sr-only' }, announced), counter);
    this.#again = setInterval(() => {
      if (left > 0) left -= 1;
      counter.textContent = fill(texts.check.retry, { seconds: left });
      if (left === 0 && !document.hidden) {
        clearInterval(this.#again);
        void this.check();
      }
    }, 1000);
  }
}
