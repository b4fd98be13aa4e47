import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { commandsOf, shellFencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** `<repository-name>` is a place for a value and no redirection; it keeps its length, so that positions stay true. */
const PLACEHOLDER = /<(?=[^\s<>&|;()$'"`=/]*[^\s\d<>&|;()$'"`=/])[^<>\n&|;()$'"`]*>/g;

/** `[ … ]` and a lone `...` stand for what the author left out. */
const ELISION = /^(\s*)(?:\.{3}|…)\s*$/gm;

export default defineRule({
  id: 'shell',
  doc: 'Commands to type can be parsed by a shell.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const fence of shellFencesOf(document)) {
        const commands = commandsOf(fence)
          .replace(PLACEHOLDER, (place) => 'x'.repeat(place.length))
          .replace(ELISION, '$1:');
        for (const { message, pos } of errorsOf(parse(commands))) {
          const line = fence.line + commands.slice(0, pos).split('\n').length - 1;
          report(
            { path: document.path, line },
            `A shell cannot read this: ${message}.`,
            'Mend the command, or name another language behind the backticks if it is none.',
          );
        }
        const open = openHereDocument(commands);
        if (open)
          report(
            { path: document.path, line: fence.line + open.line },
            `The here-document does not end: no line is "${open.word}".`,
            `Close it with a line "${open.word}".`,
          );
      }
    }
  },
});

/** The first error of a script and of each script inside it. */
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

/** A here-document without its last line, which a shell only warns of. */
function openHereDocument(commands: string): { word: string; line: number } | undefined {
  const lines = commands.split('\n');
  for (const [at, line] of lines.entries()) {
    const word = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    if (word !== undefined && !lines.slice(at + 1).some((later) => later.trim() === word)) return { word, line: at };
  }
  return undefined;
}
