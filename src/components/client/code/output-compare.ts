/**
 * What changes from run to run and means nothing: dates, times, digests, hashes, account ids, sizes, durations, user names and addresses.
 * Longer forms must come first.
 */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g, '‹time›'],
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2}\s+(?:\d{2}:\d{2}|\d{4})\b/g, '‹time›'],
  [/\b\d{2}:\d{2}:\d{2}(?:\.\d+)?\b/g, '‹time›'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '‹id›'],
  [/\bsha256:[0-9a-f]{6,}(?:\.{3}|…)?/gi, '‹digest›'],
  [/\b\d{12}\b/g, '‹account›'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/gi, '‹hash›'],
  [
    /\b(?:root|ec2-user|cloudshell-user|[a-z_][a-z0-9_-]*)\s+(?:root|ec2-user|cloudshell-user|[a-z_][a-z0-9_-]*)(?=\s+\d+\s+‹time›)/g,
    '‹user›',
  ],
  [/(?<=‹user›\s+)\d+(?=\s+‹time›)/g, '‹size›'],
  [/\b\d+(?:\.\d+)?\s?(?:[KMGT]i?B|bytes|B)(?:\/s)?\b/g, '‹size›'],
  [/(?<=size: )\d+/g, '‹size›'],
  [/\b\d+(?:\.\d+)?\s?(?:ms|s|seconds?|minutes?)\b/g, '‹duration›'],
  [/\/home\/[^/\s]+/g, '/home/‹user›'],
  [/\bup to \d+ threads\b/g, 'up to ‹n› threads'],
];

/** A line without what changes from run to run, and with uniform spaces. */
export function withoutPassing(line: string): string {
  return PASSING.reduce((text, [pattern, name]) => text.replace(pattern, name), line)
    .replace(/\s+/g, ' ')
    .trim();
}

const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '...');

export type Comparison =
  | { readonly same: true }
  /** `line` is the first line of the example that is missing in the student's output, `instead` the line in its place, if any. */
  | { readonly same: false; readonly line: string; readonly instead?: string };

/**
 * Compares a student's output with the example. All lines of the example must be in the output, in the same order. The output may have more
 * lines anywhere, such as the prompt and the command itself. A line `...` in the example stands for any lines.
 */
export function compareOutput(example: string, output: string): Comparison {
  const own = lines(output);
  const plain = own.map(withoutPassing);
  let from = 0;
  for (const line of lines(example)) {
    const wanted = withoutPassing(line);
    const at = plain.findIndex((text, index) => index >= from && (text === wanted || text.endsWith(`$ ${wanted}`)));
    if (at < 0) {
      const instead = own[from];
      return { same: false, line, ...(instead !== undefined && { instead }) };
    }
    from = at + 1;
  }
  return { same: true };
}
