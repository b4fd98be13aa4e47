/** What a validator has against a file, for the file's author. */
export interface Finding {
  /** The rule that was broken, in kebab-case. */
  readonly rule: string;
  /** One sentence: what is wrong and what was expected. */
  readonly message: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** Findings in the order of the file. */
export function byLine(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.line - b.line);
}
