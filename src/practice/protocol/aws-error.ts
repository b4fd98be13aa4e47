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

/** Refuses the call the way AWS does. @throws AwsError */
export function refuse(code: string, message: string, status?: number): never {
  throw new AwsError(code, message, status);
}

type Code = readonly [code: string, status: number];

/** The errors every service can answer, as AWS JSON, Query and S3 spell them. */
const COMMON = {
  malformed: { json: ['SerializationException', 400], query: ['MalformedInput', 400], s3: ['InvalidRequest', 400] },
  invalid: { json: ['ValidationException', 400], query: ['ValidationError', 400], s3: ['InvalidArgument', 400] },
  unknownOperation: { json: ['UnknownOperationException', 400], query: ['InvalidAction', 400], s3: ['NotImplemented', 501] },
  missingKey: { json: ['MissingAuthenticationTokenException', 400], query: ['MissingAuthenticationToken', 403], s3: ['AccessDenied', 403] },
  incompleteSignature: {
    json: ['IncompleteSignatureException', 400],
    query: ['IncompleteSignature', 403],
    s3: ['AuthorizationHeaderMalformed', 400],
  },
  unknownKey: { json: ['UnrecognizedClientException', 400], query: ['InvalidClientTokenId', 403], s3: ['InvalidAccessKeyId', 403] },
  expired: { json: ['ExpiredTokenException', 400], query: ['ExpiredToken', 403], s3: ['ExpiredToken', 400] },
  denied: { json: ['AccessDeniedException', 400], query: ['AccessDenied', 403], s3: ['AccessDenied', 403] },
  throttled: { json: ['ThrottlingException', 400], query: ['Throttling', 400], s3: ['SlowDown', 503] },
  tooLarge: { json: ['RequestEntityTooLargeException', 413], query: ['RequestEntityTooLarge', 413], s3: ['EntityTooLarge', 400] },
  bug: { json: ['InternalFailure', 500], query: ['InternalFailure', 500], s3: ['InternalError', 500] },
} as const satisfies Readonly<Record<string, Readonly<Record<'json' | 'query' | 's3', Code>>>>;

/** For trouble that is found before it is known how the protocol spells it. */
export class CommonFailure extends Error {
  override readonly name = 'CommonFailure';
  readonly kind: keyof typeof COMMON;

  constructor(kind: keyof typeof COMMON, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The error as `protocol` spells it. */
export function spelled(error: AwsError | CommonFailure, protocol: 'json' | 'query' | 's3'): AwsError {
  return error instanceof AwsError ? error : new AwsError(COMMON[error.kind][protocol][0], error.message, COMMON[error.kind][protocol][1]);
}
