import { parsed, valuesOf } from './docker.ts';
import type { Call } from './shell-state.ts';

/** A copy from the build to S3. */
export interface Upload {
  /** A file or folder as written; `-` for standard input. */
  readonly from: string;
  /** What standard input held, when that is copied. */
  readonly stdin: string | undefined;
  /** `s3://<bucket>/<key>`, as it comes out: a key that ends in `/` has got the file's name. */
  readonly to: string;
  /** A folder with what is in it (`sync`, `--recursive`); then `to` is a prefix. */
  readonly folder: boolean;
  readonly certain: boolean;
}

// Options of `aws s3` and `aws s3api put-object` that take a value. Source: AWS CLI Command Reference.
const VALUED = new Set(
  (
    '--region --profile --output --query --endpoint-url --color --cli-read-timeout --cli-connect-timeout --ca-bundle ' +
    '--acl --sse --sse-kms-key-id --sse-c --sse-c-key --storage-class --content-type --content-disposition --content-encoding --content-language ' +
    '--cache-control --expires --metadata --metadata-directive --expected-size --exclude --include --grants --page-size --checksum-algorithm ' +
    '--bucket --key --body --server-side-encryption --ssekms-key-id --tagging --website-redirect --request-payer'
  ).split(' '),
);

/** What one call of `aws` copies to S3; `undefined` when it copies nothing there. */
export function readUpload({ args, stdin, certain }: Call): Upload | undefined {
  const line = parsed(args, VALUED);
  const [service, command, from = '', to = ''] = line.words;
  if (service === 's3api' && command === 'put-object') {
    const [bucket, key, body] = ['--bucket', '--key', '--body'].map((name) => valuesOf(line, name)[0] ?? '');
    return { from: body ?? '', stdin: undefined, to: `s3://${bucket}/${key}`, folder: false, certain };
  }
  if (service !== 's3' || !['cp', 'mv', 'sync'].includes(command ?? '') || !to.startsWith('s3://')) return undefined;
  if (from.startsWith('s3://') || valuesOf(line, '--dryrun').length > 0) return undefined;
  const folder = command === 'sync' || valuesOf(line, '--recursive').length > 0;
  const isPrefix = to.endsWith('/') || /^s3:\/\/[^/]*$/.test(to);
  const target = folder || !isPrefix ? to : `${to.replace(/\/?$/, '/')}${from.slice(from.lastIndexOf('/') + 1)}`;
  return { from, stdin: from === '-' ? stdin : undefined, to: target, folder, certain };
}
