import type { Node, Parent } from 'unist';
import type { visit as unistVisit } from 'unist-util-visit';

export { CONTINUE, SKIP } from 'unist-util-visit';

/** What a visitor returns: `SKIP`, `CONTINUE`, an index to continue from, or both. */
type Result = boolean | 'skip' | number | readonly ['skip' | true, number] | undefined;
type Visitor = (node: Node, index: number | undefined, parent: Parent | undefined) => Result;

function walk(parent: Parent, type: string | undefined, visitor: Visitor): void {
  for (let index = 0; index < parent.children.length; ) {
    const node = parent.children[index] as Node & Partial<Parent>;
    const result = type === undefined || node.type === type ? visitor(node, index, parent) : undefined;
    const [action, next] = Array.isArray(result) ? result : typeof result === 'number' ? [true, result] : [result, undefined];
    if (action !== 'skip' && node.children !== undefined) walk(node as Parent, type, visitor);
    index = next ?? index + 1;
  }
}

function visitFast(tree: Node & Partial<Parent>, test: string | Visitor, visitor?: Visitor): void {
  const type = typeof test === 'string' ? test : undefined;
  const look = typeof test === 'string' ? visitor : test;
  if (look === undefined) throw new TypeError('A walk through a tree needs a visitor.');
  const result = type === undefined || tree.type === type ? look(tree, undefined, undefined) : undefined;
  if (result !== 'skip' && tree.children !== undefined) walk(tree as Parent, type, look);
}

/**
 * `visit` of unist-util-visit in the two forms used here: `(tree, visitor)` and `(tree, type, visitor)`. The original makes a named
 * function for each node, which takes a quarter of the time of a build.
 */
export const visit = visitFast as unknown as typeof unistVisit;
