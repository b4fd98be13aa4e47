/** Something that is wrong with a file, reported to the author of the file. */
export interface Finding {
  /** The rule that was broken, in kebab-case. */
  readonly rule: string;
  /** One sentence that says what is wrong and what was expected. */
  readonly message: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** The findings sorted by line. */
export function byLine(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.line - b.line);
}
