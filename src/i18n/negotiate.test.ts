import { describe, expect, it } from 'vitest';
import { negotiateLanguage } from './negotiate.ts';

describe('negotiateLanguage', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
    ['fr-FR, en;q=0.7, ko;q=0.9', 'ko'],
    ['EN-us', 'en'],
    ['en;q=0, ja;q=0.1', 'ja'],
    ['en;q=nonsense, ja;q=0.1', 'ja'],
    ['de, *;q=0.5', 'ko'],
    ['de', 'ko'],
    ['', 'ko'],
    [null, 'ko'],
    [undefined, 'ko'],
  ])('%s -> %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });
});
