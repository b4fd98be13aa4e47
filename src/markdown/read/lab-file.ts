import { dirname } from 'node:path';
import { isLanguage, type Language } from '../../i18n/languages.ts';

/** The lab and the language that a Markdown file belongs to. */
export interface LabFile {
  /** The lab's id, which is the name of its folder. */
  readonly lab: string;
  readonly language: Language;
  /** Absolute path of the lab's folder. */
  readonly directory: string;
}

/** Finds lab and language in a path `…/content/labs/<lab>/<language>.md[x]`; `undefined` for any other file. */
export function labFile(path: string | undefined): LabFile | undefined {
  const match = /\/content\/labs\/([^/]+)\/([a-z]{2})\.mdx?$/.exec(path?.replaceAll('\\', '/') ?? '');
  const [, lab, language] = match ?? [];
  if (path === undefined || lab === undefined || !isLanguage(language)) return undefined;
  return { lab, language, directory: dirname(path) };
}
