import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { costing, free, shellWord, storageCost } from '../deletion.ts';
import { date, type FactsOf, facts, flag, from, list, maybeDate, maybeText, text, within } from '../facts.ts';
import { type Page, page } from '../pages.ts';
import { limitedTo } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';
import { expectRoot } from './s3/xml-root.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'bucket', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-s3')>('@aws-sdk/client-s3');

const ofBucket = limitedTo('bucket', (name) => `arn:\${AWS::Partition}:s3:::${name}`);

const service = defineService({ name: 's3', client: () => sdk.S3Client });

const bucketFacts = facts({
  name: from('Name', text),
  createdAt: from('CreationDate', maybeDate),
  /** Where it is. Unset when the list does not say; `s3.bucketRegion` then does. */
  region: from('BucketRegion', maybeText),
});
/** A bucket of this account; buckets of others with that name are not found. */
export type Bucket = FactsOf<typeof bucketFacts>;

const blockFacts = facts({
  blockPublicAcls: from('BlockPublicAcls', flag),
  ignorePublicAcls: from('IgnorePublicAcls', flag),
  blockPublicPolicy: from('BlockPublicPolicy', flag),
  restrictPublicBuckets: from('RestrictPublicBuckets', flag),
});

/** How objects are encrypted unless a request says otherwise. Every bucket has `AES256` by itself. */
const encryptionFacts = facts({
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  algorithm: from('ApplyServerSideEncryptionByDefault.SSEAlgorithm', text),
  /** Whether one bucket key stands for a KMS call for each object. */
  bucketKey: from('BucketKeyEnabled', z.boolean().optional()),
});

const objectFacts = facts({ key: from('Key', text), sizeBytes: from('Size', z.number()), modifiedAt: from('LastModified', date) });
export type StoredObject = FactsOf<typeof objectFacts>;

const versionFacts = facts({
  key: from('Key', text),
  latest: from('IsLatest', z.boolean()),
  sizeBytes: from('Size', z.number().optional()),
});
export type ObjectVersion = FactsOf<typeof versionFacts> & {
  /** Markers have no size and are what a deletion leaves in a versioned bucket. */
  readonly deleteMarker: boolean;
};

/** Wherever a bucket may be missing, S3's answer for that: it may be asked about together with the bucket itself. */
const NO_BUCKET = ['NoSuchBucket'];
const CUT_OFF = { message: 'is cut off without a token for the rest' };
const truncated = from('IsTruncated', z.boolean().optional());
const bucketName = from('Name', text);
const aboutAnother = (found: string, wanted: string) => (found === wanted ? undefined : 'is about another bucket');

/** This account's buckets, in every region, whose names begin with `prefix`; all of them with an empty one. */
const buckets = service.list('buckets', {
  calls: { ListBuckets: { action: 'ListAllMyBuckets', global: true } },
  command: ([prefix]: [prefix: string], { token }) => {
    const asked = { ContinuationToken: token, MaxBuckets: 1000, ...(prefix !== '' && { Prefix: prefix }) };
    return expectRoot(new sdk.ListBucketsCommand(asked), 'ListAllMyBucketsResult');
  },
  page: page('Buckets', bucketFacts, 'ContinuationToken'),
  gives: (found, [prefix]) => found.filter(({ name }) => name.startsWith(prefix)),
});

/** The region of a bucket. `undefined` when there is no such bucket. */
const bucketRegion = service.one('bucketRegion', {
  calls: { GetBucketLocation: ofBucket },
  command: ([name]: [bucket: string]) => expectRoot(new sdk.GetBucketLocationCommand({ Bucket: name }), 'LocationConstraint'),
  answer: facts({ location: from('LocationConstraint', maybeText) }),
  absent: NO_BUCKET,
  // us-east-1 is spelled as nothing, eu-west-1 may have its old name.
  gives: ({ location }) => (location === 'EU' ? 'eu-west-1' : location || 'us-east-1'),
});

const hasSettings: z.ZodType<unknown> = z
  .looseObject({})
  .refine((settings) => Object.values(settings).some((value) => value !== undefined), { message: 'has no settings' });

/** What a bucket refuses to make public. `undefined` when it has no such setting of its own, or there is no such bucket. */
const publicAccessBlock = service.one('publicAccessBlock', {
  calls: { GetPublicAccessBlock: { action: 'GetBucketPublicAccessBlock', ...ofBucket } },
  command: ([name]: [bucket: string]) => new sdk.GetPublicAccessBlockCommand({ Bucket: name }),
  answer: within('PublicAccessBlockConfiguration', hasSettings.pipe(blockFacts)),
  absent: ['NoSuchPublicAccessBlockConfiguration', ...NO_BUCKET],
});

/** The default encryption of a bucket. `undefined` when it has none (only buckets from before 2023), or there is no such bucket. */
const encryption = service.one('encryption', {
  calls: { GetBucketEncryption: { action: 'GetEncryptionConfiguration', ...ofBucket } },
  command: ([name]: [bucket: string]) => new sdk.GetBucketEncryptionCommand({ Bucket: name }),
  answer: within('ServerSideEncryptionConfiguration.Rules', z.tuple([encryptionFacts], z.unknown())),
  absent: ['ServerSideEncryptionConfigurationNotFoundError', ...NO_BUCKET],
  gives: ([first]) => first,
});

const listsObjects = { ListObjectsV2: { action: 'ListBucket', ...ofBucket } };

interface Among {
  readonly prefix?: string;
  /** @default 1000 */
  readonly limit?: number;
}

/** Objects whose keys begin with `prefix`, in the order of their keys, at most `limit`. `undefined` when there is no such bucket. */
const objects = service.list('objects', {
  calls: listsObjects,
  command: ([name, { prefix = '', limit = 1000 } = {}]: [bucket: string, among?: Among], { token }) =>
    new sdk.ListObjectsV2Command({ Bucket: name, Prefix: prefix, MaxKeys: Math.min(limit, 1000), ContinuationToken: token }),
  page: facts({
    bucket: bucketName,
    items: from('Contents', list(objectFacts)),
    next: from('NextContinuationToken', maybeText),
    truncated,
  }).refine((found) => !found.truncated || found.next, CUT_OFF),
  misfit: ({ bucket }, [name]) => aboutAnother(bucket, name),
  absent: NO_BUCKET,
  limit: ([, { limit = 1000 } = {}]) => limit,
});

/**
 * The object with this key. `undefined` when there is no such object or bucket. Asked by listing: a look at the object itself
 * answers 403 or 404 depending on permissions.
 */
const object = service.reader('object', {
  calls: listsObjects,
  probe: (name) => [name, 'labproof'],
  async read(aws, bucket: string, key: string): Promise<StoredObject | undefined> {
    // Of all keys that begin with it, the key itself comes first.
    const [first] = (await objects.read(aws, bucket, { prefix: key, limit: 1 })) ?? [];
    return first?.key === key ? first : undefined;
  },
});

const versionsPage = facts({
  bucket: bucketName,
  versions: from('Versions', list(versionFacts)),
  markers: from('DeleteMarkers', list(versionFacts)),
  truncated,
  key: from('NextKeyMarker', maybeText),
  version: from('NextVersionIdMarker', maybeText),
})
  .refine((found) => !found.truncated || found.key, CUT_OFF)
  .transform(({ bucket, versions, markers, truncated: more, key, version }): Page<ObjectVersion> & { readonly bucket: string } => ({
    bucket,
    items: [...versions.map((each) => ({ ...each, deleteMarker: false })), ...markers.map((each) => ({ ...each, deleteMarker: true }))],
    next: more ? JSON.stringify({ key, version }) : undefined,
  }));

/**
 * Every version of the objects whose keys begin with `prefix`, delete markers too, at most `limit`: what has to go before a versioned
 * bucket can be deleted. `undefined` when there is no such bucket.
 */
const objectVersions = service.list('objectVersions', {
  calls: { ListObjectVersions: { action: 'ListBucketVersions', ...ofBucket } },
  command: ([name, { prefix = '' } = {}]: [bucket: string, among?: Among], { token }) => {
    const { key, version } = token === undefined ? {} : (JSON.parse(token) as { key?: string; version?: string });
    return new sdk.ListObjectVersionsCommand({ Bucket: name, Prefix: prefix, KeyMarker: key, VersionIdMarker: version });
  },
  page: versionsPage,
  misfit: ({ bucket }, [name]) => aboutAnother(bucket, name),
  absent: NO_BUCKET,
  limit: ([, { limit = 1000 } = {}]) => limit,
});

export const s3 = { buckets, bucketRegion, publicAccessBlock, encryption, objects, object, objectVersions };

export const s3Console = {
  buckets: (place: Place) => consolePage(place, 's3/buckets'),
  bucket: (place: Place, name: string) => consolePage(place, `s3/buckets/${encoded(name)}`),
  object: (place: Place, bucket: string, key: string) => `${consolePage(place, `s3/object/${encoded(bucket)}`)}&prefix=${encoded(key)}`,
};

// USD per GB and month in the standard class, November 2026 (Amazon S3 pricing).
const STORAGE: Readonly<Record<string, number>> = { 'ap-northeast-1': 0.025, 'ap-northeast-2': 0.025, 'us-east-1': 0.023 };

/** What keeping objects costs a month in the standard class; unset for regions whose price is not known here. */
export const objectStorageCost = ({ region }: Place, bytes: number) => storageCost(bytes, STORAGE[region]);

export const s3Deletion = {
  /** With the current objects in it. */
  bucket: (_place: Place, name: string) => free(`aws s3 rb --force s3://${shellWord(name)}`),
  /** The current objects whose keys begin with `prefix`. */
  objects: (place: Place, bucket: string, prefix: string, bytes: number) =>
    costing(objectStorageCost(place, bytes), `aws s3 rm --recursive s3://${shellWord(bucket)}/${shellWord(prefix)}`),
  /**
   * With every object, version and delete marker in it, a thousand at a time.
   *
   * @param place with the bucket's own region
   */
  bucketWithObjects: (place: Place, name: string, bytes: number) => {
    const ofBucketThere = `--region ${place.region} --bucket ${shellWord(name)}`;
    const versions =
      `aws s3api list-object-versions ${ofBucketThere} --max-items 1000 --output json | ` +
      `jq -c '{Objects: [.Versions[]?, .DeleteMarkers[]? | {Key, VersionId}], Quiet: true}'`;
    return costing(
      objectStorageCost(place, bytes),
      `while batch=$(${versions}); [ "$(jq '.Objects | length' <<< "$batch")" -gt 0 ]; do ` +
        `aws s3api delete-objects ${ofBucketThere} --delete "$batch" || break; done; aws s3api delete-bucket ${ofBucketThere}`,
    );
  },
};
