import { expect, it } from 'vitest';
import { labFile } from './lab-file.ts';

it.each([
  ['/x/src/content/labs/demo/ko.mdx', { lab: 'demo', language: 'ko', directory: '/x/src/content/labs/demo' }],
  ['/x/src/content/labs/demo/ja.md', { lab: 'demo', language: 'ja', directory: '/x/src/content/labs/demo' }],
  ['/x/src/content/labs/demo/fr.md', undefined],
  ['/x/src/content/labs/demo/files/README.md', undefined],
  ['/x/src/pages/ko.md', undefined],
  [undefined, undefined],
])('labFile(%s)', (path, file) => {
  expect(labFile(path)).toEqual(file);
});
