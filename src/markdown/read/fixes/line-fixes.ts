import type { Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { fencesOf } from '../fences.ts';
import { rewritten } from './line-marks.ts';
import { indentLoosely } from './loose-indents.ts';
import { lacksEmptyLine } from './missing-lines.ts';
import { placeAsWritten, type Stretched, stretch, unstretched } from './stretched.ts';

type Parse = (source: string, file: VFile) => Root;

/** The lines with common mistakes of authors fixed. Code stays as it is. */
export function fixLines(source: readonly string[]): Stretched {
  const fences = fencesOf(source);
  const text = indentLoosely(unstretched(source), fences);
  const isCode = text.lines.map(() => false);
  for (const { from, to = isCode.length } of fences) isCode.fill(true, from, to + 1);
  const lines = text.lines.map((line, at) => (isCode[at] ? line : rewritten(line)));
  const above = lines.flatMap((_, at) => (at > 0 && !isCode[at] && lacksEmptyLine(lines, at) ? [at + 1] : []));
  const isSame = text.lines === source && above.length === 0 && lines.every((line, at) => line === source[at]);
  return isSame ? text : stretch({ ...text, lines }, above);
}

/**
 * unified plugin that runs after the parser. Before a text is parsed, it fixes lines that look like Markdown but are not quite. Positions
 * of nodes refer to the text as the author wrote it; inside a fixed line they may be off by a few characters.
 */
export function remarkLineFixes(this: Processor): void {
  const parse = this.parser as Parse | undefined;
  if (parse === undefined) throw new Error('remarkLineFixes comes after the parser.');
  this.parser = (source, file) => {
    const lines = source.split('\n');
    const text = fixLines(lines);
    if (text.lines === lines) return parse(source, file);
    const tree = parse(text.lines.join('\n'), file);
    placeAsWritten(tree, text, lines);
    return tree;
  };
}
