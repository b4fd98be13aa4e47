import { fill } from '../../../i18n/fill.ts';
import { statusBadge } from '../dom.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import { counted } from './steps.ts';
import { followReading } from './whereabouts.ts';

/** Moves the focus to a heading for keyboard and screen reader. The link itself scrolls there. */
function focusHeading(hash: string): void {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  const heading = target?.matches('h2') ? target : target?.querySelector<HTMLElement>('h2, h3');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** `<task-nav>`: the lab's contents with the remembered status of each task that is checked, how many of its steps are ticked, and where the reader is. */
export class TaskNav extends HTMLElement {
  connectedCallback(): void {
    pageState.follow(() => this.#showProgress());
    followReading(({ section, step }) => this.#showPlace(section, step?.element));
    this.addEventListener('click', (event) => {
      const pane = this.closest<HTMLElement>('[popover]');
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || !pane?.matches(':popover-open')) return;
      // On a narrow screen the list covers the target of the link.
      pane.hidePopover();
      // The page can be focused again after the list has closed.
      pane.addEventListener('toggle', () => focusHeading(link.hash), { once: true });
    });
  }

  #showProgress(): void {
    const { statuses } = pageState.lab;
    let passed = 0;
    for (const link of this.querySelectorAll<HTMLElement>('a[data-task]')) {
      const task = link.dataset['task'] ?? '';
      const status = statuses[task] ?? 'unchecked';
      const badge = link.querySelector<HTMLElement>('.check-status');
      if (badge && status === 'passed') passed += 1;
      if (badge?.dataset['status'] !== status) badge?.replaceWith(statusBadge(status, texts.status[status]));
      const said = link.querySelector('.lab-nav-steps');
      if (said) said.textContent = fill(texts.lab.steps, counted(task));
    }
    const progress = this.querySelector<HTMLElement>('.lab-nav-progress');
    if (progress) progress.textContent = fill(texts.lab.progress, { passed, total: progress.dataset['total'] ?? 0 });
  }

  #showPlace(section: string | undefined, step: HTMLElement | undefined): void {
    for (const link of this.querySelectorAll<HTMLAnchorElement>('ol a')) {
      const here = section !== undefined && link.hash === `#${section}`;
      if (here === link.hasAttribute('aria-current')) continue;
      if (!here) link.removeAttribute('aria-current');
      else {
        link.setAttribute('aria-current', 'location');
        link.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      }
    }
    document.querySelector('li.is-current')?.classList.remove('is-current');
    step?.classList.add('is-current');
  }
}
