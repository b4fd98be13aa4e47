import type { List, ListItem, Root } from 'mdast';
import type { VFile } from 'vfile';
import { visit } from '../visit.ts';

/** The number that the author wrote before an item. Markdown only keeps the first number of a list. */
function writtenNumber(item: ListItem, file: VFile): number | undefined {
  const from = item.position?.start.offset;
  if (from === undefined) return undefined;
  const number = /^(\d{1,9})[.)]/.exec(String(file.value).slice(from, from + 10))?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The numbers of a list as the author wrote them. Where all items have the same number (`1. 1. 1.`), Markdown counts. */
export function numbersOf(list: List, file: VFile): number[] {
  const start = list.start ?? 1;
  const written = list.children.map((item) => writtenNumber(item, file));
  const lazy = written.every((number) => number === written[0]);
  return list.children.map((_, index) => (lazy ? start + index : (written[index] ?? start + index)));
}

/** Markdown in, Markdown out: an item whose number does not follow the previous one becomes `<li value="…">`. */
export function remarkListNumbers() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'list', (list) => {
      if (list.ordered !== true) return;
      const numbers = numbersOf(list, file);
      for (const [index, item] of list.children.entries()) {
        const expected = index === 0 ? (list.start ?? 1) : (numbers[index - 1] ?? 0) + 1;
        const value = numbers[index];
        if (value === undefined || value === expected) continue;
        item.data = { ...item.data, hProperties: { ...item.data?.hProperties, value: String(value) } };
      }
    });
  };
}
