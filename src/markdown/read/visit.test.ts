import type { Node, Parent } from 'unist';
import { CONTINUE, visit as known, SKIP } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { visit } from './visit.ts';

const leaf = (type: string): Node => ({ type });
const branch = (type: string, ...children: Node[]): Parent => ({ type, children });
const tree = (): Parent => branch('root', branch('a', leaf('b'), branch('c', leaf('b'))), leaf('b'), branch('d', leaf('e')), leaf('f'));

type Visit = typeof known;

function walked(walk: Visit, answer: (node: Node, index?: number) => unknown): string[] {
  const seen: string[] = [];
  walk(tree(), (node: Node, index: number | undefined, parent: Parent | undefined) => {
    seen.push(`${parent?.type} ${index} ${node.type}`);
    return answer(node, index) as undefined;
  });
  return seen;
}

test.each([
  ['all', () => undefined],
  ['all, said so', () => CONTINUE],
  ['not inside a and d', ({ type }: Node) => (type === 'a' || type === 'd' ? SKIP : undefined)],
  ['not at all', () => SKIP],
  ['past the next', ({ type }: Node, index?: number) => (type === 'b' ? (index ?? 0) + 2 : undefined)],
  ['past the inside and the next', ({ type }: Node, index?: number) => (type === 'a' ? [SKIP, (index ?? 0) + 2] : undefined)],
])('walks like unist-util-visit: %s', (_what, answer) => {
  expect(walked(visit, answer)).toEqual(walked(known, answer));
});

test('only nodes of a type, the root as well', () => {
  for (const type of ['b', 'root', 'none']) {
    const seen = [visit, known].map((walk) => {
      const places: unknown[] = [];
      walk(tree(), type, (node: Node, index: number | undefined, parent: Parent | undefined) => {
        places.push([node.type, index, parent?.type]);
      });
      return places;
    });
    expect(seen[0]).toEqual(seen[1]);
  }
});

test('children put in and taken out on the way are walked as they then are', () => {
  const [mine, theirs] = [visit, known].map((walk) => {
    const root = tree();
    walk(root, (node: Node, index: number | undefined, parent: Parent | undefined) => {
      if (node.type !== 'b' || parent === undefined || index === undefined) return undefined;
      parent.children.splice(index, 1, leaf('x'), branch('y', leaf('z')));
      return index + 1;
    });
    return root;
  });
  expect(mine).toEqual(theirs);
});
