import { type ImageRepository, type Role, readers, type Stack } from '../../aws/index.ts';
import type { Bound } from '../../aws/reader.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { blocked, failed, type Verdict } from '../engine/verdict.ts';
import { deletion } from '../kit/cleanup/deletion.ts';
import { bytesOf, gone, leftover } from '../kit/cleanup/leftovers.ts';
import { imageRepositoryOf, imagesIn, stackCleanup, stackCleanupReads } from '../kit/cloudformation/stack-cleanup.ts';
import {
  countOf,
  firstFull,
  goesWithStack,
  judgeImagesLeft,
  type LeftOfStack,
  leftoverStack,
  type RepositoryImages,
  type StackLeft,
} from '../kit/cloudformation/stack-leftovers.ts';
import { BASE_POLICY, DEFAULTS, ECR_POLICY, LOG_GROUP, outputsOf, PROJECT, roleName, STACK } from './names.ts';
import {
  attachPolicy,
  BACKEND,
  cleanedBut,
  deleteByHand,
  deleteStack,
  failToDeleteStack,
  IMAGES_IN_THE_WAY,
  POLICY_IN_THE_WAY,
  place,
  ROLE,
} from './student.ts';

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

function judgeAdded(fact: Kept) {
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

const reads = {
  ...stackCleanupReads,
  project: readers.codebuild.project,
  sourceRepository: readers.codecommit.repository,
  role: readers.iam.role,
  rolePolicies: readers.iam.rolePolicies,
  logGroup: readers.logs.logGroup,
} as const;

function observe(aws: Bound<typeof reads>, context: TaskContext) {
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
}

const on = expectationsOn<typeof observe>();

export default defineTask({
  id: 'cleanup',
  title: { ko: '리소스 정리', ja: 'リソースの削除', en: 'Clean up the resources' },

  reads,
  observe,
  solve: {
    id: 'clean-up',
    title: { ko: '리소스를 모두 정리합니다', ja: 'リソースをすべて削除する', en: 'Clean up all resources' },
    play(account) {
      deleteByHand(account);
      deleteStack(account);
    },
  },
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
      says: {
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
          instead: cleanedBut((account) => {
            deleteByHand(account, ['policy']);
            deleteStack(account, ['role']);
          }),
        },
        'managed-policy-left': {
          title: { ko: '연결한 관리형 정책을 남깁니다', ja: 'アタッチしたポリシーを残す', en: 'Leave a policy of its own attached' },
          says: 'policyLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            attachPolicy(account, ECR_POLICY);
            deleteStack(account, ['role']);
          }),
        },
        'policy-keeps-stack': {
          title: {
            ko: '추가한 정책을 지우지 않고 스택을 삭제합니다',
            ja: '追加したポリシーを消さずにスタックを削除する',
            en: 'Delete the stack without deleting the added policy',
          },
          says: 'policyKeepsStack',
          instead: cleanedBut((account) => {
            deleteByHand(account, ['policy']);
            failToDeleteStack(account, ROLE.logicalId, POLICY_IN_THE_WAY);
          }),
        },
      },
    }),
    on.kept({
      id: 'images',
      title: { ko: 'ECR 이미지를 모두 삭제했습니다', ja: 'ECR のイメージをすべて削除した', en: 'All ECR images have been deleted' },
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
      says: {
        imagesLeft: {
          ko: '"{repository}" 리포지토리에 이미지가 {count}개 남아 있습니다. 스택을 삭제하기 전에 이미지를 모두 삭제합니다.',
          ja: 'リポジトリ "{repository}" にイメージが {count} 個残っています。スタックを削除する前に、すべて削除してください。',
          en: 'The repository "{repository}" still holds images: {count}. Delete all of them before you delete the stack.',
        },
        imagesKeepStack: {
          ko: '"{repository}" 리포지토리에 이미지가 {count}개 남아 있어 "{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 리포지토리를 먼저 비우고 스택을 다시 삭제합니다.',
          ja: 'リポジトリ "{repository}" にイメージが {count} 個残っているため、スタック "{stack}" を削除できませんでした(DELETE_FAILED)。先にリポジトリを空にし、スタックをもう一度削除してください。',
          en: 'The stack "{stack}" could not be deleted (DELETE_FAILED), because the repository "{repository}" still holds images: {count}. Empty the repository first, then delete the stack again.',
        },
      },
      breaks: {
        'images-left': {
          title: { ko: '이미지를 남깁니다', ja: 'イメージを残す', en: 'Leave the images' },
          says: 'imagesLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account, ['images']);
            deleteStack(account, ['backend']);
          }),
        },
        'images-keep-stack': {
          title: {
            ko: '이미지를 지우지 않고 스택을 삭제합니다',
            ja: 'イメージを消さずにスタックを削除する',
            en: 'Delete the stack without deleting the images',
          },
          says: 'imagesKeepStack',
          instead: cleanedBut((account) => {
            deleteByHand(account, ['images']);
            failToDeleteStack(account, BACKEND.logicalId, IMAGES_IN_THE_WAY);
          }),
        },
      },
    }),
    on.project({
      ...leftover.project({ id: 'project', step: 7, order: 3 }),
      title: {
        ko: 'CodeBuild 프로젝트를 삭제했습니다',
        ja: 'CodeBuild プロジェクトを削除した',
        en: 'The CodeBuild project has been deleted',
      },
      says: {
        projectLeft: {
          ko: '"{project}" 프로젝트가 남아 있습니다. 직접 만든 리소스이므로 CodeBuild에서 직접 삭제합니다.',
          ja: 'プロジェクト "{project}" が残っています。手で作ったリソースなので、CodeBuild で削除してください。',
          en: 'The project "{project}" is still there. You made it by hand, so delete it by hand in CodeBuild.',
        },
      },
      breaks: {
        'project-left': {
          title: { ko: '프로젝트를 삭제하지 않습니다', ja: 'プロジェクトを削除しない', en: 'Leave the project' },
          says: 'projectLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account, ['project']);
            deleteStack(account);
          }),
        },
      },
    }),
    on.stack({
      ...leftoverStack(STACK, { step: 10, order: 4 }),
      title: {
        ko: 'CloudFormation 스택을 삭제했습니다',
        ja: 'CloudFormation スタックを削除した',
        en: 'The CloudFormation stack has been deleted',
      },
      says: {
        stackDeleteFailed: {
          ko: '"{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 삭제하지 못한 리소스는 "{resource}"입니다: {reason} 원인을 없애고 스택을 다시 삭제합니다.',
          ja: 'スタック "{stack}" を削除できませんでした(DELETE_FAILED)。残ったリソースは "{resource}" です: {reason} 原因を取り除き、スタックをもう一度削除してください。',
          en: 'The stack "{stack}" could not be deleted (DELETE_FAILED). The resource that stayed is "{resource}": {reason} Remove the cause and delete the stack again.',
        },
        stackLeft: {
          ko: '"{stack}" 스택이 남아 있습니다. 추가한 정책과 ECR 이미지를 지운 뒤 스택을 삭제합니다.',
          ja: 'スタック "{stack}" が残っています。追加したポリシーと ECR のイメージを消してから、スタックを削除してください。',
          en: 'The stack "{stack}" is still there. Delete the added policy and the ECR images, then delete the stack.',
        },
        stackDeleting: {
          ko: '"{stack}" 스택을 삭제하는 중입니다. 끝날 때까지 기다린 뒤 다시 확인합니다.',
          ja: 'スタック "{stack}" を削除しています。終わるまで待ってから、もう一度確認してください。',
          en: 'The stack "{stack}" is being deleted. Wait until it is done and check again.',
        },
      },
      breaks: {
        'delete-failed': {
          title: {
            ko: '스택 삭제가 실패한 뒤 다시 삭제하지 않습니다',
            ja: 'スタックの削除に失敗した後、もう一度削除しない',
            en: 'Do not delete the stack again after it failed',
          },
          says: 'stackDeleteFailed',
          instead: cleanedBut((account) => {
            failToDeleteStack(account, BACKEND.logicalId, IMAGES_IN_THE_WAY);
            deleteByHand(account);
          }),
        },
        'stack-left': {
          title: { ko: '스택을 삭제하지 않습니다', ja: 'スタックを削除しない', en: 'Leave the stack' },
          says: 'stackLeft',
          instead: cleanedBut((account) => deleteByHand(account)),
        },
      },
      moments: {
        'stack-deleting': {
          title: { ko: '스택이 삭제되는 중입니다', ja: 'スタックが削除中である', en: 'The stack is being deleted' },
          says: 'stackDeleting',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_IN_PROGRESS' });
          }),
        },
      },
    }),
    on.backend({
      ...imageRepository('backend-repository', 5),
      title: {
        ko: '백엔드 ECR 리포지토리가 남아 있지 않습니다',
        ja: 'バックエンド用の ECR リポジトリが残っていない',
        en: 'The backend ECR repository is gone',
      },
      says: {
        imageRepositoryLeft: {
          ko: '스택은 없지만 "{repository}" ECR 리포지토리가 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、ECR リポジトリ "{repository}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the ECR repository "{repository}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'backend-left': {
          title: {
            ko: '빈 백엔드 ECR 리포지토리를 남깁니다',
            ja: '空のバックエンド用 ECR リポジトリを残す',
            en: 'Leave the empty backend ECR repository',
          },
          says: 'imageRepositoryLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            deleteStack(account, ['backend']);
          }),
        },
      },
    }),
    on.frontend({
      ...imageRepository('frontend-repository', 6),
      title: {
        ko: '프런트엔드 ECR 리포지토리가 남아 있지 않습니다',
        ja: 'フロントエンド用の ECR リポジトリが残っていない',
        en: 'The frontend ECR repository is gone',
      },
      says: {
        imageRepositoryLeft: {
          ko: '스택은 없지만 "{repository}" ECR 리포지토리가 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、ECR リポジトリ "{repository}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the ECR repository "{repository}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'frontend-left': {
          title: {
            ko: '빈 프런트엔드 ECR 리포지토리를 남깁니다',
            ja: '空のフロントエンド用 ECR リポジトリを残す',
            en: 'Leave the empty frontend ECR repository',
          },
          says: 'imageRepositoryLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            deleteStack(account, ['frontend']);
          }),
        },
      },
    }),
    on.source({
      ...goesWithStack(leftover.sourceRepository({ id: 'code-repository', step: 10, order: 7 })),
      title: {
        ko: 'CodeCommit 리포지토리가 남아 있지 않습니다',
        ja: 'CodeCommit リポジトリが残っていない',
        en: 'The CodeCommit repository is gone',
      },
      says: {
        sourceRepositoryLeft: {
          ko: '스택은 없지만 "{repository}" CodeCommit 리포지토리가 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、CodeCommit リポジトリ "{repository}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the CodeCommit repository "{repository}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'code-repository-left': {
          title: { ko: 'CodeCommit 리포지토리를 남깁니다', ja: 'CodeCommit リポジトリを残す', en: 'Leave the CodeCommit repository' },
          says: 'sourceRepositoryLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            deleteStack(account, ['code']);
          }),
        },
      },
    }),
    on.role({
      ...role,
      judge: (fact: OfStack<Role>) => (addedOf(fact).length > 0 ? blocked('added-policy') : role.judge(fact)),
      title: { ko: 'IAM 역할이 남아 있지 않습니다', ja: 'IAM ロールが残っていない', en: 'The IAM role is gone' },
      says: {
        roleLeft: {
          ko: '스택은 없지만 "{role}" IAM 역할이 남아 있습니다. 직접 삭제합니다.',
          ja: 'スタックはありませんが、IAM ロール "{role}" が残っています。手で削除してください。',
          en: 'The stack is gone, but the IAM role "{role}" is still there. Delete it by hand.',
        },
      },
      breaks: {
        'role-left': {
          title: { ko: 'IAM 역할을 남깁니다', ja: 'IAM ロールを残す', en: 'Leave the IAM role' },
          says: 'roleLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account);
            deleteStack(account, ['role']);
          }),
        },
      },
    }),
    on.logGroup({
      ...leftover.logGroup({ id: 'log-group', step: 12, order: 9 }),
      title: {
        ko: 'CloudWatch 로그 그룹을 삭제했습니다',
        ja: 'CloudWatch のロググループを削除した',
        en: 'The CloudWatch log group has been deleted',
      },
      says: {
        logGroupLeft: {
          ko: '"{group}" 로그 그룹이 남아 있습니다. 빌드가 만든 것이라 스택과 함께 삭제되지 않습니다. CloudWatch에서 직접 삭제합니다.',
          ja: 'ロググループ "{group}" が残っています。ビルドが作ったものなので、スタックと一緒には消えません。CloudWatch で削除してください。',
          en: 'The log group "{group}" is still there. The builds made it, so it does not go with the stack. Delete it by hand in CloudWatch.',
        },
      },
      breaks: {
        'log-group-left': {
          title: { ko: '로그 그룹을 삭제하지 않습니다', ja: 'ロググループを削除しない', en: 'Leave the log group' },
          says: 'logGroupLeft',
          instead: cleanedBut((account) => {
            deleteByHand(account, ['logs']);
            deleteStack(account);
          }),
        },
      },
    }),
  ],
});
