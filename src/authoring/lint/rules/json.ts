import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'json',
  doc: 'JSON samples can be parsed. Places for values (<name>) and what is left out (...) are understood.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { node, language, line } of fencesOf(document)) {
        if (language !== 'json') continue;
        const problem = problemOf(node.value);
        if (problem)
          report(
            { path: document.path, line: line + problem.line },
            `This is not JSON: ${problem.reason}.`,
            'Mend the sample; comments need the language jsonc.',
          );
      }
    }
  },
});

/** Strings stay as they are; outside them, places for values and elisions become values. */
function filled(text: string): string {
  return (
    text
      .replace(/"(?:[^"\\\n]|\\.)*"|<[^<>"\n]+>|\$\{[^}"\n]+\}|\{\{[^}"\n]+\}\}|(?:\.{3}|…)[^\n"{}[\],]*/g, (part) =>
        part.startsWith('"') ? part : /^(?:\.{3}|…)/.test(part) ? '' : '0',
      )
      // What is left out takes its comma with it.
      .replace(/,\s*\s*(?=,|[\]}])|\s*,|/g, (part) => part.replace(/[^\n]/g, ''))
  );
}

function problemOf(text: string): { line: number; reason: string } | undefined {
  if (text.trim() === '') return undefined;
  const json = filled(text);
  const first = failure(json);
  if (first === undefined) return undefined;
  // Several documents, one to a line or one after the other.
  if (
    json
      .split('\n')
      .filter((line) => line.trim() !== '')
      .every((line) => failure(line) === undefined)
  )
    return undefined;
  if (failure(`[${json.replace(/\}\s*\n\s*\{/g, '},{')}]`) === undefined) return undefined;
  // A part of a document: members without their braces.
  if (/^\s*"/.test(json) && failure(`{${json.replace(/,\s*$/, '')}}`) === undefined) return undefined;
  return first;
}

function failure(json: string): { line: number; reason: string } | undefined {
  try {
    JSON.parse(json);
    return undefined;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? json.trimEnd().length);
    const reason = message
      .replace(/,? (?:\.\.\.)?".*" is not valid JSON$/s, '')
      .replace(/ in JSON.*$/s, '')
      .replace(/ \(line.*$/s, '');
    return { line: json.slice(0, position).split('\n').length - 1, reason };
  }
}
