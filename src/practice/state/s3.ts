import { createHash } from 'node:crypto';
import type { ObjectVersion, PublicAccessBlockConfiguration, ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import { impossible, Named, type Scope } from './scope.ts';

export interface NewBucket {
  /** Where it is. */
  readonly region: string;
  /** `null`: none. Default: everything blocked, as every new bucket has it. */
  readonly publicAccessBlock?: PublicAccessBlockConfiguration | null;
  /** Default: `AES256`, as every new bucket has it. */
  readonly encryption?: ServerSideEncryptionRule;
  readonly versioning?: VersioningStatus;
}

export type VersioningStatus = 'Enabled' | 'Suspended';

type NewObject = { readonly sizeInBytes?: number; readonly lastModified?: Date };

export interface BucketState {
  readonly name: string;
  readonly region: string;
  readonly createdAt: Date;
  /** Unset: it has no such configuration. */
  readonly publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
  readonly encryption: ServerSideEncryptionRule;
  /** Unset: it was never versioned. */
  readonly versioning?: VersioningStatus | undefined;
  /** Every version and delete marker; of one key the newest first. Keys in the order of their UTF-8 bytes. */
  readonly versions: readonly ObjectVersionState[];
}

/** A version as `ListObjectVersions` answers it. Its id is `null` for an object put while the bucket was not versioned. */
export interface ObjectVersionState extends ObjectVersion {
  readonly Key: string;
  readonly deleteMarker: boolean;
}

const BLOCKED: PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const AES256: ServerSideEncryptionRule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false };
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const MOST_VERSIONS = 2000;

export type S3State = ReturnType<typeof createS3State>;

/** Buckets of all regions: their names are shared by them. */
export function createS3State({ clock, mint }: Scope) {
  const buckets = new Named<BucketState>(clock, (name) => `The specified bucket does not exist: ${name}`);
  const newVersionId = ({ versioning }: BucketState) => (versioning === 'Enabled' ? mint.hex(32) : 'null');
  return {
    createBucket(name: string, { region, publicAccessBlock = BLOCKED, encryption = AES256, versioning }: NewBucket): BucketState {
      if (!NAME.test(name)) impossible(`The specified bucket is not valid: ${name}`);
      if (buckets.has(name)) impossible(`Your previous request to create the named bucket succeeded and you already own it: ${name}`);
      const bucket: BucketState = {
        ...{ name, region, versioning, versions: [] },
        publicAccessBlock: structuredClone(publicAccessBlock ?? undefined),
        encryption: structuredClone(encryption),
        createdAt: clock.tick(1),
      };
      buckets.set(name, bucket);
      return bucket;
    },
    /** The bucket must be empty of objects, old versions and delete markers. */
    deleteBucket(name: string): void {
      if (buckets.known(name).versions.length > 0) impossible(`The bucket you tried to delete is not empty: ${name}`);
      buckets.remove(name);
    },
    /** `undefined` takes the configuration away. */
    putPublicAccessBlock: (name: string, configuration: PublicAccessBlockConfiguration | undefined) =>
      buckets.change(name, { publicAccessBlock: configuration }),
    putEncryption: (name: string, rule: ServerSideEncryptionRule) => buckets.change(name, { encryption: rule }),
    putVersioning: (name: string, status: VersioningStatus) => buckets.change(name, { versioning: status }),
    /** Writes an object; in a versioned bucket the older versions stay. */
    putObject(name: string, key: string, { sizeInBytes = 1024, lastModified }: NewObject = {}): ObjectVersionState {
      const bucket = buckets.known(name);
      const version: ObjectVersionState = {
        ...{ Key: key, Size: sizeInBytes, StorageClass: 'STANDARD', deleteMarker: false },
        VersionId: newVersionId(bucket),
        LastModified: lastModified ?? clock.tick(1),
        ETag: `"${createHash('md5').update(`${name}/${key}/${sizeInBytes}`).digest('hex')}"`,
      };
      write(bucket, version);
      return version;
    },
    /** Deletes an object; in a versioned bucket that leaves a delete marker before its versions. */
    deleteObject(name: string, key: string): void {
      const bucket = buckets.known(name);
      const LastModified = clock.tick(1);
      if (bucket.versioning === undefined) {
        buckets.set(name, { ...bucket, versions: bucket.versions.filter(({ Key }) => Key !== key) });
        return;
      }
      write(bucket, { Key: key, VersionId: newVersionId(bucket), deleteMarker: true, LastModified });
    },
    /** Deletes every object, version and delete marker. */
    emptyBucket: (name: string) => buckets.change(name, { versions: [] }),
    bucket: (name: string): BucketState | undefined => buckets.get(name),
    /** By name. */
    buckets: (): readonly BucketState[] => buckets.sorted(),
  };

  /** Puts a version before the older ones of its key; one without an id of its own takes the place of the one there was. */
  function write(bucket: BucketState, version: ObjectVersionState): void {
    const others = bucket.versions.filter(
      ({ Key, VersionId }) => Key !== version.Key || VersionId !== 'null' || version.VersionId !== 'null',
    );
    const versions = [version, ...others].sort((a, b) => Buffer.compare(Buffer.from(a.Key), Buffer.from(b.Key)));
    if (versions.length > MOST_VERSIONS) impossible(`A practice bucket holds at most ${MOST_VERSIONS} versions.`);
    buckets.set(bucket.name, { ...bucket, versions });
  }
}
