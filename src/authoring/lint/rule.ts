import type { LintLab } from './lab.ts';

/** Where a finding is: a file of the lab and its line, from 1. */
export interface Place {
  /** Absolute path. */
  readonly path: string;
  readonly line: number;
}

/** Tells a finding: one sentence that says what is wrong, and one that says how to mend it. */
export type Report = (place: Place, message: string, mend: string) => void;

/** One thing the lint looks for. A rule only calls `report`; it never prints, exits or throws for what an author wrote. */
export interface Rule {
  /** Stable name in kebab-case: in findings, and in the comments that silence it. */
  readonly id: string;
  /** What the rule holds, in one sentence. */
  readonly doc: string;
  check(lab: LintLab, report: Report): void;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** What the lint has to say about one place. */
export interface LintFinding {
  readonly rule: string;
  /** Path from the folder the command was run in, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly mend: string;
}
