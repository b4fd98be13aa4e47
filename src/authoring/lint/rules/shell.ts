import { join } from 'node:path';
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { commandsOfBuildspec } from '../../buildspec-commands.ts';
import { cutCommands } from '../cut-commands.ts';
import { isBuildspecFile } from '../file-kinds.ts';
import { textOfFile } from '../lab.ts';
import { commandsOf, shellFencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/**
 * `<repository-name>` is a placeholder and neither a redirection nor a here-document. Its replacement has the same length, so that
 * positions stay valid.
 */
const PLACEHOLDER = /(?<!<)<(?=[^\s<>&|;()$'"`=/]*[^\s\d<>&|;()$'"`=/])[^<>\n&|;()$'"`]*>/g;

/** `[ … ]` and `...` on a line of its own replace what the author left out. */
const ELISION = /^(\s*)(?:\.{3}|…)\s*$/gm;

/** A shell's error: the line from 0, and how to fix it when the fix is not obvious. */
interface Trouble {
  readonly line: number;
  readonly message: string;
  readonly fix?: string;
}

export default defineRule({
  id: 'shell',
  doc: 'A shell can parse the commands in the text, and those in scripts and buildspecs of the zip.',
  check({ documents, files, folder }, report) {
    // Line ends of Windows are not a mistake of the commands.
    const texts = files.map((file) => ({ name: file.path, text: textOfFile(file)?.replaceAll('\r\n', '\n') ?? '' }));
    const scripts = texts
      .filter(({ name, text }) => isScript(name, text))
      .map(({ name, text }) => ({ path: join(folder, 'files', name), text }));
    for (const { path, text } of scripts) {
      for (const { line, message, fix = 'Fix the script.' } of troubleWith(text)) report({ path, line: line + 1 }, message, fix);
    }
    for (const { name, text } of texts.filter((file) => isBuildspecFile(file.name))) {
      for (const command of commandsOfBuildspec(text)) {
        for (const { line, message, fix = 'Fix the command.' } of troubleWith(command.text))
          report({ path: join(folder, 'files', name), line: command.lineAt(line + 1) }, message, fix);
      }
    }
    for (const document of documents) {
      for (const fence of shellFencesOf(document)) {
        const commands = commandsOf(fence);
        // The finding of the script is enough.
        if (scripts.some(({ text }) => text.trim() === commands.trim())) continue;
        const write = 'Fix the command; if it is not a command, name another language after the backticks.';
        for (const { line, message, fix = write } of troubleWith(commands))
          report({ path: document.path, line: fence.line + line }, message, fix);
      }
    }
  },
});

/** Whether a file is a script for a POSIX shell or bash: its first line says so, or there is no such line and its name says so. */
function isScript(path: string, text: string): boolean {
  const program = /^#!([^\n]*)/.exec(text)?.[1];
  return program === undefined ? /\.(sh|bash)$/.test(path) : /(?:^|[/\s])(?:ba|da|k)?sh(?:\s|$)/.test(program);
}

function troubleWith(written: string): Trouble[] {
  const commands = written.replace(PLACEHOLDER, (place) => 'x'.repeat(place.length)).replace(ELISION, '$1:');
  const parsed = parse(commands);
  const found: Trouble[] = errorsOf(parsed).map(({ message, pos }) => ({
    line: linesBefore(commands, pos),
    message: `A shell cannot read this: ${message}.`,
  }));
  const open = openHereDocument(commands);
  if (open === undefined) return found.length > 0 ? found : cutCommands(commands, parsed);
  const message = `The here-document does not end: no line is "${open.word}".`;
  return [...found, { line: open.line, message, fix: `Close it with a line "${open.word}".` }];
}

/** The first error of a script, and of each script inside it. */
function errorsOf(script: ReturnType<typeof parse>): { message: string; pos: number }[] {
  const found = [...(script.errors ?? []).slice(0, 1)];
  if (found.length > 0) return found;
  const visit = (node: SyntaxNode): void => {
    if ('errors' in node && Array.isArray(node.errors)) found.push(...(node.errors as typeof found).slice(0, 1));
    forEachChild(node, visit);
  };
  forEachChild(script, visit);
  return found.slice(0, 1);
}

/** A here-document that is never closed. A shell only warns about it. */
function openHereDocument(commands: string): { word: string; line: number } | undefined {
  const lines = commands.split('\n');
  for (const [at, line] of lines.entries()) {
    // In a comment it means nothing, and in `((1<<N))` it is a shift.
    if (/^\s*#|\(\(.*<</.test(line)) continue;
    const word = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    if (word !== undefined && !lines.slice(at + 1).some((later) => later.trim() === word)) return { word, line: at };
  }
  return undefined;
}
