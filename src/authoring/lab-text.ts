import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { labSchema } from '../content/lab-schema.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { AuthoringError } from '../markdown/read/authoring-error.ts';
import { readFrontMatter } from '../markdown/read/front-matter.ts';
import { ZipNameError } from './zip-name-error.ts';

/** One language's text of a lab. */
export interface LabText {
  readonly language: Language;
  readonly path: string;
  /** The front matter before it is checked against the schema; empty when there is none. */
  readonly frontMatter: Readonly<Record<string, unknown>>;
  /** The Markdown after the front matter. */
  readonly body: string;
}

/**
 * The texts `ko.mdx`, `ja.md` … in a lab's folder, by language.
 * Throws {@link AuthoringError} when a front matter cannot be read at all or a language has two texts.
 */
export function readLabTexts(labDir: string): LabText[] {
  const texts = readdirSync(labDir)
    .sort()
    .flatMap((name): LabText[] => {
      const language = /^([a-z]{2})\.mdx?$/.exec(name)?.[1];
      if (!isLanguage(language)) return [];
      const path = join(labDir, name);
      const { data, findings, body } = readFrontMatter(readFileSync(path, 'utf8'));
      // Markdown pages use the fields that can still be read. MDX reads its front matter completely or not at all.
      const isMadeOut = name.endsWith('.md') && Object.keys(data).length > 0;
      const broken = isMadeOut ? undefined : findings.find(({ rule }) => rule === 'yaml');
      if (broken) throw new ZipNameError(`${path}:${broken.line}: ${broken.message}`);
      return [{ language, path, frontMatter: data, body }];
    });
  const twin = texts.find(({ language }, at) => texts.findIndex((other) => other.language === language) !== at);
  if (twin) throw new AuthoringError(`${labDir} has both ${twin.language}.md and ${twin.language}.mdx: delete one of them.`);
  return texts;
}

/** The zip of a link: `/files/week9/week9-2-cicd-lab.zip`. */
const ZIP_LINK = /\]\(\/files\/([a-z0-9-]+\/[a-z0-9-]+)\.zip\)/;

/**
 * The name of a lab's zip (`week9/week9-2-cicd-lab`): from the front matter of its texts, else from the first link to a zip, else
 * `labs/<lab>`.
 * Throws {@link AuthoringError} when the name is malformed or the languages disagree.
 */
export function labZipName(labDir: string): { readonly zip: string; readonly from: 'front-matter' | 'link' | 'folder' } {
  const texts = readLabTexts(labDir);
  const names = texts.map(({ path, frontMatter }) => {
    const zip = labSchema.shape.zip.safeParse(frontMatter.zip);
    if (!zip.success) throw new ZipNameError(`In ${path}, "zip" ${zip.error.issues[0]?.message ?? 'is malformed'}.`);
    return { path, zip: zip.data };
  });
  const [first] = names;
  const other = names.find(({ zip }) => zip !== first?.zip);
  if (first && other) {
    throw new ZipNameError(
      `${first.path} says "zip: ${first.zip ?? '(none)'}" but ${other.path} says "zip: ${other.zip ?? '(none)'}"; every language of a lab offers the same zip.`,
    );
  }
  if (first?.zip !== undefined) return { zip: first.zip, from: 'front-matter' };
  const linked = texts.map(({ body }) => ZIP_LINK.exec(body)?.[1]).find((zip) => zip !== undefined);
  if (linked !== undefined) return { zip: linked, from: 'link' };
  return { zip: `labs/${basename(labDir)}`, from: 'folder' };
}
