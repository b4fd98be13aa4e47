import { expect, test } from 'vitest';
import { textParts } from '../../../authoring/text-parts.test-support.ts';

const { body, fences, frontMatter, output, plain, read, sections } = textParts(import.meta.dirname, 'ko');

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

test('what the lab promises is what it does', () => {
  const promised = [frontMatter.title, frontMatter.description, ...frontMatter.learningObjectives].join('\n');
  expect(promised).not.toMatch(/CodePipeline|EKS|ECS/);
  expect(sections.find(({ title }) => title === '리소스 정리')?.section).toContain('`/aws/codebuild/week9-2-container-build`');
});
