import {
  blocked,
  defineTask,
  deletion,
  failed,
  type Image,
  type ImageRepository,
  type LogGroup,
  notStarted,
  type Project,
  passed,
  type Repository,
  type Role,
  readers,
  type Stack,
  type StackFailure,
  type TaskContext,
  type Verdict,
  waiting,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

/** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
interface Proof {
  readonly done: boolean;
}

interface OfStack extends Proof {
  readonly stack: Stack | undefined;
}

interface Images extends Proof {
  readonly repository: string;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

interface StackLeft extends OfStack, Images {
  /** Of a deletion that failed, oldest first. */
  readonly failures: readonly StackFailure[];
}

/** Seen to be gone: right if there was something to clean up, and nothing at all otherwise. */
const gone = ({ done }: Proof, source: 'live' | 'history' = 'live') =>
  done ? passed({ observed: null, source }) : notStarted('neverUsed');

const countOf = ({ images }: Images) => images?.length ?? 0;
// An image that is reported without its size still counts as left; only its cost is not known.
const bytesOf = ({ images }: Images) => (images ?? []).reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);

function judgeImages(fact: StackLeft): Verdict<Says> {
  const { repository, stack } = fact;
  const count = countOf(fact);
  if (count === 0) return gone(fact);
  if (stack?.status === 'DELETE_FAILED') return failed(['imagesKeepStack', { repository, count, stack: stack.name }]);
  return failed(['imagesLeft', { repository, count }]);
}

function judgeStack(fact: StackLeft): Verdict<Says> {
  const { stack } = fact;
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return gone(fact, 'history');
  if (stack.status === 'DELETE_IN_PROGRESS') return waiting(['stackDeleting', { stack: stack.name }], 20);
  if (stack.status !== 'DELETE_FAILED') return failed(['stackLeft', { stack: stack.name }]);
  // It could not be deleted because of the images, which are a check of their own and come first.
  if (countOf(fact) > 0) return blocked('images');
  const cause = fact.failures.find(({ status }) => status === 'DELETE_FAILED');
  const reason = cause?.reason || stack.statusReason || '-';
  return failed(['stackDeleteFailed', { stack: stack.name, resource: cause?.logicalId ?? '-', reason }]);
}

const isLive = (stack: Stack | undefined) => stack !== undefined && stack.status !== 'DELETE_COMPLETE';

/** For what belongs to the stack: it goes with the stack, so while that exists there is nothing to say about it. */
const leftOfStack =
  <Fact extends OfStack>(isLeft: (fact: Fact) => boolean, says: (fact: Fact) => Says) =>
  (fact: Fact): Verdict<Says> => {
    if (isLive(fact.stack)) return blocked('stack');
    return isLeft(fact) ? failed(says(fact)) : gone(fact);
  };

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
    const proof = deleted.then(async (stacks): Promise<Proof> => {
      if (stacks.length > 0 || context.recordedPass !== undefined) return { done: true };
      return { done: (await aws.buildIds({ project: PROJECT, limit: 1 })).length > 0 };
    });

    // The stack's outputs name its resources, also after its deletion. Nearly always they are the template's defaults,
    // so those are asked for without waiting for the names; an answer about a name that turns out to be another is not used.
    // While the stack is there, it is what has to be deleted, and what belongs to it is not asked for.
    const names = Promise.all([stack, deleted]).then(async ([live, [newest]]) => {
      const outputs = outputsOf(live ?? (newest && (await aws.stack(newest.id))));
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
    const left = Promise.all([stack, images, failures, proof]).then(
      ([found, ofRepository, reasons, { done }]): StackLeft => ({ stack: found, ...ofRepository, failures: reasons, done }),
    );
    const project = Promise.all([aws.project(PROJECT), proof]).then(([found, { done }]) => ({ project: found, done }));
    // That there is no repository was said when its images were asked for.
    const imageRepository = left.then(async (fact) => ({
      ...fact,
      found: fact.images && !isLive(fact.stack) ? await aws.imageRepository(fact.repository) : undefined,
    }));
    const sourceRepository = Promise.all([stack, proof, names]).then(async ([found, { done }, { sourceRepository: name }]) => ({
      stack: found,
      done,
      found: isLive(found) ? undefined : await aws.sourceRepository(name),
    }));
    const role = Promise.all([stack, proof, names]).then(async ([found, { done }, { role: name }]) => ({
      stack: found,
      done,
      found: isLive(found) ? undefined : await aws.role(name),
    }));
    const logGroup = Promise.all([aws.logGroup(LOG_GROUP), proof]).then(([found, { done }]) => ({ group: found, done }));
    return { left, project, stack: left, imageRepository, sourceRepository, role, logGroup };
  },
  expectations: {
    left: [
      {
        id: 'images',
        step: 12,
        expected: 0,
        judge: judgeImages,
        observed: countOf,
        resource: ({ repository }) => repository,
        console: ({ repository, images }, { console }) =>
          images === undefined ? console.ecrRepositories() : console.ecrRepository(repository),
        fix: (fact, { region }) => (countOf(fact) > 0 ? deletion.images(fact.repository, region, bytesOf(fact), 1) : undefined),
      },
    ],
    project: [
      {
        id: 'project',
        step: 16,
        expected: null,
        judge: (fact: Proof & { readonly project: Project | undefined }) =>
          fact.project === undefined ? gone(fact) : failed(['projectLeft', { project: fact.project.name }]),
        observed: ({ project }) => project?.name ?? null,
        resource: ({ project }) => project?.arn,
        console: ({ project }, { console }) => (project ? console.codeBuildProject(project.name) : console.codeBuildProjects()),
        fix: ({ project }, { region }) => project && deletion.project(project.name, region, 2),
      },
    ],
    stack: [
      {
        id: 'stack',
        step: 21,
        expected: 'DELETE_COMPLETE',
        judge: judgeStack,
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
        judge(fact: StackLeft & { readonly found: ImageRepository | undefined }) {
          if (countOf(fact) > 0) return blocked('images');
          const judge = leftOfStack<typeof fact>(
            ({ found }) => found !== undefined,
            ({ repository }) => ['imageRepositoryLeft', { repository }],
          );
          return judge(fact);
        },
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.ecrRepository(found.name) : console.ecrRepositories()),
        fix: ({ found }, { region }) => found && deletion.imageRepository(found.name, region, 4),
      },
    ],
    sourceRepository: [
      {
        id: 'code-repository',
        step: 21,
        expected: null,
        judge: leftOfStack<OfStack & { readonly found: Repository | undefined }>(
          ({ found }) => found !== undefined,
          ({ found }) => ['sourceRepositoryLeft', { repository: found?.name ?? '' }],
        ),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => found && console.codeCommitRepository(found.name),
        fix: ({ found }, { region }) => found && deletion.sourceRepository(found.name, region, 5),
      },
    ],
    role: [
      {
        id: 'role',
        step: 21,
        expected: null,
        judge: leftOfStack<OfStack & { readonly found: Role | undefined }>(
          ({ found }) => found !== undefined,
          ({ found }) => ['roleLeft', { role: found?.name ?? '' }],
        ),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => found && console.role(found.name),
        fix: ({ found }) => found && deletion.role(found.name, 6),
      },
    ],
    logGroup: [
      {
        id: 'log-group',
        step: 25,
        expected: null,
        judge: (fact: Proof & { readonly group: LogGroup | undefined }) =>
          fact.group === undefined ? gone(fact) : failed(['logGroupLeft', { group: fact.group.name }]),
        observed: ({ group }) => group?.name ?? null,
        resource: ({ group }) => group?.name,
        console: (_fact, { console }: TaskContext) => console.logGroup(LOG_GROUP),
        fix: ({ group }, { region }) => group && deletion.logGroup(group.name, region, group.storedBytes, 7),
      },
    ],
  },
});
