import type { Bucket } from '../../aws/services/s3.ts';
import { BUCKET_PREFIX } from './names.ts';

/** The newest bucket whose name begins as the lab's text says. */
export function labBucket(buckets: readonly Bucket[]): Bucket | undefined {
  return buckets
    .filter(({ name }) => name.startsWith(BUCKET_PREFIX))
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || (a.name < b.name ? 1 : -1))[0];
}
