import type { Bound } from '../../../aws/reader.ts';
import type { Project } from '../../../aws/services/codebuild/project.ts';
import { followBuildspec } from '../../dialects/buildspec/follow.ts';
import { parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { findProject, projectReads } from '../../kit/codebuild/find-project.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { BUCKET_VARIABLE, BUILD_ROLE, KEY_VARIABLE, PROJECT } from '../names.ts';

/** Placeholders for what an execution hands to the build. */
export const TARGET = { bucket: 'bucket-of-the-execution', key: 'key/of/the/execution.tar' } as const;

/**
 * A project with its buildspec as it reads, and followed as a build that an execution starts:
 * `reading` and `course` are unset when there is nothing to read or to follow.
 */
function withSpec(project: Project | undefined, { account, region }: TaskContext) {
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

export type WithSpec = ReturnType<typeof withSpec>;

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
