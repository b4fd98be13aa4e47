import { readFile } from 'node:fs/promises';
import { type LabFrontmatter, labSchema } from '../content/lab-schema.ts';
import { translationHash } from '../content/translation-hash.ts';
import { readFrontMatter } from '../markdown/read/front-matter.ts';

/**
 * Whether the original of a translation has changed since.
 * @param path of the original's file.
 */
export async function isStale(original: NonNullable<LabFrontmatter['original']>, path: string): Promise<boolean> {
  const { data, body } = readFrontMatter(await readFile(path, 'utf8'));
  return translationHash({ ...labSchema.parse(data), body }) !== original.hash;
}
