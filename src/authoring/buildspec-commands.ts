import { isScalar, type Node } from 'yaml';
import { entriesOf, itemsOf, readYaml, textOf, valueAt } from '../markdown/read/yaml-source.ts';

/** One item of a list of commands, which CodeBuild passes to a shell unchanged. */
export interface BuildCommand {
  readonly text: string;
  /** Translates a line of the command to a line of the file, both from 1. For folded text only the first line is known. */
  lineAt(line: number): number;
}

/** The items of all command lists: those of every phase, with their `finally`. */
export function commandNodes(root: Node | null): Node[] {
  return entriesOf(valueAt(root, 'phases'))
    .flatMap(({ value }) => [valueAt(value, 'commands'), valueAt(value, 'finally')])
    .flatMap(itemsOf);
}

/** The commands of a buildspec for a POSIX shell; empty when the file cannot be read. */
export function commandsOfBuildspec(text: string): BuildCommand[] {
  const { root, findings, lineOf } = readYaml(text);
  if (findings.length > 0 || /powershell/i.test(textOf(valueAt(valueAt(root, 'env'), 'shell')) ?? '')) return [];
  return commandNodes(root).flatMap((item) => {
    const command = textOf(item);
    if (command === undefined) return [];
    const first = lineOf(item);
    // The text of a block scalar begins on the line below its `|`.
    return { text: command, lineAt: (line) => (isScalar(item) && item.type === 'BLOCK_LITERAL' ? first + line : first) };
  });
}
