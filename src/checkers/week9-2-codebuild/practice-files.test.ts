import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { APP_JS, BUILDSPEC_YML, DOCKERFILE, PACKAGE_JSON } from './practice-files.ts';

it.each([
  ['app.js', APP_JS],
  ['package.json', PACKAGE_JSON],
  ['Dockerfile', DOCKERFILE],
  ['buildspec.yml', BUILDSPEC_YML],
])('pushes %s as the lab ships it', async (name, text) => {
  const shipped = new URL(`../../content/labs/week9-2-codebuild/files/${name}`, import.meta.url);
  expect(text).toBe(await readFile(shipped, 'utf8'));
});
