import { dirname } from 'node:path';
import { isLanguage, type Language } from '../../i18n/languages.ts';

/** Which lab text a Markdown file is. */
export interface LabFile {
  /** The lab's id, the name of its folder. */
  readonly lab: string;
  readonly language: Language;
  /** Absolute path of the lab's folder. */
  readonly directory: string;
}

/** Reads lab and language off a path `…/content/labs/<lab>/<language>.md[x]`; `undefined` for any other file. */
export function labFile(path: string | undefined): LabFile | undefined {
  const match = /\/content\/labs\/([^/]+)\/([a-z]{2})\.mdx?$/.exec(path?.replaceAll('\\', '/') ?? '');
  const [, lab, language] = match ?? [];
  if (path === undefined || lab === undefined || !isLanguage(language)) return undefined;
  return { lab, language, directory: dirname(path) };
}
