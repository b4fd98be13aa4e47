/** A mistake in a lab that its author can mend; the message is one sentence that names what, where and how. Commands print it without a stack. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';
}
