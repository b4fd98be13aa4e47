import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Call, type GlobalService } from '../service.ts';
import { type BucketState, createS3State, type ObjectVersionState, type S3State } from '../state/s3.ts';

const MOST_KEYS = 1000;
export const s3: GlobalService<S3State> = {
  client: sdk.S3Client,
  state: createS3State,
  global: true,
  paging: {
    token: 'ContinuationToken',
    size: 10_000,
    badToken: () => refuse('InvalidArgument', 'The continuation token provided is incorrect'),
    limit: { member: 'MaxBuckets', most: 10_000, bad: () => invalid('max-buckets') },
  },
  operations: [
    answers(sdk.ListBucketsCommand, (input, { account, state, page }) => {
      const { Prefix = '', BucketRegion } = input;
      // S3 names the regions in answers to requests with a parameter only.
      const asked = Object.keys(input).length > 0;
      const matching = state.buckets().filter(({ name, region }) => name.startsWith(Prefix) && region === (BucketRegion ?? region));
      return page(matching, (buckets) => ({
        Owner: { ID: createHash('sha256').update(account.id).digest('hex') },
        Buckets: buckets.map(({ name, createdAt, region }) => ({
          ...{ Name: name, CreationDate: createdAt },
          ...(asked && { BucketRegion: region }),
        })),
        Prefix: input.Prefix,
      }));
    }),

    answers(sdk.GetBucketLocationCommand, ({ Bucket }, { state }) => {
      const { region } = bucketAnywhere(state, Bucket);
      return { LocationConstraint: region === 'us-east-1' ? undefined : (region as sdk.BucketLocationConstraint) };
    }),

    answers(sdk.GetPublicAccessBlockCommand, ({ Bucket }, call) => {
      const missing = 'The public access block configuration was not found';
      const { publicAccessBlock = refuse('NoSuchPublicAccessBlockConfiguration', missing, 404) } = bucket(call, Bucket);
      return { PublicAccessBlockConfiguration: publicAccessBlock };
    }),

    answers(sdk.GetBucketEncryptionCommand, ({ Bucket }, call) => ({
      ServerSideEncryptionConfiguration: { Rules: [bucket(call, Bucket).encryption] },
    })),

    answers(sdk.GetBucketVersioningCommand, ({ Bucket }, call) => ({ Status: bucket(call, Bucket).versioning })),

    answers(sdk.ListObjectsV2Command, (input, call) => {
      const { Bucket, Prefix = '', StartAfter = '', Delimiter, MaxKeys = MOST_KEYS, ContinuationToken } = input;
      const { versions } = bucket(call, Bucket);
      refuseDelimiter(Delimiter);
      if (MaxKeys < 0) invalid('max-keys');
      const current = latestOf(versions).filter(({ Key, deleteMarker }) => !deleteMarker && Key.startsWith(Prefix) && Key > StartAfter);
      const shape = (Contents: ObjectVersionState[], next?: string) => ({
        ...{ Name: Bucket, Prefix, MaxKeys, KeyCount: Contents.length, ContinuationToken },
        ...{ IsTruncated: next !== undefined, NextContinuationToken: next },
        Contents,
      });
      return MaxKeys === 0 ? shape([]) : call.page(current, shape, { max: Math.min(MaxKeys, MOST_KEYS) });
    }),

    answers(sdk.ListObjectVersionsCommand, (input, call) => {
      const { Bucket, Prefix = '', Delimiter, MaxKeys = MOST_KEYS, KeyMarker, VersionIdMarker } = input;
      const { versions } = bucket(call, Bucket);
      refuseDelimiter(Delimiter);
      if (MaxKeys < 1) invalid('max-keys');
      const matching = versions.filter(({ Key }) => Key.startsWith(Prefix));
      const start = startAfter(matching, KeyMarker, VersionIdMarker);
      const page = matching.slice(start, start + Math.min(MaxKeys, MOST_KEYS));
      const last = start + page.length < matching.length ? page.at(-1) : undefined;
      const latest = new Set(latestOf(versions));
      const entries = page.map((version) => ({ ...version, IsLatest: latest.has(version) }));
      return {
        ...{ Name: Bucket, Prefix, MaxKeys, KeyMarker, VersionIdMarker },
        IsTruncated: last !== undefined,
        NextKeyMarker: last?.Key,
        NextVersionIdMarker: last?.VersionId,
        Versions: entries.filter(({ deleteMarker }) => !deleteMarker),
        DeleteMarkers: entries.filter(({ deleteMarker }) => deleteMarker),
      };
    }),
  ],
};

function bucketAnywhere(state: S3State, name = ''): BucketState {
  return state.bucket(name) ?? refuse('NoSuchBucket', 'The specified bucket does not exist', 404);
}

function bucket({ state, region }: Call<S3State>, name: string | undefined): BucketState {
  const found = bucketAnywhere(state, name);
  if (found.region === region) return found;
  const message = 'The bucket you are attempting to access must be addressed using the specified endpoint.';
  return refuse('PermanentRedirect', `${message} Please send all future requests to this endpoint.`, 301);
}

/** The first of each key: versions come newest first. */
function latestOf(versions: readonly ObjectVersionState[]): ObjectVersionState[] {
  return versions.filter(({ Key }, at) => versions[at - 1]?.Key !== Key);
}

function startAfter(versions: readonly ObjectVersionState[], key: string | undefined, versionId: string | undefined): number {
  if (key === undefined) return 0;
  if (versionId !== undefined) return versions.findIndex(({ Key, VersionId }) => Key === key && VersionId === versionId) + 1;
  const next = versions.findIndex(({ Key }) => Key > key);
  return next === -1 ? versions.length : next;
}

function refuseDelimiter(delimiter: string | undefined): void {
  if (delimiter) refuse('NotImplemented', 'The practice endpoint does not group keys by a delimiter.', 501);
}

function invalid(parameter: string): never {
  return refuse('InvalidArgument', `Provided ${parameter} not valid`);
}
