import { defineCollection } from 'astro:content';
import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { labSchema } from './content/lab-schema.ts';

/**
 * `docs`: every lab text, `labs/<lab>/<language>.mdx`, under the id `<language>/labs/<lab>`, which is also its route.
 * `i18n`: the words of Starlight's search, which Starlight itself has only in English.
 */
export const collections = {
  docs: defineCollection({
    loader: glob({
      base: './src/content/labs',
      pattern: '*/{ko,ja,en}.{md,mdx}',
      generateId: ({ entry }) => {
        const [lab, file] = entry.split('/');
        return `${file?.replace(/\.mdx?$/, '')}/labs/${lab}`;
      },
    }),
    schema: (context) =>
      // Starlight holds the site's own pages (catalogue, 404; template `splash`) to this schema as well. They are no labs.
      docsSchema({ extend: labSchema.partial() })(context).superRefine((page, { addIssue }) => {
        if (page.template === 'splash') return;
        for (const { path, message } of labSchema.safeParse(page).error?.issues ?? []) addIssue({ code: 'custom', path, message });
      }),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
