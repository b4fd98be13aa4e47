import { expect, it } from 'vitest';
import { renderAndTell } from '../../render-lab.test-support.ts';

const LOST = 'Markdown reads this table as text; write "---" in its second line once for each column of its header.';

it.each([
  ['fewer columns than its head', '글\n\n| a | b |\n|------|\n| 1 | 2 |'],
  ['dashes that an editor joined', '글\n\n| a | b |\n|———|———|\n| 1 | 2 |'],
])('names a table whose second line has %s', async (_what, text) => {
  expect((await renderAndTell(text)).told).toEqual([`3: ${LOST}`]);
});

it('says nothing of tables, and of words with a bar in them', async () => {
  for (const text of ['| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n글', '`a | b`\n-- | --x', '| a |\n|---|'])
    expect((await renderAndTell(text)).told, text).toEqual([]);
});
