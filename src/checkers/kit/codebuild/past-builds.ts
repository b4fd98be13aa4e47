import type { Bound } from '../../../aws/reader.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';

/** AWS keeps builds for about a year, whether or not their project still exists. */
export const pastBuildReads = {
  allBuildIds: codebuild.buildIds,
  pastBuilds: codebuild.builds,
} as const;

const MOST_BUILDS = 50;

/** The builds of a project, newest first, whether or not the project still exists. */
export async function pastBuilds(aws: Bound<typeof pastBuildReads>, project: string): Promise<readonly Build[]> {
  return aws.pastBuilds(await aws.allBuildIds({ project, limit: MOST_BUILDS }));
}

export const provenByBuild = (build: Build, observed: Json): Evidence => ({
  event: { at: build.startedAt.toISOString(), id: build.id },
  observed,
  resource: build.arn,
});
