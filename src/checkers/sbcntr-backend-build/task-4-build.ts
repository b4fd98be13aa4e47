import {
  type Build,
  believed,
  blocked,
  buildspecPlace,
  builtImage,
  defineTask,
  explainFailure,
  failed,
  failureOf,
  type Image,
  judgeBuiltImage,
  notStarted,
  ofCommit,
  parseBuildspec,
  passed,
  pastBuildReads,
  pastBuilds,
  provenByBuild,
  readers,
  type TaskContext,
  undecided,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILDSPEC, type Outputs, outputsOf, PROJECT, STACK } from './names.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Built {
  readonly builds: Builds;
}

interface Picked extends Built {
  /** The newest successful build that used the source's buildspec. */
  readonly build: Build | undefined;
}

/** What that build was told to do. */
interface Commands {
  readonly build: Build;
  /** Phases that stood outside `phases`, which CodeBuild does not run. */
  readonly phasesAtRoot: readonly string[];
  /** How many commands it had in the phases that it ran; `undefined` when its buildspec is not there to be read. */
  readonly commands: number | undefined;
}

interface Ran extends Built {
  readonly outputs: Outputs;
  readonly commands: Commands | undefined;
}

interface Pushed extends Ran {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

const numberOf = ({ number = 0 }: Build) => number;

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
/** Builds that took their commands from the source, not from an override. */
const ofSource = (builds: Builds) => succeeded(builds).filter(({ buildspec }) => buildspecPlace(buildspec) === 'default');

const inProgress = (build: Build) => waiting(['buildInProgress', { number: numberOf(build), phase: build.currentPhase ?? '-' }], 20);

const FAILURE_WORDS = {
  'pull-limit': 'buildFailedPullLimit',
  runtime: 'buildFailedRuntime',
  buildspec: 'buildFailedBuildspec',
  permissions: 'buildFailedPermissions',
  source: 'buildFailedSource',
  'not-privileged': 'buildFailedPrivileged',
  login: 'buildFailedPermissions',
  push: 'buildFailedPermissions',
  image: 'buildFailedImage',
  other: 'buildFailed',
} as const;

function judgeSucceeded({ builds }: Built): Verdict<Says> {
  if (builds === undefined) return blocked('task-3');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return inProgress(current);
  const [newest] = builds;
  return newest === undefined ? notStarted(['noBuild', { project: PROJECT }]) : failed(explainFailure(failureOf(newest), FAILURE_WORDS));
}

function judgeSettings({ builds, build }: Picked): Verdict<Says> {
  if (build === undefined) {
    const current = running(builds);
    if (current !== undefined) return inProgress(current);
    const [newest] = succeeded(builds);
    if (newest === undefined) return blocked('build-succeeded');
    const number = numberOf(believed(newest));
    const override = parseBuildspec(newest.buildspec ?? '');
    const atRoot = override.state === 'parsed' ? override.phasesAtRoot : [];
    return failed(atRoot.length > 0 ? ['overrideRanNothing', { number, phases: atRoot.join(', ') }] : ['buildOverridden', { number }]);
  }
  believed(build);
  if (!build.environment.privileged) return failed(['buildNotPrivileged', { number: numberOf(build) }]);
  return ofCommit(build) ? passed() : failed(['buildWithoutCommit', { number: numberOf(build) }]);
}

/** A success proves only that no command failed; here it is asked whether there was one. */
function judgeRan({ builds, commands }: Ran): Verdict<Says> {
  if (commands === undefined) return blocked('build-settings');
  const number = numberOf(commands.build);
  if (commands.commands === undefined) return undecided(['buildspecUnseen', { number }]);
  const [phases, current] = [commands.phasesAtRoot.join(', '), running(builds)];
  if (phases === '' && commands.commands > 0) return passed();
  if (current !== undefined) return inProgress(current);
  return failed(phases === '' ? ['buildHadNoCommands', { number }] : ['buildRanNothing', { number, phases }]);
}

/** The tag that the judged build must have pushed, and the image that carries it now. */
function proofOf({ builds, commands, images }: Pushed) {
  return commands && builtImage(commands.build, ofSource(builds), images);
}

function judgeTag(fact: Pushed): Verdict<Says> {
  const repository = fact.outputs.backend;
  if (repository === undefined) return blocked('task-0');
  const proof = proofOf(fact);
  if (proof === undefined) return blocked('build-ran');
  return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
}

const newestOf = ({ builds }: Built) => ofSource(builds)[0] ?? succeeded(builds)[0] ?? builds?.[0];
const ofBuild = {
  resource: (fact: Built) => newestOf(fact)?.arn,
  console: (fact: Built, { console }: TaskContext) => {
    const build = newestOf(fact);
    return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT);
  },
} as const;

export default defineTask({
  id: 'task-4',
  messages,
  needs: ['task-0', 'task-1', 'task-2', 'task-3'],
  reads: {
    stack: readers.cloudformation.stack,
    buildIds: readers.codebuild.buildIdsOfProject,
    builds: readers.codebuild.builds,
    file: readers.codecommit.file,
    images: readers.ecr.images,
    ...pastBuildReads,
  },
  observe(aws) {
    const outputs = aws.stack(STACK).then(outputsOf);
    // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
    const builds = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
    const images = outputs.then(({ backend }) => (backend === undefined ? undefined : aws.images(backend)));
    const ran = Promise.all([builds, outputs]).then(async ([found, known]): Promise<Ran> => {
      const [build] = ofSource(found);
      const { source } = known;
      if (build === undefined) return { builds: found, outputs: known, commands: undefined };
      const file = source !== undefined && ofCommit(build) ? await aws.file(source, build.resolvedSourceVersion, BUILDSPEC) : undefined;
      const buildspec = file?.state === 'present' ? parseBuildspec(file.text) : undefined;
      const commands: Commands =
        buildspec?.state === 'parsed'
          ? {
              build,
              phasesAtRoot: buildspec.phasesAtRoot,
              commands: buildspec.phases.reduce((sum, phase) => sum + phase.commands.length, 0),
            }
          : { build, phasesAtRoot: [], commands: undefined };
      return { builds: found, outputs: known, commands };
    });
    const pushed = Promise.all([ran, images]).then(([fact, found]): Pushed => ({ ...fact, images: found }));
    const built = builds.then((found): Built => ({ builds: found }));
    const picked = builds.then((found): Picked => ({ builds: found, build: ofSource(found)[0] }));
    return { built, picked, ran, pushed };
  },
  expectations: {
    built: [
      {
        ...ofBuild,
        id: 'build-succeeded',
        step: 9,
        expected: 'SUCCEEDED',
        judge: judgeSucceeded,
        observed: (fact) => newestOf(fact)?.status,
      },
    ],
    picked: [
      {
        ...ofBuild,
        id: 'build-settings',
        step: 5,
        after: 'build-succeeded',
        expected: { privileged: true },
        judge: judgeSettings,
        observed: ({ build }) => build && { privileged: build.environment.privileged, commit: build.resolvedSourceVersion ?? null },
      },
    ],
    ran: [
      {
        ...ofBuild,
        id: 'build-ran',
        step: 5,
        after: 'build-settings',
        judge: judgeRan,
        observed: ({ commands }) => commands && { commands: commands.commands ?? null, phasesAtRoot: commands.phasesAtRoot },
      },
    ],
    pushed: [
      {
        id: 'image-commit-tag',
        step: 10,
        after: 'build-ran',
        expected: (fact) => proofOf(fact)?.tag,
        judge: judgeTag,
        observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
        resource: ({ outputs }) => outputs.backendUri,
        console: ({ outputs: { backend } }, { console }) => (backend === undefined ? undefined : console.ecrRepository(backend)),
      },
    ],
  },
  history: {
    'build-succeeded': async (aws) => {
      const [build] = ofSource(await pastBuilds(aws, PROJECT));
      return build && provenByBuild(build, build.status);
    },
  },
});
