import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import pLimit from 'p-limit';
import { type AnyClient, type CallerOptions, createSend, type Line } from './call.ts';
import { CannotLook } from './errors.ts';
import { createTurns } from './rate.ts';
import type { Caller, OperationId } from './reader.ts';
import { sdkModule } from './sdk-module.ts';
import { sts } from './services/sts.ts';
import { defaultTimeouts, type Timeouts } from './timeouts.ts';
import { boundedTransport } from './transport.ts';
import { acceptWrittenDates } from './written-dates.ts';

const providers = sdkModule<typeof import('@aws-sdk/credential-providers')>('@aws-sdk/credential-providers');
const retry = sdkModule<typeof import('@smithy/core/retry')>('@smithy/core/retry');

type Credentials = AwsCredentialIdentity | AwsCredentialIdentityProvider;

export interface SessionOptions {
  readonly region: string;
  /** Default: {@link defaultCredentials}. Share one provider when many roles are assumed from the same credentials. */
  readonly credentials?: Credentials | undefined;
  /** Where AWS is, for practice endpoints. Default: AWS itself, or AWS_ENDPOINT_URL. */
  readonly endpoint?: string | undefined;
  /** Profile of the shared configuration files. Default: AWS_PROFILE. */
  readonly profile?: string | undefined;
  /** The role to assume; the session then looks at the role's account. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** The account that must be reached, 12 digits; any other is refused before it is looked at. */
  readonly expectedAccount?: string | undefined;
  /** Shown in the account's CloudTrail; characters that STS forbids are replaced. @default 'labproof' */
  readonly sessionName?: string | undefined;
  /** Default: {@link defaultTimeouts}. */
  readonly timeouts?: Timeouts | undefined;
  /** `false` for an endpoint of our own, which has no quotas to spare. @default true */
  readonly paced?: boolean;
  /** Calls in flight at once in this account. Default: {@link IN_FLIGHT}. */
  readonly concurrency?: number | undefined;
  /** Ends the opening, not the session. */
  readonly signal?: AbortSignal | undefined;
}

/** An account that may be looked at, in one region. */
export interface AccountSession {
  /** 12 digits, as STS says. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string;
  /** ARN of the user or role that looks. */
  readonly principal: string;
  /** When the credentials of an assumed role end. */
  readonly expiresAt?: Date;
  /** Opens a run. */
  caller(options: CallerOptions): Caller;
  /** The same account, looked at with the same credentials in another region; both share their limits. */
  inRegion(region: string): AccountSession;
}

/**
 * As many as the widest task, a cleanup, asks at once. They spread over eight services; the strictest, IAM, gets five of them,
 * and `createTurns` holds each service to its own rate however many are in flight.
 */
const IN_FLIGHT = 16;
const REGION_NAME = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/\S+$/;

/**
 * The credentials of whoever runs this: the SDK's default chain of environment, profile, SSO, container and instance.
 * Fetched once and renewed before they end.
 */
export function defaultCredentials({
  profile,
  region,
  timeouts = defaultTimeouts(),
}: Pick<SessionOptions, 'profile' | 'region' | 'timeouts'>): AwsCredentialIdentityProvider {
  return providers.fromNodeProviderChain({
    ...(profile !== undefined && { profile }),
    clientConfig: { region, requestHandler: boundedTransport(timeouts.attemptMs) },
  });
}

/**
 * Finds out whose account the credentials lead to, and opens it.
 *
 * @throws CannotLook with a message for the person who runs this: no credentials, expired, role refused, region disabled, no network.
 */
export async function openSession(options: SessionOptions): Promise<AccountSession> {
  const { region, roleArn, endpoint, profile, signal, timeouts = defaultTimeouts() } = options;
  if (!REGION_NAME.test(region)) {
    throw new CannotLook(`"${region}" is not the name of a region, such as ap-northeast-2.`, { reason: 'region' });
  }
  if (endpoint === undefined) refuseBadEndpoint('AWS_ENDPOINT_URL', process.env['AWS_ENDPOINT_URL']);
  else refuseBadEndpoint('endpoint', endpoint);
  if (roleArn !== undefined && !ROLE_ARN.test(roleArn)) {
    throw new CannotLook(`"${roleArn}" is not the ARN of a role, such as arn:aws:iam::123456789012:role/LabproofReadOnly.`, {
      trouble: 'no-role',
    });
  }
  const as = (credentials: Credentials): LineOptions => ({
    ...{ region, endpoint, profile, timeouts, credentials },
    limit: pLimit(options.concurrency ?? IN_FLIGHT),
    takeTurn: options.paced === false ? () => undefined : createTurns(),
  });
  const own = as(options.credentials ?? defaultCredentials({ profile, region, timeouts }));
  if (roleArn === undefined) {
    const who = await sts.callerIdentity(stsCall(own, 'sts:GetCallerIdentity', signal));
    refuseOtherAccount(who.account, options.expectedAccount);
    return session(own, who);
  }
  const { credentials, principal } = await assumeRole(own, { ...options, roleArn });
  const [, , , , account = ''] = principal.split(':');
  refuseOtherAccount(account, options.expectedAccount);
  return session(as(credentials), { account, principal, expiresAt: credentials.expiration });
}

function refuseOtherAccount(account: string, expected: string | undefined): void {
  if (expected === undefined || expected === account) return;
  throw new CannotLook(`The credentials lead to account ${account}, not to ${expected}: nothing was looked at.`, {
    trouble: 'wrong-account',
  });
}

function session(options: LineOptions, who: { account: string; principal: string; expiresAt?: Date | undefined }): AccountSession {
  const { account, principal, expiresAt } = who;
  const [, partition = 'aws'] = principal.split(':');
  const { region } = options;
  const line = openLine(options);
  const place = { account, region, partition };
  const here: AccountSession = {
    ...place,
    principal,
    ...(expiresAt && { expiresAt }),
    caller(run) {
      const caller: Caller = {
        ...place,
        send: createSend(line, run),
        ask: (reader, ...args) => reader.read(caller, ...args),
        at: (other) => (other === region ? caller : here.inRegion(other).caller(run)),
      };
      return caller;
    },
    inRegion: (other) => (other === region ? here : session({ ...options, region: other }, who)),
  };
  return here;
}

interface LineOptions extends Pick<Line, 'region' | 'limit' | 'takeTurn'>, Pick<SessionOptions, 'endpoint' | 'profile'> {
  readonly timeouts: Timeouts;
  readonly credentials: Credentials;
}

const FIRST_PUT_BACK_MS = 1_000;

/** What the SDK would log. Without `info` and `debug` it does not even put together what nobody reads. */
const SILENT = { warn() {}, error() {} };

function openLine({ region, endpoint, profile, timeouts, credentials, limit, takeTurn }: LineOptions): Line {
  const { attemptMs, backoffMs } = timeouts;
  const requestHandler = boundedTransport(attemptMs, { endpoint });
  // Endpoints on one host name have no bucket names as subdomains.
  const forcePathStyle = Boolean(endpoint || process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL']);
  const clients = new Map<string, AnyClient>();
  return {
    region,
    limit,
    takeTurn,
    putBackMs: backoffMs ?? FIRST_PUT_BACK_MS,
    clientOf(service) {
      const known = clients.get(service.name);
      if (known !== undefined) return known;
      const client = new (service.client())({
        region,
        credentials,
        requestHandler,
        logger: SILENT,
        maxAttempts: 4,
        retryMode: 'standard',
        forcePathStyle,
        ...(endpoint !== undefined && { endpoint }),
        ...(profile !== undefined && { profile }),
        ...(backoffMs !== undefined && { retryStrategy: new retry.ConfiguredRetryStrategy(4, backoffMs) }),
      });
      acceptWrittenDates(client);
      clients.set(service.name, client);
      return client;
    },
  };
}

/** How long opening puts back what STS throttles: a class's roles are assumed nearly at once. */
const patience = () => Date.now() + 15_000;

/** A way to STS that may make one call, from before the account is known. */
const stsCall = (own: LineOptions, operation: OperationId, signal: AbortSignal | undefined): Pick<Caller, 'send'> => ({
  send: createSend(openLine(own), { allowed: new Set([operation]), signal, until: patience() }),
});

async function assumeRole(
  own: LineOptions,
  { roleArn, externalId, sessionName = 'labproof', signal }: SessionOptions & { readonly roleArn: string },
) {
  try {
    return await sts.assumeRole(stsCall(own, 'sts:AssumeRole', signal), { roleArn, externalId, sessionName });
  } catch (error) {
    if (!(error instanceof CannotLook) || !error.code?.startsWith('AccessDenied')) throw error;
    // STS gives one answer for all of these.
    throw new CannotLook(
      `${roleArn} could not be assumed: there is no such role, its trust policy does not name these credentials${
        externalId === undefined ? ' or demands an ExternalId' : ', or it demands another ExternalId'
      }, or these credentials may not call sts:AssumeRole on it. ${error.message}`,
      { ...error, trouble: 'no-role' },
    );
  }
}

function refuseBadEndpoint(name: string, url: string | undefined): void {
  if (!url || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return;
  throw new CannotLook(`${name} is not an http or https address.`, { reason: 'network' });
}
