import { describe, expect, it } from 'vitest';
import { parseBuildspec } from './parse.ts';

const parsed = (text: string) => {
  const reading = parseBuildspec(text);
  return reading.state === 'parsed' ? reading : expect.fail(`not parsed: ${JSON.stringify(reading)}`);
};

describe('a buildspec', () => {
  it('is read with its phases in the order in which they run', () => {
    const { version, phases, variables, secrets } = parsed(`version: 0.2
env:
  variables:
    A: "1"
    B: 2
  parameter-store:
    C: /lab/c
  secrets-manager:
    D: d:key
phases:
  build:
    commands:
      - make
    finally:
      - echo done
  install:
    runtime-versions: { nodejs: 24 }
`);
    expect(version).toBe('0.2');
    expect(phases).toEqual([
      { name: 'install', commands: [] },
      { name: 'build', commands: ['make', 'echo done'] },
    ]);
    expect(variables).toEqual({ A: '1', B: '2' });
    expect(secrets).toEqual(['C', 'D']);
  });

  it.each([
    ['version: 0.2', '0.2'],
    ['version: "0.2"', '0.2'],
    ['version: 0.20', '0.20'],
    ['version: 1', '1'],
    ['version:', undefined],
    ['other: 1', undefined],
  ])('%j has version %s, as written', (text, version) => {
    expect(parsed(text).version).toBe(version);
  });

  it('may end its lines as Windows does', () => {
    expect(parsed('version: 0.2\r\nphases:\r\n  build:\r\n    commands:\r\n      - make\r\n').phases).toEqual([
      { name: 'build', commands: ['make'] },
    ]);
  });

  it('says which commands are not text, and where', () => {
    const { badCommands } = parsed(
      'phases:\n  build:\n    commands:\n      - echo ok\n      - echo Building: image\n      - 42\n      -\n',
    );
    expect(badCommands).toEqual([
      { phase: 'build', kind: 'map', text: 'echo Building: image', line: 5 },
      { phase: 'build', kind: 'other', text: '42', line: 6 },
      { phase: 'build', kind: 'other', text: '', line: expect.any(Number) },
    ]);
  });

  it('says what is out of place', () => {
    const reading = parsed('pre_build:\n  commands: [a]\nphases:\n  prebuild:\n    commands: [a]\n  build:\n    commands: make\n');
    expect(reading).toMatchObject({
      phasesAtRoot: ['pre_build'],
      hasPhases: true,
      unknownPhases: ['prebuild'],
      commandsNotList: ['build'],
    });
    expect(parsed('version: 0.2\nphases:\n').hasPhases).toBe(false);
  });
});

describe('what is no buildspec', () => {
  it('names the line of a tab', () => {
    expect(parseBuildspec('version: 0.2\nphases:\n\tbuild:\n\t\tcommands:\n')).toEqual({ state: 'tabs', line: 3 });
    expect(parseBuildspec('phases:\n  build:\n  \tcommands:\n    - make\n')).toEqual({ state: 'tabs', line: 3 });
  });

  it('does not blame a tab inside a command', () => {
    expect(parsed('phases:\n  build:\n    commands:\n      - "printf a\tb"\n').phases[0]?.commands).toEqual(['printf a\tb']);
    expect(
      parsed('phases:\n  build:\n    commands:\n      - |\n        if true; then\n        \techo a\n        fi\n').badCommands,
    ).toEqual([]);
  });

  it('names the line of other mistakes', () => {
    expect(parseBuildspec('version: 0.2\nphases:\n  build:\n    commands: ["a\n')).toMatchObject({
      state: 'invalid',
      line: expect.any(Number),
    });
    expect(parseBuildspec('version: 0.2\nversion: 0.2\n')).toMatchObject({ state: 'invalid', line: 2 });
  });

  it.each(['', 'docker build .', '- a\n- b\n', '42'])('%j is no map', (text) => {
    expect(parseBuildspec(text)).toEqual({ state: 'not-a-map' });
  });
});

describe('hostile text', () => {
  it('is bounded in size, depth and aliases', () => {
    expect(parseBuildspec(`a: ${'x'.repeat(300_000)}`)).toMatchObject({ state: 'invalid' });
    expect(['invalid', 'not-a-map', 'parsed']).toContain(parseBuildspec(`a: ${'['.repeat(50_000)}`).state);
    const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`).join('\n')}\n`;
    expect(parseBuildspec(bomb)).toMatchObject({ state: 'invalid' });
  });

  it('cannot reach prototypes', () => {
    const reading = parsed('__proto__:\n  polluted: 1\nphases:\n  constructor:\n    commands: [a]\n');
    expect(reading.unknownPhases).toEqual(['constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
