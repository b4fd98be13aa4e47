import { forEachChild, type Script, type SyntaxNode } from 'unbash';
import { linesBefore } from '../../markdown/read/lines.ts';

/** A command whose continuation was cut off: the shell reads two commands and reports no error. */
export interface CutCommand {
  /** Line number from 0. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/** The end of a line that continues, in this shell or another one; or a single `:`, which replaces parts that the author left out. */
const GOES_ON = /[\\`^]\s*$|^\s*:\s*$/;

/** The commands of a script whose continuation is cut off. `:` replaces what the author left out. */
export function cutCommands(script: string, parsed: Script): CutCommand[] {
  const lines = script.split('\n');
  const found: CutCommand[] = [];
  const documents: { readonly from: number; readonly to: number }[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDocBody') documents.push({ from: linesBefore(script, node.pos), to: linesBefore(script, node.end) });
    if (node.type === 'Command' && /^--?[a-z]/i.test(node.name?.text ?? '')) {
      const line = linesBefore(script, node.pos);
      const above = lines.slice(0, line).findLast((one) => one.trim() !== '');
      // Options without a command above them are an excerpt.
      if (above !== undefined && !GOES_ON.test(above))
        found.push({
          line,
          message: `${node.name?.text} is read as a command: the line above it does not continue.`,
          fix: 'End the line above with a backslash.',
        });
    }
    forEachChild(node, visit);
  };
  visit(parsed);
  const isText = (line: number) => documents.some(({ from, to }) => line >= from && line < to);
  for (const [line, written] of lines.entries()) {
    const isCut = /^[^#]*\S.*\\[ \t]+$/.test(written) && (lines[line + 1] ?? '').trim() !== '';
    if (isCut && !isText(line))
      found.push({ line, message: 'Spaces follow the backslash, so the command ends here.', fix: 'Remove the spaces.' });
  }
  return found;
}
