import type { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { labProcessor } from './processor.ts';

const about = { fileURL: new URL('file:///site/src/content/labs/demo/ko.md'), frontmatter: {} };

test('what nobody foresaw names the file, and keeps what caused it', async () => {
  const cause = new TypeError('Cannot read properties of null');
  const stumbling = () => () => {
    throw cause;
  };
  const { render } = await labProcessor({ remarkPlugins: [stumbling], rehypePlugins: [] }).createRenderer();
  await expect(render('글', about)).rejects.toMatchObject({
    file: '/site/src/content/labs/demo/ko.md',
    line: 1,
    reason: expect.stringMatching(/^The text cannot become a page because .*Cannot read properties of null.*[.]$/),
    cause,
  });
});

test('what a plugin refuses is told as it says it', async () => {
  const refusing = () => (_tree: unknown, file: VFile) => file.fail('No.', { line: 7, column: 1 });
  const { render } = await labProcessor({ remarkPlugins: [refusing], rehypePlugins: [] }).createRenderer();
  await expect(render('글', about)).rejects.toMatchObject({ file: '/site/src/content/labs/demo/ko.md', line: 7, reason: 'No.' });
});
