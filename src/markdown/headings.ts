import type { Heading, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import { labFile } from './lab-file.ts';
import { taskOfHeading } from './task-headings.ts';

type Depth = Heading['depth'];

const isHeading = (node: RootContent): node is Heading => node.type === 'heading';
const words = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The page shows the title itself: the text's first heading goes when it is that title. */
function dropTitle(tree: Root, file: VFile): void {
  const index = tree.children.findIndex((node) => isHeading(node) && node.depth === 1);
  const heading = tree.children[index];
  const title = file.data.astro?.frontmatter?.['title'];
  if (heading === undefined || (typeof title === 'string' && words(title) !== words(plainText(heading)))) return;
  tree.children.splice(index, 1);
}

/** Headings of the first level belong to the page, so all others move down when the text uses it for its parts. */
function demote(headings: readonly Heading[]): void {
  const first = headings.filter(({ depth }) => depth === 1);
  const structural = first.length > 1 || first.some((heading) => taskOfHeading(plainText(heading)) !== undefined);
  for (const heading of structural ? headings : first) heading.depth = Math.min(6, heading.depth + 1) as Depth;
}

/**
 * Markdown in, Markdown out: the headings of a lab's text under the page's own title. The outline starts at the second level and skips none,
 * which is what a screen reader walks along.
 */
export function remarkHeadings() {
  return (tree: Root, file: VFile): void => {
    if (labFile(file.path) === undefined) return;
    dropTitle(tree, file);
    const headings = tree.children.filter(isHeading);
    demote(headings);
    const above: Depth[] = [];
    for (const heading of headings) {
      while ((above.at(-1) ?? 0) >= heading.depth) above.pop();
      above.push(heading.depth);
      heading.depth = Math.min(6, above.length + 1) as Depth;
    }
  };
}
