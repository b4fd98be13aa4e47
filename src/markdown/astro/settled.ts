/**
 * Milliseconds without a new event before the events are handled. Longer than the 50 ms in which chokidar suppresses a second change of the
 * same file.
 */
export const QUIET = 100;

/**
 * Collects events and handles them together after a pause. An editor empties a file before it fills it, and a checkout writes many files.
 * After it has reported a file, chokidar ignores further changes of that file for a moment. Whoever reads the file at the first event may
 * therefore get half a text and never hear about the rest.
 * @param handle called with the collected events. Events that arrive while it works wait until it has finished or failed.
 * @param quiet length of the pause in milliseconds.
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
