/**
 * A mistake in a lab that its author can fix. The message is one sentence that says what is wrong, where, and how to fix it. There is no
 * stack, because the mistake is in the lab and not in this program.
 */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
