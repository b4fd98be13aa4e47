import { type Step, steps } from './steps.ts';

/** What the reader is looking at. */
export interface Whereabouts {
  /** The anchor of the section: `task-3`, or the id of another level 2 heading. */
  readonly section: string | undefined;
  readonly step: Step | undefined;
}

interface Mark {
  readonly element: HTMLElement;
  readonly section: string;
  /** The steps of the task, in the order of the text. */
  readonly steps: readonly Step[];
}

/** The tasks, and the headings outside of tasks. */
function marksOf(): Mark[] {
  const found = document.querySelectorAll<HTMLElement>('.sl-markdown-content h2, section.task');
  return [...found]
    .filter((element) => element.tagName !== 'H2' || element.closest('section.task') === null)
    .map((element) => ({ element, section: element.id, steps: steps.filter(({ task }) => task === element.dataset['task']) }));
}

/** The last mark whose top is above `line` (pixels from the top of the window). The marks are in the order of the page. */
function lastAbove<Marked extends { readonly element: HTMLElement }>(marks: readonly Marked[], line: number): Marked | undefined {
  let from = 0;
  let to = marks.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const mark = marks[middle];
    if (mark !== undefined && mark.element.getBoundingClientRect().top <= line) from = middle + 1;
    else to = middle;
  }
  return marks[from - 1];
}

/** Calls back when the reader reaches another section or step. */
export function followReading(tell: (place: Whereabouts) => void): void {
  const marks = marksOf();
  let shown: { mark: Mark | undefined; step: Step | undefined } | undefined;
  let asked = false;
  const look = () => {
    asked = false;
    const line = window.innerHeight * 0.4;
    // The section is found first, because asking for the place of a step would lay out a task that is still left out.
    const mark = lastAbove(marks, line);
    const step = mark && lastAbove(mark.steps, line);
    if (shown !== undefined && mark === shown.mark && step === shown.step) return;
    shown = { mark, step };
    tell({ section: mark?.section, step });
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(look);
  };
  document.addEventListener('scroll', ask, { passive: true });
  window.addEventListener('resize', ask, { passive: true });
  ask();
}
