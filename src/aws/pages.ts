import { z } from 'zod';
import { CannotLook, type Trouble } from './errors.ts';
import { facts, from, maybeText } from './facts.ts';
import type { OperationId } from './reader.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The token of the next page; absent or empty on the last one. */
  readonly next?: string | undefined;
}

/**
 * A page as most operations give it.
 *
 * @param items the member that holds the items
 * @param next the member that holds the token of the next page. @default 'nextToken'
 */
export const page = <Item>(items: string, of: z.ZodType<Item>, next = 'nextToken') =>
  facts({ items: from(items, z.array(of)), next: from(next, maybeText) }) as unknown as z.ZodType<Page<Item>>;

interface PageLimits<Item> {
  readonly operation: OperationId;
  /** Pages that may be read before the list counts as too long to be judged. @default 20 */
  readonly maxPages?: number | undefined;
  /** Ends the reading early: nothing after this page is needed. Sees every item read so far. */
  readonly enough?: (soFar: readonly Item[]) => boolean;
}

/**
 * Reads a paginated list whole; of something that may not exist, `undefined` when a page says so.
 *
 * @throws CannotLook `malformed` when AWS repeats a page token or the list is longer than `maxPages`:
 *   half a list must never be taken for the whole.
 */
export async function allPages<Item, Missing extends undefined = never>(
  readPage: (token: string | undefined) => Promise<Page<Item> | Missing>,
  { operation, maxPages = 20, enough }: PageLimits<Item>,
): Promise<Item[] | Missing> {
  const refused = (trouble: Trouble, says: string) => new CannotLook(says, { trouble, operation });
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await readPage(token);
    if (page === undefined) return page;
    items.push(...page.items);
    if (!page.next || enough?.(items)) return items;
    if (seen.has(page.next)) {
      throw refused('unreadable', `${operation} gave the same page token twice, so its list cannot be trusted.`);
    }
    seen.add(page.next);
    token = page.next;
  }
  throw refused('too-long', `${operation} has more than ${maxPages} pages; the rest was not read, so nothing is concluded from the list.`);
}
