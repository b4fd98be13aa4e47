import type { Image, Stack, StackFailure } from '../../../aws/index.ts';
import { asSentence } from '../../engine/as-sentence.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, waiting } from '../../engine/verdict.ts';
import { deletion } from '../cleanup/deletion.ts';
import { gone, type Left, type Proof } from '../cleanup/leftovers.ts';
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

/** The check of the stack of this name. `order`: among the deletions, as for every leftover. */
export const leftoverStack = (name: string, { step, order }: { readonly step: number; readonly order: number }) =>
  ({
    id: 'stack',
    step,
    expected: 'DELETE_COMPLETE',
    judge: judgeStack,
    observed: ({ stack }: StackLeft) => stack?.status ?? null,
    resource: ({ stack }: StackLeft) => stack?.id,
    console: ({ stack }: StackLeft, { console }: TaskContext) => (stack ? console.stack(stack.id) : console.stacks(name)),
    fix: ({ stack }: StackLeft, { region }: TaskContext) => stack && deletion.stack(stack.name, region, order),
  }) as const;

/** A thing that a stack made and takes with it. */
export interface LeftOfStack<Found> extends Left<Found> {
  readonly stack: Stack | undefined;
}

/** The check of what goes with the stack: while that exists there is nothing to say about it. */
export function goesWithStack<Check, Found, V>({ judge, ...check }: Check & { readonly judge: (fact: Left<Found>) => V }) {
  return { ...check, judge: (fact: LeftOfStack<Found>) => (isLive(fact.stack) ? blocked('stack') : judge(fact)) };
}

/** An image repository of a stack with what keeps both from being deleted. */
export interface RepositoryImages {
  readonly repository: string;
  /** `undefined` when there is no repository. */
  readonly images: readonly Image[] | undefined;
}

export const countOf = ({ images }: RepositoryImages) => images?.length ?? 0;
export const firstFull = (repositories: readonly RepositoryImages[]) => repositories.find((one) => countOf(one) > 0);

/** Whether the repositories of a stack are empty. */
export function judgeImagesLeft(fact: StackLeft, repositories: readonly RepositoryImages[]) {
  const full = firstFull(repositories);
  if (full === undefined) return gone(fact);
  const { stack } = fact;
  const about = { repository: full.repository, count: countOf(full) };
  if (stack?.status === 'DELETE_FAILED') return failed(['imagesKeepStack', { ...about, stack: stack.name }] as const);
  return failed(['imagesLeft', about] as const);
}
