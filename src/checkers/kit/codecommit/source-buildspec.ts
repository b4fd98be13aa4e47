import type { Bound } from '../../../aws/reader.ts';
import { codecommitConsole, type SourceFile } from '../../../aws/services/codecommit.ts';
import type { Course } from '../../dialects/buildspec/follow.ts';
import { type Buildspec, type BuildspecReading, parseBuildspec } from '../../dialects/buildspec/parse.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked } from '../../engine/verdict.ts';
import { followInSource, sourceFileReads } from './follow-in-source.ts';
import { type Survey, survey, surveyReads } from './survey.ts';

/** The buildspec at the root of a repository's default branch: what labs with a source in CodeCommit observe of it. */

export const sourceBuildspecReads = { ...sourceFileReads, ...surveyReads } as const;

export const BUILDSPEC = 'buildspec.yml';

interface OfRepository {
  /** Unset while it is not known which repository it is. */
  readonly repository: string | undefined;
}

export interface FoundBuildspec extends OfRepository {
  readonly file: SourceFile | undefined;
  /** Only when there is no such file at the root. */
  readonly survey: Survey | undefined;
}

export interface ReadBuildspec extends FoundBuildspec {
  /** Unset when there is no text to read. */
  readonly reading: BuildspecReading | undefined;
}

/** What the commands of a sound buildspec do. */
export interface FollowedBuildspec extends OfRepository {
  /** Unset while the image's URI or a buildspec that can be followed is missing. */
  readonly course: Course | undefined;
  /** Of the repository in ECR that the image goes to. */
  readonly imageUri: string;
  readonly commit: string;
}

export async function findBuildspec(aws: Bound<typeof sourceBuildspecReads>, repository: string | undefined): Promise<FoundBuildspec> {
  if (repository === undefined) return { repository, file: undefined, survey: undefined };
  const file = await aws.file(repository, undefined, BUILDSPEC);
  return { repository, file, survey: file.state === 'no-path' ? await survey(aws, repository, undefined) : undefined };
}

export const readBuildspec = (fact: FoundBuildspec): ReadBuildspec => ({
  ...fact,
  reading: fact.file?.state === 'present' ? parseBuildspec(fact.file.text) : undefined,
});

/**
 * Follows the commands, reading the scripts of the repository that they run.
 * @param imageUri where the image goes; unset while that is not known
 * @param variables what the project gives the build
 */
export async function followBuildspecOf(
  aws: Bound<typeof sourceFileReads>,
  { repository, file, reading }: ReadBuildspec,
  imageUri: string | undefined,
  variables: Readonly<Record<string, string>>,
  { account, region }: TaskContext,
): Promise<FollowedBuildspec> {
  if (reading?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || imageUri === undefined) {
    return { course: undefined, repository, imageUri: imageUri ?? '', commit: '' };
  }
  const commit = file.commitId;
  return { course: await followInSource(aws, repository, reading, { account, region, commit, variables }), repository, imageUri, commit };
}

/** For checks that come after the YAML has been read. */
export const ofBuildspec =
  <V>(judge: (buildspec: Buildspec) => V) =>
  ({ reading }: ReadBuildspec) =>
    reading?.state === 'parsed' ? judge(reading) : blocked('buildspec-yaml');

/** What was read, once it could be. */
export const seenIn =
  <T>(see: (buildspec: Buildspec) => T) =>
  ({ reading }: ReadBuildspec): T | undefined =>
    reading?.state === 'parsed' ? see(reading) : undefined;

/** What checks of a file in the source have in common. */
export const inSource = {
  resource: ({ repository }: OfRepository) => repository,
  console: ({ repository }: OfRepository, place: TaskContext) =>
    repository === undefined ? undefined : codecommitConsole.repository(place, repository),
} as const;
