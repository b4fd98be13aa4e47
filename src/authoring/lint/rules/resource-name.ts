import { basename } from 'node:path';
import { hasWord, headOf, nearest, truthOf } from '../names.ts';
import { commandsOf, inlineCodesOf, shellFencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

const NAME = /(?<![\w.-])[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+(?![\w-]|\.\w)/g;

/** The beginnings that at least two names have in common, up to a dash: `week9-2-`. */
function prefixesOf(names: readonly string[]): string[] {
  const heads = names.map(headOf);
  const counts = new Map<string, number>();
  for (const head of heads) counts.set(head, (counts.get(head) ?? 0) + 1);
  return [...counts].filter(([head, count]) => count >= 2 && head.length >= 5).map(([head]) => head);
}

function isIntroduced(name: string, source: string): boolean {
  const lines = source.split('\n').filter((line) => hasWord(line, name));
  return lines.length > 1 || lines.some((line) => /입력|이름|入力|名前|\benter\b|\bname\b/i.test(line));
}

export default defineRule({
  id: 'resource-name',
  doc: "A name that begins like the lab's own names is one of them, or one that the student is told to give.",
  check(lab, report) {
    const truth = truthOf(lab);
    if (truth === '') return;
    const own = [...new Set([...truth.matchAll(NAME)].map(([name]) => name))];
    const prefixes = prefixesOf(own).filter((prefix) => /\d/.test(prefix) || lab.id.startsWith(prefix));
    if (prefixes.length === 0) return;
    const known = [lab.id, ...(lab.zip ? [basename(lab.zip)] : []), ...lab.files.flatMap(({ path }) => path.split('/'))];
    for (const document of lab.documents) {
      const { data } = document.frontMatter;
      const codes = inlineCodesOf(document.tree);
      const texts = [...codes, ...shellFencesOf(document).map((fence) => ({ value: commandsOf(fence), line: fence.line }))];
      for (const { value, line } of texts) {
        for (const match of value.matchAll(NAME)) {
          const [name] = match;
          const isOwn = prefixes.some((prefix) => name.startsWith(prefix));
          if (!isOwn || known.includes(name) || hasWord(truth, name) || JSON.stringify(data['values'] ?? '').includes(name)) continue;
          const meant = nearest(name, own);
          // A name the student is told to give is theirs, and one that comes again has been met before.
          if (meant === undefined && (lab.checkers === undefined || isIntroduced(name, document.source))) continue;
          const at = line + value.slice(0, match.index).split('\n').length - 1;
          report(
            { path: document.path, line: at },
            `Neither the lab's files nor its checkers know ${name}.`,
            meant ? `Write ${meant}.` : 'Use the name that they use, or teach it to them.',
          );
        }
      }
    }
  },
});
