import type { Bound } from '../../../aws/reader.ts';
import type { Project } from '../../../aws/services/codebuild/project.ts';
import { type Course, followBuildspec } from '../../dialects/buildspec/follow.ts';
import { type BuildspecReading, parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { findProject, type OfProject, projectReads } from '../../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { BUCKET_VARIABLE, BUILD_ROLE, KEY_VARIABLE, PROJECT } from '../names.ts';

/** The project, with what its buildspec says and does; each unset when there is nothing to read or to follow. */
export interface WithSpec extends OfProject {
  readonly reading: BuildspecReading | undefined;
  readonly course: Course | undefined;
}

/** Placeholders for what an execution hands to the build. */
export const TARGET = { bucket: 'bucket-of-the-execution', key: 'key/of/the/execution.tar' } as const;

/** Reads the buildspec that a project carries, and follows it as a build that an execution starts. */
function withSpec(project: Project | undefined, { account, region }: TaskContext): WithSpec {
  const text = project?.source.buildspec;
  if (project === undefined || text === undefined) return { project, reading: undefined, course: undefined };
  const reading = parseBuildspec(text);
  if (reading.state !== 'parsed') return { project, reading, course: undefined };
  const plain = project.environment.variables.filter(({ type }) => type === 'PLAINTEXT').map(({ name, value }) => [name, value]);
  const course = followBuildspec(reading, {
    account,
    region,
    // There is no source, so there is no commit and there are no scripts.
    commit: '',
    variables: { ...Object.fromEntries(plain), [BUCKET_VARIABLE]: TARGET.bucket, [KEY_VARIABLE]: TARGET.key },
    scripts: new Map(),
  });
  return { project, reading, course };
}

export const reads = { ...projectReads, ...pastBuildReads } as const;

export function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const found = findProject(
    aws,
    PROJECT,
    async () =>
      ({ serviceRole }) =>
        serviceRole.endsWith(`/${BUILD_ROLE}`),
  );
  return { found, spec: aws.project(PROJECT).then((project) => withSpec(project, context)) };
}

export const on = expectationsOn<typeof observe>();
