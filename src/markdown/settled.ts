/** How long nothing more must have been noted, in milliseconds. Longer than the 50 in which chokidar keeps a second change to itself. */
export const QUIET = 100;

/**
 * Collects what is noted and hands it on once nothing more is. An editor empties a file and then fills it, a checkout writes many, and of
 * a file it has just told of chokidar tells nothing for a while: whoever reads at the first event may read half a text, and is never told
 * of the rest.
 * @param handle what is noted while it works waits until it has ended, well or not.
 * @param quiet in milliseconds.
 */
export function settled<Noted>(handle: (noted: readonly Noted[]) => void | Promise<void>, quiet = QUIET): (item: Noted) => void {
  const noted = new Set<Noted>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  const handOn = async () => {
    const items = [...noted];
    noted.clear();
    if (items.length > 0) await handle(items);
  };
  return (item) => {
    noted.add(item);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(handOn, handOn);
    }, quiet);
  };
}
