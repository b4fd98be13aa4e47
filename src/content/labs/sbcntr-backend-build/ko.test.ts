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

test('the buildspecs and the policy shown are those shipped', () => {
  const shown = fences.map(({ content }) => content);
  for (const name of ['buildspec.yml', 'buildspec-misplaced.yml', 'codebuild-ecr-policy.json']) expect(shown).toContain(read(name));
});

test('unpacking prints the files of the zip, and commits count their real lines', () => {
  const output = fences.map(({ content }) => content).join('\n');
  expect([...output.matchAll(/^ {2}inflating: (\S+)$/gm)].map(([, path]) => path)).toEqual(zipContents(folder).map(({ path }) => path));
  const lines = (...names: string[]) => names.reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  expect([...output.matchAll(/(\d+) insertions/g)].map(([, count]) => Number(count))).toEqual([
    lines('server.mjs', 'Dockerfile'),
    lines('buildspec.yml'),
  ]);
});

test('commit hashes are hexadecimal and tell one story: two commits, and the image of the second', () => {
  const output = fences.map(({ content }) => content).join('\n');
  const [first = '', second = '', ...more] = [...output.matchAll(/^\[main (?:\(root-commit\) )?(\S+)\]/gm)].map(([, hash]) => hash ?? '');
  expect(more).toEqual([]);
  for (const hash of [first, second]) expect(hash).toMatch(/^[0-9a-f]{7}$/);
  expect(output).toContain(' * [new branch]      main -> main');
  expect(output).toContain(`   ${first}..${second}  main -> main`);
  expect(output).toContain(`sbcntr-backend:${second} done`);
  expect(output).toContain(`\n${second}: digest: sha256:`);
  expect(output).toContain(`\n${second}  2026-`);
  expect(plain).toContain(`(예: \`${second}\`)`);
});

test.each(sections)('the steps of "$title" run from 1 without a gap, and steps it mentions exist', ({ section }) => {
  const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(steps).toEqual(steps.map((_, at) => at + 1));
  for (const [, mentioned] of section.matchAll(/(?<!-)\b(\d+)(?:-\d+)?단계/g)) {
    if (steps.length > 0) expect(steps).toContain(Number(mentioned));
  }
});

test('every task ends with its marker and has as many steps as its checkers count on', () => {
  const counts = sections
    .filter(({ title }) => /^(태스크 \d:|리소스 정리)/.test(title))
    .map(({ title, section }) => {
      expect(section).toMatch(/^✅ \*\*(태스크 완료|실습 종료)\*\*: .+$/m);
      return [title.split(':')[0], Math.max(...[...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)))];
    });
  expect(counts).toEqual([
    ['태스크 0', 15],
    ['태스크 1', 5],
    ['태스크 2', 6],
    ['태스크 3', 10],
    ['태스크 4', 11],
    ['리소스 정리', 13],
  ]);
});

test('headings never skip a level', () => {
  const levels = [...plain.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
  expect(levels).not.toContain(1);
});

test("every placeholder of the front matter is used, and no other placeholder is left for the student's values", () => {
  const values = frontMatter.values.filter(({ placeholder }) => placeholder.startsWith('<'));
  const used = new Set([...plain.matchAll(/<[a-z][a-z-]*>/g)].map(([placeholder]) => placeholder));
  expect([...used].sort()).toEqual(values.map(({ placeholder }) => placeholder).sort());
  for (const { placeholder } of frontMatter.values) expect(body).toContain(placeholder);
});

test('the account id of the commands is asked for, never typed', () => {
  const commands = fences.filter(({ language }) => language === 'bash').map(({ content }) => content);
  expect(commands.join('\n')).not.toMatch(/\b\d{12}\b/);
});

test('what the lab promises is what it does', () => {
  const promised = [frontMatter.title, frontMatter.description, ...frontMatter.learningObjectives].join('\n');
  expect(promised).not.toMatch(/CodePipeline|EKS|ECS/);
  expect(sections.find(({ title }) => title === '리소스 정리')?.section).toContain('`/aws/codebuild/sbcntr-codebuild`');
});
