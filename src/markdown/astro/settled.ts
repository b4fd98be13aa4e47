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
  let isWorking = false;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(handOn, quiet);
  };
  const handOn = async () => {
    if (isWorking) return wait();
    const items = [...noted];
    noted.clear();
    isWorking = true;
    try {
      await handle(items);
    } finally {
      isWorking = false;
    }
  };
  return (item) => {
    noted.add(item);
    wait();
  };
}
