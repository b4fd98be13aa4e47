import { readStepId } from '../steps/step-id.ts';

/** What Pagefind knows of a page: its text, and its elements with ids by the number of words before them. */
export interface IndexedPage {
  readonly content: string;
  /** The same, in Japanese with a space of no width wherever the index has cut it into words. */
  readonly raw_content?: string;
  readonly anchors: readonly { readonly element: string; readonly id: string; readonly text?: string; readonly location: number }[];
}

/** A place of a page where words were found. */
export interface Place {
  /** Id of the nearest step, else of the nearest heading; `undefined` before the first. */
  readonly id: string | undefined;
  /** The second-level heading above it: a lab's task. */
  readonly section: string;
  /** The step's number, where it is one. */
  readonly step: number | undefined;
  /** The text around, cut so that every second part is a found word. */
  readonly excerpt: readonly string[];
}

/** Characters of an excerpt after the first found word, and before it. */
const AFTER = 90;
const BEFORE = 20;

/** Alike in width, case and cutting. */
function fold(text: string): string {
  return text.replaceAll('\u200b', '').normalize('NFKC').toLowerCase();
}

/** Cuts a text at the words looked for: `['Click ', 'Create', ' stack']`. */
export function cutAt(text: string, words: readonly string[]): string[] {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return words.length === 0 ? [text] : text.split(new RegExp(`(${escaped.join('|')})`, 'gi'));
}

/**
 * The places of a page where words are, those with the most different words first, in the order of the text otherwise.
 * Empty when the page lacks one of the words.
 */
export function findPlaces(page: IndexedPage, words: readonly string[], most: number): Place[] {
  if (words.length === 0 || !words.every((word) => fold(page.content).includes(word))) return [];
  // Pagefind counts words as it has cut them; in Japanese it leaves a space of no width between them.
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
