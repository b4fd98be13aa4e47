import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it.each([
  ['buildspec.yml', files.BUILDSPEC_YML],
  ['lifecycle-policy.json', files.LIFECYCLE_POLICY],
  ['policies/pull-role-trust.json', files.PULL_ROLE_TRUST],
  ['policies/login-policy.json', files.LOGIN_POLICY],
  ['policies/push-policy.json', files.PUSH_POLICY_JSON],
  ['policies/repository-policy.json', files.REPOSITORY_POLICY],
  ['policies/github-role-trust.json', files.GITHUB_ROLE_TRUST],
  ['policies/build-role-trust.json', files.BUILD_ROLE_TRUST],
  ['policies/build-policy.json', files.BUILD_POLICY],
  ['events/event-pattern.json', files.EVENT_PATTERN],
  ['events/log-policy.json', files.LOG_POLICY_JSON],
])('%s is what the lab ships', async (name, text) => {
  const shipped = new URL(`../../content/labs/ecr-registry/files/${name}`, import.meta.url);
  expect(text).toBe(await readFile(shipped, 'utf8'));
});
