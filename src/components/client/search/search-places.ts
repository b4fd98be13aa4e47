import { readStepId } from '../steps/step-id.ts';

/** A page in Pagefind's index: its text, and its elements with ids by the number of words before them. */
export interface IndexedPage {
  readonly content: string;
  /** The same text. In Japanese, zero-width spaces separate the words of the index. */
  readonly raw_content?: string;
  readonly anchors: readonly { readonly element: string; readonly id: string; readonly text?: string; readonly location: number }[];
}

/** A place in a page where words were found. */
export interface Place {
  /** Id of the nearest step, else of the nearest heading; `undefined` above the first one. */
  readonly id: string | undefined;
  /** The level 2 heading above it, which is a lab's task. */
  readonly section: string;
  /** The number of the step, when it is one. */
  readonly step: number | undefined;
  /** The surrounding text. Every second part is a found word. */
  readonly excerpt: readonly string[];
}

/** Number of characters in an excerpt after the first found word, and before it. */
const AFTER = 90;
const BEFORE = 20;

/** Removes differences of width, case and zero-width spaces. */
function fold(text: string): string {
  return text.replaceAll('\u200b', '').normalize('NFKC').toLowerCase();
}

/** Splits a text at the found words: `['Click ', 'Create', ' stack']`. */
export function cutAt(text: string, words: readonly string[]): string[] {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return words.length === 0 ? [text] : text.split(new RegExp(`(${escaped.join('|')})`, 'gi'));
}

/**
 * The places in a page where words were found. Those with the most different words come first, otherwise in the order of the text. Empty
 * when one of the words is missing.
 */
export function findPlaces(page: IndexedPage, words: readonly string[], most: number): Place[] {
  if (words.length === 0 || !words.every((word) => fold(page.content).includes(word))) return [];
  // Pagefind counts the words of its index, which zero-width spaces separate in Japanese.
  const tokens = (page.raw_content ?? page.content).match(/[^\s\u200b]+[\s\u200b]*/gu) ?? [];
  const headings = page.anchors.filter(({ element }) => /^h[1-6]$/.test(element));
  const stops = page.anchors
    .filter(({ element, id }) => /^h[1-6]$/.test(element) || readStepId(id) !== undefined)
    .sort((a, b) => a.location - b.location);
  const bounds = [0, ...stops.map(({ location }) => location), tokens.length];
  const found: (Place & { readonly score: number })[] = [];
  for (let at = 0; at < bounds.length - 1; at += 1) {
    const [from = 0, to = 0] = [bounds[at], bounds[at + 1]];
    const part = tokens.slice(from, to);
    const here = words.filter((word) => fold(part.join('')).includes(word));
    if (here.length === 0) continue;
    const stop = stops[at - 1];
    const section = headings.findLast(({ element, location }) => element === 'h2' && location <= from);
    const step = readStepId(stop?.id ?? '')?.number;
    const text = part.join('').replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();
    const first = Math.max(
      0,
      Math.min(...here.map((word) => text.normalize('NFKC').toLowerCase().indexOf(word)).filter((index) => index >= 0)),
    );
    const around = text.slice(Math.max(0, first - BEFORE), first + AFTER);
    found.push({
      id: stop?.id,
      section: section?.text ?? '',
      step,
      excerpt: cutAt(around, here),
      score: here.length,
    });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ score: _score, ...place }) => place);
}
