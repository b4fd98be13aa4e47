import { expect, it } from 'vitest';
import { formatUsd, languageName } from './format.ts';

it('writes money as each language does', () => {
  expect([formatUsd(0.1, 'ko'), formatUsd(1234.5, 'ja'), formatUsd(0.05, 'en')]).toEqual(['US$0.10', '$1,234.50', '$0.05']);
});

it('names languages in the reader’s language', () => {
  expect([languageName('ja', 'ko'), languageName('ko', 'ja'), languageName('ko', 'en')]).toEqual(['일본어', '韓国語', 'Korean']);
});
