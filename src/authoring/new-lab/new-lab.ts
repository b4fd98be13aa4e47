import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import { AuthoringError } from '../../markdown/read/authoring-error.ts';
import { importName, register } from './register.ts';

/** The id that the template uses throughout, replaced by the new lab's. */
const TEMPLATE_ID = 'my-lab';

/** Longest id: it becomes part of names of AWS resources, whose tightest limit is 63 characters. */
const LONGEST = 40;

/** Words that TypeScript keeps for itself, and names that the list of labs uses: nothing can be imported under them. */
const KEPT_WORDS =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|let|static|await|labs|lab|id)$/;

/**
 * Throws {@link AuthoringError} unless the id may name a lab: lower-case letters and digits in words joined by dashes, since it is part of
 * addresses, of folders and of names of AWS resources.
 */
export function checkLabId(id: string): void {
  const problem = !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)
    ? 'must be words of lower-case letters and digits joined by single dashes, such as week10-1-ecs or 3-1-my-bucket'
    : id.length > LONGEST
      ? `must have at most ${LONGEST} characters`
      : /^(con|prn|aux|nul|com\d|lpt\d)$/.test(id)
        ? 'is a name that Windows keeps for itself'
        : KEPT_WORDS.test(importName(id))
          ? 'is a word of TypeScript'
          : undefined;
  if (problem !== undefined) throw new AuthoringError(`The id "${id}" ${problem}.`);
}

/**
 * Makes a lab that builds, checks and passes its tests at once: text and files, checkers with one task, practice moves, messages in every
 * language, and its line in the list of labs.
 * @param root Folder of the project.
 * @param language of its text; the checkers speak every language anyway.
 * @returns the files written or changed, as paths from `root`.
 * Throws {@link AuthoringError} for a bad id or a lab that is already there; nothing is written then.
 */
export function newLab(root: string, id: string, language: Language = LANGUAGES[0]): string[] {
  checkLabId(id);
  const folders = { text: `src/content/labs/${id}`, checkers: `src/checkers/${id}` } as const;
  for (const folder of Object.values(folders)) {
    if (existsSync(join(root, folder))) throw new AuthoringError(`${folder} is already there: choose another id.`);
  }
  const list = 'src/checkers/index.ts';
  const registered = register(readFileSync(join(root, list), 'utf8'), id);
  const template = join(root, 'templates/new-lab');
  const from = { text: `text/${language}`, checkers: 'checkers' } as const;
  const files = Object.entries(folders).flatMap(([part, folder]) =>
    filesBelow(join(template, from[part as keyof typeof from])).map((path) => ({
      path: `${folder}/${path}`,
      content: readFileSync(join(template, from[part as keyof typeof from], path), 'utf8').replaceAll(TEMPLATE_ID, id),
    })),
  );
  for (const { path, content } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  writeFileSync(join(root, list), registered);
  return [...files.map(({ path }) => path), list];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}
