import type { List, ListItem, Parents, Root } from 'mdast';
import type { VFile } from 'vfile';
import { numbersOf } from '../structure/list-numbers.ts';
import { visit } from '../visit.ts';

const columnOf = (item: ListItem | undefined) => item?.position?.start.column ?? 1;

/** Turns `10. a` with `   1. b` under it into a nested list. Markdown expects four spaces there and sees two steps of one list. */
function nestSteps(list: List, file: VFile): void {
  const column = columnOf(list.children[0]);
  if (list.ordered !== true || !list.children.some((item) => columnOf(item) > column + 1)) return;
  const numbers = numbersOf(list, file);
  const items: ListItem[] = [];
  for (const [index, item] of list.children.entries()) {
    const above = items.at(-1);
    if (above === undefined || columnOf(item) <= column + 1) {
      items.push(item);
      continue;
    }
    const inner = above.children.at(-1);
    const isOpen = inner?.type === 'list' && inner.ordered === true && inner.children.at(-1) === list.children[index - 1];
    if (isOpen) inner.children.push(item);
    else
      above.children.push({ type: 'list', ordered: true, start: numbers[index] ?? 1, spread: false, children: [item], ...placeOf(item) });
  }
  list.children = items;
}

const placeOf = ({ position }: ListItem) => (position === undefined ? {} : { position });

/** Moves `   - b` under `12. a` into that step. Markdown sees a second list after the first. */
function adoptLists(parent: Parents): void {
  for (let index = parent.children.length - 1; index > 0; index -= 1) {
    const [above, list] = [parent.children[index - 1], parent.children[index]];
    if (above?.type !== 'list' || list?.type !== 'list' || above.ordered !== true || list.ordered === true) continue;
    const item = above.children.at(-1);
    const isUnder = columnOf(list.children[0]) > columnOf(item) && list.position?.start.line === (item?.position?.end.line ?? 0) + 1;
    if (item === undefined || !isUnder) continue;
    item.children.push(list);
    parent.children.splice(index, 1);
  }
}

/**
 * Markdown in, Markdown out: a list that is indented under a step belongs to that step, even without an empty line between them and when
 * the step's number has two digits, for which Markdown expects more spaces.
 */
export function remarkLooseNesting() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (node.type === 'list') nestSteps(node, file);
      if (node.type === 'root' || node.type === 'blockquote' || node.type === 'listItem') adoptLists(node);
    });
  };
}
