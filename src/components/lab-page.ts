import { type LabFrontmatter, labSchema } from '../content/lab-schema.ts';
import { TaskSections } from '../markdown/read/structure/task-headings.ts';

/** One line of a lab's own navigation. */
export interface LabNavItem {
  readonly href: string;
  readonly text: string;
  /** The task that this line leads to, if any. */
  readonly task?: string;
}

/** The lab's id in a content id such as `ko/labs/week9-2-codebuild`; `undefined` for other pages. */
export function labOfEntry(id: string): string | undefined {
  return /^[a-z]{2}\/labs\/([^/]+)$/.exec(id)?.[1];
}

/**
 * The lines of a lab's navigation: its level 2 headings and its tasks.
 * @param checked whether the lab has checkers, so that its tasks have a status.
 */
export function labNavigation(
  headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[],
  checked: boolean,
): LabNavItem[] {
  const sections = new TaskSections();
  return headings.flatMap(({ depth, slug, text }) => {
    const { opens: task } = sections.next(depth, text);
    if (task === undefined) return depth === 2 ? [{ href: `#${slug}`, text }] : [];
    return [checked ? { href: `#${task}`, text, task } : { href: `#${task}`, text }];
  });
}

/** The front matter of a lab's entry, see {@link labOfEntry}. */
export function labData(entry: { readonly data: unknown }): LabFrontmatter {
  return labSchema.parse(entry.data);
}

/**
 * How a lab's text and its checkers contradict each other: the tasks that only one of them has. `undefined` when they agree or the lab has
 * no checkers.
 */
export function contradictionOf(lab: string, onPage: readonly string[], checked: readonly string[] | undefined): string | undefined {
  if (checked === undefined) return undefined;
  const unchecked = onPage.filter((task) => !checked.includes(task));
  const untold = checked.filter((task) => !onPage.includes(task));
  const complaints = [
    ...(unchecked.length > 0 ? [`its text has ${unchecked.join(', ')}, which no checker checks`] : []),
    ...(untold.length > 0 ? [`its checkers have ${untold.join(', ')}, which its text does not`] : []),
  ];
  return complaints.length > 0 ? `The lab "${lab}" contradicts itself: ${complaints.join('; ')}.` : undefined;
}
