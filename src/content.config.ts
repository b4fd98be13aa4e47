import { defineCollection } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob, type Loader } from 'astro/loaders';
import { frontMatterOf } from './authoring/front-matter.ts';
import { labSchema } from './content/lab-schema.ts';

/** Lab texts as a loader finds them, held to the lab's own schema in words that name file and line, with a title if they have none. */
function labTexts(loader: Loader): Loader {
  return {
    ...loader,
    load: (context) => {
      const parseData: typeof context.parseData = async (entry) => {
        if (entry.filePath === undefined) return context.parseData(entry);
        const { title } = frontMatterOf(await readFile(entry.filePath, 'utf8'), entry.filePath);
        return context.parseData({ ...entry, data: { ...entry.data, title } });
      };
      return loader.load({ ...context, parseData });
    },
  };
}

/**
 * `docs`: every lab text, `labs/<lab>/<language>.md[x]`, under the id `<language>/labs/<lab>`, which is also its route.
 * `i18n`: the words of Starlight's search, which Starlight itself has only in English.
 */
export const collections = {
  docs: defineCollection({
    loader: labTexts(
      glob({
        base: './src/content/labs',
        pattern: '*/{ko,ja,en}.{md,mdx}',
        generateId: ({ entry }) => {
          const [lab, file] = entry.split('/');
          return `${file?.replace(/\.mdx?$/, '')}/labs/${lab}`;
        },
      }),
    ),
    // A lab's title may be its first heading; by the time Starlight looks it is there, and Starlight's own pages have theirs.
    schema: docsSchema({ extend: labSchema.omit({ title: true }) }),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
