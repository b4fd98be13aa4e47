/** Something the person who started the run has to mend before anything is looked at: a flag, a roster row, a folder. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One clear sentence each. */
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What an unknown thrown thing says, without its stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
