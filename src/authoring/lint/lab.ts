import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AuthoringError } from '../../markdown/read/authoring-error.ts';
import { type LabFileContent, readLabFiles } from '../lab-files.ts';
import { labZipName } from '../lab-text.ts';
import { type LintDocument, languageOf, readDocument } from './document.ts';

/** The part of a lab's checkers that the rules use. Every `Lab` matches it. */
export interface CheckedLab {
  readonly id: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly expectations: readonly { readonly id: string; readonly step?: number | undefined }[];
  }[];
}

/** The checkers of a lab. */
export interface LabCheckers {
  readonly lab: CheckedLab;
  /** Their source code, in which rules look for names. */
  readonly source: string;
}

/** The rest of the site, for checking links. */
export interface LintSite {
  /** Ids of the labs that exist. */
  readonly labs: readonly string[];
  /** Whether a path from the site's root is a file in `public/`: `/favicon.svg`. */
  readonly isPublic: (path: string) => boolean;
  /** Zips that the site offers: `/files/week9/week9-2-cicd-lab.zip`. */
  readonly zips: readonly string[];
}

/** A lab as the rules see it. */
export interface LintLab {
  readonly id: string;
  /** Absolute path of the lab's folder or, for a single text, of the folder of the text. */
  readonly folder: string;
  readonly documents: readonly LintDocument[];
  /** Markdown files in the folder that are not texts of a language. */
  readonly strayTexts: readonly string[];
  /** The files in `files/`. */
  readonly files: readonly LabFileContent[];
  /** Why `files/` cannot be packed. */
  readonly packing?: string;
  /** Group and name of its zip, when the lab has files. */
  readonly zip?: string;
  readonly checkers?: LabCheckers;
  readonly site: LintSite;
}

/** What the lint needs to know from outside the lab's folder. */
export interface LabSurroundings {
  readonly checkers?: LabCheckers | undefined;
  readonly site: LintSite;
}

/** Reads a lab's folder, or a single Markdown file that is not in a lab's folder. */
export function readLab(path: string, { checkers, site }: LabSurroundings): LintLab {
  const single = statSync(path).isFile();
  const folder = resolve(single ? dirname(path) : path);
  const isLab = !single || /^[a-z]{2}\.mdx?$/.test(basename(path));
  const texts = single
    ? [resolve(path)]
    : readdirSync(folder)
        .sort()
        .map((name) => join(folder, name));
  const markdown = texts.filter((text) => /\.mdx?$/.test(text));
  const documents = markdown
    .filter((text) => single || /^[a-z]{2}\.mdx?$/.test(basename(text)))
    .filter((text) => single || languageOf(text) !== undefined);
  const read = documents.map(readDocument);
  return {
    id: isLab ? basename(folder) : (basename(path).split('.')[0] ?? ''),
    folder,
    documents: read,
    strayTexts: markdown.filter((text) => !documents.includes(text)),
    ...(isLab ? packed(folder, read) : { files: [] }),
    ...(checkers && { checkers }),
    site,
  };
}

function packed(folder: string, documents: readonly LintDocument[]): Pick<LintLab, 'files' | 'packing' | 'zip'> {
  try {
    const files = readLabFiles(folder);
    // Front matter that cannot be read has a finding of its own and names no zip.
    const isReadable = documents.every(({ frontMatter }) => frontMatter.findings.every(({ rule }) => rule !== 'yaml'));
    return files.length === 0 || !isReadable ? { files } : { files, zip: labZipName(folder).zip };
  } catch (thrown) {
    if (!(thrown instanceof AuthoringError)) throw thrown;
    return { files: [], packing: thrown.message };
  }
}

/** The text of a file in `files/`; `undefined` for pictures and other binary files. */
export function textOfFile({ data }: LabFileContent): string | undefined {
  const text = new TextDecoder().decode(data);
  return text.includes('\0') || text.includes('\uFFFD') ? undefined : text;
}

/** All TypeScript files below a folder as one text; empty when there are none. */
export function readSources(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
