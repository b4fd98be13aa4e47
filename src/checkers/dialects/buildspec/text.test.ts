import { describe, expect, it } from 'vitest';
import { couldBe, isKnown, shown, UNKNOWN } from './text.ts';

describe('text with unknown parts', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    [UNKNOWN, '', true],
    [`a${UNKNOWN}`, 'abc', true],
    [`a${UNKNOWN}c`, 'ac', true],
    [`ab${UNKNOWN}bc`, 'abc', false],
    [`a${UNKNOWN}x${UNKNOWN}c`, 'a1x2c', true],
    [`a${UNKNOWN}x${UNKNOWN}c`, 'a12c', false],
    [`${UNKNOWN}.*`, 'anything', false],
  ])('%j could be %j: %s', (text, wanted, answer) => {
    expect(couldBe(text, wanted)).toBe(answer);
  });

  it('is shown with dots', () => {
    expect(shown(`a${UNKNOWN}:latest`)).toBe('a…:latest');
    expect(isKnown(`a${UNKNOWN}`)).toBe(false);
  });
});
