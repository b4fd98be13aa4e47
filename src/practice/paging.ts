import { createHash } from 'node:crypto';

/** One page of a list and where the next begins. */
export interface Page<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly next?: string | undefined;
}

export interface PageRequest {
  /** What is paged: the token of one list does not open another. */
  readonly of: string;
  readonly token: string | undefined;
  /** Items a page holds unless the caller asks for fewer. */
  readonly size: number;
  /** What the caller asked for, at most. */
  readonly max?: number | undefined;
  /** The error of the service for a token it did not give out. */
  readonly badToken: () => Error;
}

/** @throws what `badToken` makes */
export function pageOf<T>(all: readonly T[], { of, token, size, max = size, badToken }: PageRequest): Page<T> {
  const start = token === undefined ? 0 : offsetIn(token, of);
  if (start === undefined) throw badToken();
  const end = start + max;
  return { items: all.slice(start, end), next: end < all.length ? tokenFor(of, end) : undefined };
}

function tokenFor(of: string, offset: number): string {
  return Buffer.from(`${fingerprint(of)}.${offset}`).toString('base64url');
}

function offsetIn(token: string, of: string): number | undefined {
  const match = /^([0-9a-f]{40})\.([1-9]\d{0,8})$/.exec(Buffer.from(token, 'base64url').toString());
  return match?.[1] === fingerprint(of) ? Number(match[2]) : undefined;
}

function fingerprint(of: string): string {
  return createHash('sha1').update(of).digest('hex');
}
