import type { CheckResult } from '../../checkers/core/result.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu;

/** The words of a text that can tell one piece of advice from another: two characters or more, without Korean particles at the end of a name. */
export function wordsOf(text: string): Set<string> {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word.replace(/[._/-]+$/, ''));
  return new Set(words.map((word) => word.replace(/^([a-z0-9._/-]{2,})[가-힣]+$/u, '$1')).filter((word) => word.length > 1));
}

/** How well advice fits: shared words, each counting less the more of the pieces of advice have it. */
export function bestFit(question: string, advice: readonly string[]): number | undefined {
  const asked = wordsOf(question);
  const pieces = advice.map(wordsOf);
  const spread = (word: string) => pieces.filter((piece) => piece.has(word)).length;
  const scores = pieces.map((piece) => [...asked].reduce((sum, word) => sum + (piece.has(word) ? 1 / spread(word) : 0), 0));
  const best = Math.max(0, ...scores);
  return best < 1 ? undefined : scores.indexOf(best);
}

function questionOf({ title, message, observed, expected }: CheckResult): string {
  return [title, message, JSON.stringify(observed ?? ''), JSON.stringify(expected ?? '')].join(' ');
}

/** The TROUBLESHOOTING entry of a task that fits a failed check best, and the line of it that does; `undefined` where none does. */
export function adviceFor(check: CheckResult, task: string): { readonly fold: HTMLDetailsElement; readonly line: HTMLElement } | undefined {
  const section = document.getElementById(task);
  const lines = [...(section?.querySelectorAll<HTMLElement>('details.callout-troubleshooting li') ?? [])];
  const at = bestFit(
    questionOf(check),
    lines.map((line) => line.textContent ?? ''),
  );
  const line = at === undefined ? undefined : lines[at];
  const fold = line?.closest('details');
  return line && fold ? { fold, line } : undefined;
}
