import { describe, expect, it } from 'vitest';
import { isOwnHost } from './own-host.ts';

describe('a Host header of our own', () => {
  it.each(['localhost', 'localhost:4321', 'LOCALHOST:4321', '127.0.0.1:4321', '[::1]:4321', '[::1]'])('%s', (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it('is also the address that the site listens at', () => {
    expect(isOwnHost('192.168.0.7:4321', '192.168.0.7')).toBe(true);
    expect(isOwnHost('[fd00::7]:4321', 'fd00::7')).toBe(true);
    expect(isOwnHost('lab.example:4321', 'lab.example')).toBe(true);
    expect(isOwnHost('192.168.0.8:4321', '192.168.0.7')).toBe(false);
  });
});

describe('a Host header of a stranger', () => {
  it.each([
    '',
    'evil.example',
    'evil.example:4321',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    'evil.example@localhost',
    'localhost@evil.example',
    'localhost:4321@evil.example',
    'localhost#.evil.example',
    'localhost/evil.example',
    'localhost?evil.example',
    'localhost:80:evil.example',
    'localhost:4321, evil.example',
    'localhost evil.example',
    'localhost:port',
    '0x7f.1',
    '2130706433',
    '127.1',
    '[::ffff:7f00:1]',
    '0.0.0.0:4321',
  ])('"%s"', (host) => {
    expect(isOwnHost(host)).toBe(false);
  });
});
