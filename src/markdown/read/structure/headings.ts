import type { Heading, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { labFile } from '../lab-file.ts';
import { endMarker } from './end-marker.ts';
import { taskOfHeading } from './task-headings.ts';

type Depth = Heading['depth'];

const isHeading = (node: RootContent): node is Heading => node.type === 'heading';
const words = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Removes the text's first heading when it repeats the title, because the page shows the title itself. */
function dropTitle(tree: Root, title: unknown): void {
  const index = tree.children.findIndex((node) => isHeading(node) && node.depth === 1);
  const heading = tree.children[index];
  if (heading === undefined || (typeof title === 'string' && words(title) !== words(plainText(heading)))) return;
  tree.children.splice(index, 1);
}

/** Moves headings one level down. */
function lower(headings: readonly Heading[]): void {
  for (const heading of headings) heading.depth = Math.min(6, heading.depth + 1) as Depth;
}

const taskOf = (heading: Heading) => taskOfHeading(plainText(heading));

/** The headings that belong to a cleanup of level 1: up to its end marker or to the next heading of level 1. */
function withinCleanup(tree: Root, heading: Heading): Heading[] {
  const after = tree.children.slice(tree.children.indexOf(heading) + 1);
  const end = after.findIndex((node) => (isHeading(node) && node.depth === 1) || endMarker(node) !== undefined);
  return after.slice(0, end < 0 ? after.length : end).filter(isHeading);
}

/**
 * Moves headings down, because level 1 belongs to the page. All headings move when the text uses level 1 for its parts. Where the tasks are
 * of level 2, a heading of level 1 is meant as one of them: `# 🗑️ 리소스 정리` after `## 태스크 3`.
 */
function demote(tree: Root, headings: readonly Heading[]): void {
  const first = headings.filter(({ depth }) => depth === 1);
  const isTask = (heading: Heading) => taskOf(heading)?.startsWith('task-') === true;
  if (first.some(isTask) || !headings.some((heading) => heading.depth === 2 && isTask(heading))) {
    const structural = first.length > 1 || first.some((heading) => taskOf(heading) !== undefined);
    lower(structural ? headings : first);
    return;
  }
  lower([...first, ...first.filter((heading) => taskOf(heading) === 'cleanup').flatMap((heading) => withinCleanup(tree, heading))]);
}

/**
 * Moves the headings of a lab's text below the title of the page. The outline starts at level 2 and skips no level, so that a screen reader
 * can follow it.
 * @param title of the page; without one, the first heading of level 1 is the title.
 */
export function outline(tree: Root, title: unknown): void {
  dropTitle(tree, title);
  const headings = tree.children.filter(isHeading);
  demote(tree, headings);
  const above: Depth[] = [];
  for (const heading of headings) {
    while ((above.at(-1) ?? 0) >= heading.depth) above.pop();
    above.push(heading.depth);
    heading.depth = Math.min(6, above.length + 1) as Depth;
  }
}

/** Markdown in, Markdown out: applies {@link outline} to a lab's text. */
export function remarkHeadings() {
  return (tree: Root, file: VFile): void => {
    if (labFile(file.path) !== undefined) outline(tree, file.data.astro?.frontmatter?.['title']);
  };
}
