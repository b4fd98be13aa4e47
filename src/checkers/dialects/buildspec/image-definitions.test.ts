import { describe, expect, it } from 'vitest';
import { followBuildspec } from './follow.ts';
import { imageDefinitionOf } from './image-definitions.ts';
import { parseBuildspec } from './parse.ts';

const image = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/web:v1';

/** What is found of the file when a build runs these commands. */
function found(...commands: readonly string[]) {
  const text = `version: 0.2\nphases:\n  build:\n    commands:\n${commands.map((command) => `      - |-\n        ${command}\n`).join('')}`;
  const buildspec = parseBuildspec(text);
  if (buildspec.state !== 'parsed') return expect.fail(buildspec.state);
  const setting = {
    account: '123456789012',
    region: 'ap-northeast-1',
    commit: 'a'.repeat(40),
    variables: { URI: image },
    scripts: new Map(),
  };
  return imageDefinitionOf(followBuildspec(buildspec, setting), { file: 'imagedefinitions.json', container: 'web', image });
}

describe('the file that tells Amazon ECS which image a container gets', () => {
  it.each([
    `printf '[{"name":"web","imageUri":"%s"}]' "$URI" > imagedefinitions.json`,
    `echo "[{\\"name\\": \\"web\\", \\"imageUri\\": \\"$URI\\"}]" > imagedefinitions.json`,
    `printf '[{"name":"log","imageUri":"public.ecr.aws/x/log:1"},{"name":"web","imageUri":"%s"}]' "$URI" > imagedefinitions.json`,
  ])('is right as %s', (command) => {
    expect(found(command)).toEqual({ state: 'right' });
  });

  it.each([
    ['no file', 'echo hello', { state: 'missing' }],
    ['a program that may write it', 'make definitions', { state: 'lost', command: 'make definitions' }],
    [
      'another file name',
      `printf '[{"name":"web","imageUri":"%s"}]' "$URI" > artifacts.json`,
      { state: 'misnamed', found: 'artifacts.json' },
    ],
    [
      'the container of an example',
      `printf '[{"name":"<container-definition>","imageUri":"%s"}]' "$URI" > imagedefinitions.json`,
      { state: 'other-container', found: '<container-definition>' },
    ],
    [
      'the shape for blue/green deployments',
      `printf '{"ImageURI":"%s"}' "$URI" > imagedefinitions.json`,
      { state: 'wrong', found: `{"ImageURI":"${image}"}` },
    ],
    [
      'another image',
      `printf '[{"name":"web","imageUri":"nginx:1"}]' > imagedefinitions.json`,
      { state: 'wrong', found: '[{"name":"web","imageUri":"nginx:1"}]' },
    ],
  ])('is found out: %s', (_what, command, expected) => {
    expect(found(command)).toEqual(expected);
  });

  it('is not judged when a condition that cannot be told stands before it', () => {
    expect(
      found(`if [ "$MODE" = deploy ]; then printf '[{"name":"web","imageUri":"%s"}]' "$URI" > imagedefinitions.json; fi`),
    ).toMatchObject({
      state: expect.stringMatching(/^(perhaps|lost)$/),
    });
  });
});
