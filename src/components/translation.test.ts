import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../authoring/temporary-folder.test-support.ts';
import { translationHash } from '../content/translation-hash.ts';
import { isStale } from './translation.ts';

it('is stale from the first changed word of its original on', async () => {
  using folder = temporaryFolder({ 'ko.md': '---\ntitle: 실습\n---\n\n처음 글\n' });
  const path = join(folder.path, 'ko.md');
  const hash = translationHash({ title: '실습', learningObjectives: [], prerequisites: [], body: '처음 글' });
  const original = { language: 'ko', hash } as const;
  expect(await isStale(original, path)).toBe(false);
  writeFileSync(path, '---\ntitle: 실습\n---\n\n고친 글\n');
  expect(await isStale(original, path)).toBe(true);
});
