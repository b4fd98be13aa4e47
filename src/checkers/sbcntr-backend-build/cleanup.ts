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
import { BASE_POLICY, DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

/** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
interface Proof {
  readonly done: boolean;
}

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

/** The stack, and what keeps it from being deleted. */
interface Left extends Proof {
  readonly stack: Stack | undefined;
  /** Of a deletion that failed, oldest first. */
  readonly failures: readonly StackFailure[];
  readonly full: readonly Images[];
  readonly added: Added;
}

/** Seen to be gone: right if there was something to clean up, and nothing at all otherwise. */
const gone = ({ done }: Proof, source: 'live' | 'history' = 'live') =>
  done ? passed({ observed: null, source }) : notStarted('neverUsed');

const countOf = ({ images }: Images) => images?.length ?? 0;
// An image that is reported without its size still counts as left; only its cost is not known.
const bytesOf = ({ images }: Images) => (images ?? []).reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
const firstFull = ({ full }: Left) => full.find((one) => countOf(one) > 0);
const addedOf = ({ added: { inline, attached } }: Left) => [...inline, ...attached];

function judgeAdded(fact: Left): Verdict<Says> {
  const policies = addedOf(fact);
  if (policies.length === 0) return gone(fact);
  const about = { role: fact.added.role, policies: policies.join(', ') };
  const { stack } = fact;
  return failed(stack?.status === 'DELETE_FAILED' ? ['policyKeepsStack', { ...about, stack: stack.name }] : ['policyLeft', about]);
}

function judgeImages(fact: Left): Verdict<Says> {
  const full = firstFull(fact);
  if (full === undefined) return gone(fact);
  const about = { repository: full.repository, count: countOf(full) };
  const { stack } = fact;
  return failed(stack?.status === 'DELETE_FAILED' ? ['imagesKeepStack', { ...about, stack: stack.name }] : ['imagesLeft', about]);
}

function judgeStack(fact: Left): Verdict<Says> {
  const { stack } = fact;
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return gone(fact, 'history');
  if (stack.status === 'DELETE_IN_PROGRESS') return waiting(['stackDeleting', { stack: stack.name }], 20);
  if (stack.status !== 'DELETE_FAILED') return failed(['stackLeft', { stack: stack.name }]);
  // What keeps it is a check of its own and comes first.
  if (addedOf(fact).length > 0) return blocked('added-policy');
  if (firstFull(fact) !== undefined) return blocked('images');
  const cause = fact.failures.find(({ status }) => status === 'DELETE_FAILED');
  const reason = cause?.reason || stack.statusReason || '-';
  return failed(['stackDeleteFailed', { stack: stack.name, resource: cause?.logicalId ?? '-', reason }]);
}

interface OfStack<Found> extends Left {
  readonly found: Found | undefined;
}

const isLive = (stack: Stack | undefined) => stack !== undefined && stack.status !== 'DELETE_COMPLETE';

/** For what belongs to the stack: it goes with the stack, so while that exists there is nothing to say about it. */
const leftOfStack =
  <Found>(says: (found: Found) => Says) =>
  (fact: OfStack<Found>): Verdict<Says> => {
    if (isLive(fact.stack)) return blocked('stack');
    return fact.found === undefined ? gone(fact) : failed(says(fact.found));
  };

const imageRepository = <const Id extends string>(id: Id, order: number) =>
  ({
    id,
    step: 10,
    expected: null,
    judge(fact: OfStack<ImageRepository>): Verdict<Says> {
      if (fact.full.some((one) => one.repository === fact.found?.name && countOf(one) > 0)) return blocked('images');
      return leftOfStack<ImageRepository>(({ name }) => ['imageRepositoryLeft', { repository: name }])(fact);
    },
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
    const proof = deleted.then(async (stacks): Promise<Proof> => {
      if (stacks.length > 0 || context.recordedPass !== undefined) return { done: true };
      return { done: (await aws.buildIds({ project: PROJECT, limit: 1 })).length > 0 };
    });

    // The stack's outputs name its resources, also after its deletion. Nearly always they are the template's defaults,
    // so those are asked for without waiting for the names; an answer about a name that turns out to be another is not used.
    // While the stack is there, it is what has to be deleted, and what belongs to it is not asked for.
    const names = Promise.all([stack, deleted]).then(async ([live, [newest]]) => {
      const { backend, frontend, source, roleArn } = outputsOf(live ?? (newest && (await aws.stack(newest.id))));
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
    const left = Promise.all([stack, failures, full, added, proof]).then(
      ([found, reasons, repositories, policies, { done }]): Left => ({
        stack: found,
        failures: reasons,
        full: repositories,
        added: policies,
        done,
      }),
    );
    const withLeft = async <Found>(found: Promise<Found | undefined>): Promise<OfStack<Found>> => {
      const [fact, one] = await Promise.all([left, found]);
      return { ...fact, found: one };
    };
    const withProof = async <Found>(found: Promise<Found | undefined>) => {
      const [{ done }, one] = await Promise.all([proof, found]);
      return { done, found: one };
    };
    // That there is no repository was said when its images were asked for.
    const repositoryLeft = async (name: string) => {
      const [found, images] = await Promise.all([stack, aws.images(name)]);
      return images && !isLive(found) ? aws.imageRepository(name) : undefined;
    };
    return {
      left,
      project: withProof(aws.project(PROJECT)),
      stack: left,
      backend: withLeft(names.then(({ backend }) => repositoryLeft(backend))),
      frontend: withLeft(names.then(({ frontend }) => repositoryLeft(frontend))),
      source: withLeft(
        Promise.all([stack, names]).then(([found, { source }]) => (isLive(found) ? undefined : aws.sourceRepository(source))),
      ),
      role: withLeft(names.then(({ role }) => aws.role(role))),
      logGroup: withProof(aws.logGroup(LOG_GROUP)),
    };
  },
  expectations: {
    left: [
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
          return full && deletion.images(full.repository, region, bytesOf(full), 2);
        },
      },
    ],
    project: [
      {
        id: 'project',
        step: 7,
        expected: null,
        judge: (fact: Proof & { readonly found: Project | undefined }) =>
          fact.found === undefined ? gone(fact) : failed(['projectLeft', { project: fact.found.name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => (found ? console.codeBuildProject(found.name) : console.codeBuildProjects()),
        fix: ({ found }, { region }) => found && deletion.project(found.name, region, 3),
      },
    ],
    stack: [
      {
        id: 'stack',
        step: 10,
        expected: 'DELETE_COMPLETE',
        judge: judgeStack,
        observed: ({ stack }) => stack?.status ?? null,
        resource: ({ stack }) => stack?.id,
        console: ({ stack }, { console }) => (stack ? console.stack(stack.id) : console.stacks(STACK)),
        fix: ({ stack }, { region }) => stack && deletion.stack(stack.name, region, 4),
      },
    ],
    backend: [imageRepository('backend-repository', 5)],
    frontend: [imageRepository('frontend-repository', 6)],
    source: [
      {
        id: 'code-repository',
        step: 10,
        expected: null,
        judge: leftOfStack<Repository>(({ name }) => ['sourceRepositoryLeft', { repository: name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => found && console.codeCommitRepository(found.name),
        fix: ({ found }, { region }) => found && deletion.sourceRepository(found.name, region, 7),
      },
    ],
    role: [
      {
        id: 'role',
        step: 10,
        expected: null,
        judge(fact: OfStack<Role>) {
          // Its added policies are a check of their own and go first.
          if (addedOf(fact).length > 0) return blocked('added-policy');
          return leftOfStack<Role>(({ name }) => ['roleLeft', { role: name }])(fact);
        },
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.arn,
        console: ({ found }, { console }) => found && console.role(found.name),
        fix: ({ found }) => found && deletion.role(found.name, 8),
      },
    ],
    logGroup: [
      {
        id: 'log-group',
        step: 12,
        expected: null,
        judge: (fact: Proof & { readonly found: LogGroup | undefined }) =>
          fact.found === undefined ? gone(fact) : failed(['logGroupLeft', { group: fact.found.name }]),
        observed: ({ found }) => found?.name ?? null,
        resource: ({ found }) => found?.name,
        console: (_fact, { console }: TaskContext) => console.logGroup(LOG_GROUP),
        fix: ({ found }, { region }) => found && deletion.logGroup(found.name, region, found.storedBytes, 9),
      },
    ],
  },
});
