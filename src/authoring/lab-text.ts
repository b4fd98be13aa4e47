import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labSchema } from '../content/lab-schema.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { AuthoringError } from './authoring-error.ts';

/** One language's text of a lab. */
export interface LabText {
  readonly language: Language;
  readonly path: string;
  /** The front matter as YAML says it, not yet checked against the schema. */
  readonly frontMatter: Readonly<Record<string, unknown>>;
  /** The Markdown after the front matter. */
  readonly body: string;
}

/** The texts `ko.mdx`, `ja.md` … in a lab's folder, by language. */
export function readLabTexts(labDir: string): LabText[] {
  return readdirSync(labDir)
    .sort()
    .flatMap((name) => {
      const language = /^([a-z]{2})\.mdx?$/.exec(name)?.[1];
      if (!isLanguage(language)) return [];
      const path = join(labDir, name);
      return [{ language, path, ...splitFrontMatter(readFileSync(path, 'utf8'), path) }];
    });
}

function splitFrontMatter(source: string, path: string): Pick<LabText, 'frontMatter' | 'body'> {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(source);
  if (match === null) throw new AuthoringError(`${path} has no front matter: start it with a block between two lines "---".`);
  let frontMatter: unknown;
  try {
    frontMatter = parse(match[1] ?? '');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new AuthoringError(`The front matter of ${path} is not YAML: ${reason}`, { cause });
  }
  if (typeof frontMatter !== 'object' || frontMatter === null || Array.isArray(frontMatter)) {
    throw new AuthoringError(`The front matter of ${path} must be a list of "key: value" lines.`);
  }
  return { frontMatter: Object.fromEntries(Object.entries(frontMatter)), body: source.slice(match[0].length) };
}

/**
 * The zip a lab offers, as its texts' front matter names it (`week9/week9-2-cicd-lab`), or `undefined` when it offers none.
 * Throws {@link AuthoringError} when the name is malformed or the languages disagree.
 */
export function labZipName(labDir: string): string | undefined {
  const names = readLabTexts(labDir).map(({ path, frontMatter }) => {
    const zip = labSchema.shape.zip.safeParse(frontMatter.zip);
    if (!zip.success) throw new AuthoringError(`In ${path}, "zip" ${zip.error.issues[0]?.message ?? 'is malformed'}.`);
    return { path, zip: zip.data };
  });
  const [first] = names;
  const other = names.find(({ zip }) => zip !== first?.zip);
  if (first && other) {
    throw new AuthoringError(
      `${first.path} says "zip: ${first.zip ?? '(none)'}" but ${other.path} says "zip: ${other.zip ?? '(none)'}"; every language of a lab offers the same zip.`,
    );
  }
  return first?.zip;
}
