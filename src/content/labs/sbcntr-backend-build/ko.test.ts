import { expect, test } from 'vitest';
import { textParts } from '../../../authoring/text-parts.test-support.ts';
import { zipContents } from '../../../authoring/zip.ts';

const folder = import.meta.dirname;
const { fences, frontMatter, output, plain, read, sections } = textParts(folder, 'ko');

test('the buildspecs and the policy shown are those shipped', () => {
  const shown = fences.map(({ content }) => content);
  for (const name of ['buildspec.yml', 'buildspec-misplaced.yml', 'codebuild-ecr-policy.json']) expect(shown).toContain(read(name));
});

test('unpacking prints the files of the zip, and commits count their real lines', () => {
  expect([...output.matchAll(/^ {2}inflating: (\S+)$/gm)].map(([, path]) => path)).toEqual(zipContents(folder).map(({ path }) => path));
  const lines = (...names: string[]) => names.reduce((sum, name) => sum + read(name).split('\n').length - 1, 0);
  expect([...output.matchAll(/(\d+) insertions/g)].map(([, count]) => Number(count))).toEqual([
    lines('server.mjs', 'Dockerfile'),
    lines('buildspec.yml'),
  ]);
});

test('commit hashes are hexadecimal and tell one story: two commits, and the image of the second', () => {
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

test('what the lab promises is what it does', () => {
  const promised = [frontMatter.title, frontMatter.description, ...frontMatter.learningObjectives].join('\n');
  expect(promised).not.toMatch(/CodePipeline|EKS|ECS/);
  expect(sections.find(({ title }) => title === '리소스 정리')?.section).toContain('`/aws/codebuild/sbcntr-codebuild`');
});
