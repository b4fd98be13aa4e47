import { describe, expect, it } from 'vitest';
import { IMAGE_TAR } from './docker.ts';
import { followBuildspec } from './follow.ts';
import { type Buildspec, parseBuildspec } from './parse.ts';

function follow(...commands: string[]) {
  const spec = parseBuildspec(JSON.stringify({ version: 0.2, phases: { build: { commands } } })) as Buildspec;
  return followBuildspec(spec, {
    account: '123456789012',
    region: 'ap-northeast-1',
    commit: '0'.repeat(40),
    variables: { BUCKET: 'b', KEY: 'images/x.tar' },
    scripts: new Map(),
  });
}

describe('an upload', () => {
  it.each<[string, string, string]>([
    ['aws s3 cp /tmp/x.tar "s3://$BUCKET/$KEY"', '/tmp/x.tar', 's3://b/images/x.tar'],
    ['aws s3 cp --no-progress --sse aws:kms /tmp/x.tar s3://$BUCKET/$KEY', '/tmp/x.tar', 's3://b/images/x.tar'],
    ['aws --region ap-northeast-1 s3 mv /tmp/x.tar s3://$BUCKET/images/', '/tmp/x.tar', 's3://b/images/x.tar'],
    ['aws s3 cp x.tar s3://$BUCKET', 'x.tar', 's3://b/x.tar'],
    ['aws s3api put-object --bucket "$BUCKET" --key "$KEY" --body x.tar', 'x.tar', 's3://b/images/x.tar'],
  ])('%s', (command, from, to) => {
    expect(follow(command).uploads).toEqual([{ from, to, stdin: undefined, folder: false, certain: true }]);
  });

  it('may be of standard input, or of a folder', () => {
    expect(follow('docker pull nginx', 'docker save nginx | aws s3 cp - s3://$BUCKET/$KEY').uploads).toMatchObject([
      { from: '-', stdin: IMAGE_TAR, to: 's3://b/images/x.tar' },
    ]);
    expect(follow('aws s3 sync out s3://$BUCKET/images').uploads).toMatchObject([{ from: 'out', to: 's3://b/images', folder: true }]);
  });

  it.each(['aws s3 cp s3://b/x.tar .', 'aws s3 cp s3://a/x s3://b/x', 'aws s3 cp x.tar s3://b/x --dryrun', 'aws s3 ls s3://b'])(
    'is not %s',
    (command) => {
      expect(follow(command).uploads).toEqual([]);
    },
  );

  it('that hangs on what is not seen is not certain', () => {
    expect(follow('if [ -n "$UNSEEN" ]; then aws s3 cp x s3://b/x; fi').uploads).toMatchObject([{ certain: false }]);
  });
});

describe('an image saved', () => {
  it('is one that was pulled, under the name it was pulled by', () => {
    const { pulls, saves, savesOfNothing } = follow('docker pull r/nginx:1', 'docker save -o /tmp/x.tar r/nginx:1');
    expect(pulls).toEqual([{ ref: 'r/nginx:1', certain: true }]);
    expect(saves).toEqual([{ refs: ['r/nginx:1'], file: '/tmp/x.tar', certain: true }]);
    expect(savesOfNothing).toEqual([]);
    expect(follow('docker save r/nginx:1 > x.tar')).toMatchObject({ saves: [], savesOfNothing: ['r/nginx:1'] });
  });

  it('may go to a file through standard output', () => {
    const { saves, files } = follow('docker pull r/nginx:1', 'docker image save r/nginx:1 > /tmp/x.tar');
    expect(saves).toEqual([{ refs: ['r/nginx:1'], file: undefined, certain: true }]);
    expect(files.get('x.tar')?.content).toBe(IMAGE_TAR);
  });

  it('tells whether the login came before the pull', () => {
    const login = 'echo p | docker login --username AWS --password-stdin r';
    expect(follow(login, 'docker pull r/nginx:1').logins).toMatchObject([{ afterPulls: 0 }]);
    expect(follow('docker pull r/nginx:1', login).logins).toMatchObject([{ afterPulls: 1 }]);
  });
});
