import { expect, test } from 'vitest';
import { textParts } from '../../../authoring/text-parts.test-support.ts';

const { fences, output, plain, read } = textParts(import.meta.dirname, 'ko');

test.each([
  'buildspec.yml',
  'github-workflow.yml',
  'lifecycle-policy.json',
  'policies/pull-role-trust.json',
  'policies/push-policy.json',
  'policies/repository-policy.json',
  'events/event-pattern.json',
])('%s is shown as it is shipped', (name) => {
  expect(fences.map(({ content }) => content)).toContain(read(name));
});

test('the commit counts its real lines, and its hash is hexadecimal and becomes the tag', () => {
  const lines = ['Dockerfile', 'server.mjs', 'buildspec.yml'].reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  expect(Number(/(\d+) insertions/.exec(output)?.[1])).toBe(lines);
  const hash = /\(root-commit\) (\S+)\]/.exec(output)?.[1] ?? '';
  expect(hash).toMatch(/^[0-9a-f]{7}$/);
  expect(output).toContain(`latest  ${hash}\n`);
});

test('the image is built before it is tagged, and tagged before it is pushed', () => {
  const commands = fences.filter(({ language }) => language === 'bash').map(({ content }) => content);
  const at = (start: string) => commands.findIndex((command) => command.startsWith(start));
  expect(at('docker build')).toBeGreaterThan(-1);
  expect(at('docker tag')).toBeGreaterThan(at('docker build'));
  expect(at('docker push')).toBeGreaterThan(at('docker tag'));
});

test('everything the guide makes is named in its cleanup', () => {
  const cleanup = plain.slice(plain.indexOf('## 리소스 정리'));
  for (const [, name] of plain.matchAll(/aws iam create-role --role-name (\S+)/g))
    expect(cleanup).toContain(`delete-role --role-name ${name}`);
  for (const [, name] of plain.matchAll(/create-log-group --log-group-name (\S+)/g))
    expect(cleanup).toContain(`delete-log-group --log-group-name ${name}`);
  for (const command of [
    'delete-rule',
    'delete-project',
    'codecommit delete-repository',
    'ecr delete-repository',
    'delete-policy',
    'delete-resource-policy',
  ]) {
    expect(cleanup).toContain(command);
  }
});
