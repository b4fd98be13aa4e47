import { describe, expect, it } from 'vitest';
import { compareOutput } from './output-compare.ts';

const same = { same: true };

describe('compareOutput', () => {
  it.each([
    [
      'user names, sizes and dates',
      '-rw-r--r-- 1 cloudshell-user cloudshell-user  604 Nov 20 10:00 Dockerfile',
      '-rw-r--r-- 1 kim users 599 Jan  3  2027 Dockerfile',
    ],
    ['commit hashes', '[main (root-commit) 7b41e0c] Add buildspec', '[main (root-commit) 0a9f3d1] Add buildspec'],
    ['digests and sizes', 'latest: digest: sha256:4f0c8a71d2e6... size: 1994', 'latest: digest: sha256:00112233445566778899 size: 2211'],
    [
      'account ids',
      'Building 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/repo',
      'Building 999988887777.dkr.ecr.ap-northeast-2.amazonaws.com/repo',
    ],
    [
      'times and durations',
      '[Container] 2026/11/20 10:00:00.214506 Entering phase BUILD',
      '[Container] 2027/01/02 23:59:59.000001 Entering phase BUILD',
    ],
    [
      'transfer rates',
      'Writing objects: 100% (5/5), 1.49 KiB | 1.49 MiB/s, done.',
      'Writing objects: 100% (5/5), 2.00 KiB | 512.00 KiB/s, done.',
    ],
    ['the home directory', '/home/cloudshell-user/codebuild-lab', '/home/ec2-user/codebuild-lab'],
    ['the prompt and the command before it', 'On branch main', '[cloudshell-user@ip-10-0-0-1 ~]$ git status\nOn branch main\n'],
    ['more lines where the example says ...', 'first\n...\nlast', 'first\nsecond\nthird\nlast'],
  ])('does not mind %s', (_, example, output) => {
    expect(compareOutput(example, output)).toEqual(same);
  });

  it('finds the first line that matters and what stands in its place', () => {
    expect(
      compareOutput(
        'On branch main\n  new file:   Dockerfile\n  new file:   app.js',
        'On branch main\n  new file:   Dockerfile.txt\n  new file:   app.js',
      ),
    ).toEqual({
      same: false,
      line: '  new file:   Dockerfile',
      instead: '  new file:   Dockerfile.txt',
    });
    expect(compareOutput('a\nb', 'a')).toEqual({ same: false, line: 'b' });
  });

  it('minds another branch, another tag and another phase', () => {
    expect(compareOutput(' * [new branch]      main -> main', ' * [new branch]      master -> master').same).toBe(false);
    expect(compareOutput('Phase complete: BUILD State: SUCCEEDED', 'Phase complete: BUILD State: FAILED').same).toBe(false);
  });
});
