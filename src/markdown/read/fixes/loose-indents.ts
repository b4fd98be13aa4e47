import type { Fence } from '../fences.ts';
import type { Stretched } from './stretched.ts';

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;
const isBlank = (line: string | undefined) => line === undefined || line.trim() === '';

/** A step with a number of two or three digits. Markdown expects its content to be indented by four or five spaces. */
const WIDE = /^( *)(\d{2,3}[.)] {1,4})(?=\S)/;

const ITEM = /^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]/;

interface Shift {
  readonly from: number;
  /** The line after the last one. */
  readonly to: number;
  readonly by: number;
}

/** The lines that belong to a step such as `10. a`, but are only indented as far as a step such as `1. a` needs. */
function underWideStep(lines: readonly string[], at: number, isCode: readonly boolean[]): Shift | undefined {
  const [, lead = '', mark = ''] = WIDE.exec(lines[at] ?? '') ?? [];
  if (mark === '') return undefined;
  let to = at + 1;
  let least = Number.POSITIVE_INFINITY;
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (isBlank(line)) continue;
    if (!isCode[next]) {
      const indent = indentOf(line);
      if (indent < lead.length + 2) break;
      least = Math.min(least, indent);
    }
    to = next + 1;
  }
  const by = lead.length + mark.length - least;
  return to > at + 1 && by > 0 ? { from: at + 1, to, by } : undefined;
}

/** Lines of a fenced block under a step that are indented less than the fence. They would end both the block and the step. */
function leftOfFence(lines: readonly string[], { from, to, indent }: Fence): Shift | undefined {
  if (to === undefined || indent === 0) return undefined;
  const left = (at: number) => !isBlank(lines[at]) && indentOf(lines[at] ?? '') < indent;
  const inside = Array.from({ length: to - from }, (_, index) => from + 1 + index).filter(left);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  let above = from - 1;
  while (above >= 0 && (isBlank(lines[above]) || indentOf(lines[above] ?? '') >= indent)) above -= 1;
  return ITEM.test(lines[above] ?? '') ? { from: first, to: last + 1, by: indent } : undefined;
}

/**
 * Indents the content of steps far enough for Markdown to see that it belongs to them: three spaces under `10.`, and lines of code at the
 * left edge inside a fence, such as a here-document. Fences stay on the same lines.
 */
export function indentLoosely(text: Stretched, fences: readonly Fence[]): Stretched {
  const lines = [...text.lines];
  const indented = [...text.indented];
  const isCode = lines.map(() => false);
  for (const { from, to = lines.length } of fences) isCode.fill(true, from + 1, to);
  let isChanged = false;
  const shift = (found: Shift | undefined) => {
    if (found === undefined) return;
    isChanged = true;
    for (let at = found.from; at < found.to; at += 1) {
      if (isBlank(lines[at])) continue;
      lines[at] = ' '.repeat(found.by) + lines[at];
      indented[at] = (indented[at] ?? 0) + found.by;
    }
  };
  for (const fence of fences) shift(leftOfFence(lines, fence));
  for (let at = 0; at < lines.length; at += 1) if (!isCode[at]) shift(underWideStep(lines, at, isCode));
  return isChanged ? { ...text, lines, indented } : text;
}
