import type { AstroIntegration } from 'astro';

/** The packages that `src/content.config.ts` imports. */
const PACKAGES = ['astro/content/config', '@astrojs/starlight/loaders', '@astrojs/starlight/schema'];

/**
 * Astro integration: makes the step in which Astro reads the content configuration faster. Node loads the packages of the configuration
 * directly, where Vite would transform a hundred modules of Astro and Starlight. The toolbar of `astro dev` is not bundled. Each of the two
 * saves about a tenth of the time that a course of thirty labs takes.
 */
export function leanSync(): AstroIntegration {
  return {
    name: 'lean-sync',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        updateConfig({
          vite: {
            environments: { astro: { resolve: { external: PACKAGES } } },
            plugins: [
              {
                name: 'lean-sync',
                configResolved: ({ environments: { client } }) => {
                  if (command !== 'dev' && client !== undefined) client.optimizeDeps.include = [];
                },
              },
            ],
          },
        });
      },
    },
  };
}
