import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { QUIET, settled } from './settled.ts';

type Watcher = Pick<ViteDevServer['watcher'], 'add' | 'emit' | 'getWatched' | 'on'>;

/** Every file and folder that is watched. */
export function watchedPaths(watcher: Pick<Watcher, 'getWatched'>): string[] {
  return Object.entries(watcher.getWatched()).flatMap(([folder, names]) => names.map((name) => join(folder, name)));
}

/** Everything below a folder; nothing where it has gone again. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

/**
 * Has the watcher tell of the files of a new folder that it misses: chokidar reads the folder and only then begins to watch it, so what is
 * written between the two it never finds. Looks again soon and, as a busy machine may be slow to begin, once more a second later.
 */
export function tellOfMissedFiles(watcher: Watcher, isOurs: (path: string) => boolean): void {
  const look = (folders: readonly string[]) => {
    const known = new Set(watchedPaths(watcher));
    for (const entry of folders.flatMap(entriesOf)) {
      const path = join(entry.parentPath, entry.name);
      if (known.has(path)) continue;
      known.add(path);
      watcher.add(path);
      if (entry.isFile()) watcher.emit('add', path);
    }
  };
  const soon = settled(look);
  const later = settled(look, 10 * QUIET);
  watcher.on('addDir', (folder) => {
    if (!isOurs(folder)) return;
    soon(folder);
    later(folder);
  });
}
