import { fill } from '../../../i18n/fill.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';

/**
 * `<lab-summary>`: at the end of the lab, once every task that is checked has passed in this account: what was done, where and until when.
 * What no checker looks at is ticked off by hand and keeps nobody from finishing.
 */
export class LabSummary extends HTMLElement {
  connectedCallback(): void {
    const said = this.querySelector('.lab-summary-said');
    const tasks = [...document.querySelectorAll<HTMLElement>('task-nav a[data-task]:has(.check-status)')].map(
      ({ dataset }) => dataset['task'] ?? '',
    );
    pageState.follow(() => {
      const { statuses } = pageState.lab;
      this.hidden = tasks.length === 0 || !tasks.every((task) => statuses[task] === 'passed');
      if (this.hidden || !said) return;
      const [last] = tasks.map((task) => pageState.result(task)?.checkedAt ?? '').toSorted((a, b) => b.localeCompare(a));
      const time = new Intl.DateTimeFormat(texts.language, { dateStyle: 'long', timeStyle: 'short' });
      said.textContent = [
        fill(texts.lab.doneTasks, { total: tasks.length, account: pageState.account ?? '' }),
        ...(last ? [fill(texts.lab.doneAt, { time: time.format(new Date(last)) })] : []),
      ].join(' ');
    });
  }
}
