/** Runs something when the browser is idle. Safari cannot tell, so there it runs soon. */
const whenIdle = (then: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(then, { timeout: 200 }) : setTimeout(then, 50);

/**
 * Lays out the tasks one by one, and then the rest of the page. A newly opened page leaves out what is not visible (`lab.css`), so that a
 * long lab is painted as soon as a short one. A press may lead to a place further down, so everything is laid out at once then.
 */
export function layOutTasks(): void {
  // Each element is marked separately, because a mark on the whole page would make the browser recompute all of it.
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
