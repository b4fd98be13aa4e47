import type { Bound } from '../../../aws/reader.ts';
import { cloudformation } from '../../../aws/services/cloudformation.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import { ecr } from '../../../aws/services/ecr.ts';
import { parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import { type Builds, succeeded } from '../../kit/codebuild/build-checks.ts';
import { buildspecPlace } from '../../kit/codebuild/build-project.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { ofCommit } from '../../kit/ecr/built-image.ts';
import { outputsOf, PROJECT, STACK } from '../names.ts';

/** Builds that took their commands from the source, not from an override. */
export const ofSource = (found: Builds) => succeeded(found).filter(({ buildspec: used }) => buildspecPlace(used) === 'default');

export const reads = {
  stack: cloudformation.stack,
  buildIds: codebuild.buildIdsOfProject,
  builds: codebuild.builds,
  file: codecommit.file,
  images: ecr.images,
  ...pastBuildReads,
} as const;

/** What a build ran; nothing is known of it when its buildspec is not there to be read. */
async function commandsOf(aws: Bound<Pick<typeof reads, 'file'>>, build: Build, source: string | undefined) {
  const file = source !== undefined && ofCommit(build) ? await aws.file(source, build.resolvedSourceVersion, BUILDSPEC) : undefined;
  const read = file?.state === 'present' ? parseBuildspec(file.text) : undefined;
  if (read?.state !== 'parsed') return { build, phasesAtRoot: [], count: undefined };
  // Phases that stand outside `phases` are not run, so their commands do not count.
  return { build, phasesAtRoot: read.phasesAtRoot, count: read.phases.reduce((sum, { commands }) => sum + commands.length, 0) };
}

export function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  // The newest hundred builds, which is one page of ids and one BatchGetBuilds. Older builds prove nothing that newer ones do not.
  const found = aws.buildIds(PROJECT).then(async (ids) => ids && (await aws.builds(ids)));
  const images = outputs.then(({ backend }) => (backend === undefined ? undefined : aws.images(backend)));
  // `build`: the newest successful build that used the source's buildspec.
  const picked = found.then((builds) => ({ builds, build: ofSource(builds)[0] }));
  const ran = Promise.all([picked, outputs]).then(async ([{ builds, build }, known]) => {
    return { builds, outputs: known, commands: build && (await commandsOf(aws, build, known.source)) };
  });
  const pushed = Promise.all([ran, images]).then(([fact, now]) => ({ ...fact, images: now }));
  return { picked, ran, pushed };
}

type Facts = ReturnType<typeof observe>;
export type Picked = Awaited<Facts['picked']>;
export type Ran = Awaited<Facts['ran']>;
export type Pushed = Awaited<Facts['pushed']>;

export const on = expectationsOn<typeof observe>();
