import type { CheckResult } from '../../../checkers/engine/result.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu;

/** The words of a text that can tell one piece of advice from another: two or more characters, without Korean particles at the end. */
export function wordsOf(text: string): Set<string> {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word.replace(/[._/-]+$/, ''));
  return new Set(words.map((word) => word.replace(/^([a-z0-9._/-]{2,})[가-힣]+$/u, '$1')).filter((word) => word.length > 1));
}

/**
 * Whether the question contains a word of the advice, or a word that begins like it, as an error code begins like the name of its
 * exception.
 */
function says(asked: ReadonlySet<string>, word: string): boolean {
  return asked.has(word) || [...asked].some((other) => other.length >= 8 && word.startsWith(other));
}

/** Names with one meaning: states, error codes, variables, files. */
const TELLING = /_|\.\w|([a-z][A-Z]\w*){3}/;
const ASCII = /[A-Za-z]/;

/**
 * How much of a heading a question contains, from 0 to 1. Wrong advice is worse than none: half of the heading's words must be in the
 * question, including one distinctive name. When the heading is all Korean or Japanese, whose inflected words rarely match by chance, most
 * of its words must be.
 */
function share(asked: ReadonlySet<string>, heading: string): number {
  const words = [...wordsOf(heading)];
  const said = words.filter((word) => says(asked, word));
  const part = words.length === 0 ? 0 : said.length / words.length;
  const telling = [...wordsOf((heading.match(WORD) ?? []).filter((word) => TELLING.test(word)).join(' '))];
  if (telling.some((word) => said.includes(word))) return part < 0.5 ? 0 : part;
  return ASCII.test(heading) || part < 0.6 ? 0 : part;
}

/** The heading that matches the question best; `undefined` when none matches or two match equally well. */
export function bestFit(question: string, headings: readonly string[]): number | undefined {
  const asked = wordsOf(question);
  const shares = headings.map((heading) => share(asked, heading));
  const best = Math.max(0, ...shares);
  const at = shares.indexOf(best);
  return best === 0 || shares.lastIndexOf(best) !== at ? undefined : at;
}

/** Longer values are whole files or lists, and their words say nothing about the problem. */
const LONGEST_VALUE = 60;

function questionOf({ title, message, observed, expected }: CheckResult): string {
  const values = [observed, expected].map((value) => JSON.stringify(value ?? '')).filter(({ length }) => length <= LONGEST_VALUE);
  return [title, message, ...values].join(' ');
}

function headingOf(line: HTMLElement): string {
  const bold = line.querySelector('strong');
  return bold !== null && line.textContent?.trimStart().startsWith(bold.textContent ?? '') ? (bold.textContent ?? '') : '';
}

/**
 * The TROUBLESHOOTING entry of a task that is about a failed check, and the matching line in it; `undefined` when there is none. Only lines
 * that begin with the name of a problem in bold are advice. Other lines are steps.
 */
export function adviceFor(check: CheckResult, task: string): { readonly fold: HTMLDetailsElement; readonly line: HTMLElement } | undefined {
  const section = document.getElementById(task);
  const lines = [...(section?.querySelectorAll<HTMLElement>('details.callout-troubleshooting li') ?? [])];
  const at = bestFit(
    questionOf(check),
    lines.map((line) => headingOf(line)),
  );
  const line = at === undefined ? undefined : lines[at];
  const fold = line?.closest('details');
  return line && fold ? { fold, line } : undefined;
}
