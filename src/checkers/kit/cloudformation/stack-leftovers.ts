import { cloudformationConsole, cloudformationDeletion, type Stack, type StackFailure } from '../../../aws/services/cloudformation.ts';
import { ecrConsole, ecrDeletion, type Image } from '../../../aws/services/ecr.ts';
import type { PracticeAccount } from '../../../practice/account.ts';
import { asSentence } from '../../engine/as-sentence.ts';
import { type Expectation, expectation, type Judged } from '../../engine/expectation.ts';
import type { Texts } from '../../engine/texts.ts';
import { blocked, failed, waiting } from '../../engine/verdict.ts';
import {
  bytesOf,
  gone,
  type Left,
  type LeftoverOfLab,
  leftover,
  mustBeGone,
  type NamingTexts,
  NEVER_USED,
  type Proof,
} from '../cleanup/leftovers.ts';

/** Checks of a stack that must be gone, of what goes with it and of what keeps it from being deleted. */

/** A stack that must be gone. */
export interface StackLeft extends Proof {
  readonly stack: Stack | undefined;
}

/** A stack with what keeps it, which is only known when its deletion failed. */
export interface KeptStack extends StackLeft {
  /** Why it failed, oldest first. */
  readonly failures: readonly StackFailure[];
  /** The check of what keeps it, which comes first. */
  readonly keeper: string | undefined;
}

/** Whether a stack is still to be deleted. */
export const isLive = (stack: Stack | undefined): stack is Stack => stack !== undefined && stack.status !== 'DELETE_COMPLETE';

function judgeStack(fact: KeptStack) {
  const { stack, failures, keeper } = fact;
  if (!isLive(stack)) return gone(fact, 'history');
  if (stack.status === 'DELETE_IN_PROGRESS') return waiting(['stackDeleting', { stack: stack.name }] as const, 20);
  if (stack.status !== 'DELETE_FAILED') return failed(['stackLeft', { stack: stack.name }] as const);
  if (keeper !== undefined) return blocked(keeper);
  const cause = failures.find(({ status }) => status === 'DELETE_FAILED');
  const reason = asSentence(cause?.reason || stack.statusReason || '-');
  return failed(['stackDeleteFailed', { stack: stack.name, resource: cause?.logicalId ?? '-', reason }] as const);
}

/** A practice move that cleans up in the place of the task. */
type CleanUp = (account: PracticeAccount) => void;

interface StackOfCleanup {
  readonly name: string;
  readonly region: string;
}

/** A move: deletes the stack, which fails because a repository of it still holds images. */
const failToDeleteStack =
  ({ name, region }: StackOfCleanup) =>
  (account: PracticeAccount): void => {
    const { cloudformation } = account.region(region);
    const resource = cloudformation.stack(name)?.resources.find(({ type }) => type === 'AWS::ECR::Repository');
    if (resource === undefined) throw new Error(`The stack "${name}" of the practice account has no image repository.`);
    const reason = `Resource handler returned message: "The repository with name '${resource.physicalId}' in registry with id '${account.id}' cannot be deleted because it still contains images"`;
    cloudformation.deleteStack(name, { status: 'DELETE_FAILED', resource: resource.logicalId, reason });
  };

/**
 * The check of the stack of this name.
 * @param order among the deletions, as for every leftover
 * @param rest cleans up everything but the stack, in a practice account
 */
export const leftoverStack = ({ step, order, rest, ...of }: StackOfCleanup & { step: number; order: number; rest: CleanUp }) =>
  expectation<KeptStack>()({
    id: 'stack',
    title: {
      ko: 'CloudFormation 스택을 삭제했습니다',
      ja: 'CloudFormation スタックを削除した',
      en: 'The CloudFormation stack has been deleted',
    },
    step,
    expected: 'DELETE_COMPLETE',
    judge: judgeStack,
    observed: ({ stack }) => stack?.status ?? null,
    resource: ({ stack }) => stack?.id,
    console: ({ stack }, place) => (stack ? cloudformationConsole.stack(place, stack.id) : cloudformationConsole.stacks(place, of.name)),
    fix: ({ stack }, place) => stack && cloudformationDeletion.stack(place, stack.name),
    order,
    says: {
      ...NEVER_USED,
      stackDeleteFailed: {
        ko: '"{stack}" 스택이 삭제되지 못했습니다(DELETE_FAILED). 삭제하지 못한 리소스는 "{resource}"입니다: {reason} 이미지가 원인이면 ECR 리포지토리를 먼저 비우고, 스택을 다시 삭제합니다.',
        ja: 'スタック "{stack}" を削除できませんでした(DELETE_FAILED)。削除できなかったリソースは "{resource}" です: {reason} イメージが原因なら先に ECR リポジトリを空にし、スタックをもう一度削除してください。',
        en: 'The stack "{stack}" could not be deleted (DELETE_FAILED). The resource that stayed is "{resource}": {reason} If images are the cause, empty the repository first. Then delete the stack again.',
      },
      stackLeft: {
        ko: '"{stack}" 스택이 남아 있습니다. ECR 이미지를 모두 삭제한 뒤 스택을 삭제합니다.',
        ja: 'スタック "{stack}" が残っています。ECR のイメージをすべて削除してから、スタックを削除してください。',
        en: 'The stack "{stack}" is still there. Delete all ECR images, then delete the stack.',
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
          ja: 'スタックの削除が失敗したままにする',
          en: 'Leave it when deleting the stack fails',
        },
        says: 'stackDeleteFailed',
        instead(account) {
          failToDeleteStack(of)(account);
          rest(account);
        },
      },
      'stack-left': {
        title: { ko: '스택을 삭제하지 않습니다', ja: 'スタックを削除しない', en: 'Leave the stack' },
        says: 'stackLeft',
        instead: rest,
      },
    },
    moments: {
      'stack-deleting': {
        title: { ko: '스택이 삭제되는 중입니다', ja: 'スタックを削除している最中', en: 'The stack is being deleted' },
        says: 'stackDeleting',
        instead(account) {
          rest(account);
          account.region(of.region).cloudformation.deleteStack(of.name, { status: 'DELETE_IN_PROGRESS' });
        },
      },
    },
  });

/** A thing that a stack made and takes with it. */
export interface LeftOfStack<Found> extends Left<Found> {
  readonly stack: Stack | undefined;
}

type LeftSays = typeof NEVER_USED & { readonly left: NamingTexts };

/**
 * Makes the check of what goes with the stack: while that exists there is nothing to say about it.
 * @param ko as a subject, with its particle, @param leave the title of the move that leaves it, unless it is the kind's
 */
const goesWithStack =
  <Found extends { readonly name: string }>(
    kind: (of: LeftoverOfLab) => Expectation<Left<Found>, unknown, LeftSays, Judged<LeftSays, Left<Found>>>,
    { ko, ja, en }: Texts,
    leave?: Texts,
  ) =>
  /** @param keeper the check of what keeps it, if something does; it comes first */
  <Fact extends LeftOfStack<Found>>(of: LeftoverOfLab, keeper: (fact: Fact) => string | undefined = () => undefined) => {
    const check = kind({
      title: { ko: `${ko} 남아 있지 않습니다`, ja: `${ja}が残っていない`, en: `No ${en} is left` },
      left: {
        ko: `스택은 없지만 "{name}" ${ko} 남아 있습니다. 직접 삭제합니다.`,
        ja: `スタックはありませんが、${ja} "{name}" が残っています。手で削除してください。`,
        en: `The stack is gone, but the ${en} "{name}" is still there. Delete it by hand.`,
      },
      ...of,
      leave: { ...(leave && { title: leave }), ...of.leave },
    });
    const judge = (fact: Fact) => {
      const first = keeper(fact) ?? (isLive(fact.stack) ? 'stack' : undefined);
      return first === undefined ? mustBeGone(({ name }: Found) => ['left', { name }] as const)(fact) : blocked(first);
    };
    return expectation<Fact>()({ ...check, judge });
  };

/** What a stack made and left behind. */
export const leftoverOfStack = {
  imageRepository: goesWithStack(
    leftover.imageRepository,
    { ko: 'ECR 리포지토리가', ja: 'ECR リポジトリ', en: 'ECR repository' },
    { ko: '빈 ECR 리포지토리를 남깁니다', ja: '空の ECR リポジトリを残す', en: 'Leave the empty ECR repository' },
  ),
  sourceRepository: goesWithStack(leftover.sourceRepository, {
    ko: 'CodeCommit 리포지토리가',
    ja: 'CodeCommit リポジトリ',
    en: 'CodeCommit repository',
  }),
  role: goesWithStack(leftover.role, { ko: 'IAM 역할이', ja: 'IAM ロール', en: 'IAM role' }),
} as const;

/** An image repository of a stack with what keeps both from being deleted. */
export interface RepositoryImages {
  readonly repository: string;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

/** The stack with the repositories whose images keep it from being deleted. */
export interface FullStack extends StackLeft {
  readonly repositories: readonly RepositoryImages[];
}

export const countOf = ({ images }: RepositoryImages) => images?.length ?? 0;
export const firstFull = (repositories: readonly RepositoryImages[]) => repositories.find((one) => countOf(one) > 0);

/**
 * The check of the images in the repositories of a stack.
 * @param leave deletes by hand everything but the images
 * @param keep deletes the stack but for the repository with the images
 */
export const leftoverImages = ({
  step,
  order,
  leave,
  keep,
  ...of
}: StackOfCleanup & { step: number; order: number; leave: CleanUp; keep: CleanUp }) =>
  expectation<FullStack>()({
    id: 'images',
    title: { ko: 'ECR 이미지를 모두 삭제했습니다', ja: 'ECR のイメージをすべて削除した', en: 'All ECR images have been deleted' },
    step,
    expected: 0,
    judge(fact) {
      const full = firstFull(fact.repositories);
      if (full === undefined) return gone(fact);
      const { stack } = fact;
      const about = { repository: full.repository, count: countOf(full) };
      return failed(
        stack?.status === 'DELETE_FAILED'
          ? (['imagesKeepStack', { ...about, stack: stack.name }] as const)
          : (['imagesLeft', about] as const),
      );
    },
    observed: ({ repositories }) => repositories.reduce((sum, one) => sum + countOf(one), 0),
    resource: ({ repositories }) => (firstFull(repositories) ?? repositories[0])?.repository,
    console({ repositories }, place) {
      const there = firstFull(repositories) ?? repositories.find(({ images }) => images !== undefined);
      return there === undefined ? ecrConsole.repositories(place) : ecrConsole.repository(place, there.repository);
    },
    order,
    fix({ repositories }, place) {
      const full = firstFull(repositories);
      return full && ecrDeletion.images(place, full.repository, bytesOf(full.images ?? []));
    },
    says: {
      ...NEVER_USED,
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
        title: {
          ko: '이미지가 든 리포지토리를 남기고 스택을 삭제합니다',
          ja: 'イメージの入ったリポジトリを残してスタックを削除する',
          en: 'Delete the stack but keep its repository with the images',
        },
        says: 'imagesLeft',
        instead(account) {
          leave(account);
          keep(account);
        },
      },
      'images-keep-stack': {
        title: {
          ko: '이미지를 지우지 않고 스택을 삭제합니다',
          ja: 'イメージを消さずにスタックを削除する',
          en: 'Delete the stack without deleting the images',
        },
        says: 'imagesKeepStack',
        instead(account) {
          leave(account);
          failToDeleteStack(of)(account);
        },
      },
    },
  });
