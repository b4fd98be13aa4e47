import { expect, it } from 'vitest';
import { shortened } from './shortened.ts';

it.each([
  ['fits', 4, 'fits'],
  ['too long', 4, 'too…'],
  ['김민준', 6, '김민준'],
  ['김민준', 5, '김민…'],
  // A syllable is two columns wide. When only one is left, it stays empty.
  ['김민준', 4, '김…'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
  ['x', 0, ''],
])('shortens %s to %i columns', (text, width, short) => {
  expect(shortened(text, width)).toBe(short);
});
