import { parse } from 'unbash';
import { expect, it } from 'vitest';
import { shellWord } from '../deletion.ts';
import { cloudformationDeletion } from './cloudformation.ts';
import { codebuildDeletion } from './codebuild.ts';
import { codecommitDeletion } from './codecommit.ts';
import { codepipelineDeletion } from './codepipeline.ts';
import { ecrDeletion, imageStorageCost } from './ecr.ts';
import { ecsDeletion, taskCost } from './ecs.ts';
import { eventsDeletion } from './events.ts';
import { iamDeletion } from './iam.ts';
import { logsDeletion } from './logs.ts';
import { objectStorageCost, s3Deletion } from './s3.ts';
import { statesDeletion } from './states.ts';

const place = { account: '123456789012', region: 'ap-northeast-1', partition: 'aws' };
const inRegion = (region: string) => ({ ...place, region });
const tasks = { count: 2, vcpu: 0.25, memory: 0.5 };

it('quotes names that are not plain words', () => {
  expect(shellWord('week9-2-codebuild-repo')).toBe('week9-2-codebuild-repo');
  expect(shellWord('/aws/codebuild/x')).toBe('/aws/codebuild/x');
  expect(shellWord("a'; rm -rf ~; '")).toBe(`'a'\\''; rm -rf ~; '\\'''`);
  expect(iamDeletion.role(place, '$(reboot)').command).not.toMatch(/[^']\$\(reboot\)/);
});

it('prices storage per GB and month', () => {
  expect(imageStorageCost(2 ** 30)).toEqual({ amount: 0.1, currency: 'USD' });
  const costOfLogs = (region: string, bytes: number) => logsDeletion.logGroup(inRegion(region), 'g', bytes).costPerMonth;
  expect(costOfLogs('ap-northeast-2', 10 * 2 ** 30)).toEqual({ amount: 0.314, currency: 'USD' });
  expect(costOfLogs('eu-central-1', 1)).toBeUndefined();
  expect(imageStorageCost(0)).toEqual({ amount: 0, currency: 'USD' });
});

it.each([
  s3Deletion.bucketWithObjects(place, "it's a bucket", 2 ** 30),
  s3Deletion.objects(place, 'b', "it's/", 1),
  s3Deletion.bucket(place, "it's"),
  statesDeletion.stateMachine(place, 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:a;b'),
  eventsDeletion.rule(place, 'rule'),
  eventsDeletion.rule(place, 'rule', { managed: true }),
  iamDeletion.role(place, 'role'),
  iamDeletion.policy(place, 'arn:aws:iam::123456789012:policy/a b'),
  iamDeletion.inlinePolicy(place, 'role', 'a b'),
  iamDeletion.attachedPolicy(place, 'role', 'arn:aws:iam::aws:policy/x'),
  ecrDeletion.images(place, 'nginx', 0),
  ecrDeletion.repository(place, 'nginx'),
  ecrDeletion.repositoryWithImages(place, 'nginx', 0),
  ecsDeletion.service(place, 'c', 's', tasks),
  ecsDeletion.cluster(place, 'c'),
  ecsDeletion.taskDefinition(place, 'web'),
  codepipelineDeletion.pipeline(place, 'p'),
  codebuildDeletion.project(place, 'p'),
  codecommitDeletion.repository(place, 'r'),
  cloudformationDeletion.stack(place, 's'),
  logsDeletion.logGroup(place, '/aws/codebuild/p', 0),
  logsDeletion.resourcePolicy(place, 'p'),
])('$command parses as shell', ({ command }) => {
  expect(parse(command).errors ?? []).toEqual([]);
});

it('forces what a service manages, and only that', () => {
  expect(eventsDeletion.rule(place, 'r', { managed: true }).command).toMatch(/--ids "\$id" --force.*--name r --force$/);
  expect(eventsDeletion.rule(place, 'r').command).not.toContain('--force');
});

it('prices objects where the price is known', () => {
  expect(objectStorageCost(place, 2 ** 30)).toEqual({ amount: 0.025, currency: 'USD' });
  expect(s3Deletion.bucketWithObjects(inRegion('eu-central-1'), 'b', 1)).not.toHaveProperty('costPerMonth');
});

it('prices running tasks where the price is known', () => {
  expect(taskCost(place, tasks)).toEqual({ amount: 29.7913, currency: 'USD' });
  expect(ecsDeletion.service(inRegion('eu-central-1'), 'c', 's', tasks)).not.toHaveProperty('costPerMonth');
});

it('takes every policy from a role before the role', () => {
  const { command } = iamDeletion.role(place, 'r');
  const steps = ['detach-role-policy', 'delete-role-policy', 'delete-role --role-name r'].map((step) => command.indexOf(step));
  expect(steps).not.toContain(-1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});
