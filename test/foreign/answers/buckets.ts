import { type ForeignAccount, MADE } from '../state.ts';
import { type Ask, element, type Reply } from '../wire.ts';

const document = (root: string, members: string): Reply => ({
  status: 200,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${members}</${root}>`,
});
const lacking = (code: string): Reply => ({
  status: 404,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', code)}${element('Message', code)}<RequestID>r</RequestID></Error>`,
});

/** S3, with bucket names in the path and answers named after their operations. Buckets are empty. */
export function buckets({ operation, url }: Ask, { buckets: all = [], region }: ForeignAccount): Reply | undefined {
  const name = url.pathname.split('/')[1] ?? '';
  if (name === '') {
    // Such a list may ignore the prefix that was asked for, and not say where a bucket is.
    const listed = all.map((bucket) => `<Bucket>${element('Name', bucket.name)}${element('CreationDate', MADE)}</Bucket>`);
    return document('ListBucketsResult', `<Owner><ID>o</ID></Owner><Buckets>${listed.join('')}</Buckets>`);
  }
  const found = all.find((bucket) => bucket.name === name);
  if (found === undefined) return lacking('NoSuchBucket');
  switch (operation) {
    case 'GET location':
      // Virginia is spelled as nothing.
      return document('GetBucketLocationResult', region === 'us-east-1' ? '' : element('LocationConstraint', region));
    case 'GET publicAccessBlock': {
      if (!found.blocked) return lacking('NoSuchPublicAccessBlockConfiguration');
      const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
      return document('GetPublicAccessBlockResult', settings.map((setting) => element(setting, 'true')).join(''));
    }
    case 'GET encryption': {
      if (found.encryption === undefined) return lacking('ServerSideEncryptionConfigurationNotFoundError');
      const applied = `<ApplyServerSideEncryptionByDefault>${element('SSEAlgorithm', found.encryption)}</ApplyServerSideEncryptionByDefault>`;
      return document('GetBucketEncryptionResult', `<Rule>${applied}${element('BucketKeyEnabled', 'true')}</Rule>`);
    }
    case 'GET versions':
      return document('ListObjectVersionsResult', `${element('Name', name)}${element('IsTruncated', 'false')}`);
    case 'GET':
      return document('ListObjectsV2Result', `${element('Name', name)}${element('KeyCount', '0')}${element('IsTruncated', 'false')}`);
    default:
      return undefined;
  }
}
