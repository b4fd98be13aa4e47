import { createHash } from 'node:crypto';

/** How the operations of a service list what does not fit into one answer. */
export interface Paging {
  /** The member of an input that holds the token of a page, and of an output that holds the next page's. */
  readonly token: string;
  /** Items a page holds unless the caller asks for fewer. */
  readonly size: number;
  /** Refuses a token that the service did not give out. @throws AwsError */
  badToken(token: string): never;
  /** How many items a caller may ask for. */
  readonly limit?: {
    /** The member of an input that holds the number. */
    readonly member: string;
    /** Default 1. With 0, zero asks for the page's usual size. */
    readonly least?: number;
    readonly most: number;
    /** Refuses a number outside of these. @throws AwsError */
    bad(asked: number): never;
  };
}

/**
 * Answers with the page that a request asks for: `shape` makes the output of its items, and of the token of the next page,
 * which is absent on the last one and added to the output by itself.
 */
export type Pager = <T, Output extends object>(
  all: readonly T[],
  shape: (items: T[], next: string | undefined) => Output,
  /** Replaces what the service and the request say of a page's size. */
  own?: { readonly size?: number; readonly max?: number },
) => Output;

/**
 * Makes the pager of one request. A token opens only the list it was given out for: same operation, same input.
 * @throws from the pager: the error of the service for a bad token or a bad number of items
 */
export function createPager(operation: string, input: object, paging: Paging | undefined): Pager {
  return (all, shape, own = {}) => {
    if (paging === undefined) throw new Error(`${operation} pages its answer, but its service declares no paging.`);
    const { token: tokenMember, limit } = paging;
    // The schema has given both members their types.
    const { [tokenMember]: token, ...rest } = input as Record<string, string | undefined>;
    const asked = limit && (input as Record<string, number | undefined>)[limit.member];
    if (limit && asked !== undefined && (asked < (limit.least ?? 1) || asked > limit.most)) limit.bad(asked);
    // Numbers say how much of a list is wanted, not of which list.
    const what = JSON.stringify(rest, (_key, value: unknown) => (typeof value === 'number' ? undefined : value));
    const of = createHash('sha1').update(`${operation} ${what}`).digest('hex');
    const start = token === undefined ? 0 : (offsetIn(token, of) ?? paging.badToken(token));
    const end = start + (own.max ?? (asked || (own.size ?? paging.size)));
    const next = end < all.length ? Buffer.from(`${of}.${end}`).toString('base64url') : undefined;
    return { [tokenMember]: next, ...shape(all.slice(start, end), next) };
  };
}

function offsetIn(token: string, of: string): number | undefined {
  const match = /^([0-9a-f]{40})\.([1-9]\d{0,8})$/.exec(Buffer.from(token, 'base64url').toString());
  return match?.[1] === of ? Number(match[2]) : undefined;
}
