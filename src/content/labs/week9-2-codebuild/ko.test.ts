import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareFileLists } from '../../../authoring/file-lists.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { zipContents } from '../../../authoring/zip.ts';
import { labSchema } from '../../lab-schema.ts';

const folder = import.meta.dirname;
const read = (name: string) => readFileSync(join(folder, 'files', name), 'utf8');
const text = readLabTexts(folder).find(({ language }) => language === 'ko');
const body = text?.body ?? '';
const frontMatter = labSchema.parse(text?.frontMatter);

/** The text without the marks of block quotes, so that fences inside callouts read like others. */
const plain = body.replace(/^> ?/gm, '');

const fences = [...plain.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language, content]) => ({ language, content: content ?? '' }));

const sections = plain
  .split(/^(?=## )/m)
  .slice(1)
  .map((section) => ({ title: section.split('\n')[0]?.slice(3) ?? '', section: section.replace(/^```[\s\S]*?^```/gm, '') }));

test('the tree, the DOWNLOAD box and the zip name the same files', () => {
  expect(compareFileLists(body, frontMatter.zip ?? '', zipContents(folder))).toEqual([]);
});

test('the buildspec shown is the buildspec shipped', () => {
  expect(fences.filter(({ language }) => language === 'yaml').map(({ content }) => content)).toEqual([read('buildspec.yml')]);
});

test('sizes and line counts in the outputs are those of the real files', () => {
  const listed = fences
    .flatMap(({ content }) => [...content.matchAll(/(\d+) Nov \d+ [\d:]+ ([\w.]+)$/gm)])
    .filter(([, , name]) => name !== '.git');
  expect(listed.map(([, size, name]) => [name, Number(size)])).toEqual(
    ['Dockerfile', 'app.js', 'package.json', 'buildspec.yml'].map((name) => [name, Buffer.byteLength(read(name))]),
  );
  const lines = (...names: string[]) => names.reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  const insertions = fences.flatMap(({ content }) => [...content.matchAll(/(\d+) insertions/g)]).map(([, count]) => Number(count));
  expect(insertions).toEqual([lines('app.js', 'package.json', 'Dockerfile'), lines('buildspec.yml')]);
});

test('commit hashes are hexadecimal and tell one story: two commits, and the image of the second', () => {
  const output = fences.map(({ content }) => content).join('\n');
  const commits = [...output.matchAll(/^\[main (?:\(root-commit\) )?(\S+)\]/gm)].map(([, hash]) => hash ?? '');
  expect(commits).toHaveLength(2);
  for (const hash of commits) expect(hash).toMatch(/^[0-9a-f]{7}$/);
  const [first, second] = commits;
  expect(output).toContain(' * [new branch]      main -> main');
  expect(output).toContain(`   ${first}..${second}  main -> main`);
  expect(output).toContain(`\n${second}: digest: sha256:`);
  expect(plain).toContain(`(예: \`${second}\`)`);
});

test('the capability to be checked is worded as CloudFormation words it for named roles', () => {
  expect(body).toContain('`I acknowledge that AWS CloudFormation might create IAM resources with custom names`');
});

test.each(sections)('the steps of "$title" run from 1 without a gap, and steps it mentions exist', ({ section }) => {
  const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  // A callout's own list of what to do is not a step of the task.
  const numbered = section.includes('**해결 방법**') ? withoutInnerList(steps) : steps;
  expect(numbered).toEqual(numbered.map((_, at) => at + 1));
  for (const [, mentioned] of section.matchAll(/(?<!\*\*)(?<!\d-)\b(\d+)(?:-\d+)?단계/g)) {
    if (numbered.length > 0) expect(numbered).toContain(Number(mentioned));
  }
});

function withoutInnerList(steps: readonly number[]): number[] {
  const inner = steps.indexOf(1, 1);
  const back = steps.findIndex((step, at) => at > inner && step !== (steps[at - 1] ?? 0) + 1);
  return [...steps.slice(0, inner), ...steps.slice(back)];
}

test('every task ends with its marker and has as many steps as its checkers count on', () => {
  const counts = sections
    .filter(({ title }) => /^(태스크 \d:|리소스 정리)/.test(title))
    .map(({ title, section }) => {
      expect(section).toMatch(/^✅ \*\*(태스크 완료|실습 종료)\*\*: .+$/m);
      return [title.split(':')[0], Math.max(...[...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)))];
    });
  expect(counts).toEqual([
    ['태스크 0', 21],
    ['태스크 1', 27],
    ['태스크 2', 20],
    ['태스크 3', 19],
    ['태스크 4', 18],
    ['리소스 정리', 26],
  ]);
});

test('headings never skip a level', () => {
  const levels = [...plain.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
  expect(levels).not.toContain(1);
});

test("every placeholder of the front matter is used, and no other placeholder is left for the student's values", () => {
  for (const { placeholder } of frontMatter.values) expect(body).toContain(placeholder);
  const known = new Set([...frontMatter.values.map(({ placeholder }) => placeholder), '<commit-hash>', '<file>']);
  const used = new Set([...plain.matchAll(/<[a-z][a-z-]*>/g)].map(([placeholder]) => placeholder));
  expect([...used].filter((placeholder) => !known.has(placeholder))).toEqual([]);
});

test('what the lab promises is what it does', () => {
  const promised = [frontMatter.title, frontMatter.description, ...frontMatter.learningObjectives].join('\n');
  expect(promised).not.toMatch(/CodePipeline|EKS|ECS/);
  expect(sections.find(({ title }) => title === '리소스 정리')?.section).toContain('`/aws/codebuild/week9-2-container-build`');
});
