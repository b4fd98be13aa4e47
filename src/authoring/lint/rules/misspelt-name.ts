import { nearest, slips } from '../near-names.ts';
import { defineRule } from '../rule.ts';

const NAME = /(?<![\w.-])[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*(?![A-Za-z0-9])/g;

/** Words of a line that shows a misspelling on purpose. */
const ON_PURPOSE = /오타|잘못|틀린|틀리게|間違|誤字|誤って|typo|misspel|mistyp/i;

/** Whether two words differ only in two swapped neighbouring letters. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  if (at < 0 || !/[a-z]/i.test(a[at] ?? '') || !/[a-z]/i.test(a[at + 1] ?? '')) return false;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Whether a text is a name and not a word: parts with dashes or underscores, or camel case. */
const isName = (text: string) =>
  text.length >= 12 && (/[-_].*[-_]/.test(text) || /^[A-Z]?[a-z0-9]+[A-Z]\w*[A-Z]/.test(text) || /^[A-Z]+[a-z]+[A-Z]/.test(text));

/** Whether two names differ in one letter that was inserted, removed or replaced. A plural does not count. */
function isSlip(a: string, b: string): boolean {
  return slips(a, b, 1) === 1 && !isSwap(a, b) && `${a}s` !== b && a !== `${b}s`;
}

export default defineRule({
  id: 'misspelt-name',
  doc: 'A name is spelt the same everywhere: no name differs from a more frequent one only by a typing mistake.',
  check({ documents }, report) {
    for (const { path, source } of documents) {
      const places = new Map<string, number[]>();
      for (const [at, line] of source.split('\n').entries()) {
        if (ON_PURPOSE.test(line)) continue;
        for (const [name] of line.replace(/\\[nrt]/g, '  ').matchAll(NAME))
          if (name.length >= 6) places.set(name, [...(places.get(name) ?? []), at + 1]);
      }
      const bySortedLetters = Map.groupBy(places.keys(), (name) => [...name.toLowerCase()].sort().join(''));
      for (const names of bySortedLetters.values()) {
        for (const name of names) {
          const lines = places.get(name) ?? [];
          const meant = names.find((other) => isSwap(name, other) && (places.get(other) ?? []).length > lines.length);
          if (meant === undefined) continue;
          for (const line of lines) report({ path, line }, `${name} is ${meant} with two letters swapped.`, `Write ${meant}.`);
        }
      }
      const frequent = [...places].filter(([name, lines]) => isName(name) && lines.length >= 3).map(([name]) => name);
      for (const [name, lines] of places) {
        const [line] = lines;
        if (line === undefined || lines.length > 1 || !isName(name)) continue;
        const meant = nearest(
          name,
          frequent.filter((other) => isSlip(name, other)),
          1,
        );
        if (meant !== undefined) report({ path, line }, `${name} occurs only here; everywhere else it is ${meant}.`, `Write ${meant}.`);
      }
    }
  },
});
