import {
  type Bound,
  type Build,
  believed,
  blocked,
  builtImage,
  type Course,
  codeCommitRepositoryOf,
  defineTask,
  failed,
  failureOf,
  followInSource,
  type Image,
  imageDefinitionOf,
  judgeBuiltImage,
  notStarted,
  type OidcProvider,
  type Policy,
  type Project,
  parseBuildspec,
  passed,
  pastBuildReads,
  pastBuilds,
  provenByBuild,
  type Role,
  readers,
  rolePolicies,
  type SourceFile,
  shortHash,
  sourceFileReads,
  type TaskContext,
  undecided,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { judgeGithubTrust } from './github-trust.ts';
import { messages, type Says } from './messages/index.ts';
import {
  AUDIENCE,
  BUILDSPEC,
  CONTAINER,
  DEFINITIONS,
  ISSUER,
  imageUriOf,
  NAME,
  PROJECT,
  providerArnOf,
  ROLES,
  roleArnOf,
} from './names.ts';
import { judgePush } from './permissions.ts';

interface Provider {
  readonly found: OidcProvider | undefined;
  readonly role: Role | undefined;
}

interface BuildRole {
  /** Its bare name; unset while there is no project. */
  readonly name: string | undefined;
  readonly policies: readonly Policy[] | undefined;
}

interface Source {
  readonly file: SourceFile;
  /** Unset when there are no commands to follow. */
  readonly course: Course | undefined;
  readonly commit: string;
}

/** Newest first; `undefined` when there is no project. */
type Builds = readonly Build[] | undefined;

interface Pushed {
  readonly builds: Builds;
  readonly images: readonly Image[] | undefined;
}

const reads = {
  provider: readers.iam.oidcProvider,
  role: readers.iam.role,
  policies: readers.iam.rolePolicies,
  project: readers.codebuild.project,
  buildIds: readers.codebuild.buildIdsOfProject,
  builds: readers.codebuild.builds,
  images: readers.ecr.images,
  ...sourceFileReads,
  ...pastBuildReads,
} as const;

const bareName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

async function readSource(aws: Bound<typeof reads>, { account, region }: TaskContext): Promise<Source> {
  const file = await aws.file(NAME, undefined, BUILDSPEC);
  if (file.state !== 'present') return { file, course: undefined, commit: '' };
  const reading = parseBuildspec(file.text);
  if (reading.state !== 'parsed') return { file, course: undefined, commit: file.commitId };
  const course = await followInSource(aws, NAME, reading, { account, region, commit: file.commitId, variables: {} });
  return { file, course, commit: file.commitId };
}

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const githubRole = aws.role(ROLES.github);
  const provider = Promise.all([aws.provider(ISSUER), githubRole]).then(([found, role]): Provider => ({ found, role }));
  const githubPolicies = aws.policies(ROLES.github).then((found) => found && rolePolicies(found));
  const project = aws.project(PROJECT);
  const buildRole = project.then(async (found): Promise<BuildRole> => {
    const name = found && bareName(found.serviceRole);
    const policies = name === undefined ? undefined : await aws.policies(name);
    return { name, policies: policies && rolePolicies(policies) };
  });
  const builds = aws.buildIds(PROJECT).then((ids): Promise<Builds> | Builds => ids && aws.builds(ids));
  const pushed = Promise.all([builds, aws.images(NAME)]).then(([ofProject, images]): Pushed => ({ builds: ofProject, images }));
  return { provider, githubRole, githubPolicies, source: readSource(aws, context), project, buildRole, builds, pushed };
}

/** GitHub's action asks for a token for this audience, and STS takes it only from a provider that lists it. */
function judgeProvider({ found, role }: Provider): Verdict<Says> {
  if (found === undefined) return role === undefined ? notStarted('providerMissing') : failed('providerMissing');
  if (found.clientIds.includes(AUDIENCE)) return passed();
  return failed(['audienceMissing', { audience: AUDIENCE, found: found.clientIds.join(', ') || '-' }]);
}

function judgeDefinitions({ file, course, commit }: Source, context: TaskContext): Verdict<Says> {
  if (file.state === 'no-repository' || file.state === 'empty') return notStarted(['sourceMissing', { repository: NAME }]);
  if (course === undefined) return failed(['buildspecMissing', { file: BUILDSPEC }]);
  const image = `${imageUriOf(context)}:${shortHash(commit)}`;
  const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image });
  switch (found.state) {
    case 'right':
    case 'other-container':
      return passed();
    case 'perhaps':
    case 'lost':
      return undecided(['undecidedDefinitions', { file: DEFINITIONS }]);
    case 'misnamed':
      return failed(['definitionsMisnamed', { found: found.found, file: DEFINITIONS }]);
    case 'wrong':
      return failed(['definitionsWrong', { found: found.found, file: DEFINITIONS, image }]);
    default:
      return failed(['definitionsMissing', { file: DEFINITIONS }]);
  }
}

function judgeProject(project: Project | undefined, { region }: TaskContext): Verdict<Says> {
  if (project === undefined) return notStarted(['projectMissing', { project: PROJECT, region }]);
  const { type, location } = project.source;
  const repository = codeCommitRepositoryOf(location, region);
  if (type !== 'CODECOMMIT' || repository !== NAME)
    return failed(['sourceOther', { found: repository ?? location ?? type, expected: NAME }]);
  return project.environment.privileged ? passed() : failed(['notPrivileged', { project: PROJECT }]);
}

const succeeded = (builds: Builds) => (builds ?? []).filter(({ status }) => status === 'SUCCEEDED');

function judgeBuild(builds: Builds): Verdict<Says> {
  if (builds === undefined) return blocked('build-project');
  if (succeeded(builds).length > 0) return passed();
  const running = builds.find(({ complete }) => !complete);
  if (running !== undefined) return waiting(['buildInProgress', { number: running.number ?? 0, phase: running.currentPhase ?? '-' }], 20);
  const [newest] = builds;
  if (newest === undefined) return failed(['noBuild', { project: PROJECT }]);
  const { number, phase, reason } = failureOf(newest);
  return failed(['buildFailed', { number, phase, reason }]);
}

/** Whether some build pushed its image; what to say is about the newest one. */
function judgeImage({ builds, images }: Pushed): Verdict<Says> {
  const right = succeeded(builds);
  const [newest] = right;
  if (newest === undefined) return blocked('build-succeeded');
  const verdicts = right.flatMap((build) => {
    const image = builtImage(build, right, images);
    return image === undefined ? [] : [judgeBuiltImage(image, NAME)];
  });
  const own = verdicts.find(({ status }) => status === 'passed');
  if (own !== undefined) return own;
  believed(newest);
  const tag = newest.resolvedSourceVersion ?? '-';
  return verdicts[0] ?? failed(['imageTagMissing', { repository: NAME, tag, number: newest.number ?? 0 }]);
}

const projectLink = (_fact: unknown, { console }: TaskContext) => console.codeBuildProject(PROJECT);
const roleLink = (_fact: unknown, { console }: TaskContext) => console.role(ROLES.github);

export default defineTask({
  id: 'task-5',
  messages,
  needs: ['task-4'],
  reads,
  observe,
  expectations: {
    provider: [
      {
        id: 'oidc-provider',
        step: 1,
        expected: (_fact, context) => `${providerArnOf(context)} (${AUDIENCE})`,
        judge: judgeProvider,
        observed: ({ found }) => found?.clientIds ?? null,
        resource: (_fact, context) => providerArnOf(context),
      },
    ],
    githubRole: [
      {
        id: 'github-trust',
        step: 3,
        judge: (role, context) =>
          role === undefined ? notStarted(['roleMissing', { role: ROLES.github }]) : judgeGithubTrust(role, context),
        observed: (role) => role?.name ?? null,
        resource: (role) => role?.arn,
        console: roleLink,
      },
    ],
    githubPolicies: [
      {
        id: 'github-push',
        step: 3,
        after: 'github-trust',
        judge: (policies, context) => (policies === undefined ? blocked('github-trust') : judgePush(ROLES.github, policies, context)),
        observed: (policies) => policies?.map(({ name }) => name),
        resource: (_fact, context) => roleArnOf(context, ROLES.github),
        console: roleLink,
      },
    ],
    source: [
      {
        id: 'image-definitions',
        step: 7,
        expected: DEFINITIONS,
        judge: judgeDefinitions,
        observed: ({ course }) => (course === undefined ? null : [...course.files.keys()].slice(0, 20)),
        console: (_fact, { console }) => console.codeCommitRepository(NAME),
      },
    ],
    project: [
      {
        id: 'build-project',
        step: 10,
        expected: { source: NAME, privileged: true },
        judge: judgeProject,
        observed: (project) => project && { source: project.source.location ?? null, privileged: project.environment.privileged },
        resource: (project) => project?.arn,
        console: projectLink,
      },
    ],
    buildRole: [
      {
        id: 'build-push',
        step: 9,
        after: 'build-project',
        judge({ name, policies }, context) {
          if (name === undefined) return blocked('build-project');
          return policies === undefined ? failed(['roleMissing', { role: name }]) : judgePush(name, policies, context);
        },
        observed: ({ policies }) => policies?.map((policy) => policy.name),
        resource: ({ name }) => name,
        console: ({ name }, { console }) => name && console.role(name),
      },
    ],
    builds: [
      {
        id: 'build-succeeded',
        step: 11,
        expected: 'SUCCEEDED',
        judge: judgeBuild,
        observed: (builds) => (succeeded(builds)[0] ?? builds?.[0])?.status,
        resource: (builds) => (succeeded(builds)[0] ?? builds?.[0])?.arn,
        console: projectLink,
      },
    ],
    pushed: [
      {
        id: 'image-tagged',
        step: 12,
        after: 'build-succeeded',
        judge: judgeImage,
        observed: ({ images }) => images?.flatMap(({ tags }) => tags).slice(0, 50),
        resource: (_fact, context) => imageUriOf(context),
        console: (_fact, { console }) => console.ecrRepository(NAME),
      },
    ],
  },
  history: {
    'build-succeeded': async (aws) => {
      const [build] = succeeded(await pastBuilds(aws, PROJECT));
      return build && provenByBuild(build, build.status);
    },
  },
});
