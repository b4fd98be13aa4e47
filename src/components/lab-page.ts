import { type LabFrontmatter, labSchema } from '../content/lab-schema.ts';
import { taskOfHeading } from '../markdown/task-headings.ts';

/** One line of a lab's own navigation. */
export interface LabNavItem {
  readonly href: string;
  readonly text: string;
  /** The task this line leads to, when it is one. */
  readonly task?: string;
}

/** The lab's id from a content id such as `ko/labs/week9-2-codebuild`, or `undefined` for a page that is no lab. */
export function labOfEntry(id: string): string | undefined {
  return /^[a-z]{2}\/labs\/([^/]+)$/.exec(id)?.[1];
}

/**
 * The lines of a lab's navigation: its second-level headings and its tasks, which lead to their sections.
 * @param checked whether the lab has checkers, so that its tasks have a status.
 */
export function labNavigation(
  headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[],
  checked: boolean,
): LabNavItem[] {
  const seen = new Set<string>();
  return headings.flatMap(({ depth, slug, text }) => {
    const task = depth <= 3 ? taskOfHeading(text) : undefined;
    if (task === undefined || seen.has(task)) return depth === 2 ? [{ href: `#${slug}`, text }] : [];
    seen.add(task);
    return [checked ? { href: `#${task}`, text, task } : { href: `#${task}`, text }];
  });
}

/** The front matter of an entry that {@link labOfEntry} knows as a lab. */
export function labData(entry: { readonly data: unknown }): LabFrontmatter {
  return labSchema.parse(entry.data);
}

/**
 * Holds a lab's text against its checkers. A lab without checkers has nothing to contradict.
 * @throws Error naming the tasks that only the text or only the checkers know, so that the build stops.
 */
export function assertSameTasks(lab: string, onPage: readonly string[], checked: readonly string[] | undefined): void {
  if (checked === undefined) return;
  const unchecked = onPage.filter((task) => !checked.includes(task));
  const untold = checked.filter((task) => !onPage.includes(task));
  const complaints = [
    ...(unchecked.length > 0 ? [`its text has ${unchecked.join(', ')}, which no checker checks`] : []),
    ...(untold.length > 0 ? [`its checkers have ${untold.join(', ')}, which its text does not`] : []),
  ];
  if (complaints.length > 0) throw new Error(`The lab "${lab}" contradicts itself: ${complaints.join('; ')}.`);
}
