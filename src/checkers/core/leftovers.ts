import type { LogGroup, Project, Repository, Role, Stack, StackFailure } from '../../aws/index.ts';
import { asSentence } from './as-sentence.ts';
import type { ConsoleLinks } from './console.ts';
import { deletion } from './deletion.ts';
import type { Fix } from './result.ts';
import { blocked, failed, notStarted, passed, type TaskContext, type Verdict, waiting } from './task.ts';

/** Whether the lab was ever done in this account. Without it, finding nothing proves nothing. */
export interface Proof {
  /** @throws what kept us from knowing; so what is still there is told all the same */
  done(): boolean;
}

/** One thing that must be gone. */
export interface Left<Found> extends Proof {
  readonly found: Found | undefined;
}

/**
 * Whether a lab was ever done: by a pass on record, or by what AWS keeps of it.
 * @param traces ask for lists that are empty when there is nothing; one after the other, until one is not.
 *   One that cannot be read leaves it to the others; that it could not is told when none of them shows anything.
 */
export async function everDone(
  { recordedPass }: Pick<TaskContext, 'recordedPass'>,
  ...traces: readonly (() => Promise<readonly unknown[]>)[]
): Promise<Proof> {
  if (recordedPass !== undefined) return { done: () => true };
  const troubles: unknown[] = [];
  for (const trace of traces) {
    try {
      if ((await trace()).length > 0) return { done: () => true };
    } catch (trouble) {
      troubles.push(trouble);
    }
  }
  return {
    done() {
      if (troubles.length > 0) throw troubles[0];
      return false;
    },
  };
}

/** Puts the proof beside what AWS answers of one thing after the other. */
export const leftWith =
  (proof: Promise<Proof>) =>
  <Found>(answer: Promise<Found | undefined>): Promise<Left<Found>> =>
    Promise.all([answer, proof]).then(([found, { done }]) => ({ found, done }));

/** Seen to be gone: right if there was something to clean up, and nothing at all otherwise. */
export const gone = ({ done }: Proof, source: 'live' | 'history' = 'live') =>
  done() ? passed({ observed: null, source }) : notStarted('neverUsed');

/** The common case: what is still there has failed. */
export const mustBeGone =
  <Found, const S>(says: (found: Found) => S) =>
  (fact: Left<Found>): Verdict<S | 'neverUsed'> =>
    fact.found === undefined ? gone(fact) : failed(says(fact.found));

/** A thing that a stack made and takes with it. */
export interface LeftOfStack<Found> extends Left<Found> {
  readonly stack: Stack | undefined;
}

/** Whether a stack is still to be deleted. */
export const isLive = (stack: Stack | undefined): stack is Stack => stack !== undefined && stack.status !== 'DELETE_COMPLETE';

/** For what goes with the stack: while that exists there is nothing to say about it. */
export const goesWithStack =
  <Found, V>(judge: (fact: Left<Found>) => V) =>
  (fact: LeftOfStack<Found>) =>
    isLive(fact.stack) ? blocked('stack') : judge(fact);

/** A stack that must be gone, and why its deletion failed, oldest first. */
export interface StackLeft extends Proof {
  readonly stack: Stack | undefined;
  readonly failures: readonly StackFailure[];
}

/**
 * Whether a stack is gone.
 * @param keeper the check of what keeps it from being deleted, which comes first
 */
export function judgeStackLeft(fact: StackLeft, keeper: string | undefined) {
  const { stack, failures } = fact;
  if (!isLive(stack)) return gone(fact, 'history');
  if (stack.status === 'DELETE_IN_PROGRESS') return waiting(['stackDeleting', { stack: stack.name }] as const, 20);
  if (stack.status !== 'DELETE_FAILED') return failed(['stackLeft', { stack: stack.name }] as const);
  if (keeper !== undefined) return blocked(keeper);
  const cause = failures.find(({ status }) => status === 'DELETE_FAILED');
  const reason = asSentence(cause?.reason || stack.statusReason || '-');
  return failed(['stackDeleteFailed', { stack: stack.name, resource: cause?.logicalId ?? '-', reason }] as const);
}

/** How many images there are, and how much they hold. One that is reported without its size still counts; only its cost is not known. */
export const bytesOf = (sized: readonly { readonly sizeBytes?: number | undefined }[]) =>
  sized.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);

interface Kind<Found, S> {
  says(found: Found): S;
  link(console: ConsoleLinks, found: Found | undefined): string | undefined;
  fix(found: Found, region: string, order: number): Fix;
}

interface Named {
  readonly name: string;
  readonly arn?: string | undefined;
}

/** The check of one kind of thing that must be gone. `order`: among the deletions; what has to go first has the smaller number. */
const check =
  <Found extends Named, const S>({ says, link, fix }: Kind<Found, S>) =>
  <const Id extends string>({ id, step, order }: { readonly id: Id; readonly step: number; readonly order: number }) =>
    ({
      id,
      step,
      expected: null,
      judge: mustBeGone(says),
      observed: ({ found }: Left<Found>) => found?.name ?? null,
      resource: ({ found }: Left<Found>) => found?.arn ?? found?.name,
      console: ({ found }: Left<Found>, { console }: TaskContext) => link(console, found),
      fix: ({ found }: Left<Found>, { region }: TaskContext) => found && fix(found, region, order),
    }) as const;

/** Checks of what most labs leave behind; a lab that spreads one may judge it in its own way. */
export const leftover = {
  project: check({
    says: ({ name }: Project) => ['projectLeft', { project: name }] as const,
    link: (console, found) => (found ? console.codeBuildProject(found.name) : console.codeBuildProjects()),
    fix: ({ name }, region, order) => deletion.project(name, region, order),
  }),
  sourceRepository: check({
    says: ({ name }: Repository) => ['sourceRepositoryLeft', { repository: name }] as const,
    link: (console, found) => found && console.codeCommitRepository(found.name),
    fix: ({ name }, region, order) => deletion.sourceRepository(name, region, order),
  }),
  role: check({
    says: ({ name }: Role) => ['roleLeft', { role: name }] as const,
    link: (console, found) => found && console.role(found.name),
    fix: ({ name }, _region, order) => deletion.role(name, order),
  }),
  logGroup: check({
    says: ({ name }: LogGroup) => ['logGroupLeft', { group: name }] as const,
    link: (console, found) => found && console.logGroup(found.name),
    fix: ({ name, storedBytes }, region, order) => deletion.logGroup(name, region, storedBytes, order),
  }),
} as const;
