import { fill } from '../../i18n/ui.ts';
import { statusBadge } from './dom.ts';
import { pageState } from './page-state.ts';
import { texts } from './texts.ts';

/** `<task-nav>`: the lab's contents with the remembered status of each task. */
export class TaskNav extends HTMLElement {
  connectedCallback(): void {
    pageState.follow(() => {
      const { statuses } = pageState.lab;
      let passed = 0;
      for (const link of this.querySelectorAll<HTMLElement>('a[data-task]')) {
        const status = statuses[link.dataset['task'] ?? ''] ?? 'unchecked';
        if (status === 'passed') passed += 1;
        link.querySelector('.check-status')?.replaceWith(statusBadge(status, texts.status[status]));
      }
      const progress = this.querySelector<HTMLElement>('.lab-nav-progress');
      if (progress) progress.textContent = fill(texts.lab.progress, { passed, total: progress.dataset['total'] ?? 0 });
    });
  }
}
