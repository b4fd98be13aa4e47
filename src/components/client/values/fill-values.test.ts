import { describe, expect, it } from 'vitest';
import { fillAddress, fillText } from './fill-values.ts';

describe('fillText', () => {
  it('fills the longest placeholder and never a value', () => {
    const filling = new Map([
      ['123456789012', '999900001111'],
      ['123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/repo', '123456789012.dkr.example/mine'],
      ['<name>', 'a$&b'],
    ]);
    expect(fillText('123456789012 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/repo <name>', filling)).toBe(
      '999900001111 123456789012.dkr.example/mine a$&b',
    );
  });

  it('leaves what is not known yet', () => {
    expect(fillText('git clone <name>', new Map([['<name>', undefined]]))).toBe('git clone <name>');
    expect(fillText('git clone <name>', new Map())).toBe('git clone <name>');
  });
});

describe('fillAddress', () => {
  it('fills placeholders as written or encoded, with encoded values', () => {
    const filling = new Map([
      ['<name>', 'my repo/1'],
      ['<other>', undefined],
    ]);
    expect(fillAddress('https://console.example/%3Cname%3E/<name>?x=<other>', filling)).toBe(
      'https://console.example/my%20repo%2F1/my%20repo%2F1?x=<other>',
    );
  });
});
