import { z } from 'zod';
import { defineReader } from '../reader.ts';
import { sdk } from '../sdk.ts';
import { allPages } from './pages.ts';
import { expectRoot } from './xml-root.ts';

/** A bucket of this account; buckets of others with that name are not found. */
export interface Bucket {
  readonly name: string;
  readonly createdAt?: Date | undefined;
  /** Where it is. Unset when the list does not say; `s3.bucketRegion` then does. */
  readonly region?: string | undefined;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** How objects are encrypted unless a request says otherwise. Every bucket has `AES256` by itself. */
export interface BucketEncryption {
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  readonly algorithm: string;
  /** Id, alias or ARN of the key. Unset: AWS's own key for S3. */
  readonly kmsKey?: string | undefined;
  /** Whether one bucket key stands for a KMS call for each object. */
  readonly bucketKey?: boolean | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
  readonly etag?: string | undefined;
  readonly storageClass?: string | undefined;
}

export interface ObjectVersion {
  readonly key: string;
  /** `null` for objects from before versioning. */
  readonly versionId: string;
  readonly latest: boolean;
  readonly modifiedAt: Date;
  /** Markers have no size and are what a deletion leaves in a versioned bucket. */
  readonly deleteMarker: boolean;
  readonly sizeBytes?: number | undefined;
}

/** Wherever a bucket may be missing, S3's answer for that: it may be asked about together with the bucket itself. */
const NO_BUCKET = ['NoSuchBucket'];

const CUT_OFF = { message: 'is cut off without a token for the rest' };

const bucketsAnswer = z.object({
  Buckets: z.array(
    z
      .object({ Name: z.string().min(1), CreationDate: z.date().optional(), BucketRegion: z.string().optional() })
      .transform(({ Name, CreationDate, BucketRegion }): Bucket => ({ name: Name, createdAt: CreationDate, region: BucketRegion })),
  ),
  ContinuationToken: z.string().optional(),
});

/** This account's buckets, in every region, whose names begin with `prefix`; all of them with an empty one. */
const buckets = defineReader({
  name: 's3.buckets',
  calls: ['s3:ListBuckets'],
  actions: ['s3:ListAllMyBuckets'],
  async read(aws, prefix: string): Promise<readonly Bucket[]> {
    const found = await allPages<Bucket>(
      async (ContinuationToken) => {
        const command = new sdk.s3.ListBucketsCommand({ ContinuationToken, MaxBuckets: 1000, ...(prefix !== '' && { Prefix: prefix }) });
        const page = await aws.send(sdk.s3.S3Client, expectRoot(command, 'ListAllMyBucketsResult'), { answer: bucketsAnswer });
        return { items: page.Buckets, next: page.ContinuationToken };
      },
      { operation: 's3:ListBuckets', maxPages: 20 },
    );
    return found.filter(({ name }) => name.startsWith(prefix));
  },
});

/**
 * This account's bucket of that name. Asked by listing: a look at the bucket itself answers 403 both for a bucket of somebody
 * else and for a missing permission.
 */
const bucket = defineReader({
  name: 's3.bucket',
  calls: buckets.calls,
  actions: ['s3:ListAllMyBuckets'],
  finds: 'bucket',
  async read(aws, name: string): Promise<Bucket | undefined> {
    return (await buckets.read(aws, name)).find((found) => found.name === name);
  },
});

/** The region of a bucket. `undefined` when there is no such bucket. */
const bucketRegion = defineReader({
  name: 's3.bucketRegion',
  calls: ['s3:GetBucketLocation'],
  async read(aws, name: string): Promise<string | undefined> {
    const answer = z.object({ LocationConstraint: z.string().optional() });
    const command = expectRoot(new sdk.s3.GetBucketLocationCommand({ Bucket: name }), 'LocationConstraint');
    const found = await aws.send(sdk.s3.S3Client, command, { answer, absent: NO_BUCKET });
    if (found === undefined) return undefined;
    // us-east-1 is spelled as nothing, eu-west-1 may have its old name.
    return found.LocationConstraint === 'EU' ? 'eu-west-1' : found.LocationConstraint || 'us-east-1';
  },
});

/** What a bucket refuses to make public. `undefined` when it has no such setting of its own, or there is no such bucket. */
const publicAccessBlock = defineReader({
  name: 's3.publicAccessBlock',
  calls: ['s3:GetPublicAccessBlock'],
  actions: ['s3:GetBucketPublicAccessBlock'],
  async read(aws, name: string): Promise<PublicAccessBlock | undefined> {
    const answer = z.object({
      PublicAccessBlockConfiguration: z
        .object({
          BlockPublicAcls: z.boolean().optional(),
          IgnorePublicAcls: z.boolean().optional(),
          BlockPublicPolicy: z.boolean().optional(),
          RestrictPublicBuckets: z.boolean().optional(),
        })
        .refine((settings) => Object.values(settings).some((value) => value !== undefined), { message: 'has no settings' }),
    });
    const found = await aws.send(sdk.s3.S3Client, new sdk.s3.GetPublicAccessBlockCommand({ Bucket: name }), {
      answer,
      absent: ['NoSuchPublicAccessBlockConfiguration', ...NO_BUCKET],
    });
    const settings = found?.PublicAccessBlockConfiguration;
    return (
      settings && {
        blockPublicAcls: settings.BlockPublicAcls ?? false,
        ignorePublicAcls: settings.IgnorePublicAcls ?? false,
        blockPublicPolicy: settings.BlockPublicPolicy ?? false,
        restrictPublicBuckets: settings.RestrictPublicBuckets ?? false,
      }
    );
  },
});

/** The default encryption of a bucket. `undefined` when it has none (only buckets from before 2023), or there is no such bucket. */
const encryption = defineReader({
  name: 's3.encryption',
  calls: ['s3:GetBucketEncryption'],
  actions: ['s3:GetEncryptionConfiguration'],
  async read(aws, name: string): Promise<BucketEncryption | undefined> {
    const answer = z.object({
      ServerSideEncryptionConfiguration: z.object({
        Rules: z.tuple(
          [
            z.object({
              ApplyServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string().min(1), KMSMasterKeyID: z.string().optional() }),
              BucketKeyEnabled: z.boolean().optional(),
            }),
          ],
          z.unknown(),
        ),
      }),
    });
    const found = await aws.send(sdk.s3.S3Client, new sdk.s3.GetBucketEncryptionCommand({ Bucket: name }), {
      answer,
      absent: ['ServerSideEncryptionConfigurationNotFoundError', ...NO_BUCKET],
    });
    if (found === undefined) return undefined;
    const [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }] = found.ServerSideEncryptionConfiguration.Rules;
    const { SSEAlgorithm, KMSMasterKeyID } = ApplyServerSideEncryptionByDefault;
    return { algorithm: SSEAlgorithm, kmsKey: KMSMasterKeyID || undefined, bucketKey: BucketKeyEnabled };
  },
});

/** Whether a bucket keeps old versions: `never` was, `enabled`, or `suspended`. `undefined` when there is no such bucket. */
const versioning = defineReader({
  name: 's3.versioning',
  calls: ['s3:GetBucketVersioning'],
  async read(aws, name: string): Promise<'never' | 'enabled' | 'suspended' | undefined> {
    const answer = z.object({ Status: z.enum(['Enabled', 'Suspended']).optional() });
    const command = expectRoot(new sdk.s3.GetBucketVersioningCommand({ Bucket: name }), 'VersioningConfiguration');
    const found = await aws.send(sdk.s3.S3Client, command, { answer, absent: NO_BUCKET });
    if (found === undefined) return undefined;
    return found.Status === undefined ? 'never' : found.Status === 'Enabled' ? 'enabled' : 'suspended';
  },
});

const objectShape = z
  .object({
    Key: z.string().min(1),
    Size: z.number(),
    LastModified: z.date(),
    ETag: z.string().optional(),
    StorageClass: z.string().optional(),
  })
  .transform(
    ({ Key, Size, LastModified, ETag, StorageClass }): StoredObject => ({
      key: Key,
      sizeBytes: Size,
      modifiedAt: LastModified,
      etag: ETag,
      storageClass: StorageClass,
    }),
  );

/** Objects whose keys begin with `prefix`, in the order of their keys, at most `limit` (default 1000). `undefined` when there is no such bucket. */
const objects = defineReader({
  name: 's3.objects',
  calls: ['s3:ListObjectsV2'],
  actions: ['s3:ListBucket'],
  async read(
    aws,
    name: string,
    { prefix = '', limit = 1000 }: { readonly prefix?: string; readonly limit?: number } = {},
  ): Promise<readonly StoredObject[] | undefined> {
    const answer = z
      .object({
        Name: z.literal(name),
        IsTruncated: z.boolean().optional(),
        Contents: z.array(objectShape).optional(),
        NextContinuationToken: z.string().optional(),
      })
      .refine((page) => !page.IsTruncated || page.NextContinuationToken, CUT_OFF);
    const found = await allPages<StoredObject>(
      async (ContinuationToken) => {
        const command = new sdk.s3.ListObjectsV2Command({
          Bucket: name,
          Prefix: prefix,
          MaxKeys: Math.min(limit, 1000),
          ContinuationToken,
        });
        const page = await aws.send(sdk.s3.S3Client, command, { answer, absent: NO_BUCKET });
        return page && { items: page.Contents ?? [], next: page.NextContinuationToken };
      },
      { operation: 's3:ListObjectsV2', maxPages: 20, enough: (soFar) => soFar.length >= limit },
    );
    return found?.slice(0, limit);
  },
});

/**
 * The object with this key. `undefined` when there is no such object or bucket. Asked by listing: a look at the object itself
 * answers 403 or 404 depending on permissions.
 */
const object = defineReader({
  name: 's3.object',
  calls: objects.calls,
  actions: ['s3:ListBucket'],
  probe: (name) => [name, 'labproof'],
  async read(aws, bucketName: string, key: string): Promise<StoredObject | undefined> {
    // Of all keys that begin with it, the key itself comes first.
    const [first] = (await objects.read(aws, bucketName, { prefix: key, limit: 1 })) ?? [];
    return first?.key === key ? first : undefined;
  },
});

const versionShape = z.object({
  Key: z.string().min(1),
  VersionId: z.string().min(1),
  IsLatest: z.boolean(),
  LastModified: z.date(),
  Size: z.number().optional(),
});
const versionOf = (
  { Key, VersionId, IsLatest, LastModified, Size }: z.infer<typeof versionShape>,
  deleteMarker: boolean,
): ObjectVersion => ({
  key: Key,
  versionId: VersionId,
  latest: IsLatest,
  modifiedAt: LastModified,
  deleteMarker,
  sizeBytes: Size,
});

/**
 * Every version of the objects whose keys begin with `prefix`, delete markers too, at most `limit` (default 1000): what has to go
 * before a versioned bucket can be deleted. `undefined` when there is no such bucket.
 */
const objectVersions = defineReader({
  name: 's3.objectVersions',
  calls: ['s3:ListObjectVersions'],
  actions: ['s3:ListBucketVersions'],
  async read(
    aws,
    name: string,
    { prefix = '', limit = 1000 }: { readonly prefix?: string; readonly limit?: number } = {},
  ): Promise<readonly ObjectVersion[] | undefined> {
    const answer = z
      .object({
        Name: z.literal(name),
        IsTruncated: z.boolean().optional(),
        Versions: z.array(versionShape).optional(),
        DeleteMarkers: z.array(versionShape).optional(),
        NextKeyMarker: z.string().optional(),
        NextVersionIdMarker: z.string().optional(),
      })
      .refine((page) => !page.IsTruncated || page.NextKeyMarker, CUT_OFF);
    const found = await allPages<ObjectVersion>(
      async (token) => {
        const { key, version } = token === undefined ? {} : (JSON.parse(token) as { key?: string; version?: string });
        const command = new sdk.s3.ListObjectVersionsCommand({ Bucket: name, Prefix: prefix, KeyMarker: key, VersionIdMarker: version });
        const page = await aws.send(sdk.s3.S3Client, command, { answer, absent: NO_BUCKET });
        if (page === undefined) return undefined;
        const { Versions = [], DeleteMarkers = [], NextKeyMarker, NextVersionIdMarker } = page;
        return {
          items: [...Versions.map((each) => versionOf(each, false)), ...DeleteMarkers.map((each) => versionOf(each, true))],
          next: page.IsTruncated ? JSON.stringify({ key: NextKeyMarker, version: NextVersionIdMarker }) : undefined,
        };
      },
      { operation: 's3:ListObjectVersions', maxPages: 20, enough: (soFar) => soFar.length >= limit },
    );
    return found?.slice(0, limit);
  },
});

export const s3 = {
  bucket,
  buckets,
  bucketRegion,
  publicAccessBlock,
  encryption,
  versioning,
  objects,
  object,
  objectVersions,
};
