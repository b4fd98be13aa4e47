import { isScalar, type Node } from 'yaml';
import { entriesOf, itemsOf, readYaml, textOf, valueAt } from '../markdown/read/yaml-source.ts';

/** One item of a list of commands, which CodeBuild hands to a shell as it is. */
export interface BuildCommand {
  readonly text: string;
  /** Line of the file on which a line of the command stands, both from 1; of folded text only its beginning is known. */
  lineAt(line: number): number;
}

/** The items of every list of commands: of each phase, and what it does at last. */
export function commandNodes(root: Node | null): Node[] {
  return entriesOf(valueAt(root, 'phases'))
    .flatMap(({ value }) => [valueAt(value, 'commands'), valueAt(value, 'finally')])
    .flatMap(itemsOf);
}

/** The commands of a buildspec for a POSIX shell; none when the file cannot be read. */
export function commandsOfBuildspec(text: string): BuildCommand[] {
  const { root, findings, lineOf } = readYaml(text);
  if (findings.length > 0 || /powershell/i.test(textOf(valueAt(valueAt(root, 'env'), 'shell')) ?? '')) return [];
  return commandNodes(root).flatMap((item) => {
    const command = textOf(item);
    if (command === undefined) return [];
    const first = lineOf(item);
    // The text of a block begins below its `|`.
    return { text: command, lineAt: (line) => (isScalar(item) && item.type === 'BLOCK_LITERAL' ? first + line : first) };
  });
}
