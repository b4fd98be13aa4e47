import type { CheckResult, TaskResult } from '../../../checkers/engine/result.ts';
import { fill } from '../../../i18n/fill.ts';
import { formatUsd } from '../../../i18n/format.ts';
import { resultTexts } from '../../../i18n/result-texts.ts';
import { makeCopyable } from '../code/copy-code.ts';
import { make } from '../dom.ts';
import type { KeptResult } from '../memory/kept-result.ts';
import { leftoversOf, monthlyCost } from '../memory/leftovers.ts';
import { texts } from '../texts.ts';
import { renderCheck } from './render-check.ts';

/** The least number of seconds between automatic checks, whatever the answer asks for. */
const SOONEST = 3;
const LATEST = 300;

const said = resultTexts[texts.language];

/** A line above the results, the results, and the text for screen readers. */
export interface ResultParts {
  readonly note: HTMLElement;
  readonly list: HTMLElement;
  readonly said: HTMLElement;
}

/** At most this many results are read out one by one. The summary covers the rest. */
const MOST_SAID = 3;

/** The results below a task's button. Earlier results stay until new ones arrive. */
export class CheckResults {
  readonly #task: string;
  readonly #parts: () => ResultParts;
  readonly #rows = new Map<string, HTMLLIElement>();
  readonly #titles = new Map<string, string>();
  #seen = new Set<string>();
  #known: ReadonlySet<string> = new Set();
  #again: ReturnType<typeof setInterval> | undefined;

  /** @param parts creates the two parts of the panel when they are first needed. */
  constructor(task: string, parts: () => ResultParts) {
    this.#task = task;
    this.#parts = parts;
  }

  /**
   * Starts a new check.
   * @param byItself whether it was started automatically; unchanged results are not read out again then.
   */
  begin(byItself = false): void {
    this.stop();
    this.#seen = new Set();
    const { said: spoken } = this.#parts();
    this.#known = new Set(byItself ? [...spoken.children].map(({ textContent }) => textContent ?? '') : []);
    if (!byItself) spoken.replaceChildren();
  }

  /** Stops automatic checks. */
  stop(): void {
    clearInterval(this.#again);
  }

  add(check: CheckResult): void {
    this.#seen.add(check.id);
    this.#titles.set(check.id, check.title);
    const row = renderCheck(check, this.#task, this.#titles);
    makeCopyable(row);
    const before = this.#rows.get(check.id);
    // An unchanged result is not read out again.
    if (before?.isEqualNode(row)) return;
    if (before) before.replaceWith(row);
    else this.#parts().list.append(row);
    this.#rows.set(check.id, row);
  }

  /** Reads out what the student has to do as soon as it arrives. Passed and blocked checks are counted at the end. */
  announce({ status, title, message }: CheckResult): void {
    if (status === 'passed' || status === 'blocked' || this.#parts().said.childElementCount >= MOST_SAID) return;
    this.#say(`${texts.status[status]}: ${title}. ${message}`);
  }

  #say(words: string): void {
    if (!this.#known.has(words)) this.#parts().said.append(make('p', {}, words));
  }

  /** @param again starts another check; called after a while when AWS is still working. */
  finish(task: TaskResult, again: () => void): void {
    this.#showAll(task);
    const time = new Intl.DateTimeFormat(texts.language, { timeStyle: 'medium' }).format(new Date(task.checkedAt));
    const summary = this.#note(task, fill(said.checkedAt, { time, account: task.account, region: task.region }));
    this.#say(`${texts.status[task.status]}. ${summary}`);
    if (task.status === 'waiting') this.#lookAgain(task.retryAfter ?? 15, again);
  }

  /** Shows the results of an earlier visit. */
  recall(kept: KeptResult): void {
    this.begin();
    this.#showAll(kept);
    const seen = new Date(kept.checkedAt);
    const today = seen.toDateString() === new Date().toDateString();
    const time = new Intl.DateTimeFormat(texts.language, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
    this.#note(kept, fill(said.earlier, { time: time.format(seen) }));
  }

  /** Removes all results. */
  clear(): void {
    this.begin();
    this.#drop();
    this.#parts().note.replaceChildren();
  }

  #showAll({ checks }: Pick<TaskResult, 'checks'>): void {
    for (const check of checks) if (!this.#seen.has(check.id)) this.add(check);
    this.#drop();
  }

  /** Removes the rows of checks that the last answer did not contain. */
  #drop(): void {
    for (const [id, row] of this.#rows) {
      if (this.#seen.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
  }

  /** @returns the summary. */
  #note({ checks }: Pick<TaskResult, 'checks'>, when: string): string {
    const passed = checks.filter(({ status }) => status === 'passed').length;
    const summary = fill(said.summary, { passed, total: checks.length });
    this.#parts().note.replaceChildren(`${summary} · ${when}`);
    this.#showLeftovers(checks);
    return summary;
  }

  /** What a cleanup still has to delete: how much, in which order, and what it costs. */
  #showLeftovers(checks: readonly CheckResult[]): void {
    const leftovers = leftoversOf({ checks });
    if (leftovers.length === 0) return;
    const { list, note } = this.#parts();
    const cost = monthlyCost(leftovers);
    const money = cost > 0 ? ` ${fill(said.leftoversCost, { cost: formatUsd(cost, texts.language) })}` : '';
    note.prepend(make('strong', { className: 'check-leftovers' }, `${fill(said.leftovers, { count: leftovers.length })}${money}`));
    const order = new Map(checks.map(({ id, fix, status }) => [id, status === 'failed' ? (fix?.order ?? 98) : 99]));
    const rank = (row: Element) => order.get((row as HTMLElement).dataset['check'] ?? '') ?? 99;
    const sorted = [...list.children].sort((a, b) => rank(a) - rank(b));
    // Moving a row that is already in its place would take the focus away from it.
    if (sorted.some((row, at) => row !== list.children[at])) list.append(...sorted);
  }

  /** Counts down and checks again. A hidden page waits until it is visible. Screen readers do not read the countdown. */
  #lookAgain(seconds: number, again: () => void): void {
    let left = Math.min(LATEST, Math.max(SOONEST, Math.round(seconds)));
    const announced = fill(said.retry, { seconds: left });
    const counter = make('span', { ariaHidden: 'true' }, announced);
    this.#parts().note.append(' ', make('span', { className: 'check-retry' }, make('span', { className: 'sr-only' }, announced), counter));
    this.#again = setInterval(() => {
      if (left > 0) left -= 1;
      counter.textContent = fill(said.retry, { seconds: left });
      if (left === 0 && !document.hidden) {
        this.stop();
        again();
      }
    }, 1000);
  }
}
