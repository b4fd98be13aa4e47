import { expect, it } from 'vitest';
import { followBuildspec } from './follow.ts';
import { parseBuildspec } from './parse.ts';

/** Whether BuildKit was asked for by the builds of a buildspec with these commands. */
function asked(commands: readonly string[], { env = '', variables = {} }: { env?: string; variables?: Record<string, string> } = {}) {
  const text = `version: 0.2\n${env}phases:\n  build:\n    commands:\n${commands.map((each) => `      - ${JSON.stringify(each)}\n`).join('')}`;
  const buildspec = parseBuildspec(text);
  if (buildspec.state !== 'parsed') throw new Error(`The fixture is not a buildspec: ${buildspec.state}.`);
  const setting = { account: '123456789012', region: 'ap-northeast-2', commit: 'a'.repeat(40), variables, scripts: new Map() };
  return followBuildspec(buildspec, setting).builds.map(({ buildkit }) => buildkit);
}

const ON = 'env:\n  variables:\n    DOCKER_BUILDKIT: "1"\n';

it.each([
  ['a variable of the buildspec', ['docker image build -t x .'], { env: ON }],
  ['a number that YAML reads', ['docker build .'], { env: ON.replaceAll('"', '') }],
  ['a variable of the project', ['docker build .'], { variables: { DOCKER_BUILDKIT: 'true' } }],
  ['an export', ['export DOCKER_BUILDKIT=1', 'docker build .'], {}],
  ['an assignment for the command', ['DOCKER_BUILDKIT=1 docker build .'], {}],
  ['env', ['env DOCKER_BUILDKIT=1 docker build .'], {}],
  ['buildx', ['docker buildx build --load -t x .'], { env: ON.replace('1', '0') }],
])('BuildKit is asked for by %s', (_name, commands, options) => {
  expect(asked(commands, options)).toEqual([true]);
});

it('is off where the project overrides the buildspec, and not said where nobody says it', () => {
  expect(asked(['docker build .'], { env: ON, variables: { DOCKER_BUILDKIT: '0' } })).toEqual([false]);
  expect(asked(['DOCKER_BUILDKIT=0 docker build .', 'docker build .'], { env: ON })).toEqual([false, true]);
  expect(asked(['docker build .'])).toEqual([undefined]);
});

it('names the runtimes that a buildspec asks for', () => {
  const reading = parseBuildspec('version: 0.2\nphases:\n  install:\n    runtime-versions:\n      docker: 19\n      nodejs: 24\n');
  expect(reading).toMatchObject({ state: 'parsed', runtimes: ['docker', 'nodejs'] });
  expect(parseBuildspec('version: 0.2\nphases: {}\n')).toMatchObject({ runtimes: [] });
});
