import type { EventRule, ImageRepository, LogGroup, Project, Repository, Role } from '../../aws/index.ts';
import type { ConsoleLinks } from './console.ts';
import { deletion } from './deletion.ts';
import type { Fix } from './result.ts';
import { failed, notStarted, passed, type TaskContext, type Verdict } from './task.ts';

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
  imageRepository: check({
    says: ({ name }: ImageRepository) => ['imageRepositoryLeft', { repository: name }] as const,
    link: (console, found) => (found ? console.ecrRepository(found.name) : console.ecrRepositories()),
    fix: ({ name }, region, order) => deletion.imageRepository(name, region, order),
  }),
  eventRule: check({
    says: ({ name }: EventRule) => ['ruleLeft', { rule: name }] as const,
    link: (console) => console.eventRules(),
    fix: ({ name }, region, order) => deletion.eventRule(name, region, order),
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
