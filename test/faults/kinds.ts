import type { UnknownReason } from '../../src/aws/errors.ts';

/** How an answer is written on the wire. */
export type Protocol = 'json' | 'query' | 'rest-xml';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What befalls a request: an answer instead of the service's, a change of the service's answer, or a broken connection. */
export type Mishap =
  | { readonly kind: 'instead'; readonly answer: Answer }
  /** The service's own answer, changed on its way. */
  | { readonly kind: 'rewrite'; rewrite(answer: string, protocol: Protocol): string }
  | { readonly kind: 'truncated' | 'reset' | 'hang' | 'hang-in-body' | 'same-token' | 'many-items' };

export interface Fault {
  readonly name: string;
  /** What a check may say when it could not look because of it. `bug` never is. */
  readonly reasons: readonly UnknownReason[];
  /** How many requests of the operation it meets; for ever unless given. */
  readonly times?: number;
  /** From the first request of the operation on, it meets every operation. */
  readonly spreads?: true;
  /** Nothing may be unknown: the trouble passes and asking again helps. */
  readonly passes?: true;
  mishap(protocol: Protocol): Mishap;
}

const html = (status: number): Answer => ({ status, type: 'text/html', body: '<html><body><h1>Something went wrong</h1></body></html>' });
const instead = (answer: Answer): Mishap => ({ kind: 'instead', answer });

function errorOf(protocol: Protocol, code: string, message: string, status: number): Answer {
  if (protocol === 'json') return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  const body =
    protocol === 'query'
      ? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r-1</RequestId></ErrorResponse>`
      : `<?xml version="1.0"?><Error>${error}<RequestId>r-1</RequestId></Error>`;
  return { status, type: 'text/xml', body };
}

/** A refusal with the code that services of each protocol use; JSON services refuse with 400. */
const refusal =
  (codes: { readonly json: string; readonly xml: string }, message: string, xmlStatus = 403) =>
  (protocol: Protocol): Mishap =>
    instead(errorOf(protocol, protocol === 'json' ? codes.json : codes.xml, message, protocol === 'json' ? 400 : xmlStatus));

const throttled = refusal({ json: 'ThrottlingException', xml: 'Throttling' }, 'Rate exceeded', 400);
const expired = refusal({ json: 'ExpiredTokenException', xml: 'ExpiredToken' }, 'The security token included in the request is expired');
const denied = (why: string) =>
  refusal(
    { json: 'AccessDeniedException', xml: 'AccessDenied' },
    `User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform this ${why}`,
  );

const gateway = (status: number): Fault[] => [
  {
    name: `${status} as JSON`,
    reasons: ['network', 'malformed'],
    mishap: () => instead({ status, type: 'application/json', body: '{"message":"Internal"}' }),
  },
  {
    name: `${status} as XML`,
    reasons: ['network', 'malformed'],
    mishap: () => instead(errorOf('query', 'InternalFailure', 'Internal', status)),
  },
  { name: `${status} as HTML`, reasons: ['network', 'malformed'], mishap: () => instead(html(status)) },
];

/** Everything that may befall a call. */
export const FAULTS: readonly Fault[] = [
  { name: 'throttled once', reasons: [], times: 1, passes: true, mishap: throttled },
  { name: 'throttled always', reasons: ['throttled'], mishap: throttled },
  ...[500, 502, 503].flatMap(gateway),
  { name: '503 once', reasons: [], times: 1, passes: true, mishap: () => instead(html(503)) },
  {
    name: 'empty 200',
    reasons: ['malformed'],
    mishap: (protocol) => instead({ status: 200, type: protocol === 'json' ? 'application/x-amz-json-1.1' : 'text/xml', body: '' }),
  },
  {
    name: 'empty object',
    reasons: ['malformed'],
    mishap: (protocol) =>
      instead(
        protocol === 'json'
          ? { status: 200, type: 'application/x-amz-json-1.1', body: '{}' }
          : { status: 200, type: 'text/xml', body: '<Response><Result/></Response>' },
      ),
  },
  { name: 'HTML 200', reasons: ['malformed'], mishap: () => instead(html(200)) },
  {
    name: 'garbage 200',
    reasons: ['malformed'],
    mishap: () => instead({ status: 200, type: 'application/x-amz-json-1.1', body: '{"a":<' }),
  },
  { name: 'truncated', reasons: ['malformed', 'network'], mishap: () => ({ kind: 'truncated' }) },
  { name: 'reset', reasons: ['network', 'malformed'], mishap: () => ({ kind: 'reset' }) },
  { name: 'reset once', reasons: [], times: 1, passes: true, mishap: () => ({ kind: 'reset' }) },
  { name: 'hang before the answer', reasons: ['network'], mishap: () => ({ kind: 'hang' }) },
  { name: 'hang inside the body', reasons: ['network'], mishap: () => ({ kind: 'hang-in-body' }) },
  { name: 'denied', reasons: ['access'], mishap: denied('because no identity-based policy allows it') },
  { name: 'denied by an SCP', reasons: ['access'], mishap: denied('with an explicit deny in a service control policy') },
  { name: 'expired', reasons: ['expired'], mishap: expired },
  { name: 'expired mid-run', reasons: ['expired'], spreads: true, mishap: expired },
  {
    name: 'wrong region',
    reasons: ['access', 'region'],
    // Elsewhere a region shows in the credentials; S3 sends away who asks for a bucket of another.
    mishap: (protocol) =>
      protocol === 'rest-xml'
        ? refusal({ json: '', xml: 'PermanentRedirect' }, 'The bucket must be addressed using the specified endpoint', 301)(protocol)
        : refusal(
            { json: 'UnrecognizedClientException', xml: 'InvalidClientTokenId' },
            'The security token included in the request is invalid',
          )(protocol),
  },
  {
    name: 'region not enabled',
    reasons: ['region'],
    mishap: refusal({ json: 'RegionDisabledException', xml: 'RegionDisabledException' }, 'Not activated in this region'),
  },
  {
    name: 'skewed clock',
    reasons: ['expired'],
    mishap: refusal(
      { json: 'InvalidSignatureException', xml: 'SignatureDoesNotMatch' },
      'Signature expired: 20261120T000000Z is now earlier than 20261120T001000Z',
    ),
  },
  {
    name: 'no subscription',
    // OptInRequired says it of services and of regions alike.
    reasons: ['access', 'region'],
    mishap: refusal(
      { json: 'SubscriptionRequiredException', xml: 'OptInRequired' },
      'The AWS Access Key Id needs a subscription for the service',
    ),
  },
  { name: 'repeated page token', reasons: ['malformed'], mishap: () => ({ kind: 'same-token' }) },
  // A hundred pages may outlast a run on a busy machine.
  { name: 'ten thousand items', reasons: ['malformed', 'network'], mishap: () => ({ kind: 'many-items' }) },
];
