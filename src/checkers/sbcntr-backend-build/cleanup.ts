import type { Bound } from '../../aws/reader.ts';
import type { Stack } from '../../aws/services/cloudformation.ts';
import type { ImageRepository } from '../../aws/services/ecr.ts';
import { iam, iamConsole, iamDeletion, type Role } from '../../aws/services/iam.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import { failed } from '../engine/verdict.ts';
import { cleanupBy } from '../kit/cleanup/cleanup-by.ts';
import { gone, leftover, NEVER_USED } from '../kit/cleanup/leftovers.ts';
import { imageRepositoryOf, imagesIn, stackCleanup, stackCleanupReads } from '../kit/cloudformation/stack-cleanup.ts';
import {
  countOf,
  firstFull,
  type LeftOfStack,
  leftoverImages,
  leftoverOfStack,
  leftoverStack,
  type RepositoryImages,
} from '../kit/cloudformation/stack-leftovers.ts';
import { roleName } from '../kit/iam/role-name.ts';
import { BASE_POLICY, DEFAULTS, ECR_POLICY, LOG_GROUP, outputsOf, PROJECT, REGION, STACK } from './names.ts';
import { attachPolicy, cleanUp, deleteByHand, deleteStack, ecrPolicy, place } from './student.ts';

/** What keeps the stack from being deleted. */
interface Keepers {
  readonly repositories: readonly RepositoryImages[];
  /** Policies that the template did not give the role: names of inline ones, ARNs of managed ones. */
  readonly added: { readonly role: string; readonly inline: readonly string[]; readonly attached: readonly string[] };
}

const addedOf = ({ added: { inline, attached } }: Keepers) => [...inline, ...attached];

/** The check that comes before the stack's, because what it finds keeps the stack from being deleted. */
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

const reads = { ...stackCleanupReads, rolePolicies: iam.rolePolicies } as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
  const { stackLeft, stackKeptBy, left, named, ofStack } = stackCleanup(aws, context, { stack: STACK, project: PROJECT, namesOf });
  const images = named(({ backend, frontend }) => Promise.all([imagesIn(aws, backend), imagesIn(aws, frontend)]));
  const added = named(async (names) => {
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
}

const on = expectationsOn<typeof observe>();

const stack = leftoverStack({ name: STACK, region: REGION, step: 10, order: 4, rest: deleteByHand });

/** Cleans up but leaves one thing: by hand, or of the stack, as when CloudFormation retains it. */
const leaveByHand = (id: string, keep: Parameters<typeof deleteByHand>[1]) => ({
  id,
  instead(account: PracticeAccount) {
    deleteByHand(account, keep);
    deleteStack(account);
  },
});
const leaveOfStack = (id: string, keep: Parameters<typeof deleteStack>[1]) => ({
  id,
  instead(account: PracticeAccount) {
    deleteByHand(account);
    deleteStack(account, keep);
  },
});

/** The images in a repository have a check of their own, which comes first. */
const fullOnes = ({ repositories, found }: Keepers & LeftOfStack<ImageRepository>) =>
  repositories.some((one) => one.repository === found?.name && countOf(one) > 0) ? 'images' : undefined;

/** The check of one of the two image repositories. The words tell it from the other. */
const repository = (which: 'backend' | 'frontend', order: number, ko: string, ja: string) =>
  leftoverOfStack.imageRepository(
    {
      id: `${which}-repository`,
      title: {
        ko: `${ko} ECR 리포지토리가 남아 있지 않습니다`,
        ja: `${ja}用の ECR リポジトリが残っていない`,
        en: `The ${which} ECR repository is gone`,
      },
      step: 10,
      order,
      leave: {
        ...leaveOfStack(`${which}-left`, which),
        title: {
          ko: `빈 ${ko} ECR 리포지토리를 남깁니다`,
          ja: `空の${ja}用 ECR リポジトリを残す`,
          en: `Leave the empty ${which} ECR repository`,
        },
      },
    },
    fullOnes,
  );

export default defineTask({
  ...cleanupBy(cleanUp),
  reads,
  observe,
  expectations: [
    on.kept({
      id: 'added-policy',
      title: {
        ko: '역할에 직접 추가한 정책을 삭제했습니다',
        ja: 'ロールに手で追加したポリシーを削除した',
        en: 'The policy added to the role by hand has been deleted',
      },
      step: 1,
      expected: [],
      judge(fact) {
        const policies = addedOf(fact);
        if (policies.length === 0) return gone(fact);
        const about = { role: fact.added.role, policies: policies.join(', ') };
        return fact.stack?.status === 'DELETE_FAILED'
          ? failed(['policyKeepsStack', { ...about, stack: fact.stack.name }])
          : failed(['policyLeft', about]);
      },
      observed: addedOf,
      resource: ({ added }) => added.role,
      console: ({ added }, place) => iamConsole.role(place, added.role),
      order: 1,
      fix({ added: { role, inline, attached } }, place) {
        const [policy] = inline;
        if (policy !== undefined) return iamDeletion.inlinePolicy(place, role, policy);
        const [arn] = attached;
        return arn === undefined ? undefined : iamDeletion.attachedPolicy(place, role, arn);
      },
      says: {
        ...NEVER_USED,
        policyLeft: {
          ko: '"{role}" 역할에 직접 추가한 정책이 남아 있습니다: {policies}. 스택은 이 정책을 모르므로 스택보다 먼저 삭제합니다.',
          ja: 'ロール "{role}" に、手で追加したポリシーが残っています: {policies}。スタックはこのポリシーを知らないので、スタックより先に削除してください。',
          en: 'Policies that were added by hand are still on the role "{role}": {policies}. The stack does not know them, so delete them before the stack.',
        },
        policyKeepsStack: {
          ko: '"{role}" 역할에 직접 추가한 정책이 남아 있어 "{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED): {policies}. 정책을 먼저 지우고 스택을 다시 삭제합니다.',
          ja: 'ロール "{role}" に手で追加したポリシー({policies})が残っているため、スタック "{stack}" を削除できませんでした(DELETE_FAILED)。先にポリシーを消し、スタックをもう一度削除してください。',
          en: 'The stack "{stack}" could not be deleted (DELETE_FAILED), because policies that were added by hand are still on the role "{role}": {policies}. Delete them first, then delete the stack again.',
        },
      },
      breaks: {
        'policy-left': {
          title: { ko: '추가한 정책을 남깁니다', ja: '追加したポリシーを残す', en: 'Leave the added policy' },
          says: 'policyLeft',
          instead(account) {
            deleteByHand(account, 'policy');
            deleteStack(account, 'role');
          },
        },
        'managed-policy-left': {
          title: { ko: '연결한 관리형 정책을 남깁니다', ja: 'アタッチしたポリシーを残す', en: 'Leave a policy of its own attached' },
          says: 'policyLeft',
          instead(account) {
            deleteByHand(account);
            attachPolicy(account, ECR_POLICY, ecrPolicy(account.id));
            deleteStack(account, 'role');
          },
        },
        'policy-keeps-stack': {
          title: {
            ko: '추가한 정책을 지우지 않고 스택을 삭제합니다',
            ja: '追加したポリシーを消さずにスタックを削除する',
            en: 'Delete the stack without deleting the added policy',
          },
          says: 'policyKeepsStack',
          instead(account) {
            deleteByHand(account, 'policy');
            const reason = 'Cannot delete entity, must delete policies first.';
            place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_FAILED', resource: 'BuildRole', reason });
          },
        },
      },
    }),
    on.kept(
      leftoverImages({
        name: STACK,
        region: REGION,
        step: 4,
        order: 2,
        leave: (account) => deleteByHand(account, 'images'),
        keep: (account) => deleteStack(account, 'backend'),
      }),
    ),
    on.project(leftover.project({ id: 'project', step: 7, order: 3, leave: leaveByHand('project-left', 'project') })),
    on.stack({
      ...stack,
      says: {
        ...stack.says,
        stackLeft: {
          ko: '"{stack}" 스택이 남아 있습니다. 추가한 정책과 ECR 이미지를 지운 뒤 스택을 삭제합니다.',
          ja: 'スタック "{stack}" が残っています。追加したポリシーと ECR のイメージを消してから、スタックを削除してください。',
          en: 'The stack "{stack}" is still there. Delete the added policy and the ECR images, then delete the stack.',
        },
      },
    }),
    on.backend(repository('backend', 5, '백엔드', 'バックエンド')),
    on.frontend(repository('frontend', 6, '프런트엔드', 'フロントエンド')),
    on.source(
      leftoverOfStack.sourceRepository({
        id: 'code-repository',
        step: 10,
        order: 7,
        leave: leaveOfStack('code-repository-left', 'source'),
      }),
    ),
    on.role(
      leftoverOfStack.role(
        { id: 'role', step: 10, order: 8, leave: leaveOfStack('role-left', 'role') },
        (fact: Keepers & LeftOfStack<Role>) => (addedOf(fact).length > 0 ? 'added-policy' : undefined),
      ),
    ),
    on.logGroup(leftover.logGroup({ id: 'log-group', step: 12, order: 9, leave: leaveByHand('log-group-left', 'logs') })),
  ],
});
