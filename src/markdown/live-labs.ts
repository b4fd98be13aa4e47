import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { labFile } from './lab-file.ts';

export interface LiveLabsOptions {
  /** Folder of the labs and folder of their checkers, from the site's root. */
  readonly labs: string;
  readonly checkers: string;
  /** Takes over the module with the checkers, as it is after a change. */
  readonly onCheckers: (module: Record<string, unknown>) => void;
  /** Writes the zips anew; throws what its author should read. */
  readonly writeZips: () => void;
}

/** How long to wait for the rest of what an editor or a checkout writes at once, in milliseconds. */
const SETTLE = 100;

/**
 * Astro integration for `astro dev`: when a file of a lab or a checker changes, the zips are written, the checkers are read again, and the
 * texts that depend on them are rendered again, as if they had been changed themselves.
 */
export function liveLabs({ labs, checkers, onCheckers, writeZips }: LiveLabsOptions): AstroIntegration {
  let root = '';
  return {
    name: 'live-labs',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
      },
      'astro:server:setup': ({ server, logger }) => {
        const folder = join(root, labs);
        const changed = new Set<string>();
        let timer: NodeJS.Timeout | undefined;
        const texts = () =>
          Object.entries(server.watcher.getWatched())
            .flatMap(([directory, names]) => names.map((name) => join(directory, name)))
            .filter((path) => labFile(path) !== undefined && path.startsWith(folder + sep));
        const settle = async () => {
          const paths = [...changed];
          changed.clear();
          const inLabs = paths.filter((path) => path.startsWith(folder + sep));
          try {
            if (inLabs.length > 0) writeZips();
            if (inLabs.length < paths.length) {
              // Vite forgets a changed module only after all plugins have been asked, which may be later than now.
              server.moduleGraph.invalidateAll();
              onCheckers(await server.ssrLoadModule(`/${checkers}/index.ts`));
            }
          } catch (error) {
            logger.error(error instanceof Error ? error.message : String(error));
          }
          const touched = inLabs.map((path) => relative(folder, path).split(sep)[0]);
          const isTouched = (path: string) => inLabs.length < paths.length || touched.includes(relative(folder, path).split(sep)[0]);
          for (const path of texts().filter(isTouched)) server.watcher.emit('change', path);
        };
        const note = (path: string) => {
          const isLabFile = path.startsWith(folder + sep) && relative(folder, path).split(sep)[1] === 'files';
          const isChecker = path.startsWith(join(root, checkers) + sep) && !path.endsWith('.test.ts');
          if (!isLabFile && !isChecker) return;
          changed.add(path);
          clearTimeout(timer);
          timer = setTimeout(settle, SETTLE);
        };
        server.watcher.add([folder, join(root, checkers)]);
        for (const event of ['add', 'change', 'unlink'] as const) server.watcher.on(event, note);
      },
    },
  };
}
