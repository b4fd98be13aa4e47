import { describe, expect, test } from 'vitest';
import { classify, Misfit } from './classify.ts';
import type { UnknownReason } from './errors.ts';
import { NoAnswer } from './transport.ts';

const operation = 'codebuild:BatchGetProjects';
const of = (error: unknown, region = 'ap-northeast-2') => classify(error, { operation, region });
const exception = (name: string, message = 'no', status = 400) =>
  Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status, requestId: 'request-1' },
  });
const coded = (code: string) => Object.assign(new Error(code), { code });
const named = (name: string, message = 'no') => Object.assign(new Error(message), { name });

describe('AWS error codes', () => {
  const table: readonly (readonly [UnknownReason, ...string[]])[] = [
    ['access', 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorizedException', 'AuthorizationError'],
    ['access', 'EncryptionKeyAccessDeniedException', 'KmsException', 'OperationNotAllowedException', 'SubscriptionRequiredException'],
    ['access', 'SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature', 'MissingAuthenticationToken'],
    ['access', 'UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure'],
    ['expired', 'ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired', 'RequestTimeTooSkewed'],
    ['throttled', 'Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'SlowDown'],
    ['region', 'RegionDisabledException', 'OptInRequired', 'PermanentRedirect', 'AuthorizationHeaderMalformed'],
    ['network', 'TemporaryRedirect'],
    ['malformed', 'UnknownOperationException', 'InvalidAction', 'NotImplemented'],
    ['bug', 'ValidationException', 'InvalidInputException', 'ResourceNotFoundException', 'NoSuchEntityException'],
  ];
  test.each(table.flatMap(([reason, ...codes]) => codes.map((code) => [code, reason] as const)))('%s is %s', (code, reason) => {
    expect(of(exception(code))).toMatchObject({ reason, code, operation, requestId: 'request-1', httpStatus: 400 });
  });

  test('an unknown key may mean a region that must be enabled first', () => {
    expect(of(exception('UnrecognizedClientException'), 'ap-southeast-3').reason).toBe('region');
    expect(of(exception('UnrecognizedClientException'), 'ap-northeast-2').reason).toBe('access');
  });

  test('a bucket of another region is told from a region that is not enabled and from the redirect of a sign-in portal', () => {
    const moved = exception('PermanentRedirect', 'The bucket must be addressed using the specified endpoint.', 301);
    expect(of(moved)).toMatchObject({ reason: 'region', trouble: 'other-region', httpStatus: 301 });
    expect(of(exception('RegionDisabledException'))).toMatchObject({ reason: 'region', trouble: 'region-disabled' });
    expect(of(exception('Unknown', 'Unknown', 301))).toMatchObject({ reason: 'malformed', trouble: 'unreadable' });
  });

  test('the message tells a policy of the organization and a clock that is wrong from the usual', () => {
    const because = (why: string) => `User: x is not authorized to perform: y on resource: z ${why}`;
    expect(of(exception('AccessDeniedException', because('with an explicit deny in a service control policy')))).toMatchObject({
      reason: 'access',
      trouble: 'denied-by-organization',
    });
    expect(of(exception('AccessDeniedException', because('because no identity-based policy allows y'))).trouble).toBe('denied');
    for (const says of [
      'Signature expired: 20261120T0000Z is now earlier than',
      'Signature not yet current: 20261120T0000Z is still later',
    ]) {
      expect(of(exception('InvalidSignatureException', says))).toMatchObject({ reason: 'expired', trouble: 'clock' });
    }
    expect(of(exception('InvalidSignatureException', 'The request signature we calculated does not match')).trouble).toBe('bad-signature');
  });

  test('a code wins over a gateway status, a status over no code', () => {
    expect(of(exception('ThrottlingException', 'Rate exceeded', 503)).reason).toBe('throttled');
    expect(of(exception('ServiceUnavailable', 'no', 503)).reason).toBe('network');
    expect(of(exception('InternalFailure', 'not yet implemented', 501)).reason).toBe('malformed');
    expect(of(exception('Unknown', 'Unknown', 429))).toMatchObject({ reason: 'throttled', httpStatus: 429 });
    expect(of(exception('Unknown', 'Unknown', 403)).reason).toBe('malformed');
    expect(of(exception('NotFound', 'Unknown', 404)).code).toBeUndefined();
  });
});

describe('what never was an AWS answer', () => {
  test.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ETIMEDOUT',
    'EPIPE',
    'CERT_HAS_EXPIRED',
    'SELF_SIGNED_CERT_IN_CHAIN',
  ])('%s is network', (code) => {
    expect(of(coded(code))).toMatchObject({ reason: 'network', code });
  });

  test('the rest', () => {
    expect(of(new NoAnswer('timeout', 'late')).reason).toBe('network');
    expect(of(new NoAnswer('cut-off', 'cut')).reason).toBe('malformed');
    expect(of(new NoAnswer('too-large', 'large')).reason).toBe('malformed');
    expect(of(new Misfit('projects: Required')).reason).toBe('malformed');
    expect(of(coded('HPE_INVALID_CONSTANT')).reason).toBe('malformed');
    expect(of(named('AbortError')).reason).toBe('network');
    expect(of(named('CredentialsProviderError', 'Could not load credentials from any providers')).reason).toBe('access');
    expect(of(named('CredentialsProviderError', 'The SSO session associated with this profile has expired.')).reason).toBe('expired');
    expect(of(named('TokenProviderError', 'Token is expired')).reason).toBe('expired');
    expect(of(new TypeError('undefined is not a function')).reason).toBe('bug');
    expect(of(coded('ERR_INVALID_ARG_TYPE')).reason).toBe('bug');
    expect(of('a string').reason).toBe('bug');
  });

  test('a bug of ours keeps its stack, an answer of AWS does not ride along', () => {
    const mistake = new TypeError('undefined is not a function');
    expect(of(mistake).cause).toBe(mistake);
    expect(of(exception('ValidationException')).cause).toBeUndefined();
    expect(of(exception('AccessDenied')).cause).toBeUndefined();
  });

  test('what is classified already stays as it is', () => {
    const first = of(exception('AccessDenied'));
    expect(of(first)).toBe(first);
  });
});

test('messages say which call, where, and what AWS said, in one line, without secrets', () => {
  expect(
    [
      of(
        exception(
          'AccessDeniedException',
          'User: arn:aws:iam::111122223333:user/u is not authorized to perform: codebuild:BatchGetProjects.',
        ),
      ),
      of(exception('UnrecognizedClientException', 'The key AKIAIOSFODNN7EXAMPLE is unknown'), 'me-south-1'),
      of(Object.assign(new SyntaxError('Unexpected token\n  Deserialization error: hint'), { $metadata: { httpStatusCode: 200 } })),
      of(new NoAnswer('timeout', 'no whole answer within 5000 ms')),
      of(new Misfit('projects.0.name: Invalid input: expected string, received undefined')),
      of(exception('Unknown', 'Unknown', 503)),
      of(named('CredentialsProviderError', 'Could not load credentials from any providers')),
    ].map(({ message }) => message),
  ).toMatchInlineSnapshot(`
    [
      "codebuild:BatchGetProjects in ap-northeast-2 was refused: the credentials that look have no permission for it (AccessDeniedException: User: arn:aws:iam::111122223333:user/u is not authorized to perform: codebuild:BatchGetProjects).",
      "codebuild:BatchGetProjects in me-south-1 was refused: the region is not enabled in this account, or AWS does not know the access key (UnrecognizedClientException: The key [redacted] is unknown).",
      "codebuild:BatchGetProjects in ap-northeast-2 got an answer that is not in AWS format (Unexpected token).",
      "codebuild:BatchGetProjects in ap-northeast-2 got no answer in time (no whole answer within 5000 ms).",
      "codebuild:BatchGetProjects in ap-northeast-2 got an answer without what it must hold (projects.0.name: Invalid input: expected string, received undefined).",
      "codebuild:BatchGetProjects in ap-northeast-2 got HTTP 503 again and again.",
      "codebuild:BatchGetProjects in ap-northeast-2 was not sent: no usable AWS credentials were found; sign in, or choose a profile with AWS_PROFILE (Could not load credentials from any providers).",
    ]
  `);
});

test('a message of AWS is quoted only so far', () => {
  expect(of(exception('AccessDenied', 'x'.repeat(10_000))).message.length).toBeLessThan(700);
});
