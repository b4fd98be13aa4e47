import { describe, expect, it } from 'vitest';
import { UNKNOWN_REASONS } from '../aws/errors.ts';
import { STATUSES } from '../checkers/engine/result.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { resultTexts } from './result-texts.ts';
import { fill, ui } from './ui.ts';

/** All texts of an interface, with their paths. */
function texts(part: object, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? texts(value, `${path}${key}.`) : [[`${path}${key}`, String(value)] as [string, string]],
  );
}
const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

const all = (language: Language) => ({ ui: ui[language], results: resultTexts[language] });

describe('the interface in every language', () => {
  const korean = new Map(texts(all('ko')));

  it.each(LANGUAGES)('%s has every text, with the same names to fill in', (language) => {
    for (const [path, text] of texts(all(language))) {
      expect(text.trim(), path).not.toBe('');
      expect(names(text), path).toEqual(names(korean.get(path) ?? ''));
    }
  });

  it.each(LANGUAGES)('%s has a word for every status and every reason', (language) => {
    for (const status of STATUSES) expect(ui[language].status).toHaveProperty([status]);
    for (const reason of UNKNOWN_REASONS) expect(resultTexts[language].reason).toHaveProperty([reason]);
  });
});

describe('fill', () => {
  it('fills names once and leaves unknown ones', () => {
    expect(fill('{a} {b} {a}', { a: '{b}', b: 2 })).toBe('{b} 2 {b}');
    expect(fill('{c}', {})).toBe('{c}');
  });
});
