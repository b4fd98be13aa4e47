import {
  type Build,
  believed,
  blocked,
  defineTask,
  failed,
  type Image,
  notStarted,
  passed,
  pastBuildReads,
  pastBuilds,
  provenByBuild,
  readers,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { explainBuild } from './failed-build.ts';
import { messages, type Says } from './messages/index.ts';
import { expectedVariables, imageUriOf, NAME, TAG } from './names.ts';
import { wrongVariable } from './variables.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Pushed {
  readonly builds: Builds;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, context: TaskContext): Says | undefined {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }];
  const variable = wrongVariable(build, context);
  return variable && ['buildVariableWrong', { number, ...variable }];
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
const rightBuilds = (builds: Builds, context: TaskContext) =>
  succeeded(builds).filter((build) => wrongSettings(build, context) === undefined);

const buildInProgress = (build: Build) => waiting(['buildInProgress', { number: build.number ?? 0, phase: build.currentPhase ?? '-' }], 20);

function judgeSucceeded(builds: Builds, context: TaskContext): Verdict<Says> {
  if (builds === undefined) return blocked('task-2');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = builds;
  return newest === undefined ? notStarted(['noBuild', { project: NAME }]) : failed(explainBuild(newest, context));
}

function judgeSettings(builds: Builds, context: TaskContext): Verdict<Says> {
  if (rightBuilds(builds, context).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = succeeded(builds);
  const wrong = newest && wrongSettings(newest, context);
  if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
  believed(newest);
  return failed(wrong);
}

function judgeImage({ builds, images }: Pushed, context: TaskContext): Verdict<Says> {
  // Every build moves the tag, and the same image pushed again keeps the time of its first push: the oldest right build is what counts.
  const oldest = rightBuilds(builds, context).at(-1);
  if (oldest === undefined) return blocked('build-settings');
  if (images === undefined) return failed(['registryGone', { repository: NAME }]);
  const image = images.find(({ tags }) => tags.includes(TAG));
  if (image === undefined) return failed(['imageMissing', { repository: NAME, tag: TAG }]);
  if (image.pushedAt < oldest.startedAt) return failed(['imageTooOld', { repository: NAME, tag: TAG, number: oldest.number ?? 0 }]);
  return passed({ observed: { tag: TAG, digest: image.digest, pushedAt: image.pushedAt.toISOString() } });
}

const newestOf = (builds: Builds) => succeeded(builds)[0] ?? builds?.[0];
const buildLink = (builds: Builds, { console }: TaskContext) => {
  const build = newestOf(builds);
  return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(NAME);
};

export default defineTask({
  id: 'task-5',
  messages,
  needs: ['task-1', 'task-2', 'task-3', 'task-4'],
  reads: {
    buildIds: readers.codebuild.buildIdsOfProject,
    builds: readers.codebuild.builds,
    images: readers.ecr.images,
    ...pastBuildReads,
  },
  observe(aws) {
    // One page of ids is what one BatchGetBuilds takes: the newest hundred. Older builds prove nothing newer ones do not.
    const builds = aws.buildIds(NAME).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
    const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ builds: ofProject, images }));
    return { builds, pushed };
  },
  expectations: {
    builds: [
      {
        id: 'build-succeeded',
        step: 7,
        expected: 'SUCCEEDED',
        judge: judgeSucceeded,
        observed: (builds) => newestOf(builds)?.status,
        resource: (builds) => newestOf(builds)?.arn,
        console: buildLink,
      },
      {
        id: 'build-settings',
        step: 2,
        after: 'build-succeeded',
        expected: (_fact, context) => ({ privileged: true, ...expectedVariables(context) }),
        judge: judgeSettings,
        observed: (builds, context) => {
          const build = rightBuilds(builds, context)[0] ?? newestOf(builds);
          if (build === undefined) return undefined;
          // Only the lab's own: other variables are the student's business and may be secret.
          const variables = build.environment.variables.filter(({ name }) => Object.hasOwn(expectedVariables(context), name));
          return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
        },
        resource: (builds) => newestOf(builds)?.arn,
        console: buildLink,
      },
    ],
    pushed: [
      {
        id: 'image-pushed',
        step: 8,
        after: 'build-settings',
        expected: TAG,
        judge: judgeImage,
        observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
        resource: (_fact, context) => imageUriOf(context),
        console: (_fact, { console }) => console.ecrRepository(NAME),
      },
    ],
  },
  history: {
    'build-succeeded': async (aws) => {
      const [build] = succeeded(await pastBuilds(aws, NAME));
      return build && provenByBuild(build, build.status);
    },
    'build-settings': async (aws, context) => {
      const [build] = rightBuilds(await pastBuilds(aws, NAME), context);
      return build && provenByBuild(build, build.resolvedSourceVersion ?? '');
    },
  },
});
