import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BUILDSPEC, buildPolicy, DEFINITION, executionInput, machinePolicy, trustPolicy } from './practice-files.ts';

const folder = join(import.meta.dirname, '../../content/labs/stepfunctions-codebuild-s3/files');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

it('are the files that the zip ships', () => {
  expect(BUILDSPEC).toBe(read('buildspec-nginx-tar.yml'));
});

it.each<[string, object]>([
  ['policies/codebuild-role-trust.json', trustPolicy('codebuild.amazonaws.com')],
  ['policies/codebuild-inline-policy.json', buildPolicy('123456789012', '<bucket-name>')],
  ['policies/sfn-trust.json', trustPolicy('states.amazonaws.com')],
  ['policies/sfn-inline-policy.json', machinePolicy('123456789012')],
  ['sfn-definition.json', DEFINITION],
  ['execution-input.json', executionInput('<bucket-name>')],
])('%s', (path, document) => {
  expect(document).toEqual(JSON.parse(read(path)));
});
