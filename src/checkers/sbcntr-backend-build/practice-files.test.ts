import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUILDSPEC_YML, DOCKERFILE, ECR_POLICY_JSON, MISPLACED_YML, SERVER_MJS } from './practice-files.ts';

it.each([
  ['server.mjs', SERVER_MJS],
  ['Dockerfile', DOCKERFILE],
  ['buildspec.yml', BUILDSPEC_YML],
  ['buildspec-misplaced.yml', MISPLACED_YML],
  ['codebuild-ecr-policy.json', ECR_POLICY_JSON],
])('%s of the practice account is what the zip ships', (name, text) => {
  expect(text).toBe(readFileSync(new URL(`../../content/labs/sbcntr-backend-build/files/${name}`, import.meta.url), 'utf8'));
});
