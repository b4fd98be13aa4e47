/** How many lines of a text end before a place in it. */
export const linesBefore = (text: string, index: number): number => text.slice(0, index).split('\n').length - 1;

/** Where each line of a text begins. */
export function lineStarts(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}
