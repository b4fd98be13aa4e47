/** An error AWS answers: thrown by a handler, spelled out by the protocol of the service. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The code as it is on the wire, e.g. `ResourceNotFoundException` (JSON) or `NoSuchEntity` (Query). */
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The errors every service can answer; each protocol has its own codes for them. */
export type CommonError =
  | 'malformed'
  | 'invalid'
  | 'unknownOperation'
  | 'missingKey'
  | 'incompleteSignature'
  | 'unknownKey'
  | 'expired'
  | 'denied'
  | 'throttled'
  | 'tooLarge'
  | 'bug';

export type CommonErrors = Readonly<Record<CommonError, readonly [code: string, status: number]>>;

/** For trouble that a handler or the server finds before it knows how the protocol spells it. */
export class CommonFailure extends Error {
  override readonly name = 'CommonFailure';
  readonly kind: CommonError;

  constructor(kind: CommonError, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Refuses the call the way AWS does. @throws AwsError */
export function refuse(code: string, message: string, status?: number): never {
  throw new AwsError(code, message, status);
}
