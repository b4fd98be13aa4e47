import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import rootPackage from '../../../../package.json' with { type: 'json' };
import { validateBuildspec } from '../../../authoring/buildspec-rules.ts';
import { validateDockerfile } from '../../../authoring/dockerfile-rules.ts';
import { requiredCapability } from '../../../authoring/template/capability.ts';
import { FUNCTION_TAGS } from '../../../authoring/template/functions.ts';
import { validateTemplate } from '../../../authoring/template/template.ts';
import { temporaryFolder } from '../../../authoring/temporary-folder.test-support.ts';
import { entriesOf, itemsOf, readYaml, textOf, valueAt } from '../../../markdown/read/yaml-source.ts';

const folder = join(import.meta.dirname, 'files');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The files task 1 puts at the root of the repository, which is the build context. */
const context = ['app.js', 'package.json', 'Dockerfile'];

test('the template, the buildspec and the Dockerfile break no rule', () => {
  expect(validateTemplate(read('cloudformation-template.yaml'))).toEqual([]);
  expect(validateBuildspec(read('buildspec.yml'))).toEqual([]);
  expect(validateDockerfile(read('Dockerfile'), context)).toEqual([]);
});

test('the template declares the names and outputs the guide uses and needs the capability for named roles', () => {
  const { root } = readYaml(read('cloudformation-template.yaml'), FUNCTION_TAGS);
  const defaults = entriesOf(valueAt(root, 'Parameters')).map(({ key, value }) => [key, textOf(valueAt(value, 'Default'))]);
  expect(Object.fromEntries(defaults)).toEqual({
    EcrRepositoryName: 'week9-2-codebuild-repo',
    SourceRepositoryName: 'week9-2-codebuild-repo',
    BuildProjectName: 'week9-2-container-build',
    BuildRoleName: 'week9-2-codebuild-role',
  });
  expect(entriesOf(valueAt(root, 'Outputs')).map(({ key }) => key)).toEqual([
    'ECRRepositoryUri',
    'CodeCommitRepositoryName',
    'CodeBuildRoleArn',
  ]);
  expect(requiredCapability(read('cloudformation-template.yaml'))).toBe('CAPABILITY_NAMED_IAM');
});

test('the role may act on everything only where AWS allows nothing narrower', () => {
  const { root } = readYaml(read('cloudformation-template.yaml'), FUNCTION_TAGS);
  const role = valueAt(valueAt(valueAt(root, 'Resources'), 'CodeBuildRole'), 'Properties');
  const statements = itemsOf(valueAt(role, 'Policies')).flatMap((policy) =>
    itemsOf(valueAt(valueAt(policy, 'PolicyDocument'), 'Statement')),
  );
  const broad = statements
    .filter((statement) => textOf(valueAt(statement, 'Resource')) === '*')
    .map((statement) => textOf(valueAt(statement, 'Action')));
  expect(statements.length).toBeGreaterThan(1);
  expect(broad).toEqual(['ecr:GetAuthorizationToken']);
  const actions = statements.flatMap((statement) => {
    const action = valueAt(statement, 'Action');
    return textOf(action) ?? itemsOf(action).map(textOf);
  });
  expect(actions.filter((action) => action?.includes('*'))).toEqual([]);
  expect(actions).toEqual(expect.arrayContaining(['ecr:PutImage', 'codecommit:GitPull', 'logs:PutLogEvents']));
});

test('a repository that still holds images stops the deletion of the stack, as the cleanup teaches', () => {
  expect(read('cloudformation-template.yaml')).not.toContain('EmptyOnDelete');
});

test('package.json pins the express this test suite runs and starts the file the Dockerfile starts', () => {
  const { dependencies, scripts, main, engines } = JSON.parse(read('package.json'));
  expect(dependencies).toEqual({ express: rootPackage.devDependencies.express });
  expect([main, scripts.start]).toEqual(['app.js', 'node app.js']);
  expect(read('Dockerfile')).toContain('CMD ["node", "app.js"]');
  expect(`node:${engines.node.replace('>=', '')}-alpine`).toBe(/node:\S+/.exec(read('Dockerfile'))?.[0]);
});

test('app.js, as it is shipped, answers / and /health on the port of its environment and ends when told to', {
  timeout: 30_000,
}, async () => {
  const app = spawn(process.execPath, [join(folder, 'app.js')], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(createInterface(app.stdout), 'line');
    const port = /^Listening on port (\d+)$/.exec(String(line))?.[1];
    const [home, health, missing] = await Promise.all(['/', '/health', '/nowhere'].map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    expect([home?.status, await home?.text()]).toEqual([200, 'Hello World from the image that AWS CodeBuild built!\n']);
    expect([health?.status, await health?.json()]).toEqual([200, { status: 'ok', startedAt: expect.stringMatching(/^\d{4}-.*Z$/) }]);
    expect(missing?.status).toBe(404);
    const ended = once(app, 'exit');
    app.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    app.kill('SIGKILL');
  }
});

test('without a port of its own, app.js listens where the Dockerfile says', () => {
  const port = /EXPOSE (\d+)/.exec(read('Dockerfile'))?.[1];
  expect(read('app.js')).toContain(`process.env.PORT ?? ${port}`);
  expect(read('Dockerfile')).toContain(`\${PORT:-${port}}/health`);
});

const STUB =
  '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n[ "$(basename "$0")" = aws ] && echo secret\ncase "$*" in login*) cat > /dev/null ;; esac\n';

/** Runs the buildspec's commands as CodeBuild does, phase after phase in one shell, with `aws` and `docker` that only note how they were called. */
function build(environment: Readonly<Record<string, string>>) {
  const spec = parse(read('buildspec.yml')) as { phases: Record<string, { commands: string[] }> };
  using work = temporaryFolder({ 'bin/aws': STUB, 'bin/docker': STUB, calls: '' }, ['bin/aws', 'bin/docker']);
  // CodeBuild looks at each command's exit code; the shell's own `-e` would pass over a failure before `&&`.
  const script = Object.values(spec.phases).flatMap(({ commands }) => commands.map((command) => `{ ${command}\n} || exit $?`));
  const { status, stdout } = spawnSync('sh', ['-c', script.join('\n')], {
    cwd: work.path,
    env: {
      PATH: `${join(work.path, 'bin')}:${process.env.PATH}`,
      CALLS: join(work.path, 'calls'),
      AWS_REGION: 'ap-northeast-2',
      ...environment,
    },
    encoding: 'utf8',
  });
  return { status, stdout, calls: readFileSync(join(work.path, 'calls'), 'utf8').trimEnd().split('\n').sort() };
}

const complete = {
  AWS_ACCOUNT_ID: '123456789012',
  IMAGE_REPO_NAME: 'demo-repo',
  CONTAINER_NAME: 'app',
  CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef0123456789abcdef01234567',
};

test('the buildspec logs in, builds, tags and pushes both tags, and writes imagedefinitions.json', () => {
  const uri = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/demo-repo';
  const { status, stdout, calls } = build(complete);
  expect(status).toBe(0);
  expect(calls).toEqual([
    'aws ecr get-login-password --region ap-northeast-2',
    `docker build -t ${uri}:latest .`,
    'docker login --username AWS --password-stdin 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com',
    `docker push ${uri}:0123456`,
    `docker push ${uri}:latest`,
    `docker tag ${uri}:latest ${uri}:0123456`,
  ]);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toEqual([{ name: 'app', imageUri: `${uri}:0123456` }]);
});

test.each(['AWS_ACCOUNT_ID', 'IMAGE_REPO_NAME', 'CONTAINER_NAME'])(
  'the build stops before it calls anything when %s is missing',
  (name) => {
    const { status, calls } = build({ ...complete, [name]: '' });
    expect(status).not.toBe(0);
    expect(calls).toEqual(['']);
  },
);

test('no file has Windows line ends, which break shell commands and Git output', () => {
  const files = execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n');
  expect(files.filter((name) => read(name).includes('\r'))).toEqual([]);
  expect(files).toHaveLength(6);
});
