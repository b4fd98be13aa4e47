import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareFileLists } from '../../../authoring/file-lists.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { zipContents } from '../../../authoring/zip.ts';
import { labSchema } from '../../lab-schema.ts';

const folder = import.meta.dirname;
const read = (name: string) => readFileSync(join(folder, 'files', name), 'utf8');
const [text] = readLabTexts(folder);
const body = text?.body ?? '';
const frontMatter = labSchema.parse(text?.frontMatter);

/** The text without the marks of block quotes, so that fences inside callouts read like others. */
const plain = body.replace(/^> ?/gm, '');

const fences = [...plain.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```/gm)].map(([, language, content]) => ({
  language,
  content: content ?? '',
}));

const sections = plain
  .split(/^(?=## )/m)
  .slice(1)
  .map((section) => ({ title: section.split('\n')[0]?.slice(3) ?? '', section: section.replace(/^ *```[\s\S]*?^ *```/gm, '') }));

test('the tree, the DOWNLOAD box and the zip name the same files', () => {
  expect(compareFileLists(body, frontMatter.zip ?? '', zipContents(folder))).toEqual([]);
});

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
  const output = fences.map(({ content }) => content).join('\n');
  const lines = ['Dockerfile', 'server.mjs', 'buildspec.yml'].reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  expect(Number(/(\d+) insertions/.exec(output)?.[1])).toBe(lines);
  const hash = /\(root-commit\) (\S+)\]/.exec(output)?.[1] ?? '';
  expect(hash).toMatch(/^[0-9a-f]{7}$/);
  expect(output).toContain(`latest  ${hash}\n`);
});

test.each(sections)('the steps of "$title" run from 1 without a gap, and steps it mentions exist', ({ section }) => {
  const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(steps).toEqual(steps.map((_, at) => at + 1));
});

test('every task ends with its marker and has as many steps as its checkers count on', () => {
  const counts = sections
    .filter(({ title }) => /^(태스크 \d:|리소스 정리)/.test(title))
    .map(({ title, section }) => {
      expect(section).toMatch(/^✅ \*\*(태스크 완료|실습 종료)\*\*: .+$/m);
      return [title.split(':')[0], Math.max(...[...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)))];
    });
  expect(counts).toEqual([
    ['태스크 1', 8],
    ['태스크 2', 7],
    ['태스크 3', 4],
    ['태스크 4', 6],
    ['태스크 5', 12],
    ['태스크 6', 6],
    ['리소스 정리', 10],
  ]);
});

test('the image is built before it is tagged, and tagged before it is pushed', () => {
  const commands = fences.filter(({ language }) => language === 'bash').map(({ content }) => content);
  const at = (start: string) => commands.findIndex((command) => command.startsWith(start));
  expect(at('docker build')).toBeGreaterThan(-1);
  expect(at('docker tag')).toBeGreaterThan(at('docker build'));
  expect(at('docker push')).toBeGreaterThan(at('docker tag'));
});

test('every placeholder of the front matter is used, and no other placeholder is left', () => {
  const values = frontMatter.values.filter(({ placeholder }) => placeholder.startsWith('<'));
  const used = new Set([...plain.matchAll(/<[a-z][a-z-]*>/g)].map(([placeholder]) => placeholder));
  expect([...used].sort()).toEqual(values.map(({ placeholder }) => placeholder).sort());
  for (const { placeholder } of frontMatter.values) expect(body).toContain(placeholder);
});

test('the account id of the commands is asked for, never typed, and no command holds a long-lived key', () => {
  const commands = fences.filter(({ language }) => language === 'bash').map(({ content }) => content);
  expect(commands.join('\n')).not.toMatch(/\b\d{12}\b|aws configure|AKIA/);
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
