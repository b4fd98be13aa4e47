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
  type Role,
  readers,
  type StackLeft,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BASE_POLICY, DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

/** A repository with the images in it; `images` is undefined when there is no repository. */
interface Images {
  readonly repository: string;
  readonly images: readonly Image[] | undefined;
}

interface Added {
  readonly role: string;
  /** Policies of the role that the template did not give it: names of inline ones, ARNs of managed ones. */
  readonly inline: readonly string[];
  readonly attached: readonly string[];
}

/** What keeps the stack from being deleted. */
interface Keepers {
  readonly full: readonly Images[];
  readonly added: Added;
}

interface Kept extends StackLeft, Keepers {}
interface OfStack<Found> extends LeftOfStack<Found>, Keepers {}

const countOf = ({ images }: Images) => images?.length ?? 0;
const firstFull = ({ full }: Keepers) => full.find((one) => countOf(one) > 0);
const addedOf = ({ added: { inline, attached } }: Keepers) => [...inline, ...attached];

function judgeAdded(fact: Kept): Verdict<Says> {
  const policies = addedOf(fact);
  if (policies.length === 0) return gone(fact);
  const about = { role: fact.added.role, policies: policies.join(', ') };
  const { stack } = fact;
  return failed(stack?.status === 'DELETE_FAILED' ? ['policyKeepsStack', { ...about, stack: stack.name }] : ['policyLeft', about]);
}

function judgeImages(fact: Kept): Verdict<Says> {
  const full = firstFull(fact);
  if (full === undefined) return gone(fact);
  const about = { repository: full.repository, count: countOf(full) };
  const { stack } = fact;
  return failed(stack?.status === 'DELETE_FAILED' ? ['imagesKeepStack', { ...about, stack: stack.name }] : ['imagesLeft', about]);
}

/** The check of what keeps the stack, if anything of ours does. */
function keeperOf(fact: Keepers): string | undefined {
  if (addedOf(fact).length > 0) return 'added-policy';
  return firstFull(fact) === undefined ? undefined : 'images';
}

const sourceRepository = leftover.sourceRepository({ id: 'code-repository', step: 10, order: 7 });
const role = leftover.role({ id: 'role', step: 10, order: 8 });
const judgeRepository = goesWithStack(mustBeGone(({ name }: ImageRepository) => ['imageRepositoryLeft', { repository: name }]));
const judgeRole = goesWithStack(role.judge);

const imageRepository = <const Id extends string>(id: Id, order: number) =>
  ({
    id,
    step: 10,
    expected: null,
    judge: (fact: OfStack<ImageRepository>): Verdict<Says> =>
      fact.full.some((one) => one.repository === fact.found?.name && countOf(one) > 0) ? blocked('images') : judgeRepository(fact),
    observed: ({ found }: OfStack<ImageRepository>) => found?.name ?? null,
    resource: ({ found }: OfStack<ImageRepository>) => found?.arn,
    console: ({ found }: OfStack<ImageRepository>, { console }: TaskContext) =>
      found ? console.ecrRepository(found.name) : console.ecrRepositories(),
    fix: ({ found }: OfStack<ImageRepository>, { region }: TaskContext) => found && deletion.imageRepository(found.name, region, order),
  }) as const;

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
    rolePolicies: readers.iam.rolePolicies,
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
      const { backend, frontend, source, roleArn } = outputsOf(live ?? (await past()));
      return {
        backend: backend ?? DEFAULTS.backend,
        frontend: frontend ?? DEFAULTS.frontend,
        source: source ?? DEFAULTS.source,
        role: roleArn === undefined ? DEFAULTS.role : roleName(roleArn),
      };
    });
    const early: Promise<unknown>[] = [
      aws.images(DEFAULTS.backend),
      aws.images(DEFAULTS.frontend),
      aws.role(DEFAULTS.role),
      stack.then((found) => (isLive(found) ? undefined : aws.sourceRepository(DEFAULTS.source))),
    ];
    for (const answer of early) answer.catch(() => {});

    const full = names.then(({ backend, frontend }) =>
      Promise.all(
        [backend, frontend].map(async (repository): Promise<Images> => {
          return { repository, images: await aws.images(repository) };
        }),
      ),
    );
    const failures = stack.then(async (found) => (found?.status === 'DELETE_FAILED' ? ((await aws.failures(STACK)) ?? []) : []));
    const added = names.then(async ({ role }): Promise<Added> => {
      const found = await aws.role(role);
      const { inline = [], attached = [] } = (found && (await aws.rolePolicies(role))) ?? {};
      const own = inline.map(({ name }) => name).filter((name) => name !== BASE_POLICY);
      return { role, inline: own, attached: attached.map(({ arn }) => arn) };
    });
    const keepers = Promise.all([full, added]).then(([repositories, policies]): Keepers => ({ full: repositories, added: policies }));
    const kept = Promise.all([stack, failures, keepers, proof]).then(
      ([found, reasons, what, { done }]): Kept => ({ stack: found, failures: reasons, done, ...what }),
    );
    // What keeps a stack from being deleted is only asked when it was tried.
    const stackLeft = Promise.all([stack, proof]).then(
      async ([found, { done }]): Promise<Kept> =>
        found?.status === 'DELETE_FAILED'
          ? kept
          : { stack: found, failures: [], full: [], added: { role: '', inline: [], attached: [] }, done },
    );
    const left = leftWith(proof);
    const ofStack = <Found>(answer: Promise<Found | undefined>) =>
      Promise.all([left(answer), stack, keepers]).then(([fact, found, what]): OfStack<Found> => ({ ...fact, stack: found, ...what }));
    // That there is no repository was said when its images were asked for.
    const repositoryLeft = async (name: string) => {
      const [found, images] = await Promise.all([stack, aws.images(name)]);
      return images && !isLive(found) ? aws.imageRepository(name) : undefined;
    };
    return {
      kept,
      project: left(aws.project(PROJECT)),
      stack: stackLeft,
      backend: ofStack(names.then(({ backend }) => repositoryLeft(backend))),
      frontend: ofStack(names.then(({ frontend }) => repositoryLeft(frontend))),
      source: ofStack(
        Promise.all([stack, names]).then(([found, { source }]) => (isLive(found) ? undefined : aws.sourceRepository(source))),
      ),
      role: ofStack(names.then(({ role: name }) => aws.role(name))),
      logGroup: left(aws.logGroup(LOG_GROUP)),
    };
  },
  expectations: {
    kept: [
      {
        id: 'added-policy',
        step: 1,
        expected: [],
        judge: judgeAdded,
        observed: addedOf,
        resource: ({ added }) => added.role,
        console: ({ added }, { console }) => console.role(added.role),
        fix({ added: { role, inline, attached } }) {
          const [policy] = inline;
          if (policy !== undefined) return deletion.inlinePolicy(role, policy, 1);
          const [arn] = attached;
          return arn === undefined ? undefined : deletion.attachedPolicy(role, arn, 1);
        },
      },
      {
        id: 'images',
        step: 4,
        expected: 0,
        judge: judgeImages,
        observed: ({ full }) => full.reduce((sum, one) => sum + countOf(one), 0),
        resource: (fact) => firstFull(fact)?.repository,
        console(fact, { console }) {
          const full = firstFull(fact);
          return full === undefined ? console.ecrRepositories() : console.ecrRepository(full.repository);
        },
        fix(fact, { region }) {
          const full = firstFull(fact);
          return full && deletion.images(full.repository, region, bytesOf(full.images ?? []), 2);
        },
      },
    ],
    project: [leftover.project({ id: 'project', step: 7, order: 3 })],
    stack: [
      {
        id: 'stack',
        step: 10,
        expected: 'DELETE_COMPLETE',
        judge: (fact) => judgeStackLeft(fact, keeperOf(fact)),
        observed: ({ stack }) => stack?.status ?? null,
        resource: ({ stack }) => stack?.id,
        console: ({ stack }, { console }) => (stack ? console.stack(stack.id) : console.stacks(STACK)),
        fix: ({ stack }, { region }) => stack && deletion.stack(stack.name, region, 4),
      },
    ],
    backend: [imageRepository('backend-repository', 5)],
    frontend: [imageRepository('frontend-repository', 6)],
    source: [{ ...sourceRepository, judge: goesWithStack(sourceRepository.judge) }],
    role: [
      // Its added policies are a check of their own and go first.
      { ...role, judge: (fact: OfStack<Role>) => (addedOf(fact).length > 0 ? blocked('added-policy') : judgeRole(fact)) },
    ],
    logGroup: [leftover.logGroup({ id: 'log-group', step: 12, order: 9 })],
  },
});
