import type { Bound } from '../../../aws/reader.ts';
import { cloudformation, type Stack } from '../../../aws/services/cloudformation.ts';
import { codebuild } from '../../../aws/services/codebuild.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import { ecr } from '../../../aws/services/ecr.ts';
import { iam } from '../../../aws/services/iam.ts';
import { logs } from '../../../aws/services/logs.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { everDone, leftWith } from '../cleanup/leftovers.ts';
import { isLive, type KeptStack, type LeftOfStack, type RepositoryImages, type StackLeft } from './stack-leftovers.ts';

/** The cleanup of a lab whose stack made most of its resources: what it reads, and what it observes of the stack. */

export const stackCleanupReads = {
  stack: cloudformation.stack,
  deletedStacks: cloudformation.deletedStacks,
  failures: cloudformation.stackFailures,
  buildIds: codebuild.buildIds,
  images: ecr.images,
  imageRepository: ecr.repository,
  project: codebuild.project,
  sourceRepository: codecommit.repository,
  role: iam.role,
  logGroup: logs.logGroup,
} as const;

interface StackOfLab<Names> {
  readonly stack: string;
  /** The CodeBuild project whose builds prove, as deleted stacks do, that the lab was done. */
  readonly project: string;
  /** What the stack's resources are called: as its outputs say, and as the template's defaults do where it has none. */
  namesOf(stack: Stack | undefined): Names;
}

/** Observes the stack, and returns what the lab needs to observe the rest. */
export function stackCleanup<Names>(
  aws: Bound<Pick<typeof stackCleanupReads, 'stack' | 'deletedStacks' | 'failures' | 'buildIds'>>,
  context: Pick<TaskContext, 'recordedPass'>,
  { stack: name, project, namesOf }: StackOfLab<Names>,
) {
  const stack = aws.stack(name);
  const deleted = aws.deletedStacks(name);
  deleted.catch(() => {});
  const proof = everDone(
    context,
    () => deleted,
    () => aws.buildIds({ project, limit: 1 }),
  );
  const left = leftWith(proof);

  const stackLeft = Promise.all([stack, proof]).then(([found, { done }]): StackLeft => ({ stack: found, done }));

  // A stack's outputs name its resources, also after its deletion.
  const past = async () => {
    const [newest] = await deleted;
    return newest && (await aws.stack(newest.id));
  };
  const names = stack.then(async (live) => namesOf(live ?? (await past())));
  // The names are nearly always the template's defaults, so we ask about those without waiting for the stack.
  // When the stack gives another name, that answer is dropped.
  const named = <Answer>(ask: (names: Names) => Promise<Answer>): Promise<Answer> => {
    ask(namesOf(undefined)).catch(() => {});
    return names.then(ask);
  };

  return {
    stackLeft,
    left,
    named,
    /** The stack, and what keeps it from being deleted; the latter is only asked when a deletion failed. */
    async stackKeptBy(keeper: () => Promise<string | undefined>): Promise<KeptStack> {
      const fact = await stackLeft;
      if (fact.stack?.status !== 'DELETE_FAILED') return { ...fact, failures: [], keeper: undefined };
      const [failures = [], first] = await Promise.all([aws.failures(name), keeper()]);
      return { ...fact, failures, keeper: first };
    },
    /** What the stack takes with it. While the stack is there, it is the thing to delete, and nothing that belongs to it is asked for. */
    async ofStack<Found>(ask: (names: Names) => Promise<Found | undefined>): Promise<LeftOfStack<Found>> {
      const found = await stack;
      return { ...(await left(isLive(found) ? Promise.resolve(undefined) : named(ask))), stack: found };
    },
  };
}

/** The images in a repository, which keep it, and so the stack, from being deleted. */
export async function imagesIn(aws: Bound<typeof stackCleanupReads>, repository: string): Promise<RepositoryImages> {
  return { repository, images: await aws.images(repository) };
}

/** An image repository by its name. Its images are read anyway, and their answer already tells when there is no repository. */
export async function imageRepositoryOf(aws: Bound<typeof stackCleanupReads>, name: string) {
  return (await aws.images(name)) && aws.imageRepository(name);
}
