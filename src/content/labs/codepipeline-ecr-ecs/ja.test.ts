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
const output = fences.map(({ content }) => content).join('\n');

const sections = plain
  .split(/^(?=## )/m)
  .slice(1)
  .map((section) => ({ title: section.split('\n')[0]?.slice(3) ?? '', section: section.replace(/^```[\s\S]*?^```/gm, '') }));

test('the tree, the DOWNLOAD box and the zip name the same files', () => {
  expect(compareFileLists(body, frontMatter.zip ?? '', zipContents(folder))).toEqual([]);
});

test('what is shown to be read or pasted is what is shipped', () => {
  const shown = (language: string) => fences.filter((fence) => fence.language === language).map(({ content }) => content);
  expect(shown('yaml')).toEqual([read('buildspec.yml')]);
  expect(shown('dockerfile')).toEqual([read('nginx/Dockerfile')]);
  expect(shown('json')).toEqual(
    [
      'policies/build-role-policy.json',
      'policies/repository-policy.json',
      'ecs/task-definition.json',
      'policies/pipeline-deploy-policy.json',
    ].map(read),
  );
});

test('the first commit counts the files and lines that are copied', () => {
  const listed = [...output.matchAll(/^\.\/(\S+)$/gm)].map(([, path]) => path ?? '');
  expect(listed).toEqual(['buildspec.yml', 'nginx/Dockerfile', 'nginx/index.html', 'nginx/nginx.conf']);
  expect([...output.matchAll(/^ create mode 100644 (\S+)$/gm)].map(([, path]) => path)).toEqual(listed);
  const lines = listed.reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
  expect(output).toContain(`\n ${listed.length} files changed, ${lines} insertions(+)\n`);
});

test('commit hashes are hexadecimal and tell one story: three commits, each pushed on top of the one before', () => {
  const commits = [...output.matchAll(/^\[master (?:\(root-commit\) )?(\S+)\]/gm)].map(([, hash]) => hash ?? '');
  expect(commits).toHaveLength(3);
  for (const hash of commits) expect(hash).toMatch(/^[0-9a-f]{7}$/);
  const [first, second, third] = commits;
  expect(output).toContain(' * [new branch]      master -> master');
  expect(output).toContain(`   ${first}..${second}  master -> master`);
  expect(output).toContain(`   ${second}..${third}  master -> master`);
  expect(output).toMatch(new RegExp(`\\|  ${second}[0-9a-f]{33} \\|  Succeeded\\|`));
});

test.each(sections)('the steps of "$title" run from 1 without a gap, and steps it mentions exist', ({ section }) => {
  const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(steps).toEqual(steps.map((_, at) => at + 1));
  for (const [, from, to] of section.matchAll(/手順 (\d+)(?: から (\d+))?/g)) {
    for (const mentioned of [from, to]) if (mentioned !== undefined) expect(steps).toContain(Number(mentioned));
  }
});

test('every task ends with its marker and has as many steps as its checkers count on', () => {
  const counts = sections
    .filter(({ title }) => /^(タスク \d:|リソースの削除)/.test(title))
    .map(({ title, section }) => {
      expect(section).toMatch(/^✅ \*\*(タスク完了|演習終了)\*\*: .+$/m);
      return [title.split(':')[0], Math.max(...[...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)))];
    });
  expect(counts).toEqual([
    ['タスク 1', 15],
    ['タスク 2', 13],
    ['タスク 3', 7],
    ['タスク 4', 7],
    ['タスク 5', 8],
    ['タスク 6', 15],
    ['タスク 7', 26],
    ['リソースの削除', 15],
  ]);
});

test('headings never skip a level', () => {
  const levels = [...plain.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
  expect(levels).not.toContain(1);
});

test("every placeholder of the front matter is used, and no other placeholder is left for the student's values", () => {
  for (const { placeholder } of frontMatter.values) expect(body).toContain(placeholder);
  // What a buildspec must not be left with is quoted as it is found.
  const known = new Set([...frontMatter.values.map(({ placeholder }) => placeholder), '<container-definition>']);
  const used = new Set([...plain.matchAll(/<[a-z][a-z-]*>/g)].map(([placeholder]) => placeholder));
  expect([...used].filter((placeholder) => !known.has(placeholder))).toEqual([]);
});

test('names are spelled one way; the misspelling of the wizard is quoted as a mistake only', () => {
  const misspelled = plain.split('\n').filter((line) => line.includes('exapmle'));
  expect(misspelled).toHaveLength(2);
  for (const line of misspelled) expect(line).toContain('間違え');
});

test('everything the lab makes is deleted in the end', () => {
  const cleanup = sections.find(({ title }) => title === 'リソースの削除')?.section ?? '';
  for (const name of [
    '`/aws/codebuild/example_2022_1126`',
    '`/ecs/example_2022_1126`',
    '`codebuild-example_2022_1126-service-role`',
    '`AWSCodePipelineServiceRole-ap-northeast-1-example_2022_1126`',
    '`ecs-example_2022_1126-execution-role`',
    '`example_2022_1126-web`',
    '<artifact-bucket>',
  ]) {
    expect(cleanup).toContain(name);
  }
});
