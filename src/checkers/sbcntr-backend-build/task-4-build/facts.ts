import type { Bound } from '../../../aws/reader.ts';
import { cloudformation } from '../../../aws/services/cloudformation.ts';
import type { Build } from '../../../aws/services/codebuild/build.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import { ecr, type Image } from '../../../aws/services/ecr.ts';
import { parseBuildspec } from '../../dialects/buildspec/parse.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import { type Builds, type OfBuilds, succeeded } from '../../kit/codebuild/build-checks.ts';
import { buildspecPlace } from '../../kit/codebuild/build-project.ts';
import { pastBuildReads } from '../../kit/codebuild/past-builds.ts';
import { BUILDSPEC } from '../../kit/codecommit/source-buildspec.ts';
import { ofCommit } from '../../kit/ecr/built-image.ts';
import { type Outputs, outputsOf, PROJECT, STACK } from '../names.ts';

export interface Picked extends OfBuilds {
  /** The newest successful build that used the source's buildspec. */
  readonly build: Build | undefined;
}

/** The commands of that build. */
interface Commands {
  readonly build: Build;
  /** Phases that stood outside `phases`, which CodeBuild does not run. */
  readonly phasesAtRoot: readonly string[];
  /** How many commands it had in the phases that it ran; `undefined` when its buildspec is not there to be read. */
  readonly commands: number | undefined;
}

export interface Ran extends OfBuilds {
  readonly outputs: Outputs;
  readonly commands: Commands | undefined;
}

export interface Pushed extends Ran {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

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

export function observe(aws: Bound<typeof reads>) {
  const outputs = aws.stack(STACK).then(outputsOf);
  // The newest hundred builds, which is one page of ids and one BatchGetBuilds. Older builds prove nothing that newer ones do not.
  const found = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const images = outputs.then(({ backend }) => (backend === undefined ? undefined : aws.images(backend)));
  const ran = Promise.all([found, outputs]).then(async ([all, known]): Promise<Ran> => {
    const [build] = ofSource(all);
    const { source } = known;
    if (build === undefined) return { builds: all, outputs: known, commands: undefined };
    const file = source !== undefined && ofCommit(build) ? await aws.file(source, build.resolvedSourceVersion, BUILDSPEC) : undefined;
    const read = file?.state === 'present' ? parseBuildspec(file.text) : undefined;
    const commands: Commands =
      read?.state === 'parsed'
        ? { build, phasesAtRoot: read.phasesAtRoot, commands: read.phases.reduce((sum, phase) => sum + phase.commands.length, 0) }
        : { build, phasesAtRoot: [], commands: undefined };
    return { builds: all, outputs: known, commands };
  });
  const pushed = Promise.all([ran, images]).then(([fact, now]): Pushed => ({ ...fact, images: now }));
  const picked = found.then((all): Picked => ({ builds: all, build: ofSource(all)[0] }));
  return { picked, ran, pushed };
}

export const on = expectationsOn<typeof observe>();
