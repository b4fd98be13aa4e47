import type { AstroIntegration } from 'astro';

/** The module in which Astro keeps the rendered texts of all collections. */
const TEXTS = /^\0astro:data-layer-content$/;

/** No texts, and a single entry of the search translations: Starlight looks for that collection and warns when it is empty. */
const NONE = `export default new Map([['i18n', new Map([['en', { id: 'en', data: {} }]])]]);`;

/**
 * Astro integration: leaves the lab texts out of the built server, which only answers the API. Their pages are files already. Otherwise
 * every text would be bundled a second time and read at the first request.
 */
export function textsStayPages(): AstroIntegration {
  return {
    name: 'texts-stay-pages',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command !== 'build') return;
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'texts-stay-pages',
                enforce: 'pre',
                applyToEnvironment: ({ name }) => name === 'ssr',
                transform: { order: 'pre', filter: { id: TEXTS }, handler: () => ({ code: NONE, map: null }) },
              },
            ],
          },
        });
      },
    },
  };
}
