import type { AnyReader, Bound } from '../../../aws/reader.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { type pastBuildReads, pastBuilds, provenByBuild } from './past-builds.ts';

/** Evidence from a build that ran as it must. `right` says what the build shows, or nothing when it was not right. */
export type FromBuild<Aws, Known> = (
  right: (build: Build, known: Known, context: TaskContext) => Json | undefined,
) => (aws: Aws, context: TaskContext) => Promise<Evidence | undefined>;

/**
 * For a project that is gone: evidence from the newest successful build that ran as it must, for its settings are in the build's own record.
 * @param known what has to be known besides the build
 */
export const fromPastBuild =
  <R extends Record<string, AnyReader>, Known>(
    name: string,
    known: (aws: Bound<R>) => Promise<Known>,
  ): FromBuild<Bound<typeof pastBuildReads> & Bound<R>, Known> =>
  (right) =>
  async (aws, context) => {
    const [builds, more] = await Promise.all([pastBuilds(aws, name), known(aws)]);
    for (const build of builds.filter(({ status }) => status === 'SUCCEEDED')) {
      const observed = right(build, more, context);
      if (observed !== undefined) return provenByBuild(build, observed);
    }
    return undefined;
  };

/** The member `past` of a check that such a build proves; none for labs whose builds prove nothing. */
export const pastBy =
  <Aws, Known>(fromBuild: FromBuild<Aws, Known> | undefined) =>
  (right: Parameters<FromBuild<Aws, Known>>[0]) =>
    fromBuild === undefined ? {} : { past: fromBuild(right) };
