/** A mistake in a lab that its author can mend; the message is one sentence that names what, where and how. It has no stack: the place is in the lab. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
