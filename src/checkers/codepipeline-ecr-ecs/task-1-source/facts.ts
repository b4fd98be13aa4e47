import type { Bound } from '../../../aws/reader.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import type { Buildspec } from '../../dialects/buildspec/parse.ts';
import { type BaseImage, baseImagesOf } from '../../dialects/dockerfile.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { type FollowedBuildspec, type FoundBuildspec, followBuildspecOf, readBuildspec } from '../../kit/codecommit/source-buildspec.ts';
import { survey, surveyReads } from '../../kit/codecommit/survey.ts';
import { BUILDSPEC, DOCKERFILE, expectedVariables, imageUriOf, NAME } from '../names.ts';

export type FoundFile = Required<FoundBuildspec>;

/** The commands of a buildspec that can be followed, with the values that the lab's project gives them. */
export interface Followed extends FollowedBuildspec {
  readonly buildspec: Buildspec | undefined;
}

export interface Image extends FoundFile {
  readonly images: readonly BaseImage[];
  /** Whether the build logs in to Docker Hub, which lifts its limit. */
  readonly loggedIn: boolean;
}

export const reads = {
  repository: codecommit.repository,
  pushed: codecommit.pushedRepository,
  file: codecommit.file,
  ...surveyReads,
} as const;

export function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const find = async (path: string): Promise<FoundFile> => {
    const file = await aws.file(NAME, undefined, path);
    return { repository: NAME, file, survey: file.state === 'no-path' ? await survey(aws, NAME, undefined) : undefined };
  };
  const reading = find(BUILDSPEC).then(readBuildspec);
  const followed = reading.then(async (fact): Promise<Followed> => {
    const buildspec = fact.reading?.state === 'parsed' ? fact.reading : undefined;
    return { ...(await followBuildspecOf(aws, fact, imageUriOf(context), expectedVariables(context), context)), buildspec };
  });
  const image = Promise.all([find(DOCKERFILE), followed]).then(([found, { course }]): Image => {
    const logins = course?.logins ?? [];
    return {
      ...found,
      images: found.file?.state === 'present' ? baseImagesOf(found.file.text) : [],
      loggedIn: logins.some(({ registry }) => registry === '' || /(^|\.)docker\.io$/.test(registry)),
    };
  });
  return { repository: aws.pushed(NAME), reading, followed, image };
}

export const on = expectationsOn<typeof observe>();
