import type { Root } from 'mdast';
import type { Point } from 'unist';
import { lineStarts } from '../lines.ts';
import { visit } from '../visit.ts';

/** Lines of a text after fixes, each with its place in the original text. */
export interface Stretched {
  readonly lines: readonly string[];
  /** Line numbers in the original text, from 1; `undefined` for an inserted line. */
  readonly written: readonly (number | undefined)[];
  /** How many characters were inserted at the start of each line. */
  readonly indented: readonly number[];
}

/** The original text, without any fix. */
export function unstretched(lines: readonly string[]): Stretched {
  return { lines, written: lines.map((_, index) => index + 1), indented: lines.map(() => 0) };
}

/** Inserts an empty line above each of these lines, numbered from 1. Inside a quotation the empty line keeps the quotation marks. */
export function stretch({ lines, written, indented }: Stretched, above: readonly number[]): Stretched {
  const places = new Set(above);
  const isAt = (index: number) => places.has(index + 1);
  const empty = (index: number) => /^[ \t>]*/.exec(lines[index - 1] ?? '')?.[0].trimEnd() ?? '';
  return {
    lines: lines.flatMap((line, index) => (isAt(index) ? [empty(index), line] : [line])),
    written: written.flatMap((line, index) => (isAt(index) ? [undefined, line] : [line])),
    indented: indented.flatMap((count, index) => (isAt(index) ? [0, count] : [count])),
  };
}

/** Changes the positions of all nodes so that they refer to the original text. */
export function placeAsWritten(tree: Root, { lines, written, indented }: Stretched, source: readonly string[]): void {
  const [here, there] = [lineStarts(lines), lineStarts(source)];
  const place = (point: Point) => {
    const line = written[point.line - 1];
    if (line === undefined) {
      const above = written[point.line - 2] ?? 1;
      const length = source[above - 1]?.length ?? 0;
      Object.assign(point, { line: above, column: length + 1, offset: (there[above - 1] ?? 0) + length });
      return;
    }
    const moved = (point.offset ?? 0) - (here[point.line - 1] ?? 0) - (indented[point.line - 1] ?? 0);
    const at = Math.min(Math.max(0, moved), source[line - 1]?.length ?? 0);
    Object.assign(point, { line, column: at + 1, offset: (there[line - 1] ?? 0) + at });
  };
  visit(tree, ({ position }) => {
    if (position === undefined) return;
    place(position.start);
    place(position.end);
  });
}
