import type { Heading } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { LintDocument } from '../document.ts';
import { slipsOf } from '../numbering.ts';
import { lineOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** A heading with a number: a word and a number, `태스크 3: …`, or only a number, `3. …`, but not `3.1`. */
const COUNTED =
  /^(?:(태스크|과제|작업|단계|스텝|파트|タスク|課題|手順|ステップ|パート|task|step|part)\s*(\d{1,2})(?!\d|[.\-–]\d)|(\d{1,2})[.)](?=\s))/i;

/** A numbered heading below another numbered heading: `### 4.1 …` or `### 4-1. …` below `## 태스크 4`. */
const PART = /^(\d{1,2})([.\-–])(\d{1,2})(?=[.)]?(?:\s|$)|[:：])/;

const TASK = /^(?:태스크|과제|작업|タスク|課題|task)$/i;

/** Symbols before the words. */
const LEAD = /^[^\p{L}\p{N}]+/u;

interface Counted {
  readonly number: number;
  /** The number as the author writes it: `태스크 3`, `3.`. */
  readonly label: (number: number) => string;
  /** The part that counts, as written: `3`, `4.1`. */
  readonly numeral: (number: number) => string;
  readonly line: number;
}

interface Headed {
  readonly depth: number;
  readonly line: number;
  /** The heading without symbols before it. */
  readonly words: string;
  /** The word before the number, `태스크`; empty when there is none. */
  readonly word: string;
  readonly number: number | undefined;
  /** The heading above it in the outline. */
  readonly above: Headed | undefined;
}

function headingsOf(document: LintDocument): Headed[] {
  const open: Headed[] = [];
  return document.tree.children.flatMap((node) => {
    if (node.type !== 'heading') return [];
    const { depth } = node as Heading;
    while ((open.at(-1)?.depth ?? 0) >= depth) open.pop();
    const words = plainText(node).replace(LEAD, '');
    const [, word = '', afterWord, alone] = COUNTED.exec(words) ?? [];
    const number = afterWord ?? alone;
    const heading = { depth, line: lineOf(node), words, word, number: number === undefined ? number : Number(number), above: open.at(-1) };
    open.push(heading);
    return heading;
  });
}

/**
 * Groups headings such as `4.1` below the heading whose number they begin with. A version such as `### 3.11 설치` below `태스크 1` does not
 * count.
 */
function partsOf(headings: readonly Headed[]): Counted[][] {
  const parts = new Map<string, Counted[]>();
  for (const { depth, line, words, above } of headings) {
    const [, whole, sign, part] = PART.exec(words) ?? [];
    if (above?.number === undefined || Number(whole) !== above.number) continue;
    const key = `${above.line} ${depth} ${sign}`;
    const label = (one: number) => `${whole}${sign}${one}`;
    parts.set(key, [...(parts.get(key) ?? []), { number: Number(part), label, numeral: label, line }]);
  }
  return [...parts.values()];
}

/**
 * Groups headings that are counted together: same level and word, below the same heading. Later headings about tasks refer to the first
 * ones.
 */
function countsOf(headings: readonly Headed[]): Counted[][] {
  const counts = new Map<string, Counted[]>();
  let tasks: string | undefined;
  for (const { depth, line, word, number, above } of headings) {
    const key = `${depth} ${word.toLowerCase()} ${above?.line}`;
    const isTask = TASK.test(word);
    if (isTask) tasks ??= key;
    if (number === undefined || (isTask && tasks !== key)) continue;
    const label = (one: number) => (word === '' ? `${one}.` : `${word} ${one}`);
    counts.set(key, [...(counts.get(key) ?? []), { number, label, numeral: String, line }]);
  }
  return [...counts.values()];
}

/** What is wrong with a heading that should have the number `right`. */
function wrong(count: readonly Counted[], at: number, right: number): string {
  const [{ number, label }, before] = [count[at], count[at - 1]] as [Counted, Counted];
  if (count.slice(0, at).some((other) => other.number === number))
    return `${label(number)} is repeated: it follows ${label(before.number)}.`;
  if (number < right) return `${label(number)} is out of line: it follows ${label(before.number)}.`;
  const missing = number - right > 1 ? `${label(right)} to ${label(number - 1)} are` : `${label(right)} is`;
  return `${missing} missing: ${label(number)} follows ${label(before.number)}.`;
}

export default defineRule({
  id: 'heading-number',
  doc: 'Headings that count tasks, steps or parts skip and repeat no number.',
  check({ documents }, report) {
    for (const document of documents) {
      const headings = headingsOf(document);
      for (const count of [...countsOf(headings), ...partsOf(headings)]) {
        const [first] = count;
        // Headings that do not begin with 1 are about tasks, such as what may go wrong in them.
        if (first === undefined || first.number > 1) continue;
        const numbers = count.map(({ number }) => number);
        for (const { at, right, isAlone } of slipsOf(numbers, first.number)) {
          const place = { path: document.path, line: count[at]?.line ?? 1 };
          const goOn = isAlone || at === numbers.length - 1 ? '' : ' and continue from there';
          const isGap = right < (numbers[at] ?? right);
          report(
            place,
            wrong(count, at, right),
            `${isGap ? 'Write what is missing, or number this' : 'Number it'} ${first.numeral(right)}${goOn}.`,
          );
        }
      }
    }
  },
});
