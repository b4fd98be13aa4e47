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
  type Survey,
  shown,
  sourceFileReads,
  survey,
  surveyReads,
  type TaskContext,
  undecided,
  unlessLost,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BUILDSPEC, outputsOf, STACK } from './names.ts';

const VERSION = '0.2';

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

/** What the commands of a sound buildspec do. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly backendUri: string;
  readonly commit: string;
}

function judgeFile({ repository, file, survey: around }: Found): Verdict<Says> {
  if (repository === undefined || file === undefined) return blocked('task-0');
  switch (file.state) {
    case 'present':
      return file.text.trim() === '' ? failed(['fileEmpty', { file: BUILDSPEC }]) : passed();
    case 'too-large':
    case 'not-text':
      return failed(['fileNotText', { file: BUILDSPEC }]);
    case 'no-path': {
      const other = around && (misnamed(around, BUILDSPEC) ?? misnamed(around, 'buildspec.yaml') ?? misnamed(around, 'buildspec'));
      if (other !== undefined) return failed(['fileMisnamed', { file: BUILDSPEC, found: other }]);
      const nested = around && nestedCopy(around, BUILDSPEC);
      if (nested !== undefined) return failed(['fileNested', { file: BUILDSPEC, found: nested }]);
      return notStarted(['fileMissing', { file: BUILDSPEC, repository }]);
    }
    default:
      return blocked('task-0');
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
  if (buildspec.phasesAtRoot.length > 0) return failed(['phasesAtRoot', { phases: buildspec.phasesAtRoot.join(', ') }]);
  if (!buildspec.hasPhases) return failed('phasesMissing');
  const [unknown] = buildspec.unknownPhases;
  return unknown === undefined ? passed() : failed(['phaseUnknown', { phase: unknown }]);
}

function judgeCommands(buildspec: Buildspec): Verdict<Says> {
  const [phase] = buildspec.commandsNotList;
  if (phase !== undefined) return failed(['commandsNotList', { phase }]);
  const [bad] = buildspec.badCommands;
  return bad === undefined ? passed() : failed(['commandNotText', { phase: bad.phase, line: bad.line, command: bad.text }]);
}

/** What to say when something was not seen. */
const absent = (missing: Missing, says: Says): Verdict<Says> =>
  missing.state === 'missing' ? failed(says) : undecided(['undecidedCommand', { command: missing.command }]);

const ofCourse =
  (judge: (course: Course, fact: Followed) => Verdict<Says>) =>
  (fact: Followed): Verdict<Says> =>
    fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

const registryOf = (uri: string) => uri.split('/')[0] ?? '';

function judgeLogin(course: Course, { backendUri }: Followed): Verdict<Says> {
  const registry = registryOf(backendUri);
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'late':
      return failed('loginLate');
    case 'perhaps':
      return undecided(['undecidedValue', { found: login.found }]);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }]);
    case 'obsolete':
      return failed(['loginObsolete', { registry }]);
    default:
      return absent(login, ['loginMissing', { registry }]);
  }
}

function judgeBuild(course: Course): Verdict<Says> {
  if (course.builds.some(({ certain }) => certain)) return passed();
  return course.builds.length > 0
    ? undecided(['undecidedValue', { found: 'docker image build' }])
    : absent(unlessLost(course), 'buildMissing');
}

function judgeBuildKit({ builds }: Course): Verdict<Says> {
  const certain = builds.filter((build) => build.certain);
  if (certain.some(({ buildkit }) => buildkit === true)) return passed();
  return failed(certain.some(({ buildkit }) => buildkit === false) ? 'buildkitOff' : 'buildkitUnset');
}

const tagOf = (commit: string) => commit.slice(0, 7);
const wantedOf = ({ backendUri, commit }: Followed) => `${backendUri}:${tagOf(commit)}`;

/** Pushes to the backend's repository under another tag than the commit's. */
const otherPushes = (course: Course, fact: Followed) =>
  course.pushes.filter(({ ref }) => isKnown(ref) && ref.startsWith(`${fact.backendUri}:`) && ref !== wantedOf(fact));

function judgePush(course: Course, fact: Followed): Verdict<Says> {
  const expected = wantedOf(fact);
  const push = pushOf(course, fact.backendUri, tagOf(fact.commit));
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return undecided(['undecidedValue', { found: push.found }]);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }]);
    case 'elsewhere':
      return failed(['pushElsewhere', { found: push.found, expected }]);
    default: {
      const [other] = otherPushes(course, fact);
      return absent(push, other === undefined ? ['pushMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }]);
    }
  }
}

function judgeOnlyTag(course: Course, fact: Followed): Verdict<Says> {
  const [other] = otherPushes(course, fact);
  if (other?.certain) return failed(['pushMoreTags', { found: other.ref, expected: wantedOf(fact) }]);
  const open = other ?? course.pushes.find(({ ref }) => !isKnown(ref) && couldBe(ref, `${fact.backendUri}:latest`));
  if (open !== undefined) return undecided(['undecidedValue', { found: `docker image push ${shown(open.ref)}` }]);
  const missing = unlessLost(course);
  return missing.state === 'lost' ? undecided(['undecidedCommand', { command: missing.command }]) : passed();
}

const repositoryLink = ({ repository }: Found, { console }: TaskContext) =>
  repository === undefined ? undefined : console.codeCommitRepository(repository);
const ofFile = { step: 3, resource: ({ repository }: Found) => repository, console: repositoryLink } as const;
const pushedRefs = ({ course }: Followed) => course?.pushes.map(({ ref }) => shown(ref));

const reads = { stack: readers.cloudformation.stack, ...sourceFileReads, ...surveyReads } as const;

function observe(aws: Bound<typeof reads>, { account, region }: TaskContext) {
  const stack = aws.stack(STACK);
  const found = stack.then(async (ofName): Promise<Found> => {
    const repository = outputsOf(ofName).source;
    if (repository === undefined) return { repository, file: undefined, survey: undefined };
    const file = await aws.file(repository, undefined, BUILDSPEC);
    return { repository, file, survey: file.state === 'no-path' ? await survey(aws, repository, undefined) : undefined };
  });
  const reading = found.then(
    (fact): Reading => ({ ...fact, reading: fact.file?.state === 'present' ? parseBuildspec(fact.file.text) : undefined }),
  );
  const followed = Promise.all([reading, stack]).then(async ([fact, ofName]): Promise<Followed> => {
    const { backendUri } = outputsOf(ofName);
    const { repository, file, reading: buildspec } = fact;
    if (buildspec?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || backendUri === undefined) {
      return { course: undefined, backendUri: backendUri ?? '', commit: '' };
    }
    const commit = file.commitId;
    return {
      course: await followInSource(aws, repository, buildspec, { account, region, commit, variables: {} }),
      backendUri,
      commit,
    };
  });
  return { found, reading, followed };
}

export default defineTask({
  id: 'task-1',
  messages,
  needs: ['task-0'],
  reads,
  observe,
  expectations: {
    found: [{ ...ofFile, id: 'buildspec-present', expected: BUILDSPEC, judge: judgeFile, observed: ({ file }) => file?.state }],
    reading: [
      { ...ofFile, id: 'buildspec-yaml', after: 'buildspec-present', judge: judgeYaml },
      {
        ...ofFile,
        id: 'buildspec-version',
        after: 'buildspec-yaml',
        expected: VERSION,
        judge: ofBuildspec(({ version }) =>
          version === VERSION ? passed() : failed(version === undefined ? 'versionMissing' : ['versionWrong', { found: version }]),
        ),
        observed: ({ reading }) => (reading?.state === 'parsed' ? (reading.version ?? null) : undefined),
      },
      {
        ...ofFile,
        id: 'buildspec-phases',
        after: 'buildspec-yaml',
        judge: ofBuildspec(judgePhases),
        observed: ({ reading }) => (reading?.state === 'parsed' ? reading.phases.map(({ name }) => name) : undefined),
      },
      {
        ...ofFile,
        id: 'buildspec-runtimes',
        after: 'buildspec-phases',
        judge: ofBuildspec(({ runtimes }) => (runtimes.includes('docker') ? failed('runtimeGone') : passed())),
        observed: ({ reading }) => (reading?.state === 'parsed' ? reading.runtimes : undefined),
      },
      { ...ofFile, id: 'buildspec-commands', after: 'buildspec-phases', judge: ofBuildspec(judgeCommands) },
    ],
    followed: [
      {
        id: 'ecr-login',
        step: 2,
        after: 'buildspec-commands',
        expected: ({ backendUri }) => registryOf(backendUri),
        judge: ofCourse(judgeLogin),
        observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      },
      {
        id: 'image-build',
        step: 2,
        after: 'buildspec-commands',
        judge: ofCourse(judgeBuild),
        observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      },
      {
        id: 'buildkit',
        step: 2,
        after: 'image-build',
        expected: true,
        judge: ofCourse(judgeBuildKit),
        observed: ({ course }) => course?.builds.map(({ buildkit = null }) => buildkit),
      },
      { id: 'push-commit', step: 2, after: 'image-build', expected: wantedOf, judge: ofCourse(judgePush), observed: pushedRefs },
      { id: 'push-only-commit', step: 2, after: 'push-commit', expected: wantedOf, judge: ofCourse(judgeOnlyTag), observed: pushedRefs },
    ],
  },
});
