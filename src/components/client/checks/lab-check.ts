import type { TaskResult } from '../../../checkers/engine/result.ts';
import { make, statusBadge } from '../dom.ts';
import type { KeptResult } from '../memory/kept-result.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import type { CheckResults, ResultParts } from './check-results.ts';
import type { Problem } from './check-stream.ts';

// The code for results is loaded with the first result. Most pages are only read.
const loadResults = () => import('./check-results.ts');
const loadStream = () => import('./check-stream.ts');

const name = (kept: KeptResult | undefined) => (kept === undefined ? undefined : `${kept.account} ${kept.checkedAt}`);

/** `<lab-check data-lab data-task>`: the status of a task, its button, and the results as they arrive. */
export class LabCheck extends HTMLElement {
  #running = false;
  #results: Promise<CheckResults> | undefined;
  /** The result that is shown below the button. */
  #shown: string | undefined;
  /** The text for screen readers. */
  readonly #said = make('div', { className: 'sr-only', role: 'status' });

  get #task(): string {
    return this.dataset['task'] ?? '';
  }

  get #button(): HTMLButtonElement | null {
    return this.querySelector('.check-button');
  }

  connectedCallback(): void {
    // The text around it may be in another language than the interface.
    this.lang = texts.language;
    // Reading out every row as it arrives would be too much. Important results are read out separately.
    this.querySelector('.check-result')?.removeAttribute('aria-live');
    this.querySelector('.check-head')?.after(this.#said);
    const button = this.#button;
    if (button) button.textContent = texts.check.button;
    // A page has several such buttons.
    const goal = this.querySelector('.check-goal');
    if (goal) goal.id ||= `${this.#task}-goal`;
    if (goal) button?.setAttribute('aria-describedby', goal.id);
    button?.addEventListener('click', () => void this.check());
    pageState.follow(() => {
      if (this.#running) return;
      this.#showStatus(pageState.lab.statuses[this.#task] ?? 'unchecked');
      this.#recall().catch(() => undefined);
    });
  }

  disconnectedCallback(): void {
    void this.#results?.then((results) => results.stop());
  }

  /**
   * Checks the account now. During a check, another call does nothing.
   * @param byItself whether the check was started automatically.
   */
  async check(byItself = false): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#busy(true);
    try {
      const address = `/api/check/${encodeURIComponent(this.dataset['lab'] ?? '')}/${encodeURIComponent(this.#task)}?lang=${texts.language}`;
      const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
      const [response, { checkEvents }, results] = await Promise.all([
        fetch(address, { method: 'POST', headers, body: '{}' }),
        loadStream(),
        this.#load(),
      ]);
      results.begin(byItself);
      let finished = false;
      for await (const event of checkEvents(response)) {
        if (event.kind === 'check') {
          results.add(event.check);
          results.announce(event.check);
        } else if (event.kind === 'task') this.#finish(event.task, results);
        else this.#showProblem(event.problem);
        finished ||= event.kind !== 'check';
      }
      if (!finished) this.#showProblem({ title: texts.check.failedRequest });
    } catch {
      // The connection broke or the answer was malformed. The earlier results stay, with a note that this check failed.
      this.#showProblem({ title: texts.check.failedRequest });
    } finally {
      this.#running = false;
      this.#busy(false);
    }
  }

  #load(): Promise<CheckResults> {
    this.#results ??= loadResults().then(({ CheckResults }) => new CheckResults(this.#task, () => this.#parts()));
    // If loading failed, the next check tries again.
    this.#results.catch(() => {
      this.#results = undefined;
    });
    return this.#results;
  }

  /** Shows the result of an earlier visit, in this language, without reading it out. */
  async #recall(): Promise<void> {
    const kept = pageState.result(this.#task);
    if (name(kept) === this.#shown) return;
    this.#shown = name(kept);
    const results = await this.#load();
    // Meanwhile a check may have started, or the account may have changed.
    if (this.#running || name(kept) !== this.#shown) return;
    if (kept === undefined) results.clear();
    else results.recall(kept);
    const button = this.#button;
    if (button) button.textContent = kept === undefined ? texts.check.button : texts.check.again;
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

  #parts(): ResultParts {
    const result = this.querySelector('.check-result');
    const list = result?.querySelector<HTMLElement>('.check-list') ?? make('ul', { className: 'check-list' });
    const note = result?.querySelector<HTMLElement>('.check-note') ?? make('p', { className: 'check-note' });
    if (!list.isConnected) result?.append(note, list);
    return { list, note, said: this.#said };
  }

  #finish(task: TaskResult, results: CheckResults): void {
    pageState.remember(task);
    this.#shown = name(pageState.result(this.#task)) ?? this.#shown;
    // An unknown status does not replace the remembered one elsewhere, but here the student has to see what happened.
    this.#showStatus(task.status);
    results.finish(task, () => void this.check(true));
  }

  #showProblem(problem: Problem): void {
    const detail = problem.detail === undefined || problem.detail === problem.title ? '' : ` ${problem.detail}`;
    this.#parts().note.replaceChildren(statusBadge('unknown', texts.status.unknown), ` ${problem.title}${detail}`);
    this.#said.replaceChildren(make('p', {}, `${problem.title}${detail}`));
  }
}
