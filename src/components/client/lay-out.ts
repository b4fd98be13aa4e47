/** As soon as the browser has nothing else to do, or soon all the same; Safari cannot say. */
const whenIdle = (then: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(then, { timeout: 200 }) : setTimeout(then, 50);

/**
 * Lays out the tasks one after another, and what follows them. When a page is opened anew, what is out of sight is left out at first (`lab.css`),
 * so that a long lab is on the screen as soon as a short one. Whoever presses something before all is done may be on the way to a place below:
 * then it is done at once.
 */
export function layOutTasks(): void {
  // Marked one by one: a mark of the whole page would have the browser look at all of it again.
  const rest = [...document.querySelectorAll('.task ~ :not(.task)')];
  const left = [...[...document.querySelectorAll('.task')].map((task) => [task]), rest];
  const layOut = (part: readonly Element[]) => {
    for (const element of part) element.classList.add('is-laid-out');
  };
  const next = () => {
    layOut(left.shift() ?? []);
    if (left.length > 0) whenIdle(next);
  };
  whenIdle(next);
  const now = () => layOut(left.splice(0).flat());
  for (const name of ['pointerdown', 'keydown'] as const) document.addEventListener(name, now, { capture: true, once: true });
}
