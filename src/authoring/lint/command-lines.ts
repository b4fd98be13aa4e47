import { join } from 'node:path';
import { linesBefore } from '../../markdown/read/lines.ts';
import type { LintDocument } from './document.ts';
import { type LintLab, textOfFile } from './lab.ts';
import { commandsOf, shellFencesOf } from './outline.ts';
import type { Place } from './rule.ts';

/** One line of commands, including the lines that a backslash joins to it. */
export interface CommandLine {
  /** The line, with spaces in the place of joining backslashes. */
  readonly text: string;
  /** All commands that run together with it: the script it belongs to, or all commands of the text. */
  readonly script: string;
  /** The place of a character of the line. */
  placeOf(index: number): Place;
}

interface Part {
  readonly commands: string;
  readonly line: number;
}

function linesOf(path: string, parts: readonly Part[]): CommandLine[] {
  const script = parts.map(({ commands }) => commands).join('\n');
  return parts.flatMap(({ commands, line }) =>
    // The replacement has the same length, so that indexes stay valid.
    [...commands.replace(/\\\n/g, '  ').matchAll(/[^\n]+/g)]
      .filter(([text]) => !/^\s*#/.test(text))
      .map((match) => ({
        text: match[0],
        script,
        placeOf: (index: number) => ({ path, line: line + linesBefore(commands, match.index + index) }),
      })),
  );
}

/** The command lines that a text tells the reader to type. */
export function commandLinesOf(document: LintDocument): CommandLine[] {
  const parts = shellFencesOf(document).map((fence) => ({ commands: commandsOf(fence), line: fence.line }));
  return linesOf(document.path, parts);
}

/** All lines that a lab runs in a shell: the commands in its texts, and its scripts. */
export function linesRunIn({ documents, files, folder }: LintLab): CommandLine[] {
  const scripts = files
    .filter(({ path }) => /\.(?:sh|bash)$/.test(path))
    .flatMap((file) => linesOf(join(folder, 'files', file.path), [{ commands: textOfFile(file) ?? '', line: 1 }]));
  return [...documents.flatMap(commandLinesOf), ...scripts];
}

/** The value of an option: `web` of `--name web`, `--name=web` or `--name "$NAME"` after `NAME=web`. `undefined` when it is not clear. */
export function optionOf({ text, script }: CommandLine, option: string): string | undefined {
  const values = [...text.matchAll(new RegExp(`${option}(?:=|\\s+)(?:"([^"]*)"|'([^']*)'|([^\\s"';&|)]+))`, 'g'))];
  // When a line has two commands, it is not clear which one is meant.
  const [value] = values.length === 1 ? values.map((match) => match[1] ?? match[2] ?? match[3] ?? '') : [];
  const variable = /^\$(?:(\w+)|\{(\w+)\})$/.exec(value ?? '');
  if (variable === null) return value?.includes('$') ? undefined : value;
  const set = script.matchAll(new RegExp(`(?:^|[\\s;&|])${variable[1] ?? variable[2]}=(?:"([^"\\n]*)"|'([^'\\n]*)'|([^\\s;&|]*))`, 'g'));
  // A default that the student may replace: `NAME="${NAME:-web}"`.
  const literals = [...set].map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replace(/^\$\{\w+:?-([^}]*)\}$/, '$1'));
  const [literal] = new Set(literals);
  return new Set(literals).size === 1 && !literal?.includes('$') ? literal : undefined;
}
