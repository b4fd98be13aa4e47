import type { Bound } from '../../../aws/reader.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
/** What a search for a missing file may use. */
export const surveyReads = { folder: codecommit.folder, branches: codecommit.branches } as const;

/** Where else files lie: what to tell a student whose file is not where it should be. */
export interface Survey {
  /** Paths at the root and one folder down, on the default branch. */
  readonly paths: readonly string[];
  /** The same paths at the root of other branches. */
  readonly branches: readonly { readonly name: string; readonly paths: readonly string[] }[];
}

// Enough for a student's repository; a hint needs no more, and the verdict does not rest on it.
const MOST_FOLDERS = 10;
const MOST_BRANCHES = 5;

/** Looks around in a repository whose default branch exists. */
export async function survey(aws: Bound<typeof surveyReads>, repository: string, defaultBranch: string | undefined): Promise<Survey> {
  const [root, branches] = await Promise.all([aws.folder(repository, undefined, '/'), aws.branches(repository)]);
  const folders = root.state === 'present' ? root.folders.slice(0, MOST_FOLDERS) : [];
  const others = (branches ?? []).filter((name) => name !== defaultBranch).slice(0, MOST_BRANCHES);
  const [nested, elsewhere] = await Promise.all([
    Promise.all(folders.map((path) => aws.folder(repository, undefined, path))),
    Promise.all(others.map(async (name) => ({ name, paths: pathsIn(await aws.folder(repository, name, '/')) }))),
  ]);
  return { paths: [root, ...nested].flatMap(pathsIn), branches: elsewhere };
}

type FolderAnswer = Awaited<ReturnType<Bound<typeof surveyReads>['folder']>>;
const pathsIn = (folder: FolderAnswer) => (folder.state === 'present' ? folder.files.map(({ path }) => path) : []);

/** A path that ends in `/<file>`. */
export function nestedCopy({ paths }: Survey, file: string): string | undefined {
  return paths.find((path) => path.endsWith(`/${file}`));
}

/** A file at the root whose name is nearly `file`: other capitals, or another or a second extension. */
export function misnamed({ paths }: Survey, file: string): string | undefined {
  const wanted = file.toLowerCase();
  const stem = wanted.includes('.') ? wanted.slice(0, wanted.lastIndexOf('.')) : wanted;
  const atRoot = paths.filter((path) => !path.includes('/'));
  const looksLike = (path: string) => {
    const name = path.toLowerCase();
    return name === wanted || name.startsWith(`${wanted}.`) || (stem !== wanted && name === stem);
  };
  return atRoot.find(looksLike);
}
