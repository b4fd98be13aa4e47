import {
  type Bound,
  blocked,
  buildspecChecks,
  type Course,
  couldBe,
  defineTask,
  failed,
  findBuildspec,
  followInSource,
  isKnown,
  judgeImageBuild,
  judgeLogin,
  judgePush,
  ofBuildspec,
  passed,
  readBuildspec,
  readers,
  registryOfUri,
  repositoryLink,
  seenIn,
  shown,
  sourceBuildspecReads,
  type TaskContext,
  undecided,
  unlessLost,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { outputsOf, STACK } from './names.ts';

/** What the commands of a sound buildspec do. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly repository: string | undefined;
  readonly backendUri: string;
  readonly commit: string;
}

const ofCourse =
  (judge: (course: Course, fact: Followed) => Verdict<Says>) =>
  (fact: Followed): Verdict<Says> =>
    fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

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

function judgePushOfCommit(course: Course, fact: Followed): Verdict<Says> {
  const [other] = otherPushes(course, fact);
  return judgePush(course, fact.backendUri, tagOf(fact.commit), (expected): Says => {
    return other === undefined ? ['pushMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }];
  });
}

function judgeOnlyTag(course: Course, fact: Followed): Verdict<Says> {
  const [other] = otherPushes(course, fact);
  if (other?.certain) return failed(['pushMoreTags', { found: other.ref, expected: wantedOf(fact) }]);
  const open = other ?? course.pushes.find(({ ref }) => !isKnown(ref) && couldBe(ref, `${fact.backendUri}:latest`));
  if (open !== undefined) return undecided(['undecidedValue', { found: `docker image push ${shown(open.ref)}` }]);
  const missing = unlessLost(course);
  return missing.state === 'lost' ? undecided(['undecidedCommand', { command: missing.command }]) : passed();
}

const { present, yaml, version, phases, commands } = buildspecChecks({ present: 3, read: 3, made: 'task-0', source: 'task-0' });
const pushedRefs = ({ course }: Followed) => course?.pushes.map(({ ref }) => shown(ref));

const reads = { stack: readers.cloudformation.stack, ...sourceBuildspecReads } as const;

function observe(aws: Bound<typeof reads>, { account, region }: TaskContext) {
  const stack = aws.stack(STACK);
  const found = stack.then((ofName) => findBuildspec(aws, outputsOf(ofName).source));
  const reading = found.then(readBuildspec);
  const followed = Promise.all([reading, stack]).then(async ([fact, ofName]): Promise<Followed> => {
    const { backendUri } = outputsOf(ofName);
    const { repository, file, reading: buildspec } = fact;
    if (buildspec?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || backendUri === undefined) {
      return { course: undefined, repository, backendUri: backendUri ?? '', commit: '' };
    }
    const commit = file.commitId;
    return {
      course: await followInSource(aws, repository, buildspec, { account, region, commit, variables: {} }),
      repository,
      backendUri,
      commit,
    };
  });
  return { found, reading, followed };
}

const inSource = { resource: ({ repository }: Followed) => repository, console: repositoryLink } as const;

export default defineTask({
  id: 'task-1',
  messages,
  needs: ['task-0'],
  reads,
  observe,
  expectations: {
    found: [present],
    reading: [
      yaml,
      version,
      phases,
      {
        ...phases,
        id: 'buildspec-runtimes',
        after: 'buildspec-phases',
        judge: ofBuildspec(({ runtimes }): Verdict<Says> => (runtimes.includes('docker') ? failed('runtimeGone') : passed())),
        observed: seenIn(({ runtimes }) => runtimes),
      },
      commands,
    ],
    followed: [
      {
        ...inSource,
        id: 'ecr-login',
        step: 2,
        after: 'buildspec-commands',
        expected: ({ backendUri }) => registryOfUri(backendUri),
        judge: ofCourse((course, { backendUri }) => judgeLogin(course, registryOfUri(backendUri))),
        observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      },
      {
        ...inSource,
        id: 'image-build',
        step: 2,
        after: 'buildspec-commands',
        judge: ofCourse(judgeImageBuild),
        observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      },
      {
        ...inSource,
        id: 'buildkit',
        step: 2,
        after: 'image-build',
        expected: true,
        judge: ofCourse(judgeBuildKit),
        observed: ({ course }) => course?.builds.map(({ buildkit = null }) => buildkit),
      },
      {
        ...inSource,
        id: 'push-commit',
        step: 2,
        after: 'image-build',
        expected: wantedOf,
        judge: ofCourse(judgePushOfCommit),
        observed: pushedRefs,
      },
      {
        ...inSource,
        id: 'push-only-commit',
        step: 2,
        after: 'push-commit',
        expected: wantedOf,
        judge: ofCourse(judgeOnlyTag),
        observed: pushedRefs,
      },
    ],
  },
});
