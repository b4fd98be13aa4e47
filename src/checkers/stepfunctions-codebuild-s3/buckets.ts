import type { Build } from '../../aws/services/codebuild/build.ts';
import type { Bucket } from '../../aws/services/s3.ts';
import { BUCKET_PREFIX, BUCKET_VARIABLE, KEY_VARIABLE } from './names.ts';

/** The newest bucket whose name begins as the lab's text says. */
export function labBucket(buckets: readonly Bucket[]): Bucket | undefined {
  return buckets
    .filter(({ name }) => name.startsWith(BUCKET_PREFIX))
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || (a.name < b.name ? 1 : -1))[0];
}

/** Where an execution told its build to put the tar. */
export function targetOf(build: Build | undefined) {
  const value = (name: string) => build?.environment.variables.find((variable) => variable.name === name)?.value || undefined;
  const [bucket, key] = [value(BUCKET_VARIABLE), value(KEY_VARIABLE)];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
