import { fill } from '../../../i18n/fill.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import { nextStep, type Step, steps } from './steps.ts';
import { followReading } from './whereabouts.ts';

function titleOf(section: string | undefined): string {
  const link = section === undefined ? null : document.querySelector(`task-nav a[href="#${CSS.escape(section)}"] .lab-nav-text`);
  return link?.textContent ?? '';
}

/** The name of a place: `태스크 3 · 6단계`. */
export function placeName({ task, number }: Step): string {
  const title = titleOf(task).split(/\s*[:：]/)[0] ?? '';
  return fill(texts.lab.place, { task: title, step: number });
}

/**
 * Keeps the focus where the reader can see it. While the list of tasks is open, it covers the page. When a reader has chosen a task from
 * the list, {@link TaskNav} moves the focus there.
 */
function followPane(pane: HTMLElement, button: HTMLElement): void {
  pane.addEventListener('toggle', (event) => {
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement !== button && !pane.contains(activeElement)) return;
    if ((event as ToggleEvent).newState === 'open') pane.querySelector<HTMLElement>('a[aria-current], a')?.focus();
    else button.focus({ preventScroll: true });
  });
}

/** `<lab-bar>`: on a narrow screen, shows the place that is being read. Pressing it opens the list of tasks. */
export class LabBar extends HTMLElement {
  connectedCallback(): void {
    const task = this.querySelector('.lab-bar-task');
    const step = this.querySelector('.lab-bar-step');
    if (!task || !step) return;
    const pane = document.getElementById('starlight__sidebar');
    const button = this.querySelector('button');
    if (pane && button) followPane(pane, button);
    followReading((place) => {
      task.textContent = titleOf(place.section) || texts.lab.tasks;
      const last = steps.findLast((other) => other.task === place.step?.task)?.number;
      step.textContent = place.step === undefined || last === undefined ? '' : `${place.step.number}/${last}`;
    });
  }
}

/** `<lab-progress>`: ticked steps, the remaining time, and a link to where the reader stopped. */
export class LabProgress extends HTMLElement {
  connectedCallback(): void {
    const said = this.querySelector('.lab-progress-said');
    const meter = this.querySelector('progress');
    const link = this.querySelector<HTMLAnchorElement>('.lab-continue');
    const minutes = Number(this.dataset['minutes'] ?? 0);
    pageState.follow(() => {
      const done = pageState.reader.ticked.filter((id) => steps.some((step) => step.id === id)).length;
      const total = steps.length;
      const left = Math.ceil((minutes * (total - done)) / Math.max(total, 1) / 5) * 5;
      const parts = [fill(texts.lab.steps, { done, total }), ...(minutes > 0 ? [fill(texts.lab.left, { minutes: left })] : [])];
      if (said) said.textContent = parts.join(' · ');
      if (meter) {
        meter.max = Math.max(total, 1);
        meter.value = done;
      }
      const next = nextStep();
      if (!link) return;
      link.hidden = next === undefined;
      if (next === undefined) return;
      link.href = `#${next.id}`;
      link.textContent = fill(texts.lab.resume, { place: placeName(next) });
    });
  }
}
