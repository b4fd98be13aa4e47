import { createHash } from 'node:crypto';

export const ACCOUNT_ID = /^[0-9]{12}$/;

/** The account id that belongs to `seed`: always the same 12 digits, the first of them not zero. */
export function newAccountId(seed: string): string {
  const number = createHash('sha256').update(`account/${seed}`).digest().readBigUInt64BE();
  return String(100_000_000_000n + (number % 900_000_000_000n));
}
