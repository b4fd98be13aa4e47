import { expect, it } from 'vitest';
import { renderAndTell } from '../../render-lab.test-support.ts';

it.each([
  ['a fence that nothing closes', '글\n\n```bash\nls\n\n2. 나', 3],
  ['a fence whose end lies outside its quotation', '> ```bash\n> ls\n```\n끝', 1],
  ['a fence with a line outside its quotation', '> ```bash\naws s3 ls\n> ```\n> 끝', 1],
  ['a fence closed with words behind it', '```bash\nls\n```끝', 1],
  ['a fence of fewer marks', '````\nls\n```', 1],
  ['a fence in a step', '1. 가\n\n   ~~~\n   ls\n\n2. 나', 3],
])('names %s', async (_what, text, line) => {
  const { told } = await renderAndTell(text);
  expect(told).toContainEqual(
    expect.stringMatching(new RegExp(`^${line}: This block of code is never closed; write a line (\`{3,4}|~~~) `)),
  );
});

it('names a comment that nothing closes', async () => {
  const { told } = await renderAndTell('글\n\n<!-- 주석\n\n## 태스크 2');
  expect(told).toEqual(['3: This comment is never closed and hides what follows; write --> where it ends.']);
});

it('says nothing of what is closed', async () => {
  const texts = [
    '```\nls\n```',
    '~~~~ x\nls\n~~~~~',
    '1. 가\n\n   ```bash\n   ls\n   ```\n\n2. 나',
    '> ```\n> ls\n> ```',
    '    들여쓴 코드',
    '```\n```',
  ];
  for (const text of [...texts, '<!-- 주석\n\n둘째 줄 -->', '10. 가\n\n   ```bash\n   ls\n   ```', '```bash\r\nls\r\n```\r\n'])
    expect((await renderAndTell(text)).told, text).toEqual([]);
});
