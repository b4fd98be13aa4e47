import { expect, test } from 'vitest';
import { textParts } from '../../../authoring/text-parts.test-support.ts';

const { fences, plain, read } = textParts(import.meta.dirname, 'ja');

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
