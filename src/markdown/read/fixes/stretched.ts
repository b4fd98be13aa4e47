import type { Root } from 'mdast';
import type { Point } from 'unist';
import { lineStarts } from '../lines.ts';
import { visit } from '../visit.ts';

/** A text whose lines were mended before it is read, and which all know the line that they were. */
export interface Stretched {
  readonly lines: readonly string[];
  /** Numbers of the lines in the text as written, from 1; `undefined` for a line put in. */
  readonly written: readonly (number | undefined)[];
  /** How many characters more than as written stand before the words of a line. */
  readonly indented: readonly number[];
}

/** A text in which nothing is mended yet. */
export function unstretched(lines: readonly string[]): Stretched {
  return { lines, written: lines.map((_, index) => index + 1), indented: lines.map(() => 0) };
}

/** An empty line above each of these, numbered from 1, which stays in the quotation that they stand in. */
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

/** Lets every node say where it stands in the text as written. */
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
