import { type Step, steps } from './steps.ts';

/** What the reader is looking at. */
export interface Whereabouts {
  /** The link target of the section: `task-3`, or the id of another second-level heading. */
  readonly section: string | undefined;
  readonly step: Step | undefined;
}

interface Mark {
  readonly element: HTMLElement;
  readonly section: string;
  readonly step: Step | undefined;
}

function marksOf(): Mark[] {
  const byElement = new Map(steps.map((step) => [step.element as HTMLElement, step]));
  const found = document.querySelectorAll<HTMLElement>('.sl-markdown-content h2, section.task li[id]');
  return [...found].flatMap((element) => {
    const step = byElement.get(element);
    const section = element.closest<HTMLElement>('section.task')?.id ?? element.id;
    return step !== undefined || element.tagName === 'H2' ? [{ element, section, step }] : [];
  });
}

/** The last of the marks, which stand in the order of the page, whose top is above `line` (pixels from the top of the window). */
function lastAbove(marks: readonly Mark[], line: number): Mark | undefined {
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

/** Calls back when the section or the step that is being read changes. */
export function followReading(tell: (place: Whereabouts) => void): void {
  const marks = marksOf();
  let shown: Mark | undefined;
  let asked = false;
  const look = () => {
    asked = false;
    const mark = lastAbove(marks, window.innerHeight * 0.4);
    if (mark === shown) return;
    shown = mark;
    tell({ section: mark?.section, step: mark?.step });
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
