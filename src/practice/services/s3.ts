import { createHash } from 'node:crypto';
import {
  type BucketLocationConstraint,
  GetBucketEncryption$,
  type GetBucketEncryptionCommandInput,
  type GetBucketEncryptionCommandOutput,
  GetBucketLocation$,
  type GetBucketLocationCommandInput,
  type GetBucketLocationCommandOutput,
  GetBucketVersioning$,
  type GetBucketVersioningCommandInput,
  type GetBucketVersioningCommandOutput,
  GetPublicAccessBlock$,
  type GetPublicAccessBlockCommandInput,
  type GetPublicAccessBlockCommandOutput,
  ListBuckets$,
  type ListBucketsCommandInput,
  type ListBucketsCommandOutput,
  ListObjectsV2$,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  ListObjectVersions$,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import type { BucketState, ObjectVersionState } from '../state/s3.ts';

const MOST_KEYS = 1000;
const MOST_BUCKETS = 10_000;
const badToken = () => new AwsError('InvalidArgument', 'The continuation token provided is incorrect');

export const s3: Service = {
  id: 's3',
  wire: { protocol: 'rest-xml', xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/' },
  operations: [
    operation<ListBucketsCommandInput, ListBucketsCommandOutput>(
      ListBuckets$,
      ({ Prefix, BucketRegion, MaxBuckets, ContinuationToken }, { account }) => {
        if (MaxBuckets !== undefined && (MaxBuckets < 1 || MaxBuckets > MOST_BUCKETS)) throw invalid('max-buckets');
        const asked = [Prefix, BucketRegion, MaxBuckets, ContinuationToken].some((value) => value !== undefined);
        const matching = account.s3
          .buckets()
          .filter(({ name, region }) => name.startsWith(Prefix ?? '') && (BucketRegion === undefined || region === BucketRegion));
        const of = `ListBuckets ${Prefix} ${BucketRegion}`;
        const { items, next } = pageOf(matching, { of, token: ContinuationToken, size: MOST_BUCKETS, max: MaxBuckets, badToken });
        return {
          Owner: { ID: createHash('sha256').update(account.id).digest('hex') },
          // S3 names the regions in answers to requests with a parameter only.
          Buckets: items.map(({ name, createdAt, region }) => ({
            Name: name,
            CreationDate: createdAt,
            ...(asked && { BucketRegion: region }),
          })),
          Prefix,
          ContinuationToken: next,
        };
      },
    ),

    operation<GetBucketLocationCommandInput, GetBucketLocationCommandOutput>(GetBucketLocation$, ({ Bucket }, call) => {
      const { region } = bucketAnywhere(call, Bucket);
      return { LocationConstraint: region === 'us-east-1' ? undefined : (region as BucketLocationConstraint) };
    }),

    operation<GetPublicAccessBlockCommandInput, GetPublicAccessBlockCommandOutput>(GetPublicAccessBlock$, ({ Bucket }, call) => {
      const { publicAccessBlock } = bucket(call, Bucket);
      if (publicAccessBlock) return { PublicAccessBlockConfiguration: publicAccessBlock };
      throw new AwsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', 404);
    }),

    operation<GetBucketEncryptionCommandInput, GetBucketEncryptionCommandOutput>(GetBucketEncryption$, ({ Bucket }, call) => ({
      ServerSideEncryptionConfiguration: { Rules: [bucket(call, Bucket).encryption] },
    })),

    operation<GetBucketVersioningCommandInput, GetBucketVersioningCommandOutput>(GetBucketVersioning$, ({ Bucket }, call) => ({
      Status: bucket(call, Bucket).versioning,
    })),

    operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>(
      ListObjectsV2$,
      ({ Bucket, Prefix = '', StartAfter = '', Delimiter, MaxKeys = MOST_KEYS, ContinuationToken }, call) => {
        const { versions } = bucket(call, Bucket);
        refuseDelimiter(Delimiter);
        if (MaxKeys < 0) throw invalid('max-keys');
        const current = latestOf(versions).filter(({ key, deleteMarker }) => !deleteMarker && key.startsWith(Prefix) && key > StartAfter);
        const max = Math.min(MaxKeys, MOST_KEYS);
        const of = `ListObjectsV2 ${Bucket} ${Prefix} ${StartAfter}`;
        const { items, next } =
          max === 0 ? { items: [], next: undefined } : pageOf(current, { of, token: ContinuationToken, size: MOST_KEYS, max, badToken });
        return {
          ...{ Name: Bucket, Prefix, MaxKeys, KeyCount: items.length, ContinuationToken },
          IsTruncated: next !== undefined,
          NextContinuationToken: next,
          Contents: items.map(({ key, lastModified, etag, sizeInBytes }) => ({
            ...{ Key: key, LastModified: lastModified, ETag: etag, Size: sizeInBytes },
            StorageClass: 'STANDARD' as const,
          })),
        };
      },
    ),

    operation<ListObjectVersionsCommandInput, ListObjectVersionsCommandOutput>(
      ListObjectVersions$,
      ({ Bucket, Prefix = '', Delimiter, MaxKeys = MOST_KEYS, KeyMarker, VersionIdMarker }, call) => {
        const { versions } = bucket(call, Bucket);
        refuseDelimiter(Delimiter);
        if (MaxKeys < 1) throw invalid('max-keys');
        const matching = versions.filter(({ key }) => key.startsWith(Prefix));
        const start = startAfter(matching, KeyMarker, VersionIdMarker);
        const page = matching.slice(start, start + Math.min(MaxKeys, MOST_KEYS));
        const last = start + page.length < matching.length ? page.at(-1) : undefined;
        const latest = new Set(latestOf(versions));
        const entry = (version: ObjectVersionState) => ({
          ...{ Key: version.key, VersionId: version.versionId, IsLatest: latest.has(version), LastModified: version.lastModified },
        });
        return {
          ...{ Name: Bucket, Prefix, MaxKeys, KeyMarker, VersionIdMarker },
          IsTruncated: last !== undefined,
          NextKeyMarker: last?.key,
          NextVersionIdMarker: last?.versionId,
          Versions: page
            .filter(({ deleteMarker }) => !deleteMarker)
            .map((version) => ({ ...entry(version), Size: version.sizeInBytes, ETag: version.etag, StorageClass: 'STANDARD' as const })),
          DeleteMarkers: page.filter(({ deleteMarker }) => deleteMarker).map(entry),
        };
      },
    ),
  ],
};

function bucketAnywhere({ account }: Call, name = ''): BucketState {
  const found = account.s3.bucket(name);
  if (found) return found;
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

function bucket(call: Call, name: string | undefined): BucketState {
  const found = bucketAnywhere(call, name);
  if (found.region === call.region.name) return found;
  const message = 'The bucket you are attempting to access must be addressed using the specified endpoint.';
  throw new AwsError('PermanentRedirect', `${message} Please send all future requests to this endpoint.`, 301);
}

/** The first of each key: versions come newest first. */
function latestOf(versions: readonly ObjectVersionState[]): ObjectVersionState[] {
  return versions.filter(({ key }, at) => versions[at - 1]?.key !== key);
}

function startAfter(versions: readonly ObjectVersionState[], key: string | undefined, versionId: string | undefined): number {
  if (key === undefined) return 0;
  if (versionId !== undefined) return versions.findIndex((version) => version.key === key && version.versionId === versionId) + 1;
  const next = versions.findIndex((version) => version.key > key);
  return next === -1 ? versions.length : next;
}

function refuseDelimiter(delimiter: string | undefined): void {
  if (delimiter) throw new AwsError('NotImplemented', 'The practice endpoint does not group keys by a delimiter.', 501);
}

function invalid(parameter: string): AwsError {
  return new AwsError('InvalidArgument', `Provided ${parameter} not valid`);
}
