import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchBucket,
  paginateListBuckets,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, clientConfig, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';
import type { FaultKind } from '../faults.ts';

const Bucket = 'artifacts';

describe('s3', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: S3Client;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new S3Client({ ...practice.config, forcePathStyle: true });
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.s3;
  const make = () => state().createBucket(Bucket, { region: REGION });

  it('lists the buckets of every region, by name, with their regions when something is asked', async () => {
    make();
    state().createBucket('elsewhere', { region: 'us-east-1' });
    const all = await client.send(new ListBucketsCommand({}));
    expect(all.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      [Bucket, undefined],
      ['elsewhere', undefined],
    ]);
    expect((await client.send(new ListBucketsCommand({ Prefix: 'else' }))).Buckets).toMatchObject([
      { Name: 'elsewhere', BucketRegion: 'us-east-1', CreationDate: expect.any(Date) },
    ]);
    expect((await client.send(new ListBucketsCommand({ BucketRegion: REGION }))).Buckets).toMatchObject([{ Name: Bucket }]);
    const sizes: number[] = [];
    for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 1 }, {})) sizes.push(Buckets.length);
    expect(sizes).toEqual([1, 1]);
    expect(await rejection(client.send(new ListBucketsCommand({ MaxBuckets: 0 })))).toMatchObject({ name: 'InvalidArgument' });
    practice.account.reset();
    expect((await client.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  it('says where a bucket is, also from another region, and no more than that from there', async () => {
    make();
    state().createBucket('elsewhere', { region: 'us-east-1' });
    const location = (name: string) => client.send(new GetBucketLocationCommand({ Bucket: name }));
    expect((await location(Bucket)).LocationConstraint).toBe(REGION);
    expect((await location('elsewhere')).LocationConstraint).toBeUndefined();
    const error = await rejection(client.send(new GetBucketVersioningCommand({ Bucket: 'elsewhere' })));
    expect(error).toMatchObject({ name: 'PermanentRedirect', $metadata: { httpStatusCode: 301 } });
    const there = new S3Client({ ...clientConfig(practice.endpoint, ACCOUNT, 'us-east-1'), forcePathStyle: true });
    expect((await there.send(new GetBucketVersioningCommand({ Bucket: 'elsewhere' }))).Status).toBeUndefined();
  });

  it('answers what every new bucket has, and what was set', async () => {
    make();
    const block = () => client.send(new GetPublicAccessBlockCommand({ Bucket }));
    const rule = async () => (await client.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules;
    expect((await block()).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(await rule()).toEqual([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }]);

    state().putPublicAccessBlock(Bucket, undefined);
    expect(await rejection(block())).toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration', $metadata: { httpStatusCode: 404 } });
    const kms = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/<mine>&' },
      BucketKeyEnabled: true,
    };
    state().putEncryption(Bucket, kms);
    expect(await rule()).toEqual([kms]);
    state().putVersioning(Bucket, 'Suspended');
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
  });

  it('lists objects by prefix, page by page, in the order of their keys', async () => {
    make();
    for (let n = 0; n < 25; n += 1) state().putObject(Bucket, `logs/${String(n).padStart(2, '0')}`);
    const { ETag } = (await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))).Contents?.[0] ?? {};
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
    state().putObject(Bucket, 'a & <b>/ü', { sizeInBytes: 7, lastModified: new Date('2026-11-20T10:00:00Z') });
    const { Contents, KeyCount, IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a &' }));
    expect(Contents).toMatchObject([{ Key: 'a & <b>/ü', Size: 7, LastModified: new Date('2026-11-20T10:00:00Z') }]);
    expect([KeyCount, IsTruncated]).toEqual([1, false]);
    const keys: string[] = [];
    const sizes: number[] = [];
    for await (const { Contents: page = [] } of paginateListObjectsV2(
      { client, pageSize: 10 },
      { Bucket, Prefix: 'logs/', StartAfter: 'logs/00' },
    )) {
      keys.push(...page.map(({ Key = '' }) => Key));
      sizes.push(page.length);
    }
    expect(sizes).toEqual([10, 10, 4]);
    expect(keys).toEqual([...keys].sort());
    expect((await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).Contents).toBeUndefined();
    const refused = [
      [new ListObjectsV2Command({ Bucket, ContinuationToken: 'made-up' }), 'InvalidArgument'],
      [new ListObjectsV2Command({ Bucket, MaxKeys: -1 }), 'InvalidArgument'],
      [new ListObjectsV2Command({ Bucket, Delimiter: '/' }), 'NotImplemented'],
    ] as const;
    for (const [command, name] of refused) expect(await rejection(client.send(command))).toMatchObject({ name });
  });

  it('keeps old versions and delete markers where the bucket is versioned, newest first', async () => {
    make();
    state().putObject(Bucket, 'k', { sizeInBytes: 1 });
    state().putVersioning(Bucket, 'Enabled');
    state().putObject(Bucket, 'k', { sizeInBytes: 2 });
    state().deleteObject(Bucket, 'k');
    state().putObject(Bucket, 'l', { sizeInBytes: 3 });
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(['l']);
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(DeleteMarkers).toMatchObject([{ Key: 'k', IsLatest: true }]);
    expect(Versions).toMatchObject([
      { Key: 'k', Size: 2, IsLatest: false, VersionId: expect.stringMatching(/^[0-9a-f]{32}$/) },
      { Key: 'k', Size: 1, IsLatest: false, VersionId: 'null' },
      { Key: 'l', Size: 3, IsLatest: true },
    ]);

    const first = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
    expect([first.IsTruncated, first.NextKeyMarker]).toEqual([true, 'k']);
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
    const rest = await client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker, VersionIdMarker }));
    expect(rest.Versions).toMatchObject([{ Key: 'k', VersionId: 'null' }, { Key: 'l' }]);
    expect((await client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker: 'k' }))).Versions).toMatchObject([{ Key: 'l' }]);

    expect(() => state().deleteBucket(Bucket)).toThrow('not empty');
    state().emptyBucket(Bucket);
    state().deleteBucket(Bucket);
    const gone = await rejection(client.send(new ListObjectVersionsCommand({ Bucket })));
    expect(gone).toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
    expect(await rejection(client.send(new ListObjectsV2Command({ Bucket })))).toBeInstanceOf(NoSuchBucket);
  });

  it('replaces and removes objects where it is not versioned', () => {
    make();
    state().putObject(Bucket, 'k', { sizeInBytes: 1 });
    state().putObject(Bucket, 'k', { sizeInBytes: 2 });
    expect(state().bucket(Bucket)?.versions).toMatchObject([{ Size: 2, VersionId: 'null' }]);
    state().deleteObject(Bucket, 'k');
    state().deleteBucket(Bucket);
    expect(() => state().putObject(Bucket, 'k')).toThrow('does not exist');
    expect(() => state().createBucket('No', { region: REGION })).toThrow('not valid');
  });

  it('refuses what it does not serve, in S3’s words', async () => {
    make();
    const error = await rejection(client.send(new GetObjectCommand({ Bucket, Key: 'k' })));
    expect(error).toBeInstanceOf(S3ServiceException);
    expect(error).toMatchObject({ name: 'InvalidRequest', $metadata: { httpStatusCode: 400 } });
    const stranger = new S3Client({
      ...practice.config,
      forcePathStyle: true,
      credentials: { accessKeyId: 'AKIASTRANGER00000000', secretAccessKey: 'x' },
    });
    expect(await rejection(stranger.send(new ListObjectsV2Command({ Bucket })))).toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it.each<[FaultKind, object]>([
    ['throttle', { name: 'SlowDown', $metadata: { httpStatusCode: 503 } }],
    ['denied', { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }],
    ['expired', { name: 'ExpiredToken', $metadata: { httpStatusCode: 400 } }],
    ['5xx', { $metadata: { httpStatusCode: 503 } }],
  ])('%s: the error S3 sends for it', async (fault, expected) => {
    make();
    practice.endpoint.arm(ACCOUNT, { operation: 's3:ListObjectsV2', fault });
    expect(await rejection(client.send(new ListObjectsV2Command({ Bucket })))).toMatchObject(expected);
    await expect(client.send(new ListObjectsV2Command({ Bucket }))).resolves.toMatchObject({ Name: Bucket });
    expect(practice.account.calls.map(({ operation }) => operation)).toEqual(['s3:ListObjectsV2', 's3:ListObjectsV2']);
  });

  it.each([
    ['an unencodable path', 'GET', '/%E0%A4%A?list-type=2'],
    ['a number that is none', 'GET', `/${Bucket}?list-type=2&max-keys=many`],
    ['a method without a meaning', 'PATCH', `/${Bucket}?list-type=2`],
    ['a bare bucket', 'GET', `/${Bucket}`],
    ['a subresource nobody serves', 'GET', `/${Bucket}?acl`],
    ['a prototype member', 'GET', '/__proto__?versions'],
  ])('answers %s with a refusal', async (_, method, path) => {
    make();
    const response = await fetch(`${practice.endpoint.url}${path}`, {
      method,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAPRAC${ACCOUNT}/20261120/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).toMatch(/<Error><Code>\w+<\/Code>/);
  });
});
