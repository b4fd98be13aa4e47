import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it.each([
  ['colours and cursor movements', 'a\u001b[31mb\u001b[2Jc', 'abc'],
  ['a link or title hidden in an escape sequence', '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007', 'x'],
  ['an escape character alone', 'a\u001b', 'a\uFFFD'],
  ['8-bit control sequences', 'a\u009b31mb', 'ab'],
  ['line breaks and tabs', 'a\r\nb\tc', 'a b c'],
  ['carriage return that overwrites', 'failed\rpassed', 'failed passed'],
  ['bells, backspaces and deletes', 'a\u0007\u0008\u007f', 'a\uFFFD\uFFFD\uFFFD'],
  ['characters that reverse text', '\u202Egpj.exe\u2066\u200F', '\uFFFDgpj.exe\uFFFD\uFFFD'],
  ['separators of lines', 'a\u2028b', 'a\uFFFDb'],
  ['half a character', 'a\uD83D', 'a\uFFFD'],
])('neutralises %s', (_what, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

it('leaves every language and emoji alone', () => {
  const text = '김민준 テスト नमस्ते 👩‍👩‍👧 café';
  expect(plainText(text)).toBe(text);
});
