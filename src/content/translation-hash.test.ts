import { expect, it } from 'vitest';
import { translationHash } from './translation-hash.ts';

const parts = { title: 'Lab', description: 'What', learningObjectives: ['a'], prerequisites: [], body: '\nText\nmore\n' };

it('does not mind line ends and white space around the body', () => {
  expect(translationHash(parts)).toMatch(/^[0-9a-f]{16}$/);
  expect(translationHash({ ...parts, body: 'Text\r\nmore' })).toBe(translationHash(parts));
});

it.each([{ title: 'Lab 2' }, { description: undefined }, { learningObjectives: ['b'] }, { prerequisites: ['a'] }, { body: 'Text\nMore' }])(
  'changes with %j',
  (change) => {
    expect(translationHash({ ...parts, ...change })).not.toBe(translationHash(parts));
  },
);
