/** A mistake in a lab that its author can mend; the message is one sentence that names what, where and how. It has no stack: the place is in the lab. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/** What is wrong with the name of a lab's zip, or with the front matter that gives it: the lab has no zip, but may still be a page. */
export class ZipNameError extends AuthoringError {}
