import type { Element, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { h } from 'hastscript';
import { SKIP, visit } from '../read/visit.ts';

/** The texts of a table's header cells, in order. */
function columnHeads(table: Element): string[] {
  const heads: string[] = [];
  visit(table, 'element', (node) => {
    if (node.tagName === 'th') heads.push(textOf(node).trim());
  });
  return heads.filter((head) => head !== '');
}

/**
 * HTML tree in, HTML tree out: wraps a table so that it can scroll sideways on a narrow screen, also by keyboard. The header cells name the
 * wrapper for screen readers.
 */
export function rehypeTables() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'table' || parent === undefined || index === undefined) return;
      const label = columnHeads(node).join(', ');
      parent.children[index] = h('div', { className: ['table-scroll'], tabIndex: 0, role: 'group', ariaLabel: label || undefined }, [node]);
      return SKIP;
    });
  };
}
