import { CannotLook, type LookFailure, type Trouble } from './errors.ts';
import type { OperationId } from './reader.ts';
import { ForeignHost, NoAnswer } from './transport.ts';

/** A 200 whose members do not fit the question. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** AWS's answer that a call failed, as the SDK throws it. */
export interface ServiceException extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Whether AWS, or something that speaks its protocol, answered with an error. */
export function isServiceException(error: unknown): error is ServiceException {
  return error instanceof Error && '$fault' in error && '$metadata' in error;
}

interface Kind {
  readonly trouble: Trouble;
  /** Finishes the sentence "<operation> ...". */
  readonly says: string;
}

/** How a trouble is told, where no more is known of it than what AWS's own error code says. */
const SAYS = {
  denied: 'was refused: the credentials that look have no permission for it',
  'denied-key': 'was refused: the key that encrypts the data may not be used, or is disabled',
  'no-service': 'was refused: this account may not use the service',
  'bad-signature': 'was refused: the signature does not fit, so the secret key is wrong or damaged',
  expired: 'was refused: the credentials have expired',
  clock: 'was refused: its signature counts as out of date; compare the clock of this machine with the true time',
  throttled: 'was throttled by AWS again and again',
  'other-region': 'was sent to a region in which the bucket is not',
  failing: 'was told to ask again later, as a new bucket is not known everywhere yet',
  'region-disabled': 'was refused: the region is not enabled in this account',
  'not-implemented': 'is not known to the endpoint that answered',
} as const satisfies Partial<Record<Trouble, string>>;
type Told = keyof typeof SAYS;

const told = (trouble: Told): Kind => ({ trouble, says: SAYS[trouble] });

/** AWS error codes that say why we could not look. What is not here and not told by the HTTP status is a bug of ours. */
const CODES: Readonly<Record<Told, string>> = {
  denied: `
    AccessDenied AccessDeniedException AuthorizationError AuthorizationErrorException NotAuthorized NotAuthorizedException
    UnauthorizedException UnauthorizedOperation`,
  'denied-key': `
    EncryptionIntegrityChecksFailedException EncryptionKeyAccessDeniedException EncryptionKeyDisabledException
    EncryptionKeyNotFoundException EncryptionKeyUnavailableException KmsException`,
  'no-service': 'NotSignedUp OperationNotAllowedException SubscriptionRequiredException',
  'bad-signature': `
    IncompleteSignature IncompleteSignatureException InvalidSignatureException MissingAuthenticationToken
    MissingAuthenticationTokenException SignatureDoesNotMatch`,
  expired: 'ExpiredToken ExpiredTokenException TokenRefreshRequired',
  clock: 'RequestExpired RequestInTheFuture RequestTimeTooSkewed',
  throttled: `
    BandwidthLimitExceeded PriorRequestNotComplete ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled
    RequestThrottledException SlowDown ThrottledException Throttling ThrottlingException TooManyRequestsException`,
  // S3 knows buckets in all regions and answers for those of its own only.
  'other-region': 'AuthorizationHeaderMalformed IllegalLocationConstraintException PermanentRedirect',
  failing: 'TemporaryRedirect',
  'region-disabled': 'OptInRequired RegionDisabledException',
  'not-implemented': `
    InvalidAction NotImplemented NotImplementedException UnknownOperation UnknownOperationException UnsupportedOperation
    UnsupportedOperationException`,
};
const BY_CODE: ReadonlyMap<string, Told> = new Map(
  Object.entries(CODES).flatMap(([trouble, codes]) => codes.match(/\w+/g)?.map((code) => [code, trouble as Told] as const) ?? []),
);

/** Codes for "I do not know this access key": a wrong or deleted key, or any key in a region that is not enabled. */
const UNKNOWN_KEY = new Set(['AuthFailure', 'InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException']);

/**
 * Regions that are enabled in every account: those from before 2019-03-20.
 * Source: AWS Account Management, "Enable or disable AWS Regions in your account".
 */
const ALWAYS_ENABLED = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
]);

/** What the SDK puts for a code or message that the body does not have. */
const NO_CODE = new Set(['Error', 'NotFound', 'Unknown', 'UnknownError']);

/**
 * Turns anything a call can throw into the reason why we could not look.
 *
 * | what came back | reason |
 * |---|---|
 * | an AWS code of {@link CODES} | as there |
 * | unknown access key | `region` where a region must be enabled first, else `access` |
 * | 429 | `throttled` |
 * | 502, 503, 504, with any body; 500 with an AWS code | `network`: AWS is there but gives no answer |
 * | 500 without a code, 501, 3xx without a code of {@link CODES}, 404 or another status without a code | `malformed`: not AWS, or an emulator that lacks the operation |
 * | a body that does not parse, lacks required members, is cut off or too large | `malformed` |
 * | no answer in time, reset, refused, DNS, TLS, run ended | `network` |
 * | no credentials; expired sign-in | `access`; `expired` |
 * | anything else | `bug` |
 */
export function classify(error: unknown, { operation, region }: { readonly operation: OperationId; readonly region: string }): CannotLook {
  if (error instanceof CannotLook) return error;
  const details = detailsOf(error);
  const { message, ...call } = details;
  const { trouble, says } = kindOf(error, details, region);
  const said = [call.code, shorten(message)].filter(Boolean).join(': ');
  const quoted = said && ` (${said})`;
  return new CannotLook(`${operation} in ${region} ${says}${quoted}.`, {
    trouble,
    operation,
    ...call,
    // An SDK exception carries the raw response, so it is not handed on; our own mistakes need their stack.
    cause: trouble === 'bug' && call.httpStatus === undefined ? error : undefined,
  });
}

interface Details extends Pick<LookFailure, 'code' | 'requestId' | 'httpStatus'> {
  readonly message: string;
}

function detailsOf(error: unknown): Details {
  if (!(error instanceof Error)) return { message: String(error) };
  const { $metadata, code } = error as { $metadata?: ServiceException['$metadata']; code?: unknown };
  const name = isServiceException(error) ? error.name : code;
  // The SDK adds a hint for developers on further lines.
  const [message = ''] = error.message.split('\n', 1);
  return {
    message: NO_CODE.has(message) ? '' : message,
    code: typeof name === 'string' && !NO_CODE.has(name) ? name : undefined,
    requestId: $metadata?.requestId,
    httpStatus: $metadata?.httpStatusCode,
  };
}

function kindOf(error: unknown, details: Details, region: string): Kind {
  const { code, httpStatus: status, message } = details;
  if (error instanceof NoAnswer) {
    return error.kind === 'timeout'
      ? { trouble: 'no-answer', says: 'got no answer in time' }
      : { trouble: 'unreadable', says: 'got an answer that cannot be used' };
  }
  if (error instanceof ForeignHost) return { trouble: 'unreachable', says: 'was not sent' };
  if (error instanceof Misfit) return { trouble: 'incomplete', says: 'got an answer without what it must hold' };
  if (isServiceException(error)) return kindOfException(details, region);
  if (!(error instanceof Error)) return { trouble: 'bug', says: 'ended in a way that nobody foresaw' };
  if (error.name === 'AbortError') return { trouble: 'stopped', says: 'was stopped before AWS answered' };
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return /expired/i.test(message)
      ? { trouble: 'expired', says: 'was not sent: the sign-in has expired; sign in again, e.g. with "aws sso login"' }
      : {
          trouble: 'no-credentials',
          says: 'was not sent: no usable AWS credentials were found; sign in, or choose a profile with AWS_PROFILE',
        };
  }
  // Not an exception of the service, yet with the response's status: the body could not be read as what it claims to be.
  if (status !== undefined) return kindOfStatus(status, 'got an answer that is not in AWS format');
  if (code?.startsWith('HPE_')) return { trouble: 'unreadable', says: 'got an answer that is not HTTP' };
  if (code !== undefined && isNetworkCode(code)) return { trouble: 'unreachable', says: 'could not reach AWS' };
  return { trouble: 'bug', says: 'failed in a way that nobody foresaw' };
}

function kindOfException({ code, httpStatus: status, message }: Details, region: string): Kind {
  if (code !== undefined) {
    const known = BY_CODE.get(code);
    // An emulator says InternalFailure with 501 for what it lacks.
    if (known !== undefined && status !== 501) return toldBy(known, message);
    if (UNKNOWN_KEY.has(code)) {
      if (ALWAYS_ENABLED.has(region)) return { trouble: 'unknown-key', says: 'was refused: AWS does not know the access key' };
      return { trouble: 'region-disabled', says: `${SAYS['region-disabled']}, or AWS does not know the access key` };
    }
    if (status === 500) return { trouble: 'failing', says: 'failed inside AWS again and again' };
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) {
      return { trouble: 'bug', says: 'was answered with an error that nobody foresaw' };
    }
  }
  return kindOfStatus(status, 'got an error that is not in AWS format');
}

/** What only the message tells: who denied, and whether a bad signature is only too old or too new. */
function toldBy(known: Told, message: string): Kind {
  if (known === 'denied' && /service control policy|resource control policy/i.test(message)) {
    return { trouble: 'denied-by-organization', says: 'was refused: a policy of the organization forbids it' };
  }
  const onlyTheTime = known === 'bad-signature' && /signature (?:has )?expired|not yet current/i.test(message);
  return told(onlyTheTime ? 'clock' : known);
}

function kindOfStatus(status: number | undefined, otherwise: string): Kind {
  if (status === 429) return { trouble: 'throttled', says: 'was throttled again and again' };
  if (status === 502 || status === 503 || status === 504) return { trouble: 'failing', says: `got HTTP ${status} again and again` };
  if (status === 501) return told('not-implemented');
  return { trouble: 'unreadable', says: status === 200 ? otherwise : `${otherwise}, with HTTP ${status}` };
}

/** Codes of Node's sockets, resolver and TLS. */
function isNetworkCode(code: string): boolean {
  return (
    /^E(AI_|CONN|HOST|NET|PIPE|PROTO|TIMEDOUT|NOTFOUND|ADDRNOTAVAIL|MFILE)/.test(code) ||
    /^(ERR_(TLS|SSL|SOCKET)_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|CRL_)/.test(code)
  );
}

const shorten = (text: string) => (text.length <= 500 ? text : `${text.slice(0, 499)}…`).replace(/\.$/, '');
