import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from '../ask.test-support.ts';
import { type Reply, s3Xml } from '../wire-endpoint.test-support.ts';
import { s3 } from './s3.ts';

const page = (members: string): Reply => s3Xml('ListBucketResult', `<Name>b</Name>${members}`);
const contents = (key: string, size = 1) =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-20T10:00:00.000Z</LastModified><ETag>"e"</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
const pages = (...replies: readonly Reply[]) => {
  let at = 0;
  return () => replies[at++] ?? 'reset';
};

describe('buckets', () => {
  const bucket = (name: string, more = '') =>
    `<Bucket><Name>${name}</Name><CreationDate>2026-11-20T10:00:00.000Z</CreationDate>${more}</Bucket>`;
  const list = (members: string, more = '') => s3Xml('ListAllMyBucketsResult', `<Buckets>${members}</Buckets>${more}`);

  test('every page of the list', async () => {
    const replies = pages(
      list(bucket('my-bucket-2'), '<ContinuationToken>more</ContinuationToken>'),
      list(bucket('my-bucket', '<BucketRegion>ap-northeast-1</BucketRegion>')),
    );
    const { facts, urls } = await read(s3.buckets, ['my-bucket'], replies);
    const createdAt = new Date('2026-11-20T10:00:00Z');
    expect(facts).toEqual([
      { name: 'my-bucket-2', createdAt },
      { name: 'my-bucket', region: 'ap-northeast-1', createdAt },
    ]);
    expect(urls[0]).toContain('prefix=my-bucket');
    expect(urls[1]).toContain('continuation-token=more');
  });

  test('an endpoint that does not know prefixes or regions', async () => {
    expect(await factsOf(s3.buckets, ['codepipeline-'], list(bucket('other') + bucket('codepipeline-a')))).toEqual([
      { name: 'codepipeline-a', createdAt: new Date('2026-11-20T10:00:00Z') },
    ]);
  });

  test('old spellings of regions', async () => {
    expect(await factsOf(s3.bucketRegion, ['b'], s3Xml('LocationConstraint', 'EU'))).toBe('eu-west-1');
    expect(await factsOf(s3.bucketRegion, ['b'], s3Xml('LocationConstraint', 'ap-northeast-1'))).toBe('ap-northeast-1');
    // As an endpoint may name the answer that only speaks the protocol.
    const named = s3Xml('GetBucketLocationResult', '<LocationConstraint>ap-northeast-1</LocationConstraint>');
    expect(await factsOf(s3.bucketRegion, ['b'], named)).toBe('ap-northeast-1');
  });
});

describe('settings of a bucket', () => {
  const block = (members: string) => s3Xml('PublicAccessBlockConfiguration', members);

  test('what is left out of a public access block is not blocked; an empty one says nothing', async () => {
    expect(await factsOf(s3.publicAccessBlock, ['b'], block('<BlockPublicAcls>true</BlockPublicAcls>'))).toEqual({
      blockPublicAcls: true,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    });
    expect(await failure(read(s3.publicAccessBlock, ['b'], () => block('')))).toMatchObject({ reason: 'malformed' });
  });

  test('encryption with a key of KMS', async () => {
    const rule =
      '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>';
    const reply = s3Xml('ServerSideEncryptionConfiguration', rule);
    expect(await factsOf(s3.encryption, ['b'], reply)).toEqual({ algorithm: 'aws:kms', bucketKey: true });
    expect(await failure(read(s3.encryption, ['b'], () => s3Xml('ServerSideEncryptionConfiguration', '')))).toMatchObject({
      reason: 'malformed',
    });
  });

  test.each<[string, Reply]>([
    ['another document', s3Xml('ListBucketResult', '')],
    ['a name that only begins alike', s3Xml('LocationConstraintList', '')],
    ['a page that speaks of it', { type: 'text/html', body: '<html><LocationConstraint/></html>' }],
    ['nothing', { type: 'application/xml', body: '' }],
  ])('%s is not taken for a bucket in us-east-1', async (_, reply) => {
    expect(await failure(read(s3.bucketRegion, ['b'], () => reply))).toMatchObject({
      reason: 'malformed',
      operation: 's3:GetBucketLocation',
    });
  });
});

describe('objects', () => {
  test('all pages up to the limit', async () => {
    const first = page(`<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>${contents('a')}`);
    const second = page(`<IsTruncated>false</IsTruncated>${contents('b', 2_000_000)}`);
    const { facts, urls } = await read(s3.objects, ['b', { prefix: 'x/' }], pages(first, second));
    expect(facts).toEqual([
      { key: 'a', sizeBytes: 1, modifiedAt: new Date('2026-11-20T10:00:00Z') },
      { key: 'b', sizeBytes: 2_000_000, modifiedAt: new Date('2026-11-20T10:00:00Z') },
    ]);
    expect(urls[0]).toMatch(/^\/b\/?\?.*prefix=x%2F/);
    expect((await read(s3.objects, ['b', { limit: 1 }], pages(first, second))).facts).toHaveLength(1);
  });

  test('half a list is not taken for the whole', async () => {
    const half = page(`<IsTruncated>true</IsTruncated>${contents('a')}`);
    expect(await failure(read(s3.objects, ['b'], () => half))).toMatchObject({ reason: 'malformed' });
    const versions = s3Xml('ListVersionsResult', '<Name>b</Name><IsTruncated>true</IsTruncated>');
    expect(await failure(read(s3.objectVersions, ['b'], () => versions))).toMatchObject({ reason: 'malformed' });
    const other = page(`<IsTruncated>false</IsTruncated>${contents('a')}`);
    expect(await failure(read(s3.objects, ['other'], () => other))).toMatchObject({ reason: 'malformed' });
  });

  test('the object itself, not one whose key begins alike', async () => {
    expect(await factsOf(s3.object, ['b', 'image.tar'], page(contents('image.tar', 5)))).toMatchObject({ key: 'image.tar', sizeBytes: 5 });
    expect(await factsOf(s3.object, ['b', 'image.tar'], page(contents('image.tar.gz')))).toBeUndefined();
  });

  test('versions and delete markers of all pages', async () => {
    const version = (element: string, id: string) =>
      `<${element}><Key>k</Key><VersionId>${id}</VersionId><IsLatest>false</IsLatest><LastModified>2026-11-20T10:00:00.000Z</LastModified>${element === 'Version' ? '<Size>3</Size>' : ''}</${element}>`;
    const next = '<IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>';
    const replies = pages(
      s3Xml('ListVersionsResult', `<Name>b</Name>${next}${version('Version', '1')}`),
      s3Xml('ListVersionsResult', `<Name>b</Name><IsTruncated>false</IsTruncated>${version('DeleteMarker', '2')}`),
    );
    const { facts, urls } = await read(s3.objectVersions, ['b'], replies);
    expect(facts).toMatchObject([
      { key: 'k', deleteMarker: false, sizeBytes: 3 },
      { key: 'k', deleteMarker: true },
    ]);
    expect(urls[1]).toMatch(/key-marker=k.*version-id-marker=1|version-id-marker=1.*key-marker=k/);
  });
});
