import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro/content/config';
import { labSchema } from './content/lab-schema.ts';
import { labTexts } from './markdown/astro/lab-loader.ts';

/**
 * `docs`: every lab text, `labs/<lab>/<language>.md[x]`, under the id `<language>/labs/<lab>`, which is also its route.
 * `i18n`: the words of Starlight's search, which Starlight itself only has in English.
 */
export const collections = {
  docs: defineCollection({
    loader: labTexts({
      folder: 'src/content/labs',
      dependencies: ['src/markdown', 'src/i18n', 'src/checkers', 'public', 'package-lock.json'],
    }),
    // The title may come from the first heading, so the front matter need not have one. The loader has filled it in before Starlight
    // validates it.
    schema: docsSchema({ extend: labSchema.omit({ title: true }) }),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
