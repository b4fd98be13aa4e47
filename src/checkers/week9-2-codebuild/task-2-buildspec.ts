import {
  absent,
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
  passed,
  type ReadBuildspec,
  readBuildspec,
  readers,
  registryOfUri,
  repositoryLink,
  type Stack,
  shown,
  sourceBuildspecReads,
  type TaskContext,
  undecided,
  unlessLost,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { CONTAINER, outputsOf, STACK } from './names.ts';

const DEFINITIONS = 'imagedefinitions.json';

/** The commands of a sound buildspec, followed with the values that the lab's project gives them. */
interface Followed {
  /** Unset while the stack's outputs or a buildspec that can be followed are missing. */
  readonly course: Course | undefined;
  readonly repository: string | undefined;
  readonly imageUri: string;
  readonly commit: string;
}

const ofCourse =
  (judge: (course: Course, fact: Followed) => Verdict<Says>) =>
  (fact: Followed): Verdict<Says> =>
    fact.course === undefined ? blocked('task-0') : judge(fact.course, fact);

function judgePushOfCommit(course: Course, { imageUri, commit }: Followed): Verdict<Says> {
  const tag = commit.slice(0, 7);
  const other = course.pushes.find(({ ref }) => isKnown(ref) && ref.startsWith(`${imageUri}:`) && ref !== `${imageUri}:latest`);
  return judgePush(course, imageUri, tag, (expected): Says => {
    return other === undefined ? ['pushCommitMissing', { expected }] : ['pushOtherTag', { found: other.ref, expected }];
  });
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
  { repository, file, reading }: ReadBuildspec,
  stack: Stack | undefined,
  { account, region }: TaskContext,
): Promise<Followed> {
  const { imageUri, imageRepository } = outputsOf(stack);
  if (reading?.state !== 'parsed' || file?.state !== 'present' || repository === undefined || !imageUri || !imageRepository) {
    return { course: undefined, repository, imageUri: imageUri ?? '', commit: '' };
  }
  const commit = file.commitId;
  const variables = { AWS_ACCOUNT_ID: account, IMAGE_REPO_NAME: imageRepository, CONTAINER_NAME: CONTAINER };
  const course = await followInSource(aws, repository, reading, { account, region, commit, variables });
  return { course, repository, imageUri, commit };
}

const reads = { stack: readers.cloudformation.stack, ...sourceBuildspecReads } as const;

const { present, yaml, version, phases, commands } = buildspecChecks({ present: 7, read: 9, made: 'task-0', source: 'task-1' });

const inSource = { resource: ({ repository }: Followed) => repository, console: repositoryLink } as const;

export default defineTask({
  id: 'task-2',
  messages,
  needs: ['task-0', 'task-1'],
  reads,
  observe(aws, context) {
    const stack = aws.stack(STACK);
    const found = stack.then((ofName) => findBuildspec(aws, outputsOf(ofName).sourceRepository));
    const reading = found.then(readBuildspec);
    const followed = Promise.all([reading, stack]).then(([fact, ofName]) => follow(aws, fact, ofName, context));
    return { found, reading, followed };
  },
  expectations: {
    found: [present],
    reading: [yaml, version, phases, commands],
    followed: [
      {
        ...inSource,
        id: 'ecr-login',
        step: 9,
        after: 'buildspec-commands',
        expected: ({ imageUri }) => registryOfUri(imageUri),
        judge: ofCourse((course, { imageUri }) => judgeLogin(course, registryOfUri(imageUri))),
        observed: ({ course }) => course?.logins.map(({ registry }) => shown(registry)),
      },
      {
        ...inSource,
        id: 'image-build',
        step: 9,
        after: 'buildspec-commands',
        judge: ofCourse(judgeImageBuild),
        observed: ({ course }) => course?.builds.map(({ tags }) => tags.map(shown)),
      },
      {
        ...inSource,
        id: 'push-latest',
        step: 9,
        after: 'image-build',
        expected: ({ imageUri }) => `${imageUri}:latest`,
        judge: ofCourse((course, { imageUri }) => judgePush(course, imageUri, 'latest', (expected) => ['pushLatestMissing', { expected }])),
        observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      },
      {
        ...inSource,
        id: 'push-commit',
        step: 9,
        after: 'image-build',
        expected: ({ imageUri, commit }) => `${imageUri}:${commit.slice(0, 7)}`,
        judge: ofCourse(judgePushOfCommit),
        observed: ({ course }) => course?.pushes.map(({ ref }) => shown(ref)),
      },
      {
        ...inSource,
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
