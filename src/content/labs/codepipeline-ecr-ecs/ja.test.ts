import { expect, test } from 'vitest';
import { textParts } from '../../../authoring/text-parts.test-support.ts';

const { fences, output, plain, read, sections } = textParts(import.meta.dirname, 'ja');

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
