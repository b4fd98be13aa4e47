/** A mistake that the user has to fix before anything is graded: in a flag, a row of the roster, or a folder. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One clear sentence each. */
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The message of anything that was thrown, without its stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
