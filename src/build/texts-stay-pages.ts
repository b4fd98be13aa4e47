import type { AstroIntegration } from 'astro';

/** The module in which Astro keeps every text of every collection, rendered. */
const TEXTS = /^\0astro:data-layer-content$/;

/** No text; of the words of Starlight's search, which it looks for whatever is asked, as few as keep it from complaining that there are none. */
const NONE = `export default new Map([['i18n', new Map([['en', { id: 'en', data: {} }]])]]);`;

/**
 * Astro integration: the built server, which answers the API alone, goes without the lab texts. Their pages are files by then; otherwise each
 * of them would be bundled a second time, and all of them read at the server's first request.
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
