import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** The rooms that do not depend on Astro (`npm run layers` checks it). Node runs their TypeScript directly. */
const ROOMS = ['accounts', 'authoring', 'aws', 'checkers', 'i18n', 'practice', 'store', 'wildcards'];

/** Marks the path of a module in `src/` until it is known in which folder the importing chunk ends up. */
const OWN = 'labproof:';

/**
 * Astro integration: the built server imports the rooms that Node can run directly from `src/`, and does not contain a copy of them. The
 * configuration, the prerendered pages and the server then share one instance of each checker, and the build need not bundle them twice.
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
