import type { LintLab } from './lab.ts';

/** The place of a finding: a file of the lab and a line, from 1. */
export interface Place {
  /** Absolute path. */
  readonly path: string;
  readonly line: number;
}

/** Reports a finding: one sentence that says what is wrong, and one that says how to fix it. */
export type Report = (place: Place, message: string, fix: string) => void;

/** One thing the lint looks for. A rule only calls `report`. It never prints, exits, or throws because of what an author wrote. */
export interface Rule {
  /** Stable name in kebab-case, used in findings and in comments that silence the rule. */
  readonly id: string;
  /** What the rule demands, in one sentence. */
  readonly doc: string;
  check(lab: LintLab, report: Report): void;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** A finding as the lint prints it. */
export interface LintFinding {
  readonly rule: string;
  /** Path relative to the working directory, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}
