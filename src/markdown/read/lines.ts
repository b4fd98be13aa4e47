/** The number of line breaks before an index of a text. */
export const linesBefore = (text: string, index: number): number => text.slice(0, index).split('\n').length - 1;

/** The index at which each line begins. */
export function lineStarts(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}
