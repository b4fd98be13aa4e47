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

/** The lines of a lab's navigation: its second-level headings, tasks by their section. */
export function labNavigation(headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[]): LabNavItem[] {
  return headings
    .filter(({ depth }) => depth === 2)
    .map(({ slug, text }) => {
      const task = taskOfHeading(text);
      return task === undefined ? { href: `#${slug}`, text } : { href: `#${task}`, text, task };
    });
}

/** The front matter of an entry that {@link labOfEntry} knows as a lab. */
export function labData(entry: { readonly data: unknown }): LabFrontmatter {
  return labSchema.parse(entry.data);
}
