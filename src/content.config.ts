import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro/content/config';
import { labSchema } from './content/lab-schema.ts';
import { labTexts } from './markdown/astro/lab-loader.ts';

/**
 * `docs`: every lab text, `labs/<lab>/<language>.md[x]`, under the id `<language>/labs/<lab>`, which is also its route.
 * `i18n`: the words of Starlight's search, which Starlight itself has only in English.
 */
export const collections = {
  docs: defineCollection({
    loader: labTexts({
      folder: 'src/content/labs',
      dependencies: ['src/markdown', 'src/i18n', 'src/checkers', 'public', 'package-lock.json'],
    }),
    // A lab's title may be its first heading; by the time Starlight looks it is there, and Starlight's own pages have theirs.
    schema: docsSchema({ extend: labSchema.omit({ title: true }) }),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
