import {
  type BaseImage,
  type Buildspec,
  type BuildspecReading,
  baseImagesOf,
  blocked,
  type Course,
  defineTask,
  failed,
  followInSource,
  imageDefinitionOf,
  judgeSyntax,
  loginTo,
  misnamed,
  nestedCopy,
  notStarted,
  parseBuildspec,
  passed,
  pushOf,
  type Repository,
  readers,
  type SourceFile,
  type Survey,
  survey,
  surveyReads,
  type TaskContext,
  undecided,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import {
  BUILDSPEC,
  CONTAINER,
  DEFINITIONS,
  DOCKERFILE,
  expectedVariables,
  imageUriOf,
  NAME,
  OTHER_REGIONS,
  registryOf,
  TAG,
} from './names.ts';

interface Found {
  readonly file: SourceFile;
  /** Only when there is no such file. */
  readonly survey: Survey | undefined;
}

interface Reading extends Found {
  /** Unset when there is no text to read. */
  readonly reading: BuildspecReading | undefined;
}

/** The commands of a buildspec that can be followed, with the values that the lab's project gives them. */
interface Followed {
  readonly course: Course | undefined;
  readonly buildspec: Buildspec | undefined;
}

interface Image extends Found {
  readonly images: readonly BaseImage[];
  /** Whether the build logs in to Docker Hub, which lifts its limit. */
  readonly loggedIn: boolean;
}

/** @param name what the file is called, without its folder */
function judgeFile({ file: found, survey: around }: Found, path: string): Verdict<Says> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  switch (found.state) {
    case 'present':
      return found.text.trim() === '' ? failed(['fileEmpty', { file: path }]) : passed();
    case 'too-large':
    case 'not-text':
      return failed(['fileNotText', { file: path }]);
    case 'no-path': {
      const other = around && misnamed(around, name);
      const nested = around && nestedCopy(around, name);
      // A copy at the root is misplaced for a file that belongs into a folder.
      const elsewhere = [other, nested].find((one) => one !== undefined && one !== path);
      if (elsewhere !== undefined) return failed(['fileElsewhere', { file: path, found: elsewhere }]);
      return failed(['fileMissing', { file: path, repository: NAME }]);
    }
    default:
      return blocked('repository');
  }
}

/** The first thing that keeps CodeBuild from running the commands as they are meant. */
function judgeReading({ reading }: Reading): Verdict<Says> {
  if (reading === undefined) return blocked('buildspec-present');
  if (reading.state !== 'parsed') return judgeSyntax(reading, 'phasesMissing');
  if (!reading.hasPhases) return failed('phasesMissing');
  if (reading.version !== '0.2') return failed(['versionWrong', { found: reading.version ?? '-' }]);
  const [misplaced] = [...reading.phasesAtRoot, ...reading.unknownPhases];
  if (misplaced !== undefined) return failed(['phaseWrong', { phase: misplaced }]);
  const [notList] = reading.commandsNotList;
  if (notList !== undefined) return failed(['commandsNotList', { phase: notList }]);
  const [bad] = reading.badCommands;
  return bad === undefined ? passed() : failed(['commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }]);
}

const lost = (command: string) => undecided(['undecidedCommand', { command }]);
const unclear = (found: string) => undecided(['undecidedValue', { found }]);

function judgeLogin({ course }: Followed, context: TaskContext): Verdict<Says> {
  if (course === undefined) return blocked('buildspec-valid');
  const registry = registryOf(context);
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(login.found);
    case 'lost':
      return lost(login.command);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }]);
    default:
      return failed(['loginMissing', { registry }]);
  }
}

function judgePush({ course }: Followed, context: TaskContext): Verdict<Says> {
  if (course === undefined) return blocked('buildspec-valid');
  const expected = `${imageUriOf(context)}:${TAG}`;
  const push = pushOf(course, imageUriOf(context), TAG);
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(push.found);
    case 'lost':
      return lost(push.command);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }]);
    case 'elsewhere':
      return failed(['pushOther', { found: push.found, expected }]);
    default: {
      const [other] = course.pushes;
      return other === undefined ? failed(['pushMissing', { expected }]) : failed(['pushOther', { found: other.ref, expected }]);
    }
  }
}

function judgeDefinitions({ course }: Followed, context: TaskContext): Verdict<Says> {
  if (course === undefined) return blocked('buildspec-valid');
  const found = imageDefinitionOf(course, { file: DEFINITIONS, container: CONTAINER, image: `${imageUriOf(context)}:${TAG}` });
  switch (found.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return unclear(DEFINITIONS);
    case 'lost':
      return lost(found.command);
    case 'misnamed':
      return failed(['definitionsMisnamed', { found: found.found, file: DEFINITIONS }]);
    case 'other-container':
      return failed(['definitionsContainer', { found: found.found, container: CONTAINER }]);
    case 'wrong':
      return failed(['definitionsWrong', { file: DEFINITIONS, found: found.found }]);
    default:
      return failed(['definitionsMissing', { file: DEFINITIONS }]);
  }
}

/** Whether a pattern of `artifacts.files` takes the file at the root of the source. */
const takes = (pattern: string) => /^(\.\/)?(imagedefinitions\.json|\*|\*\*\/\*|\*\.json|\*\*\/\*\.json)$/.test(pattern);

function judgeArtifacts({ buildspec }: Followed): Verdict<Says> {
  if (buildspec === undefined) return blocked('buildspec-valid');
  const { artifacts } = buildspec;
  if (artifacts?.state === 'not-a-list') return failed(['artifactsNotList', { found: artifacts.found, file: DEFINITIONS }]);
  return artifacts?.files.some(takes) ? passed() : failed(['artifactsMissing', { file: DEFINITIONS }]);
}

function judgeBaseImage({ images, loggedIn }: Image): Verdict<Says> {
  const open = images.find((image) => image.open);
  const free = images.find(({ pinned, open: unknown }) => !pinned && !unknown);
  const limited = images.find(({ dockerHub, open: unknown }) => dockerHub && !unknown);
  if (limited !== undefined && !loggedIn) return failed(['baseImageDockerHub', { image: limited.image }]);
  if (free !== undefined) return failed(['baseImageNotPinned', { image: free.image }]);
  if (open !== undefined) return unclear(`FROM ${open.image}`);
  return images.length > 0 ? passed() : failed(['baseImageMissing', { file: DOCKERFILE }]);
}

const link = (_fact: unknown, { console }: TaskContext) => console.codeCommitRepository(NAME);

export default defineTask({
  id: 'task-1',
  messages,
  reads: {
    repository: readers.codecommit.repository,
    pushed: readers.codecommit.pushedRepository,
    file: readers.codecommit.file,
    ...surveyReads,
  },
  observe(aws, context) {
    const repository = aws.pushed(NAME);
    const find = async (path: string): Promise<Found> => {
      const file = await aws.file(NAME, undefined, path);
      return { file, survey: file.state === 'no-path' ? await survey(aws, NAME, (await aws.repository(NAME))?.defaultBranch) : undefined };
    };
    const buildspec = find(BUILDSPEC);
    const reading = buildspec.then((fact): Reading => {
      return { ...fact, reading: fact.file.state === 'present' ? parseBuildspec(fact.file.text) : undefined };
    });
    const followed = reading.then(async ({ reading: read, file }): Promise<Followed> => {
      if (read?.state !== 'parsed' || file.state !== 'present') return { course: undefined, buildspec: undefined };
      const setting = { ...context, commit: file.commitId, variables: expectedVariables(context) };
      return { course: await followInSource(aws, NAME, read, setting), buildspec: read };
    });
    const image = Promise.all([find(DOCKERFILE), followed]).then(([found, { course }]): Image => {
      const logins = course?.logins ?? [];
      return {
        ...found,
        images: found.file.state === 'present' ? baseImagesOf(found.file.text) : [],
        loggedIn: logins.some(({ registry }) => registry === '' || /(^|\.)docker\.io$/.test(registry)),
      };
    });
    return { repository, buildspec, reading, followed, image };
  },
  expectations: {
    repository: [
      {
        id: 'repository',
        step: 14,
        expected: NAME,
        judge(repository: Repository | undefined, { region }) {
          if (repository === undefined) return notStarted(['repositoryMissing', { repository: NAME, region }]);
          return repository.defaultBranch === undefined ? failed(['notPushed', { repository: NAME }]) : passed();
        },
        observed: (repository) => repository && { defaultBranch: repository.defaultBranch ?? null },
        resource: (repository) => repository?.arn,
        console: link,
      },
    ],
    buildspec: [
      {
        id: 'buildspec-present',
        step: 9,
        after: 'repository',
        expected: BUILDSPEC,
        judge: (found) => judgeFile(found, BUILDSPEC),
        observed: ({ file }) => file.state,
        console: link,
      },
    ],
    reading: [{ id: 'buildspec-valid', step: 11, after: 'buildspec-present', judge: judgeReading, console: link }],
    followed: [
      {
        id: 'ecr-login',
        step: 11,
        after: 'buildspec-valid',
        expected: (_fact, context) => registryOf(context),
        judge: judgeLogin,
        observed: ({ course }) => course?.logins.map(({ registry }) => registry),
        console: link,
      },
      {
        id: 'image-push',
        step: 11,
        after: 'buildspec-valid',
        expected: (_fact, context) => `${imageUriOf(context)}:${TAG}`,
        judge: judgePush,
        observed: ({ course }) => course?.pushes.map(({ ref }) => ref),
        console: link,
      },
      {
        id: 'image-definitions',
        step: 11,
        after: 'image-push',
        expected: (_fact, context) => [{ name: CONTAINER, imageUri: `${imageUriOf(context)}:${TAG}` }],
        judge: judgeDefinitions,
        observed: ({ course }) => course?.files.get(DEFINITIONS)?.content.slice(0, 200) ?? null,
        console: link,
      },
      {
        id: 'artifacts',
        step: 11,
        after: 'buildspec-valid',
        expected: [DEFINITIONS],
        judge: judgeArtifacts,
        observed: ({ buildspec }) => {
          const artifacts = buildspec?.artifacts;
          return artifacts?.state === 'list' ? artifacts.files : (artifacts?.found ?? null);
        },
        console: link,
      },
    ],
    image: [
      {
        id: 'dockerfile',
        step: 9,
        after: 'repository',
        expected: DOCKERFILE,
        judge: (found) => judgeFile(found, DOCKERFILE),
        observed: ({ file }) => file.state,
        console: link,
      },
      {
        id: 'base-image',
        step: 12,
        after: 'dockerfile',
        judge: judgeBaseImage,
        observed: ({ images }) => images.map(({ image }) => image),
        console: link,
      },
    ],
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['repository'],
    find: { repository: async (aws) => (await aws.repository(NAME))?.arn },
  },
  publishes: {
    repository: (repository, { account, region }) => (repository === undefined ? {} : { AccountId: account, Region: region }),
  },
});
