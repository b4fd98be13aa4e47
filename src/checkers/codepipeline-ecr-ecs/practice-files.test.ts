import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it.each([
  ['buildspec.yml', files.BUILDSPEC_YML],
  ['nginx/Dockerfile', files.DOCKERFILE_TEXT],
  ['nginx/index.html', files.INDEX_HTML],
  ['nginx/nginx.conf', files.NGINX_CONF],
  ['policies/build-role-policy.json', files.BUILD_ROLE_POLICY],
  ['policies/repository-policy.json', files.REPOSITORY_POLICY],
  ['policies/pipeline-deploy-policy.json', files.PIPELINE_DEPLOY_POLICY],
  ['ecs/task-definition.json', files.TASK_DEFINITION],
])('%s is what the lab ships', async (name, text) => {
  const shipped = new URL(`../../content/labs/codepipeline-ecr-ecs/files/${name}`, import.meta.url);
  expect(text).toBe(await readFile(shipped, 'utf8'));
});
