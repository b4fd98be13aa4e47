import { linesBefore } from '../../../markdown/read/lines.ts';
import type { LintDocument } from '../document.ts';
import { fencesOf, shellFencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Why a sample is not JSON, with the line counted from its first line. */
interface Problem {
  readonly line: number;
  readonly reason: string;
}

export default defineRule({
  id: 'json',
  doc: 'JSON samples, and .json files that a command writes, can be parsed. Placeholders (<name>) and elisions (...) are allowed; comments and trailing commas only in jsonc.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { text, line } of writtenBy(document)) {
        const problem = problemOf(withoutVariables(text));
        if (problem !== undefined)
          report(
            { path: document.path, line: line + problem.line },
            `This is not JSON: ${problem.reason}.`,
            'Fix what the command writes.',
          );
      }
      for (const { node, language, line } of fencesOf(document)) {
        if (language !== 'json' && language !== 'jsonc') continue;
        if (problemOf(node.value) === undefined) continue;
        const bare = withoutComments(node.value);
        const plain = withoutTrailingCommas(bare);
        const place = (at: number) => ({ path: document.path, line: line + at });
        const problem = problemOf(plain);
        const firstComment = firstDifference(node.value, bare);
        if (problem !== undefined) report(place(problem.line), `This is not JSON: ${problem.reason}.`, 'Fix the sample.');
        else if (language === 'jsonc') continue;
        else if (firstComment >= 0)
          report(place(firstComment), 'This is not JSON: it has a comment.', 'Write jsonc after the backticks, or delete the comment.');
        else report(place(firstDifference(bare, plain)), 'This is not JSON: a comma follows the last member.', 'Delete the comma.');
      }
    }
  },
});

/** A here-document that a command writes into a JSON file: `cat > event.json <<'EOF'`. */
const HERE_DOCUMENT = /^(?=[^\n]*>\s*\S+\.json\b)[^\n]*<<-?\s*(['"]?)(\w+)\1[^\n]*\n([\s\S]*?)\n[ \t]*\2[ \t]*$/gm;

function writtenBy(document: LintDocument): { readonly text: string; readonly line: number }[] {
  return shellFencesOf(document).flatMap(({ node, line }) =>
    [...node.value.matchAll(HERE_DOCUMENT)].map(({ 0: whole, 3: text = '', index }) => ({
      text,
      line: line + linesBefore(node.value, index + whole.indexOf('\n') + 1),
    })),
  );
}

/** Replaces `$NAME` and `$(command)`, which the shell would replace, by values. */
function withoutVariables(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\$\([^()\n]*\)|\$\w+/g, (part) => (part.startsWith('$') ? '0' : part));
}

/** Replaces comments by spaces, so that everything else keeps its place. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|<[^<>"\n]+>|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part,
  );
}

function withoutTrailingCommas(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])/g, (part) => (part === ',' ? ' ' : part));
}

/** The first line, from 0, in which two texts of equal length differ; -1 when they are equal. */
function firstDifference(one: string, other: string): number {
  const lines = other.split('\n');
  return one.split('\n').findIndex((line, at) => line !== lines[at]);
}

/** Replaces placeholders and elisions outside of strings by values. */
function filled(text: string): string {
  return (
    text
      .replace(/"(?:[^"\\\n]|\\.)*"|<[^<>"\n]+>|\$\{[^}"\n]+\}|\{\{[^}"\n]+\}\}|(?:\.{3}|…)[^\n"{}[\],]*/g, (part) =>
        part.startsWith('"') ? part : /^(?:\.{3}|…)/.test(part) ? '' : '0',
      )
      // An elision is removed together with its comma.
      .replace(/,\s*\s*(?=,|[\]}])|\s*,|/g, (part) => part.replace(/[^\n]/g, ''))
  );
}

function problemOf(text: string): Problem | undefined {
  if (text.trim() === '') return undefined;
  const json = filled(text);
  const first = failure(json);
  if (first === undefined) return undefined;
  // The text may contain several documents, one on each line or one after the other.
  if (
    json
      .split('\n')
      .filter((line) => line.trim() !== '')
      .every((line) => failure(line) === undefined)
  )
    return undefined;
  if (failure(`[${json.replace(/([}\]])\s*\n\s*(?=[{[])/g, '$1,')}]`) === undefined) return undefined;
  // The text may be part of a document: members without the braces around them. Then only a mistake inside them counts.
  return /^\s*"(?:[^"\\\n]|\\.)*"\s*:/.test(json) ? failure(`{${json.replace(/,\s*$/, '')}}`) : first;
}

function failure(json: string): Problem | undefined {
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
    return { line: linesBefore(json, position), reason };
  }
}
