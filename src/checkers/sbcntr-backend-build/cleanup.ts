import {
  blocked,
  bytesOf,
  countOf,
  defineTask,
  deletion,
  failed,
  firstFull,
  goesWithStack,
  gone,
  type ImageRepository,
  imageRepositoryOf,
  imagesIn,
  judgeImagesLeft,
  type LeftOfStack,
  leftover,
  leftoverStack,
  type RepositoryImages,
  type Role,
  readers,
  type Stack,
  type StackLeft,
  stackCleanup,
  stackCleanupReads,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { BASE_POLICY, DEFAULTS, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';

interface Added {
  readonly role: string;
  /** Policies of the role that the template did not give it: names of inline ones, ARNs of managed ones. */
  readonly inline: readonly string[];
  readonly attached: readonly string[];
}

/** What keeps the stack from being deleted. */
interface Keepers {
  readonly repositories: readonly RepositoryImages[];
  readonly added: Added;
}

interface Kept extends StackLeft, Keepers {}
interface OfStack<Found> extends LeftOfStack<Found>, Keepers {}

const addedOf = ({ added: { inline, attached } }: Keepers) => [...inline, ...attached];

function judgeAdded(fact: Kept): Verdict<Says> {
  const policies = addedOf(fact);
  if (policies.length === 0) return gone(fact);
  const about = { role: fact.added.role, policies: policies.join(', ') };
  const { stack } = fact;
  return failed(stack?.status === 'DELETE_FAILED' ? ['policyKeepsStack', { ...about, stack: stack.name }] : ['policyLeft', about]);
}

/** The check of what keeps the stack, if anything of ours does. */
function keeperOf(fact: Keepers): string | undefined {
  if (addedOf(fact).length > 0) return 'added-policy';
  return firstFull(fact.repositories) === undefined ? undefined : 'images';
}

function namesOf(stack: Stack | undefined) {
  const { backend, frontend, source, roleArn } = outputsOf(stack);
  return {
    backend: backend ?? DEFAULTS.backend,
    frontend: frontend ?? DEFAULTS.frontend,
    source: source ?? DEFAULTS.source,
    role: roleArn === undefined ? DEFAULTS.role : roleName(roleArn),
  };
}

const role = goesWithStack(leftover.role({ id: 'role', step: 10, order: 8 }));

function imageRepository<const Id extends string>(id: Id, order: number) {
  const check = goesWithStack(leftover.imageRepository({ id, step: 10, order }));
  // Its images are a check of their own and go first.
  const isFull = ({ repositories, found }: OfStack<ImageRepository>) =>
    repositories.some((one) => one.repository === found?.name && countOf(one) > 0);
  return { ...check, judge: (fact: OfStack<ImageRepository>) => (isFull(fact) ? blocked('images') : check.judge(fact)) };
}

export default defineTask({
  id: 'cleanup',
  messages,
  reads: {
    ...stackCleanupReads,
    project: readers.codebuild.project,
    sourceRepository: readers.codecommit.repository,
    role: readers.iam.role,
    rolePolicies: readers.iam.rolePolicies,
    logGroup: readers.logs.logGroup,
  },
  observe(aws, context) {
    const { stackLeft, stackKeptBy, left, named, ofStack } = stackCleanup(aws, context, { stack: STACK, project: PROJECT, namesOf });
    const images = named(({ backend, frontend }) => Promise.all([imagesIn(aws, backend), imagesIn(aws, frontend)]));
    const added = named(async (names): Promise<Added> => {
      const found = await aws.role(names.role);
      const { inline = [], attached = [] } = (found && (await aws.rolePolicies(names.role))) ?? {};
      const own = inline.map(({ name }) => name).filter((name) => name !== BASE_POLICY);
      return { role: names.role, inline: own, attached: attached.map(({ arn }) => arn) };
    });
    const keepers = Promise.all([images, added]).then(([repositories, policies]): Keepers => ({ repositories, added: policies }));
    const withKeepers = <Fact>(fact: Promise<Fact>) => Promise.all([fact, keepers]).then(([one, what]) => ({ ...one, ...what }));
    return {
      kept: withKeepers(stackLeft),
      project: left(aws.project(PROJECT)),
      stack: stackKeptBy(async () => keeperOf(await keepers)),
      backend: withKeepers(ofStack(({ backend }) => imageRepositoryOf(aws, backend))),
      frontend: withKeepers(ofStack(({ frontend }) => imageRepositoryOf(aws, frontend))),
      source: ofStack(({ source }) => aws.sourceRepository(source)),
      role: withKeepers(ofStack((names) => aws.role(names.role))),
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
        judge: (fact) => judgeImagesLeft(fact, fact.repositories),
        observed: ({ repositories }) => repositories.reduce((sum, one) => sum + countOf(one), 0),
        resource: ({ repositories }) => firstFull(repositories)?.repository,
        console({ repositories }, { console }) {
          const full = firstFull(repositories);
          return full === undefined ? console.ecrRepositories() : console.ecrRepository(full.repository);
        },
        fix({ repositories }, { region }) {
          const full = firstFull(repositories);
          return full && deletion.images(full.repository, region, bytesOf(full.images ?? []), 2);
        },
      },
    ],
    project: [leftover.project({ id: 'project', step: 7, order: 3 })],
    stack: [leftoverStack(STACK, { step: 10, order: 4 })],
    backend: [imageRepository('backend-repository', 5)],
    frontend: [imageRepository('frontend-repository', 6)],
    source: [goesWithStack(leftover.sourceRepository({ id: 'code-repository', step: 10, order: 7 }))],
    role: [
      // Its added policies are a check of their own and go first.
      { ...role, judge: (fact: OfStack<Role>) => (addedOf(fact).length > 0 ? blocked('added-policy') : role.judge(fact)) },
    ],
    logGroup: [leftover.logGroup({ id: 'log-group', step: 12, order: 9 })],
  },
});
