/** A text on the page that stands for a value of the student's account. The front matter of the lab declares it. */
export interface Placeholder {
  /** The text as the page writes it, e.g. `<repository-name>`. */
  readonly placeholder: string;
  /** The name under which a task publishes the value, e.g. `CodeCommitRepositoryName`. */
  readonly value: string;
}

export interface Occurrence extends Placeholder {
  /** Index of the first character. */
  readonly start: number;
  /** Index after the last character. */
  readonly end: number;
}

const special = /[.*+?^${}()|[\]\\]/g;
const wordlike = /[\p{L}\p{N}]/u;

interface Search {
  readonly byText: ReadonlyMap<string, Placeholder>;
  readonly pattern: RegExp;
}

/** One search for each lab, because every line of code and every text of the lab is searched. */
const searches = new WeakMap<readonly Placeholder[], Search>();

function searchFor(placeholders: readonly Placeholder[]): Search {
  const known = searches.get(placeholders);
  if (known !== undefined) return known;
  const byText = new Map(placeholders.map((entry) => [entry.placeholder, entry]));
  const longestFirst = [...byText.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((entry) => entry.replace(special, '\\$&')).join('|'), 'g');
  const search = { byText, pattern };
  searches.set(placeholders, search);
  return search;
}

/**
 * All placeholders in a text, in order. Where several begin at the same place, the longest wins. A match inside a longer word or number
 * does not count.
 */
export function findPlaceholders(text: string, placeholders: readonly Placeholder[]): Occurrence[] {
  if (placeholders.length === 0) return [];
  const { byText, pattern } = searchFor(placeholders);
  const occurrences: Occurrence[] = [];
  for (const match of text.matchAll(pattern)) {
    const entry = byText.get(match[0]);
    const start = match.index;
    const end = start + match[0].length;
    if (entry !== undefined && !partOfWord(text, start, end)) occurrences.push({ ...entry, start, end });
  }
  return occurrences;
}

/**
 * Whether a match is only part of a word or number: `123456789012` inside `1234567890123` is another number. A Korean particle after the
 * match does not count.
 */
function partOfWord(text: string, start: number, end: number): boolean {
  const ascii = /[A-Za-z0-9]/;
  const glued = (outside: string | undefined, inside: string | undefined) =>
    outside !== undefined && inside !== undefined && ascii.test(outside) && wordlike.test(inside);
  return glued(text[start - 1], text[start]) || glued(text[end], text[end - 1]);
}

/** The placeholders that a front matter declares; empty when it has none or its shape is wrong. */
export function placeholdersOf(frontmatter: Readonly<Record<string, unknown>> | undefined): Placeholder[] {
  const values = frontmatter?.['values'];
  if (!Array.isArray(values)) return [];
  return values.filter(
    (entry: unknown): entry is Placeholder =>
      typeof entry === 'object' &&
      entry !== null &&
      typeof Reflect.get(entry, 'placeholder') === 'string' &&
      Reflect.get(entry, 'placeholder') !== '' &&
      typeof Reflect.get(entry, 'value') === 'string',
  );
}
