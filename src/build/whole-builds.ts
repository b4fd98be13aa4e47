import { existsSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildingFolder, recoverSite, removeAbandoned, replaceSite } from './site-folder.ts';

/**
 * Astro integration, the last of all: a build writes into a folder of its own and takes the place of the site only when it is whole. One that
 * fails or is interrupted leaves the site of the last good build as it was, says so, and ends with another exit code than 0.
 * @param approve looks at a build whose pages are all made; throws what keeps them from being the site.
 */
export function wholeBuilds({ approve }: { readonly approve: () => void }): AstroIntegration {
  let site = '';
  let building = '';
  return {
    name: 'whole-builds',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        site = resolve(fileURLToPath(config.outDir));
        building = buildingFolder(site);
        recoverSite(site);
        removeAbandoned(site);
        const moved = (folder: URL) => pathToFileURL(`${resolve(building, relative(site, fileURLToPath(folder)))}/`);
        const { client, server } = config.build;
        updateConfig({ outDir: moved(config.outDir), build: { client: moved(client), server: moved(server) } });
        process.once('exit', () => {
          if (building === '') return;
          rmSync(building, { recursive: true, force: true });
          process.exitCode ||= 1;
          const kept = existsSync(site) ? `; ${relative(process.cwd(), site)}/ is as the last good build left it` : '';
          console.error(`The site was not built, for the reason above${kept}.`);
        });
        for (const [signal, code] of [
          ['SIGINT', 130],
          ['SIGTERM', 143],
        ] as const) {
          process.once(signal, () => process.exit(code));
        }
      },
      'astro:build:generated': approve,
      'astro:build:done': () => {
        if (building === '') return;
        replaceSite(site, building);
        building = '';
      },
    },
  };
}
