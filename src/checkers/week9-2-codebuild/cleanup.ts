import {
  blocked,
  bytesOf,
  defineTask,
  deletion,
  everDone,
  failed,
  goesWithStack,
  gone,
  type Image,
  type ImageRepository,
  isLive,
  judgeStackLeft,
  type LeftOfStack,
  leftover,
  leftWith,
  mustBeGone,
  readers,
  type StackLeft,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

/** The stack with the repository whose images keep it from being deleted. */
interface Full extends StackLeft {
  readonly repository: string;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

interface RepositoryLeft extends LeftOfStack<ImageRepository> {
  readonly full: boolean;
}

const countOf = ({ images }: Full) => images?.length ?? 0;

function judgeImages(fact: Full): Verdict<Says> {
  const { repository, stack } = fact;
  const count = countOf(fact);
  if (count === 0) return gone(fact);
  if (stack?.status === 'DELETE_FAILED') return failed(['imagesKeepStack', { repository, count, stack: stack.name }]);
  return failed(['imagesLeft', { repository, count }]);
}

const sourceRepository = leftover.sourceRepository({ id: 'code-repository', step: 21, order: 5 });
const role = leftover.role({ id: 'role', step: 21, order: 6 });
const judgeRepository = goesWithStack(mustBeGone(({ name }: ImageRepository) => ['imageRepositoryLeft', { repository: name }]));

export default defineTask({
  id: 'cleanup',
  messages,
  reads: {
    stack: readers.cloudformation.stack,
    deletedStacks: readers.cloudformation.deletedStacks,
    failures: readers.cloudformation.stackFailures,
    project: readers.codebuild.project,
    buildIds: readers.codebuild.buildIds,
    images: readers.ecr.images,
    imageRepository: readers.ecr.repository,
    sourceRepository: readers.codecommit.repository,
    role: readers.iam.role,
    logGroup: readers.logs.logGroup,
  },
  observe(aws, context) {
    const stack = aws.stack(STACK);
    const deleted = aws.deletedStacks(STACK);
    deleted.catch(() => {});
    const proof = everDone(
      context,
      () => deleted,
      () => aws.buildIds({ project: PROJECT, limit: 1 }),
    );

    // The stack's outputs name its resources, also after its deletion. Nearly always they are the template's defaults,
    // so those are asked for without waiting for the names; an answer about a name that turns out to be another is not used.
    // While the stack is there, it is what has to be deleted, and what belongs to it is not asked for.
    const past = async () => {
      const [newest] = await deleted;
      return newest && (await aws.stack(newest.id));
    };
    const names = stack.then(async (live) => {
      const outputs = outputsOf(live ?? (await past()));
      return {
        imageRepository: outputs.imageRepository ?? DEFAULTS.imageRepository,
        sourceRepository: outputs.sourceRepository ?? DEFAULTS.sourceRepository,
        role: outputs.roleArn === undefined ? DEFAULTS.role : roleName(outputs.roleArn),
      };
    });
    aws.images(DEFAULTS.imageRepository).catch(() => {});
    const early = stack.then((found) => {
      if (isLive(found)) return undefined;
      return Promise.all([aws.sourceRepository(DEFAULTS.sourceRepository), aws.role(DEFAULTS.role)]);
    });
    early.catch(() => {});

    const images = names.then(async ({ imageRepository }) => ({ repository: imageRepository, images: await aws.images(imageRepository) }));
    const failures = stack.then(async (found) => (found?.status === 'DELETE_FAILED' ? ((await aws.failures(STACK)) ?? []) : []));
    const full = Promise.all([stack, images, failures, proof]).then(
      ([found, ofRepository, reasons, { done }]): Full => ({ stack: found, ...ofRepository, failures: reasons, done }),
    );
    const left = leftWith(proof);
    const ofStack = <Found>(ask: (name: Awaited<typeof names>) => Promise<Found | undefined>) => {
      const answer = Promise.all([stack, names]).then(([found, named]) => (isLive(found) ? undefined : ask(named)));
      return Promise.all([left(answer), stack]).then(([fact, found]): LeftOfStack<Found> => ({ ...fact, stack: found }));
    };
    // What keeps a stack from being deleted is only asked when it was tried.
    const stackLeft = Promise.all([stack, proof]).then(
      async ([found, { done }]): Promise<Full> =>
        found?.status === 'DELETE_FAILED' ? full : { stack: found, repository: '', images: undefined, failures: [], done },
    );
    // That there is no repository was said when its images were asked for.
    const imageRepository = full.then(async (fact): Promise<RepositoryLeft> => {
      const found = fact.images && !isLive(fact.stack) ? await aws.imageRepository(fact.repository) : undefined;
      return { found, done: fact.done, stack: fact.stack, full: countOf(fact) > 0 };
    });
    return {
      full,
      project: left(aws.project(PROJECT)),
      stack: stackLeft,
      imageRepository,
      sourceRepository: ofStack(({ sourceRepository: name }) => aws.sourceRepository(name)),
      role: ofStack(({ role: name }) => aws.role(name)),
      logGroup: left(aws.logGroup(LOG_GROUP)),
    };
  },
  expectations: {
    full: [
      {
        id: 'images',
        step: 12,
        expected: 0,
        judge: judgeImages,
        observed: countOf,
        resource: ({ repository }) => repository,
        console: ({ repository, images }, { console }) =>
          images === undefined ? console.ecrRepositories() : console.ecrRepository(repository),
        fix: ({ repository, images = [] }, { region }) =>
          images.length > 0 ? deletion.images(repository, region, bytesOf(images), 1) : undefined,
      },
    ],
    project: [leftover.project({ id: 'project', step: 16, order: 2 })],
    stack: [
      {
        id: 'stack',
        step: 21,
        expected: 'DELETE_COMPLETE',
        judge: (fact) => judgeStackLeft(fact, countOf(fact) > 0 ? 'images' : undefined),
        observed: ({ stack }) => stack?.status ?? null,
        resource: ({ stack }) => stack?.id,
        console: ({ stack }, { console }) => (stack ? console.stack(stack.id) : console.stacks(STACK)),
        fix: ({ stack }, { region }) => stack && deletion.stack(stack.name, region, 3),
      },
    ],
    imageRepository: [
      {
        id: 'image-repository',
        step: 21,
        expected: null,
        judge: (fact: RepositoryLeft) => (fact.full ? blocked('images') : judgeRepository(fact)),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.ecrRepository(found.name) : console.ecrRepositories()),
        fix: ({ found }, { region }) => found && deletion.imageRepository(found.name, region, 4),
      },
    ],
    sourceRepository: [{ ...sourceRepository, judge: goesWithStack(sourceRepository.judge) }],
    role: [{ ...role, judge: goesWithStack(role.judge) }],
    logGroup: [leftover.logGroup({ id: 'log-group', step: 25, order: 7 })],
  },
});
