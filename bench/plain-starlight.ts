import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../src/i18n/languages.ts';

const root = join(import.meta.dirname, '..');

const CONFIG = `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
const locales = Object.fromEntries(${JSON.stringify(LANGUAGES)}.map((lang) => [lang, { label: lang, lang }]));
export default defineConfig({ integrations: [starlight({ title: 'Plain', defaultLocale: 'ko', locales, sidebar: [], pagination: false })] });
`;
const CONTENT = `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

/** A Starlight site as anybody would set it up, with this site's languages. It lies inside the project, where packages are found. */
export interface PlainSite extends Disposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the build puts the page of a text. */
  readonly page: (index: number) => string;
}

/** @param texts Markdown with front matter, in Korean: one page each, at `/ko/lab-<index>/`. */
export function plainStarlight(texts: readonly string[]): PlainSite {
  mkdirSync(join(root, '.labproof'), { recursive: true });
  const folder = mkdtempSync(join(root, '.labproof', 'plain-'));
  const docs = join(folder, 'src/content/docs/ko');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "dependencies": { "@astrojs/starlight": "*", "astro": "*" } }');
  writeFileSync(join(folder, 'astro.config.mjs'), CONFIG);
  writeFileSync(join(folder, 'src/content.config.ts'), CONTENT);
  for (const [index, text] of texts.entries()) writeFileSync(join(docs, `lab-${index}.md`), text);
  return {
    folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ASTRO_TELEMETRY_DISABLED: '1' },
    page: (index) => `dist/ko/lab-${index}/index.html`,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
