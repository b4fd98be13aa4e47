import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ACCOUNT_ID } from './account-id.ts';

const USER_KEY = 'AKIAPRAC';
const SESSION_KEY = 'ASIAPRAC';

/** The shape of an SDK credential. Practice keys open practice accounts and nothing else. */
export interface PracticeCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who makes a call. */
export interface Identity {
  /** The account the credentials belong to, 12 digits. */
  readonly account: string;
  readonly arn: string;
  /** As in `GetCallerIdentity`. */
  readonly userId: string;
  /** The role, when the credentials are a session of one. */
  readonly role?: string;
}

/** What the `Authorization` header of a signed request says. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** Keys of the practice user of an account. The secret follows from the id: it protects nothing but practice. */
export function userCredentials(account: string): PracticeCredentials {
  return { accessKeyId: `${USER_KEY}${account}`, secretAccessKey: secretOf(`secret/${account}`) };
}

export function sessionCredentials(account: string, sessionToken: string): Required<PracticeCredentials> {
  return { accessKeyId: `${SESSION_KEY}${account}`, secretAccessKey: secretOf(sessionToken), sessionToken };
}

function secretOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 40);
}

/** Reads `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, ...`; the signature itself is not checked. */
export function readScope(authorization: string): Scope | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]{16,128})\/\d{8}\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,64})\/aws4_request,/.exec(
    authorization,
  );
  const [, accessKeyId, region, service] = match ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

export interface Session {
  readonly account: string;
  readonly role: string;
  readonly session: string;
  readonly expires: Date;
}

/** Session tokens that only this endpoint can make; nothing is stored for them. */
export class SessionTokens {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  issue({ account, role, session, expires }: Session): string {
    const claim = Buffer.from(JSON.stringify([account, role, session, expires.getTime()])).toString('base64url');
    return `${claim}.${this.#seal(claim).toString('base64url')}`;
  }

  /** @returns undefined for a token this endpoint did not issue; an expired one is still read. */
  read(token: string): Session | undefined {
    const [claim = '', seal = ''] = token.split('.');
    const expected = this.#seal(claim);
    const given = Buffer.from(seal, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [account, role, session, expires] = JSON.parse(Buffer.from(claim, 'base64url').toString()) as [string, string, string, number];
    return { account, role, session, expires: new Date(expires) };
  }

  #seal(claim: string): Buffer {
    return createHmac('sha256', this.#secret).update(claim).digest();
  }
}

/** Which account an access key id names. */
export function ownerOf(accessKeyId: string): { readonly kind: 'user' | 'session'; readonly account: string } | undefined {
  const account = accessKeyId.slice(USER_KEY.length);
  if (!ACCOUNT_ID.test(account)) return undefined;
  if (accessKeyId.startsWith(USER_KEY)) return { kind: 'user', account };
  if (accessKeyId.startsWith(SESSION_KEY)) return { kind: 'session', account };
  return undefined;
}

export function userIdentity(account: string): Identity {
  return { account, arn: `arn:aws:iam::${account}:user/practice`, userId: `AIDAPRAC${account}0` };
}

export function sessionIdentity({ account, role, session }: Session, roleId: string): Identity {
  return { account, arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`, userId: `${roleId}:${session}`, role };
}
