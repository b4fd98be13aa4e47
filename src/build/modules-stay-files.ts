import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** The rooms that know nothing of Astro (`npm run layers` holds it): Node runs their TypeScript as it is written. */
const ROOMS = ['accounts', 'authoring', 'aws', 'checkers', 'i18n', 'practice', 'store', 'wildcards'];

/** Stands before the path of a module from `src/`, until the chunk that imports it has a place of its own. */
const OWN = 'labproof:';

/**
 * Astro integration: the built server imports the rooms that Node runs from `src/` instead of holding a copy of each. The configuration, the
 * pages while they are made and the server then share one instance of a checker, and no build bundles them all over again, twice.
 */
export function modulesStayFiles(): AstroIntegration {
  return {
    name: 'modules-stay-files',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        const src = fileURLToPath(config.srcDir);
        const roomOf = (path: string) => (path.startsWith(src) ? relative(src, path).split(sep)[0] : undefined);
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'modules-stay-files',
                applyToEnvironment: ({ name }) => name === 'ssr' || name === 'prerender',
                resolveId: {
                  order: 'pre',
                  filter: { id: /^\.{1,2}\/.*\.ts$/ },
                  handler: (id, importer) => {
                    if (importer === undefined) return;
                    const path = resolve(dirname(importer.replace(/[?].*$/s, '')), id);
                    if (!ROOMS.includes(roomOf(path) ?? '')) return;
                    return { id: OWN + relative(src, path).replaceAll(sep, '/'), external: true };
                  },
                },
                renderChunk: (code, { fileName }, { dir }) => {
                  if (dir === undefined || !code.includes(OWN)) return;
                  const toSource = relative(dirname(resolve(dir, fileName)), src).replaceAll(sep, '/');
                  return { code: code.replaceAll(new RegExp(`(?<=["'])${OWN}(?=[\\w/.-]+\\.ts["'])`, 'g'), `${toSource}/`), map: null };
                },
              },
            ],
          },
        });
      },
    },
  };
}
