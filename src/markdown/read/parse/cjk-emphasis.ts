const SPACE = /^(?:|[\s\p{Zs}])$/u;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

/** Characters of scripts that are written without spaces between words: Hangul, kana, hanja, their punctuation and full-width forms. */
const CJK =
  /^[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1b000}-\u{1b2ff}\u{20000}-\u{3ffff}]$/u;

/** Variation selectors: the character before them is the one that counts. */
const VARIANT = /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;

const RUN_OR_ESCAPE = /\\[\s\S]|\*+|_+/g;

/**
 * Above the first number of runs the comparison is left to the careful parser. Above the second, which no author reaches, even that parser
 * would need minutes.
 */
const MANY = 200;
const ABSURD = 1_000;

/** A run of emphasis marks with the characters before and after it. */
interface Run {
  readonly mark: string;
  readonly length: number;
  readonly before: string;
  readonly after: string;
}

interface Delimiter {
  readonly mark: string;
  readonly length: number;
  readonly mayOpen: boolean;
  readonly mayClose: boolean;
  left: number;
}

type Flanking = (before: string, after: string) => boolean;

function characterBefore(text: string, index: number): string {
  const code = text.charCodeAt(index - 1);
  return text.slice(Math.max(0, index - (code >= 0xdc00 && code <= 0xdfff ? 2 : 1)), index);
}

function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function runsOf(text: string): Run[] {
  return [...text.matchAll(RUN_OR_ESCAPE)]
    .filter(([written]) => !written.startsWith('\\'))
    .map(({ 0: { length, 0: mark = '' }, index }) => ({
      mark,
      length,
      before: characterBefore(text, index),
      after: characterAt(text, index + length),
    }));
}

/** Whether a run may begin emphasis ("left-flanking" in CommonMark). With the arguments exchanged: whether it may end emphasis. */
const flanks: Flanking = (before, after) =>
  !SPACE.test(after) && (!PUNCTUATION.test(after) || SPACE.test(before) || PUNCTUATION.test(before));

/** The same rule, relaxed: a Korean or Japanese character beside a run never prevents emphasis. */
const flanksBesideCjk: Flanking = (before, after) => {
  const isBar = (character: string) => PUNCTUATION.test(character) && !CJK.test(character);
  return !SPACE.test(after) && (!isBar(after) || SPACE.test(before) || isBar(before) || CJK.test(before));
};

function delimiter({ mark, length, before, after }: Run, flanking: Flanking): Delimiter {
  const left = flanking(before, after);
  const right = flanking(after, before);
  const isWord = mark === '_';
  return {
    mark,
    length,
    left: length,
    mayOpen: left && (!isWord || !right || PUNCTUATION.test(before)),
    mayClose: right && (!isWord || !left || PUNCTUATION.test(after)),
  };
}

/** CommonMark's "rule of three" for runs that could both begin and end emphasis. */
function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.left === 0 || !opener.mayOpen || opener.mark !== closer.mark) return false;
  const isAmbiguous = opener.mayClose || closer.mayOpen;
  return !isAmbiguous || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

/** Which runs form emphasis with each other, by the CommonMark procedure "process emphasis". */
function pairs(runs: readonly Run[], flanking: Flanking): string {
  const delimiters = runs.map((run) => delimiter(run, flanking));
  const found: string[] = [];
  for (const [end, closer] of delimiters.entries()) {
    while (closer.mayClose && closer.left > 0) {
      const start = delimiters.findLastIndex((opener, index) => index < end && fits(opener, closer));
      const opener = delimiters[start];
      if (opener === undefined) break;
      const used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
      opener.left -= used;
      closer.left -= used;
      for (const between of delimiters.slice(start + 1, end)) between.left = 0;
      found.push(`${start} ${end} ${used}`);
    }
  }
  return found.join();
}

/** Cases in which implementations differ: another mark beside the run, an underscore beside CJK punctuation, and variation selectors. */
function isUnsure({ mark, before, after }: Run): boolean {
  const isStrange = (side: string) => '*_~'.includes(side || ' ') || (mark === '_' && CJK.test(side) && PUNCTUATION.test(side));
  return VARIANT.test(before) || isStrange(before) || isStrange(after);
}

/**
 * Whether remark-cjk-friendly sees other emphasis in a text than CommonMark does, as in `**값(value)**을`. A wrong `true` is possible, a
 * wrong `false` is not.
 *
 * @param text inline Markdown, in which marks that are not emphasis (in code, for example) have been replaced by other characters.
 */
export function hasCjkEmphasis(text: string): boolean {
  const runs = runsOf(text);
  if (runs.length < 2 || runs.length > ABSURD) return false;
  if (runs.length > MANY || runs.some(isUnsure)) return true;
  const beside = runs.some(({ before, after }) => CJK.test(before) || CJK.test(after));
  return beside && pairs(runs, flanks) !== pairs(runs, flanksBesideCjk);
}
