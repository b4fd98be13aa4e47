import type { LintDocument } from './document.ts';
import { sectionsOf, stepsOf } from './outline.ts';

const through = new WeakMap<LintDocument, boolean>();

/** Whether the steps of a text are numbered through from part to part, and do not begin with 1 in each part. What most parts do decides. */
export function countsThrough(document: LintDocument): boolean {
  const known = through.get(document) ?? findThrough(document);
  through.set(document, known);
  return known;
}

function findThrough(document: LintDocument): boolean {
  let [goOn, beginAnew] = [0, 0];
  let highest: number | undefined;
  for (const { content } of sectionsOf(document.tree)) {
    const numbers = stepsOf(document, content).map(({ number }) => number);
    const [first] = numbers;
    if (first === undefined) continue;
    if (highest !== undefined && first > highest) goOn += 1;
    else if (highest !== undefined && first <= 1) beginAnew += 1;
    highest = Math.max(highest ?? 0, ...numbers);
  }
  return goOn > 0 && goOn >= beginAnew;
}

/** A number that does not fit the steps around it. */
export interface Slip {
  /** Index of the number. */
  readonly at: number;
  /** What it should be. */
  readonly right: number;
  /** Whether the following numbers fit once it is corrected. Otherwise they continue from it. */
  readonly isAlone: boolean;
}

/** One interpretation of the numbers up to a place: which number comes next, and which slips there were. */
interface Reading {
  readonly next: number;
  readonly cost: number;
  readonly slips: Chain | undefined;
}

interface Chain {
  readonly slip: Slip;
  readonly before: Chain | undefined;
}

/** A limit that only matters when hardly any number fits another. */
const MANY = 30;

/** Decides between interpretations with the same number of slips, and never between more and fewer. */
const LIKELY = 1;
const LESS_LIKELY = 1.000_001;
const UNLIKELY = 1.000_002;

/**
 * Explains the numbers of steps with as few slips as possible, so that one mistake is reported once: a single wrong number (`4 4 6`), a
 * number too many (`4 4 5`), or a jump from which the counting continues (`4 6 7`).
 * @param first What the first number should be.
 */
export function slipsOf(numbers: readonly number[], first: number): Slip[] {
  let readings: readonly Reading[] = [{ next: first, cost: 0, slips: undefined }];
  for (const [at, number] of numbers.entries()) {
    const best = new Map<number, Reading>();
    const keep = (reading: Reading) => {
      if (reading.cost < (best.get(reading.next)?.cost ?? Number.POSITIVE_INFINITY)) best.set(reading.next, reading);
    };
    for (const { next, cost, slips } of readings) {
      const slip = (after: number, weight: number, isAlone: boolean) =>
        keep({ next: after, cost: cost + weight, slips: { slip: { at, right: next, isAlone }, before: slips } });
      if (number === next) keep({ next: next + 1, cost, slips });
      else {
        const isGap = number > next;
        slip(next + 1, isGap ? LESS_LIKELY : LIKELY, true);
        slip(number + 1, isGap ? LIKELY : LESS_LIKELY, false);
        slip(next, UNLIKELY, false);
      }
    }
    const sorted = [...best.values()].sort((a, b) => a.cost - b.cost);
    // Only interpretations with at most one slip more than the best can still win, because the best one can jump to where any other is.
    readings = sorted.filter(({ cost }, index) => index < MANY && cost <= (sorted[0]?.cost ?? 0) + UNLIKELY);
  }
  const found: Slip[] = [];
  for (let chain = readings[0]?.slips; chain !== undefined; chain = chain.before) found.push(chain.slip);
  return found.reverse();
}
