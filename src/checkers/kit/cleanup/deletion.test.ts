import { parse } from 'unbash';
import { expect, it } from 'vitest';
import { deletion, imageStorageCost, logStorageCost, objectStorageCost, shellWord } from './deletion.ts';

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

it.each([
  deletion.bucketWithObjects("it's a bucket", 'ap-northeast-1', 2 ** 30, 1),
  deletion.stateMachine('arn:aws:states:ap-northeast-1:123456789012:stateMachine:a;b', 'ap-northeast-1', 1),
  deletion.eventRule('rule', 'ap-northeast-1', 1),
  deletion.eventRule('rule', 'ap-northeast-1', 1, { managed: true }),
  deletion.role('role', 1),
  deletion.imageRepositoryWithImages('nginx', 'ap-northeast-1', 0, 1),
])('$command parses as shell', ({ command = '' }) => {
  expect(parse(command).errors ?? []).toEqual([]);
});

it('forces what a service manages, and only that', () => {
  expect(deletion.eventRule('r', 'ap-northeast-1', 1, { managed: true }).command).toMatch(/--ids "\$id" --force.*--name r --force$/);
  expect(deletion.eventRule('r', 'ap-northeast-1', 1).command).not.toContain('--force');
});

it('prices objects where the price is known', () => {
  expect(objectStorageCost(2 ** 30, 'ap-northeast-1')).toEqual({ amount: 0.025, currency: 'USD' });
  expect(deletion.bucketWithObjects('b', 'eu-central-1', 1, 1)).not.toHaveProperty('costPerMonth');
});

it('takes every policy from a role before the role', () => {
  const { command = '' } = deletion.role('r', 1);
  const steps = ['detach-role-policy', 'delete-role-policy', 'delete-role --role-name r'].map((step) => command.indexOf(step));
  expect(steps).not.toContain(-1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});
