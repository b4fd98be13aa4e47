import { describe, expect, it } from 'vitest';
import { matches } from './wildcards.ts';

describe('wildcards', () => {
  it.each([
    ['', '', true],
    ['*', '', true],
    ['?', '', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['ecr:*Layer*', 'ecr:uploadlayerpart', false],
    ['ecr:*layer*', 'ecr:uploadlayerpart', true],
    ['*a*b*c', 'xxaxxbxxcxc', true],
    ['*a*b*c', 'xxaxxcxxbxx', false],
    ['a.c', 'abc', false],
    ['a[b]', 'ab', false],
    ['**', 'anything', true],
    ['?', '가', true],
    ['?', '😀', true],
  ])('%j over %j: %s', (pattern, text, fitting) => {
    expect(matches(pattern, text)).toBe(fitting);
  });

  it('gives up on a hostile pattern after looking at each place once', () => {
    expect(matches(`${'a*'.repeat(10_000)}b`, 'a'.repeat(2_000))).toBe(false);
  });
});
