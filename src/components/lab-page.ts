import { type LabFrontmatter, labSchema } from '../content/lab-schema.ts';
import { TaskSections } from '../markdown/read/structure/task-headings.ts';

/** One line of a lab's own navigation. */
export interface LabNavItem {
  readonly href: string;
  readonly text: string;
  /** The task this line leads to, when it is one of a lab that has checkers. */
  readonly task?: string;
  /** Whether a checker looks at that task, so that it has a status. Any other is done when its steps are ticked off. */
  readonly isChecked?: boolean;
}

/** The lab's id in a content id such as `ko/labs/week9-2-codebuild`; `undefined` for other pages. */
export function labOfEntry(id: string): string | undefined {
  return /^[a-z]{2}\/labs\/([^/]+)$/.exec(id)?.[1];
}

/**
 * The lines of a lab's navigation: its second-level headings and its tasks, which lead to their sections.
 * @param checked the tasks that checkers look at; `undefined` for a lab without checkers.
 */
export function labNavigation(
  headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[],
  checked: readonly string[] | undefined,
): LabNavItem[] {
  const sections = new TaskSections();
  return headings.flatMap(({ depth, slug, text }) => {
    const { opens: task } = sections.next(depth, text);
    if (task === undefined) return depth === 2 ? [{ href: `#${slug}`, text }] : [];
    return [{ href: `#${task}`, text, ...(checked && { task, isChecked: checked.includes(task) }) }];
  });
}

/** The front matter of a lab's entry, see {@link labOfEntry}. */
export function labData(entry: { readonly data: unknown }): LabFrontmatter {
  return labSchema.parse(entry.data);
}
