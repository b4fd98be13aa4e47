import { expectation } from '../engine/expectation.ts';
import type { Json } from '../engine/result.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Texts } from '../engine/texts.ts';
import { notStarted, passed } from '../engine/verdict.ts';

interface Existence<Found> {
  readonly id: string;
  /** The goal, e.g. "The table exists". */
  readonly title: Texts;
  readonly step?: number;
  readonly after?: string | readonly string[];
  readonly expected?: Json;
  /** What to say while it is not there. The text has no parameters. */
  readonly missing: Texts;
  /** Title of the practice move that leaves the task undone. */
  readonly leave: Texts;
  observed(found: Found): Json;
  resource?(found: Found): string | undefined;
  console?(found: Found | undefined, context: TaskContext): string | undefined;
}

/**
 * The check that something is there, and nothing more. It cannot fail: as long as nothing is there, the student has not started.
 * @example on.table(exists({ id: 'table', title, missing, leave, observed: ({ name }) => name }))
 */
export const exists = <Found>({ missing, leave, observed, resource, ...of }: Existence<Found>) =>
  expectation<Found | undefined>()({
    ...of,
    judge: (found) => (found === undefined ? notStarted('missing') : passed()),
    observed: (found) => (found === undefined ? null : observed(found)),
    resource: (found) => (found === undefined ? undefined : resource?.(found)),
    says: { missing },
    breaks: { [`no-${of.id}`]: { title: leave, says: 'missing', leaves: 'not-started', instead: () => {} } },
  });
