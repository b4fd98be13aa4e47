/** As soon as the browser has nothing else to do; Safari cannot say. */
const whenIdle = (then: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(then) : setTimeout(then, 50));

/**
 * Lays out the tasks one after another. When a page is opened anew, those out of sight are left out at first (`lab.css`), so that a long lab is
 * on the screen as soon as a short one. Whoever presses something before all is done may be on the way to a place below: then it is done at once.
 */
export function layOutTasks(): void {
  const left = [...document.querySelectorAll('section.task')];
  const next = () => {
    left.shift()?.classList.add('is-laid-out');
    if (left.length > 0) whenIdle(next);
  };
  whenIdle(next);
  const now = () => {
    for (const task of left.splice(0)) task.classList.add('is-laid-out');
  };
  for (const name of ['pointerdown', 'keydown'] as const) document.addEventListener(name, now, { capture: true, once: true });
}
