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
  .map((section) => ({ title: section.split('\n')[0]?.slice(3) ?? '', section: section.replace(/^```[\s\S]*?^```/gm, '') }));

test('the tree, the DOWNLOAD box and the zip name the same files', () => {
  expect(compareFileLists(body, frontMatter.zip ?? '', zipContents(folder))).toEqual([]);
});

test('what is shown to be read is what is shipped', () => {
  const shown = fences.map(({ content }) => content);
  for (const name of [
    'policies/codebuild-role-trust.json',
    'policies/codebuild-inline-policy.json',
    'buildspec-nginx-tar.yml',
    'policies/sfn-inline-policy.json',
    'policies/sfn-trust.json',
    'sfn-definition.json',
    'execution-input.json',
  ]) {
    expect(shown, name).toContain(read(name));
  }
});

test('no command switches tracing on, which needs permissions that the role does not have', () => {
  const commands = fences.filter(({ language }) => language === 'bash').map(({ content }) => content);
  expect(commands.join('\n')).not.toContain('tracing-configuration ');
  expect(commands.join('\n')).not.toMatch(/--state-machine[ =]/);
});

test('every variable of a command is set by an earlier one', () => {
  const set = new Set(['HOME']);
  for (const { language, content } of fences) {
    if (language !== 'bash') continue;
    const live = content.replace(/'[^']*'/g, '');
    for (const [, name] of live.matchAll(/(?:^|\n)([A-Z][A-Z_]+)=/g)) set.add(name ?? '');
    for (const [, name] of live.matchAll(/\$\{?([A-Z][A-Z_]+)/g)) expect(set, content).toContain(name);
  }
});

test.each(sections)('the steps of "$title" run from 1 without a gap, and steps it mentions exist', ({ section }) => {
  const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(steps).toEqual(steps.map((_, at) => at + 1));
  // Steps of other tasks are named with their task.
  for (const [, number] of section.replace(/タスク \d の手順 \d+/g, '').matchAll(/手順 (\d+)/g)) expect(steps).toContain(Number(number));
});

test('every task ends with its marker and has as many steps as its checkers count on', () => {
  const counts = sections
    .filter(({ title }) => /^(タスク \d:|リソースの削除)/.test(title))
    .map(({ title, section }) => {
      expect(section).toMatch(/^✅ \*\*(タスク完了|演習終了)\*\*: .+$/m);
      return [title.split(':')[0], Math.max(...[...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)))];
    });
  expect(counts).toEqual([
    ['タスク 1', 13],
    ['タスク 2', 6],
    ['タスク 3', 5],
    ['タスク 4', 5],
    ['タスク 5', 3],
    ['タスク 6', 7],
    ['リソースの削除', 10],
  ]);
});

test('headings never skip a level', () => {
  const levels = [...plain.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
  expect(levels).not.toContain(1);
});

test("every placeholder of the front matter is used, and no other placeholder is left for the student's values", () => {
  for (const { placeholder } of frontMatter.values) expect(body).toContain(placeholder);
  const known = new Set(frontMatter.values.map(({ placeholder }) => placeholder));
  const used = new Set([...plain.matchAll(/<[a-z][a-z-]*>/g)].map(([placeholder]) => placeholder));
  expect([...used].filter((placeholder) => !known.has(placeholder))).toEqual([]);
});

test('everything the lab makes is deleted in the end', () => {
  const cleanup = plain.slice(plain.indexOf('## リソースの削除'), plain.indexOf('## 参考'));
  for (const name of [
    'stateMachine:sf-codebuild-ecr-to-tar',
    'StepFunctionsGetEventForCodeBuildStartBuildRule',
    '--name cb-ecr-nginx-to-tar',
    'list-object-versions',
    'delete-bucket --bucket "$BUCKET"',
    '--repository-name nginx --force',
    '--log-group-name /aws/codebuild/cb-ecr-nginx-to-tar',
    '--role-name cb-nginx-tar-role\n',
    '--role-name sfn-starts-codebuild-role\n',
  ]) {
    expect(cleanup).toContain(name);
  }
});
