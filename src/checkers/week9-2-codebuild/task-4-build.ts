import {
  type Bound,
  type Build,
  believed,
  blocked,
  builtImage,
  defineTask,
  failed,
  type Image,
  judgeBuiltImage,
  lastStack,
  notStarted,
  ofCommit,
  passed,
  pastBuildReads,
  pastBuilds,
  pastEventReads,
  pastPush,
  pastStackReads,
  provenByBuild,
  provenByEvent,
  readers,
  type Stack,
  shortHash,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { explainBuild } from './failed-build.ts';
import { messages, type Says } from './messages/index.ts';
import { outputsOf, PROJECT, STACK } from './names.ts';
import { expectedVariables, judgeVariable, type VariableName } from './variables.ts';

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface BuildsAndStack {
  readonly builds: Builds;
  readonly stack: Stack | undefined;
}

interface Pushed extends BuildsAndStack {
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** The first of the three variables that the build did not get as it must, with what is wrong. */
function wrongVariable(build: Build, { stack }: BuildsAndStack, account: string) {
  const expected = expectedVariables(account, outputsOf(stack).imageRepository);
  for (const name of Object.keys(expected) as VariableName[]) {
    const value = expected[name];
    if (value !== undefined && judgeVariable(build.environment.variables, name, value).status !== 'passed') {
      return { name, expected: value, found: build.environment.variables.find((variable) => variable.name === name)?.value ?? '-' };
    }
  }
  return undefined;
}

/** What was wrong with the settings a build ran with, whatever the project says now. */
function wrongSettings(build: Build, fact: BuildsAndStack, account: string): Says | undefined {
  const number = build.number ?? 0;
  if (!build.environment.privileged) return ['buildNotPrivileged', { number }];
  const variable = wrongVariable(build, fact, account);
  if (variable !== undefined) return ['buildVariableWrong', { number, ...variable }];
  if (!ofCommit(build)) return ['buildWithoutCommit', { number }];
  return undefined;
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');
const running = (builds: Builds) => (builds ?? []).find(({ complete }) => !complete);
const rightBuilds = (fact: BuildsAndStack, account: string) =>
  succeeded(fact.builds).filter((build) => wrongSettings(build, fact, account) === undefined);

const buildInProgress = (build: Build) => waiting(['buildInProgress', { number: build.number ?? 0, phase: build.currentPhase ?? '-' }], 20);

function judgeSucceeded(fact: BuildsAndStack, { account }: TaskContext): Verdict<Says> {
  const { builds } = fact;
  if (builds === undefined) return blocked('task-3');
  if (succeeded(builds).length > 0) return passed();
  const current = running(builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = builds;
  if (newest === undefined) return notStarted(['noBuild', { project: PROJECT }]);
  return failed(explainBuild(newest, wrongVariable(newest, fact, account)?.name));
}

function judgeSettings(fact: BuildsAndStack, { account }: TaskContext): Verdict<Says> {
  if (outputsOf(fact.stack).imageRepository === undefined) return blocked('task-0');
  if (rightBuilds(fact, account).length > 0) return passed();
  const current = running(fact.builds);
  if (current !== undefined) return buildInProgress(current);
  const [newest] = succeeded(fact.builds);
  const wrong = newest && wrongSettings(newest, fact, account);
  if (newest === undefined || wrong === undefined) return blocked('build-succeeded');
  believed(newest);
  return failed(wrong);
}

/** The newest right build, the tag it must have pushed, and the image that carries the tag now. */
function proofOf(fact: Pushed, account: string) {
  const [build, ...older] = rightBuilds(fact, account);
  return build && builtImage(build, older, fact.images);
}

function judgeCommitTag(fact: Pushed, { account }: TaskContext): Verdict<Says> {
  const repository = outputsOf(fact.stack).imageRepository;
  const proof = proofOf(fact, account);
  if (repository === undefined || proof === undefined) return blocked('build-settings');
  return fact.images === undefined ? failed(['imageRepositoryGone', { repository }]) : judgeBuiltImage(proof, repository);
}

function judgeLatest(fact: Pushed, { account }: TaskContext): Verdict<Says> {
  const repository = outputsOf(fact.stack).imageRepository;
  const proof = proofOf(fact, account);
  if (repository === undefined || proof?.image === undefined) return blocked('image-commit-tag');
  const latest = fact.images?.find(({ tags }) => tags.includes('latest'));
  if (latest === undefined) return failed(['latestMissing', { repository }]);
  const current = running(fact.builds);
  // A newer build moves `latest` before it ends.
  if (latest.digest !== proof.image.digest && current !== undefined) return buildInProgress(current);
  if (latest.digest !== proof.image.digest)
    return failed(['latestElsewhere', { repository, tag: proof.tag, number: proof.build.number ?? 0 }]);
  return passed();
}

const newestOf = ({ builds }: BuildsAndStack) => succeeded(builds)[0] ?? builds?.[0];
const buildLink = (fact: BuildsAndStack, { console }: TaskContext) => {
  const build = newestOf(fact);
  return build ? console.codeBuildBuild(build.project, build.id) : console.codeBuildProject(PROJECT);
};
const repositoryLink = ({ stack }: BuildsAndStack, { console }: TaskContext) => {
  const { imageRepository } = outputsOf(stack);
  return imageRepository === undefined ? undefined : console.ecrRepository(imageRepository);
};

const buildReads = { buildIds: readers.codebuild.buildIdsOfProject, builds: readers.codebuild.builds } as const;

/** What one BatchGetBuilds takes. */
const BATCH = 100;

/** The newest hundred builds; when none of them succeeded, older ones too, until one did. A list too long to be read ends as unknown. */
async function newestBuilds(aws: Bound<typeof buildReads>): Promise<Builds> {
  const newest = await aws.buildIds(PROJECT, { limit: BATCH });
  if (newest === undefined) return undefined;
  let builds = await aws.builds(newest);
  if (newest.length < BATCH || succeeded(builds).length > 0) return builds;
  const all = (await aws.buildIds(PROJECT, { limit: Number.MAX_SAFE_INTEGER })) ?? [];
  for (let from = BATCH; from < all.length && succeeded(builds).length === 0; from += BATCH) {
    builds = [...builds, ...(await aws.builds(all.slice(from, from + BATCH)))];
  }
  return builds;
}

const pastReads = { ...pastStackReads, ...pastBuildReads, ...pastEventReads } as const;

/** The newest build that had run with the right settings, and where it pushed; empty when nothing proves one. */
async function pastRightBuild(aws: Bound<typeof pastReads>, account: string) {
  const [builds, stack] = await Promise.all([pastBuilds(aws, PROJECT), lastStack(aws, STACK)]);
  // Without the stack's outputs it is not known what the variables had to be.
  const { imageRepository: repository } = outputsOf(stack);
  const [build] = repository === undefined ? [] : rightBuilds({ builds, stack }, account);
  return build?.resolvedSourceVersion === undefined || repository === undefined
    ? []
    : [{ build, repository, commit: build.resolvedSourceVersion }];
}

async function pastPushOf(aws: Bound<typeof pastReads>, account: string, tagOf: (commit: string) => string) {
  const [past] = await pastRightBuild(aws, account);
  if (past === undefined) return undefined;
  const tag = tagOf(past.commit);
  const event = await pastPush(aws, { ...past, tag });
  return event && provenByEvent(event, { repository: past.repository, tag });
}

export default defineTask({
  id: 'task-4',
  messages,
  needs: ['task-0', 'task-1', 'task-2', 'task-3'],
  reads: {
    stack: readers.cloudformation.stack,
    ...buildReads,
    images: readers.ecr.images,
    ...pastReads,
  },
  observe(aws) {
    const stack = aws.stack(STACK);
    const builds = newestBuilds(aws);
    const images = stack.then((found) => {
      const { imageRepository } = outputsOf(found);
      return imageRepository === undefined ? undefined : aws.images(imageRepository);
    });
    const built = Promise.all([builds, stack]).then(([ofProject, found]): BuildsAndStack => ({ builds: ofProject, stack: found }));
    const pushed = Promise.all([built, images]).then(([fact, found]): Pushed => ({ ...fact, images: found }));
    return { built, pushed };
  },
  expectations: {
    built: [
      {
        id: 'build-succeeded',
        step: 14,
        expected: 'SUCCEEDED',
        judge: judgeSucceeded,
        observed: (fact) => newestOf(fact)?.status,
        resource: (fact) => newestOf(fact)?.arn,
        console: buildLink,
      },
      {
        id: 'build-settings',
        step: 14,
        after: 'build-succeeded',
        expected: ({ stack }, { account }) => {
          const { AWS_ACCOUNT_ID, IMAGE_REPO_NAME = null, CONTAINER_NAME } = expectedVariables(account, outputsOf(stack).imageRepository);
          return { privileged: true, AWS_ACCOUNT_ID, IMAGE_REPO_NAME, CONTAINER_NAME };
        },
        judge: judgeSettings,
        observed: (fact, { account }) => {
          const build = rightBuilds(fact, account)[0] ?? newestOf(fact);
          if (build === undefined) return undefined;
          // Only the lab's own: other variables are the student's business and may be secret.
          const names = Object.keys(expectedVariables(account, undefined));
          const variables = build.environment.variables.filter(({ name }) => names.includes(name));
          return { privileged: build.environment.privileged, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
        },
        resource: (fact) => newestOf(fact)?.arn,
        console: buildLink,
      },
    ],
    pushed: [
      {
        id: 'image-commit-tag',
        step: 18,
        after: 'build-settings',
        expected: (fact, { account }) => proofOf(fact, account)?.tag,
        judge: judgeCommitTag,
        observed: ({ images }) => images?.flatMap(({ tags }) => tags) ?? null,
        resource: ({ stack }) => outputsOf(stack).imageUri,
        console: repositoryLink,
      },
      {
        id: 'image-latest-tag',
        step: 18,
        after: 'image-commit-tag',
        expected: (fact, { account }) => proofOf(fact, account)?.image?.digest,
        judge: judgeLatest,
        observed: ({ images }) => images?.find(({ tags }) => tags.includes('latest'))?.digest ?? null,
        resource: ({ stack }) => outputsOf(stack).imageUri,
        console: repositoryLink,
      },
    ],
  },
  history: {
    'build-succeeded': async (aws) => {
      const [build] = succeeded(await pastBuilds(aws, PROJECT));
      return build && provenByBuild(build, build.status);
    },
    'build-settings': async (aws, { account }) => {
      const [past] = await pastRightBuild(aws, account);
      return past && provenByBuild(past.build, past.commit);
    },
    'image-commit-tag': (aws, { account }) => pastPushOf(aws, account, shortHash),
    'image-latest-tag': (aws, { account }) => pastPushOf(aws, account, () => 'latest'),
  },
});
