import { expect, it } from 'vitest';
import { deletion, imageStorageCost, logStorageCost, shellWord } from './deletion.ts';

it('quotes names that are not plain words', () => {
  expect(shellWord('week9-2-codebuild-repo')).toBe('week9-2-codebuild-repo');
  expect(shellWord('/aws/codebuild/x')).toBe('/aws/codebuild/x');
  expect(shellWord("a'; rm -rf ~; '")).toBe(`'a'\\''; rm -rf ~; '\\'''`);
  expect(deletion.role('$(reboot)', 1).command).not.toMatch(/[^']\$\(reboot\)/);
});

it('prices storage per GB and month', () => {
  expect(imageStorageCost(2 ** 30)).toEqual({ amount: 0.1, currency: 'USD' });
  expect(logStorageCost(10 * 2 ** 30, 'ap-northeast-2')).toEqual({ amount: 0.314, currency: 'USD' });
  expect(logStorageCost(1, 'eu-central-1')).toBeUndefined();
  expect(imageStorageCost(0)).toEqual({ amount: 0, currency: 'USD' });
});
