/** As soon as the browser has nothing else to do, or soon all the same; Safari cannot say. */
const whenIdle = (then: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(then, { timeout: 200 }) : setTimeout(then, 50);

/**
 * Lays out the tasks one after another, and what follows them. When a page is opened anew, what is out of sight is left out at first (`lab.css`),
 * so that a long lab is on the screen as soon as a short one. Whoever presses something before all is done may be on the way to a place below:
 * then it is done at once.
 */
export function layOutTasks(): void {
  const left = [...document.querySelectorAll('section.task')];
  const now = () => {
    left.length = 0;
    delete document.documentElement.dataset['fresh'];
  };
  const next = () => {
    const task = left.shift();
    if (task === undefined) return now();
    task.classList.add('is-laid-out');
    whenIdle(next);
  };
  whenIdle(next);
  for (const name of ['pointerdown', 'keydown'] as const) document.addEventListener(name, now, { capture: true, once: true });
}
