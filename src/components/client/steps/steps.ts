import { fill } from '../../../i18n/fill.ts';
import { make } from '../dom.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import { readStepId } from './step-id.ts';

/** A numbered step of a task on this page. */
export interface Step {
  readonly element: HTMLLIElement;
  /** `task-3-step-6` */
  readonly id: string;
  /** `task-3` */
  readonly task: string;
  /** The number in the text. */
  readonly number: number;
}

/** The steps of the page in the order of the text. */
export const steps: readonly Step[] = [...document.querySelectorAll<HTMLLIElement>('section.task li[id]')].flatMap((element) => {
  const step = readStepId(element.id);
  return step === undefined ? [] : [{ element, id: element.id, ...step }];
});

/** Makes the arrow keys move from box to box, because there may be many other focusable elements between two steps. */
function offerArrows(boxes: readonly HTMLInputElement[]): void {
  const ways: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  for (const [at, box] of boxes.entries()) {
    box.addEventListener('keydown', (event) => {
      const next = boxes[at + (ways[event.key] ?? 0)];
      if (next === undefined || next === box) return;
      event.preventDefault();
      next.focus();
    });
  }
}

/** Replaces the number of each step by a box to tick. Works with mouse, touch and keyboard, and is remembered. */
export function offerTicks(): void {
  const boxes = steps.map(({ element, id, number }) => {
    const box = make('input', { type: 'checkbox', className: 'step-tick', ariaLabel: fill(texts.lab.tick, { step: number }) });
    box.dataset['number'] = String(number);
    box.addEventListener('change', () => pageState.tick(id, box.checked));
    element.classList.add('has-tick');
    element.prepend(box);
    return { id, box };
  });
  offerArrows(boxes.map(({ box }) => box));
  pageState.follow(() => {
    const ticked = new Set(pageState.reader.ticked);
    for (const { id, box } of boxes) if (box.checked !== ticked.has(id)) box.checked = ticked.has(id);
  });
}

/** How many steps of a task are ticked, and how many it has; without a task, those of the whole lab. */
export function counted(task?: string): { readonly done: number; readonly total: number } {
  const ticked = new Set(pageState.reader.ticked);
  const own = steps.filter((step) => task === undefined || step.task === task);
  return { done: own.filter(({ id }) => ticked.has(id)).length, total: own.length };
}

/** Where to continue: the first unticked step after the one that was ticked last; `undefined` before the first tick and after the last. */
export function nextStep(): Step | undefined {
  const { last, ticked } = pageState.reader;
  if (last === undefined) return undefined;
  const from = steps.findIndex(({ id }) => id === last);
  return steps.find(({ id }, at) => at > from && !ticked.includes(id));
}
