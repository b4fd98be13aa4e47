import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { QUIET, settled } from './settled.ts';

type Watcher = Pick<ViteDevServer['watcher'], 'add' | 'emit' | 'getWatched' | 'on'>;

/** All files and folders that are being watched. */
export function watchedPaths(watcher: Pick<Watcher, 'getWatched'>): string[] {
  return Object.entries(watcher.getWatched()).flatMap(([folder, names]) => names.map((name) => join(folder, name)));
}

/** Everything below a folder; empty when the folder is gone. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

/**
 * Makes the watcher report files of a new folder that it would miss. chokidar lists the folder and then starts to watch it, and it never
 * sees a file that is written in between. This looks again soon, and once more a second later, because a slow machine may take longer.
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
