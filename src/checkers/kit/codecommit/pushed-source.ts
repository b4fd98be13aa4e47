import type { Bound } from '../../../aws/reader.ts';
import { codecommit, codecommitConsole, type Repository, type SourceFile } from '../../../aws/services/codecommit.ts';
import type { JudgedFile } from '../../engine/task.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import type { PracticeSource } from './practice-source.ts';
import { type Survey, survey, surveyReads } from './survey.ts';

/** The repository of CodeCommit that a stack made, and the files of the lab that students push into it. */

export const pushedSourceReads = { repository: codecommit.pushedRepository, file: codecommit.file, ...surveyReads } as const;

export interface PushedRepository {
  /** The name that the stack's output gives; unset while there is none. */
  readonly name: string | undefined;
  readonly repository: Repository | undefined;
}

export interface PushedFiles<Path extends string> extends PushedRepository {
  readonly files: Readonly<Record<Path, SourceFile>> | undefined;
  /** Only when a file is not where it should be. */
  readonly survey: Survey | undefined;
}

/** Resource and console link of checks of it. */
export const ofPushed = {
  resource: ({ repository }: PushedRepository) => repository?.arn,
  console: ({ name }: PushedRepository, place: TaskContext) => (name === undefined ? undefined : codecommitConsole.repository(place, name)),
} as const;

/** @param paths of the files, at the root of the default branch */
export function pushedSource<Path extends string>(
  aws: Bound<typeof pushedSourceReads>,
  name: Promise<string | undefined>,
  paths: readonly Path[],
) {
  const repository = name.then(
    async (known): Promise<PushedRepository> => ({
      name: known,
      repository: known === undefined ? undefined : await aws.repository(known),
    }),
  );
  const files = name.then(async (known) => {
    if (known === undefined) return undefined;
    const found = await Promise.all(paths.map(async (path) => [path, await aws.file(known, undefined, path)]));
    return Object.fromEntries(found) as Readonly<Record<Path, SourceFile>>;
  });
  const source = Promise.all([repository, files]).then(async ([of, found]): Promise<PushedFiles<Path>> => {
    const lost = of.name !== undefined && paths.some((path) => found?.[path].state === 'no-path');
    return { ...of, files: found, survey: lost ? await survey(aws, of.name, of.repository?.defaultBranch) : undefined };
  });
  return { repository, source };
}

/** A file of the lab that checks read in the source. */
export const judgedFile = (source: PracticeSource, path: string, checks: readonly string[]): JudgedFile => ({
  checks,
  use: (account, text) => source.write(path, text)(account),
});
