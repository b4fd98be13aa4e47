import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { labFile } from '../read/lab-file.ts';
import { tellOfMissedFiles, watchedPaths } from './missed-files.ts';
import { settled } from './settled.ts';

export interface LiveLabsOptions {
  /** Folders, relative to the site's root: of the labs, of their checkers, and of the zips that are served. */
  readonly labs: string;
  readonly checkers: string;
  readonly zips: string;
  /** Called with the module of the checkers when it has changed. */
  readonly onCheckers: (module: Record<string, unknown>) => void;
  /** Writes the zips and returns them. Throws an error that the author should read. */
  readonly writeZips: () => readonly unknown[];
}

/**
 * Astro integration: writes the zips before a build and at the start of `astro dev`. In `astro dev`, a change of a lab's file, a checker or
 * a picture writes the zips again, loads the checkers again, and renders the texts that depend on them.
 */
export function liveLabs({ labs, checkers, zips, onCheckers, writeZips }: LiveLabsOptions): AstroIntegration {
  let root = '';
  let served = '';
  return {
    name: 'live-labs',
    hooks: {
      'astro:config:setup': ({ command, logger }) => {
        if (command === 'build' || command === 'dev') logger.info(`Zips in ${zips}: ${writeZips().length}`);
      },
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
        served = fileURLToPath(config.publicDir);
      },
      'astro:server:setup': ({ server, logger }) => {
        const folder = join(root, labs);
        const isIn = (directory: string) => (path: string) => path.startsWith(directory + sep);
        const isInLabs = isIn(folder);
        const isChecker = isIn(join(root, checkers));
        const isServed = isIn(resolve(served));
        const isZip = isIn(join(root, zips));
        const texts = () => watchedPaths(server.watcher).filter((path) => labFile(path) !== undefined && isInLabs(path));
        const note = settled<string>(async (paths) => {
          try {
            if (paths.some(isInLabs)) writeZips();
            if (paths.some(isChecker)) {
              // Vite invalidates a changed module only after it has asked all plugins, which may be later than now.
              server.moduleGraph.invalidateAll();
              onCheckers(await server.ssrLoadModule(`/${checkers}/index.ts`));
            }
          } catch (error) {
            logger.error(error instanceof Error ? error.message : String(error));
          }
          const labOf = (path: string) => relative(folder, path).split(sep)[0];
          const touched = paths.filter(isInLabs).map(labOf);
          const isTouched = (path: string) => touched.includes(labOf(path));
          for (const path of paths.every(isInLabs) ? texts().filter(isTouched) : texts()) server.watcher.emit('change', path);
        });
        const isOurs = (path: string) =>
          (isInLabs(path) && labFile(path) === undefined) ||
          (isServed(path) && !isZip(path)) ||
          (isChecker(path) && !/[.]test(-support)?[.]ts$/.test(path));
        server.watcher.add([folder, join(root, checkers)]);
        tellOfMissedFiles(server.watcher, (path) => isInLabs(path) || isChecker(path) || isServed(path));
        for (const event of ['add', 'change', 'unlink'] as const) {
          server.watcher.on(event, (path) => {
            if (isOurs(path)) note(path);
          });
        }
      },
    },
  };
}
