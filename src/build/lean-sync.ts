import type { AstroIntegration } from 'astro';

/** What `src/content.config.ts` imports from packages. */
const PACKAGES = ['astro/content/config', '@astrojs/starlight/loaders', '@astrojs/starlight/schema'];

/**
 * Astro integration: what reads the collections before a build does no more than that. Node loads the packages of the content configuration
 * as they are, where Vite would transform a hundred modules of Astro and Starlight one by one; and nothing is bundled for the toolbar
 * that only `astro dev` shows. Both are a tenth of the time that a course of thirty labs takes.
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
