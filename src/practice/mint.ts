import { createHash } from 'node:crypto';

/** Makes the ids of one account. The same account and the same sequence of moves give the same ids. */
export interface Mint {
  /** `length` lower-case hex digits (at most 64). */
  hex(length: number): string;
  /** RFC 4122 spelling, version 4. */
  uuid(): string;
  /** `length` upper-case letters and digits in AWS's id alphabet (base 32, at most 32). */
  base32(length: number): string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function createMint(seed: string): Mint {
  let serial = 0;
  const digest = () => createHash('sha256').update(`${seed}/${++serial}`).digest();
  return {
    hex: (length) => digest().toString('hex').slice(0, length),
    uuid() {
      const bytes = digest();
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      return bytes
        .toString('hex')
        .slice(0, 32)
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    base32: (length) => Array.from(digest().subarray(0, length), (byte) => BASE32[byte % 32]).join(''),
  };
}
