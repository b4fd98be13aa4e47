/** A fenced block: the indexes of its lines, from 0, fences included. */
export interface Fence {
  readonly from: number;
  /** The closing fence; `undefined` when the block is never closed. */
  readonly to: number | undefined;
  /** Spaces before the opening fence; 0 in quotations and after list marks. */
  readonly indent: number;
}

const OPENING = /^([ \t>]*)((?:(?:[-*+]|\d{1,3}[.)])[ \t]+)*)(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING = /^[ \t>]*(`{3,}|~{3,})[ \t\r]*$/;

/** Whether a line closes a block that was opened with these marks. */
export function closesFence(line: string, marks: string): boolean {
  return CLOSING.exec(line)?.[1]?.startsWith(marks) === true;
}

/**
 * The fenced blocks of a text as their author sees them: up to the next closing fence. Markdown itself may end such a block earlier,
 * because one of its lines is indented less.
 */
export function fencesOf(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [, lead = '', list = '', marks] = line.includes('```') || line.includes('~~~') ? (OPENING.exec(line) ?? []) : [];
    if (marks === undefined) continue;
    const isQuoted = lead.includes('>');
    let to: number | undefined;
    let next = index + 1;
    for (; next < lines.length; next += 1) {
      const inside = lines[next] ?? '';
      if (isQuoted && !/^[ \t]*>/.test(inside)) break;
      if (!closesFence(inside, marks)) continue;
      to = next;
      break;
    }
    fences.push({ from: index, to, indent: isQuoted || list !== '' || lead.includes('\t') ? 0 : lead.length });
    index = to ?? next - 1;
  }
  return fences;
}
