import {
  type Bound,
  type Buildspec,
  type BuildspecReading,
  blocked,
  type Course,
  couldBe,
  defineTask,
  failed,
  followInSource,
  isKnown,
  loginTo,
  type Missing,
  misnamed,
  nestedCopy,
  notStarted,
  parseBuildspec,
  passed,
  pushOf,
  readers,
  type SourceFile,
  type Stack,
  type Survey,
  shown,
  survey,
  surveyReads,
  type TaskContext,
  undecided,
  unlessLost,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILDSPEC, CONTAINER, outputsOf, STACK } from './names.ts';

const VERSION = '0.2';
const DEFINITIONS = 'imagedefinitions.json';

interface Found {
  readonly repository: string | undefined;
  readonly file: SourceFile | undefined;
  /** Only when there is no such file at the root. */
  readonly survey: Survey | undefined;
}

interface Reading extends Found {
  /** Unset when there is no text to read. */
  readonly reading: BuildspecReading | undefined;
}

/** The commands of a sound buildspec, followed with the values that the lab's project gives them. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly imageUri: string;
  readonly commit: string;
}

function judgeFile({ repository, file, survey: around }: Found): Verdict<Says> {
  if (repository === undefined || file === undefined) return blocked('task-0');
  switch (file.state) {
    case 'present':
      return file.text.trim() === '' ? failed(['fileEmpty', { file: BUILDSPEC }]) : passed();
    case 'too-large':
      return failed(['fileNotText', { file: BUILDSPEC }]);
    case 'not-text':
      return failed(['fileNotText', { file: BUILDSPEC }]);
    case 'no-path': {
      const other = around && (misnamed(around, BUILDSPEC) ?? misnamed(around, 'buildspec.yaml') ?? misnamed(around, 'buildspec'));
      if (other !== undefined) return failed(['fileMisnamed', { file: BUILDSPEC, found: other }]);
      const nested = around && nestedCopy(around, BUILDSPEC);
      if (nested !== undefined) return failed(['fileNested', { file: BUILDSPEC, found: nested }]);
      return notStarted(['buildspecMissing', { repository }]);
    }
    default:
      return blocked('task-1');
  }
}

function judgeYaml({ reading }: Reading): Verdict<Says> {
  switch (reading?.state) {
    case 'parsed':
      return passed();
    case 'tabs':
      return failed(['yamlTabs', { line: reading.line }]);
    case 'invalid':
      return failed(['yamlInvalid', { line: reading.line, problem: reading.problem }]);
    case 'not-a-map':
      return failed('yamlNotMapping');
    default:
      return blocked('buildspec-present');
  }
}

/** For checks that come after the YAML has been read. */
const ofBuildspec = (judge: (buildspec: Buildspec) => Verdict<Says>) => (fact: Reading) =>
  fact.reading?.state === 'parsed' ? judge(fact.reading) : blocked('buildspec-yaml');

function judgePhases(buildspec: Buildspec): Verdict<Says> {
  const [atRoot] = buildspec.phasesAtRoot;
  if (atRoot !== undefined) return failed(['phasesAtRoot', { phases: buildspec.phasesAtRoot.join(', ') }]);
  if (!buildspec.hasPhases) return failed('phasesMissing');
  const [unknown] = buildspec.unknownPhases;
  return unknown === undefined ? passed() : failed(['phaseUnknown', { phase: unknown }]);
}

function judgeCommands(buildspec: Buildspec): Verdict<Says> {
  const [phase] = buildspec.commandsNotList;
  if (phase !== undefined) return failed(['commandsNotList', { phase }]);
  const [bad] = buildspec.badCommands;
  if (bad === undefined) return passed();
  return failed([bad.kind === 'map' ? 'commandIsMap' : 'commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }]);
}

/** What to say when something was not seen. */
const absent = (missing: Missing, says: Says): Verdict<Says> =>
  missing.state === 'missing' ? failed(says) : undecided(['undecidedCommand', { command: missing.command }]);

const ofCourse =
  (judge: (course: Course, fact: Followed) => Verdict<Says>) =>
  (fact: Followed): Verdict<Says> =>
    fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

const registryOf = (imageUri: string) => imageUri.split('/')[0] ?? '';

function judgeLogin(course: Course, { imageUri }: Followed): Verdict<Says> {
  const registry = registryOf(imageUri);
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'late':
      return failed('loginLate');
    case 'obsolete':
      return failed(['loginObsolete', { registry }]);
    case 'perhaps':
      return undecided(['undecidedValue', { found: login.found }]);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }]);
    default:
      return absent(login, ['loginMissing', { registry }]);
  }
}

function judgeBuild(course: Course): Verdict<Says> {
  if (course.builds.some(({ certain }) => certain)) return passed();
  if (course.builds.length > 0) return undecided(['undecidedValue', { found: 'docker build' }]);
  return absent(unlessLost(course), 'buildMissing');
}

function judgePush(course: Course, imageUri: string, tag: string, otherwise: (ref: string) => Says): Verdict<Says> {
  const wanted = `${imageUri}:${tag}`;
  const push = pushOf(course, imageUri, tag);
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return undecided(['undecidedValue', { found: push.found }]);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }]);
    case 'elsewhere':
      return failed(['pushElsewhere', { found: push.found, expected: wanted }]);
    default:
      return absent(push, otherwise(wanted));
  }
}

function judgePushOfCommit(course: Course, { imageUri, commit }: Followed): Verdict<Says> {
  const tag = commit.slice(0, 7);
  const other = course.pushes.find(({ ref }) => isKnown(ref) && ref.startsWith(`${imageUri}:`) && ref !== `${imageUri}:latest`);
  return judgePush(course, imageUri, tag, (expected) =>
    other === undefined ? ['pushCommitMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }],
  );
}

/** The shape that Amazon ECS reads: `[{ "name": ..., "imageUri": ... }]` with this lab's container and repository. */
function isDefinitions(content: string, imageUri: string): boolean {
  try {
    const list: unknown = JSON.parse(content);
    if (!Array.isArray(list)) return false;
    return list.some(
      ({ name, imageUri: uri }) => couldBe(String(name), CONTAINER) && typeof uri === 'string' && sameRepository(uri, imageUri),
    );
  } catch {
    return false;
  }
}

const sameRepository = (uri: string, imageUri: string) =>
  isKnown(uri) ? uri.startsWith(`${imageUri}:`) || uri.startsWith(`${imageUri}@`) : true;

function judgeDefinitions(course: Course, { imageUri }: Followed): Verdict<Says> {
  const file = course.files.get(DEFINITIONS);
  if (file === undefined) return absent(unlessLost(course), ['definitionsMissing', { file: DEFINITIONS }]);
  if (!file.certain) return undecided(['undecidedValue', { found: DEFINITIONS }]);
  // That it is written is what the lab asks for; content made by programs such as jq is not judged.
  if (!isKnown(file.content) || isDefinitions(file.content, imageUri)) return passed();
  return failed(['definitionsWrong', { file: DEFINITIONS, found: file.content.trim().slice(0, 200) }]);
}

/** Follows the commands, reading the scripts of the repository that they run. */
async function follow(
  aws: Bound<Pick<typeof reads, 'file'>>,
  { repository, file, reading }: Reading,
  stack: Stack | undefined,
  { account, region }: TaskContext,
): Promise<Followed> {
  const { imageUri, imageRepository } = outputsOf(stack);
  if (reading?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || !imageUri || !imageRepository) {
    return { course: undefined, imageUri: imageUri ?? '', commit: '' };
  }
  const commit = file.commitId;
  const variables = { AWS_ACCOUNT_ID: account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER };
  const course = await followInSource(aws, repository, reading, { account, region, commit, variables });
  return { course, imageUri, commit };
}

const reads = {
  stack: readers.cloudformation.stack,
  file: readers.codecommit.file,
  ...surveyReads,
} as const;

const repositoryLink = ({ repository }: Found, { console }: TaskContext) =>
  repository === undefined ? undefined : console.codeCommitRepository(repository);

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-0', 'task-1'],
  reads,
  observe(aws, context) {
    const stack = aws.stack(STACK);
    const found = stack.then(async (ofName): Promise<Found> => {
      const repository = outputsOf(ofName).sourceRepository;
      if (repository === undefined) return { repository, file: undefined, survey: undefined };
      const file = await aws.file(repository, undefined, BUILDSPEC);
      return { repository, file, survey: file.state === 'no-path' ? await survey(aws, repository, undefined) : undefined };
    });
    const reading = found.then((fact): Reading => {
      return { ...fact, reading: fact.file?.state === 'present' ? parseBuildspec(fact.file.text) : undefined };
    });
    const followed = Promise.all([reading, stack]).then(([fact, ofName]) => follow(aws, fact, ofName, context));
    return { found, reading, followed };
  },
  expectations: {
    found: [
      {
        id: 'buildspec-present',
        step: 7,
        expected: BUILDSPEC,
        judge: judgeFile,
        observed: ({ file }) => file?.state,
        resource: ({ repository }) => repository,
        console: repositoryLink,
      },
    ],
    reading: [
      {
        id: 'buildspec-yaml',
        step: 9,
        after: 'buildspec-present',
        judge: judgeYaml,
        resource: ({ repository }) => repository,
        console: repositoryLink,
      },
      {
        id: 'buildspec-version',
        step: 9,
        after: 'buildspec-yaml',
        expected: VERSION,
        judge: ofBuildspec(({ version }) => {
          if (version === VERSION) return passed();
          return version === undefined ? failed('versionMissing') : failed(['versionWrong', { found: version }]);
        }),
        observed: ({ reading }) => (reading?.state === 'parsed' ? (reading.version ?? null) : undefined),
        console: repositoryLink,
      },
      {
        id: 'buildspec-phases',
        step: 9,
        after: 'buildspec-yaml',
        judge: ofBuildspec(judgePhases),
        observed: ({ reading }) => (reading?.state === 'parsed' ? reading.phases.map(({ name }) => name) : undefined),
        console: repositoryLink,
      },
      {
        id: 'buildspec-commands',
        step: 9,
        after: 'buildspec-phases',
        judge: ofBuildspec(judgeCommands),
        console: repositoryLink,
      },
    ],
    followed: [
      {
        id: 'ecr-login',
        step: 9,
        after: 'buildspec-commands',
        expected: ({ imageUri }) => registryOf(imageUri),
        judge: ofCourse(judgeLogin),
        observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      },
      {
        id: 'image-build',
        step: 9,
        after: 'buildspec-commands',
        judge: ofCourse(judgeBuild),
        observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      },
      {
        id: 'push-latest',
        step: 9,
        after: 'image-build',
        expected: ({ imageUri }) => `${imageUri}:latest`,
        judge: ofCourse((course, { imageUri }) => judgePush(course, imageUri, 'latest', (expected) => ['pushLatestMissing', { expected }])),
        observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      },
      {
        id: 'push-commit',
        step: 9,
        after: 'image-build',
        expected: ({ imageUri, commit }) => `${imageUri}:${commit.slice(0, 7)}`,
        judge: ofCourse(judgePushOfCommit),
        observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      },
      {
        id: 'image-definitions',
        step: 9,
        after: 'buildspec-commands',
        expected: DEFINITIONS,
        judge: ofCourse(judgeDefinitions),
        observed: ({ course }) => course && [...course.files.keys()],
      },
    ],
  },
});
