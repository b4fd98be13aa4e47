import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse as parseShell } from 'unbash';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validateBuildspec } from '../../../authoring/buildspec-rules.ts';
import { validateDockerfile } from '../../../authoring/dockerfile-rules.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { requiredCapability } from '../../../authoring/template/capability.ts';
import { FUNCTION_TAGS } from '../../../authoring/template/functions.ts';
import { validateTemplate } from '../../../authoring/template/template.ts';
import { temporaryFolder } from '../../../authoring/temporary-folder.test-support.ts';
import { accountsNamed, whichActionsMissing } from '../../../checkers/dialects/iam/questions.ts';
import { readPolicy } from '../../../checkers/dialects/iam/document.ts';
import { entriesOf, itemsOf, readYaml, textOf, valueAt } from '../../../markdown/read/yaml-source.ts';

const folder = join(import.meta.dirname, 'files');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const template = () => readYaml(read('sbcntr-template.yaml'), FUNCTION_TAGS).root;

test('the template, the buildspec and the Dockerfile break no rule', () => {
  expect(validateTemplate(read('sbcntr-template.yaml'))).toEqual([]);
  expect(validateBuildspec(read('buildspec.yml'))).toEqual([]);
  expect(validateDockerfile(read('Dockerfile'), ['server.mjs', 'Dockerfile', 'buildspec.yml'])).toEqual([]);
});

test('the template declares the names and outputs the guide uses and needs the capability for named roles', () => {
  const defaults = entriesOf(valueAt(template(), 'Parameters')).map(({ key, value }) => [key, textOf(valueAt(value, 'Default'))]);
  expect(Object.fromEntries(defaults)).toEqual({
    BackendRepositoryName: 'sbcntr-backend',
    FrontendRepositoryName: 'sbcntr-frontend',
    SourceRepositoryName: 'sbcntr-backend',
    BuildProjectName: 'sbcntr-codebuild',
    BuildRoleName: 'sbcntr-codebuild-role',
  });
  expect(entriesOf(valueAt(template(), 'Outputs')).map(({ key }) => key)).toEqual([
    'BackendRepositoryUri',
    'FrontendRepositoryUri',
    'SourceRepositoryName',
    'CodeBuildRoleArn',
  ]);
  expect(requiredCapability(read('sbcntr-template.yaml'))).toBe('CAPABILITY_NAMED_IAM');
});

test('the role of the template reads source and writes logs; what ECR asks for is left to the student', () => {
  const role = valueAt(valueAt(valueAt(template(), 'Resources'), 'BuildRole'), 'Properties');
  const statements = itemsOf(valueAt(role, 'Policies')).flatMap((policy) =>
    itemsOf(valueAt(valueAt(policy, 'PolicyDocument'), 'Statement')),
  );
  const actions = statements.flatMap((statement) => {
    const action = valueAt(statement, 'Action');
    return textOf(action) ?? itemsOf(action).map((item) => textOf(item) ?? '');
  });
  expect(actions.sort()).toEqual(['codecommit:GitPull', 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']);
});

test('a repository that still holds images stops the deletion of the stack, as the cleanup teaches', () => {
  expect(read('sbcntr-template.yaml')).not.toContain('EmptyOnDelete');
});

describe('the policy', () => {
  const policy = readPolicy('codebuild-ecr-policy.json', read('codebuild-ecr-policy.json'), 'identity');
  const repository = (name: string) => `arn:aws:ecr:ap-northeast-2:123456789012:repository/${name}`;
  const nothing = { missing: [], denied: [], undecided: [] };

  test('reads as IAM reads it and names the example account only', () => {
    expect(policy.state).toBe('read');
    expect(accountsNamed([policy])).toEqual(['123456789012']);
    expect(policy.state === 'read' && policy.statements.map(({ sid }) => sid)).toEqual([
      'ListImagesInRepository',
      'GetAuthorizationToken',
      'ManageRepositoryContents',
    ]);
  });

  test.each(['sbcntr-backend', 'sbcntr-frontend'])('lets a build push to %s and list its images', (name) => {
    const actions = [
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
      'ecr:ListImages',
    ];
    expect(whichActionsMissing([policy], actions, repository(name))).toEqual(nothing);
    expect(whichActionsMissing([policy], ['ecr:GetAuthorizationToken'], '*')).toEqual(nothing);
  });

  test('allows nothing on another repository, and no deletion', () => {
    expect(whichActionsMissing([policy], ['ecr:PutImage'], repository('other')).missing).toEqual(['ecr:PutImage']);
    expect(whichActionsMissing([policy], ['ecr:DeleteRepository'], repository('sbcntr-backend')).missing).toHaveLength(1);
  });

  test('names the own account after the command of the guide', () => {
    using work = temporaryFolder({ 'codebuild-ecr-policy.json': read('codebuild-ecr-policy.json') });
    const [text] = readLabTexts(import.meta.dirname);
    const line = /^sed .* codebuild-ecr-policy\.json > my-ecr-policy\.json$/m.exec(text?.body ?? '')?.[0] ?? expect.fail('no sed');
    execFileSync('sh', ['-c', line], { cwd: work.path, env: { ...process.env, ACCOUNT_ID: '111122223333' } });
    const own = readPolicy('own', readFileSync(join(work.path, 'my-ecr-policy.json'), 'utf8'), 'identity');
    expect(accountsNamed([own])).toEqual(['111122223333']);
    expect(JSON.stringify(own)).toContain('2012-10-17');
  });
});

test('server.mjs, as it is shipped, answers on the port of its environment and ends when told to', { timeout: 30_000 }, async () => {
  const app = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(createInterface(app.stdout), 'line');
    const port = /^Listening on port (\d+)$/.exec(String(line))?.[1];
    const paths = ['/healthcheck', '/v1/helloworld', '/constructor', '/v1/helloworld?x=1'];
    const answers = await Promise.all(paths.map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
    expect(await answers[0]?.json()).toEqual({ status: 'ok' });
    expect(await answers[1]?.json()).toEqual({ data: 'Hello world from sbcntr-backend!' });
    const ended = once(app, 'exit');
    app.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    app.kill('SIGKILL');
  }
});

test('without a port of its own, server.mjs listens where the Dockerfile says', () => {
  const port = /EXPOSE (\d+)/.exec(read('Dockerfile'))?.[1];
  expect(read('server.mjs')).toContain(`process.env.PORT ?? ${port}`);
  expect(read('Dockerfile')).toContain(`\${PORT:-${port}}/healthcheck`);
});

// Stand-ins for the two programs a build calls; they note every call.
const AWS = '#!/bin/sh\necho "aws $*" >> "$CALLS"\ncase "$*" in sts*) echo 123456789012 ;; *) echo token ;; esac\n';
const DOCKER = '#!/bin/sh\necho "docker $*" >> "$CALLS"\n[ -z "$FAIL" ] || [ "$FAIL" != "$2" ]\n';

interface Phases {
  readonly [name: string]: { readonly commands: readonly string[] };
}

/** Runs the commands CodeBuild would run, in order. A phase whose command fails ends the build, as `on-failure: ABORT` says. */
function build(file: string, environment: Readonly<Record<string, string>> = {}) {
  const { env, phases } = parse(read(file)) as { env: { variables: Record<string, string> }; phases: Phases };
  using work = temporaryFolder({ 'bin/aws': AWS, 'bin/docker': DOCKER, calls: '' }, ['bin/aws', 'bin/docker']);
  const script = Object.values(phases).flatMap(({ commands }) => commands.map((command) => `{ ${command}\n} || exit $?`));
  const { status } = spawnSync('sh', ['-c', script.join('\n')], {
    cwd: work.path,
    env: {
      PATH: `${join(work.path, 'bin')}:${process.env['PATH']}`,
      CALLS: join(work.path, 'calls'),
      ...env.variables,
      CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef0123456789abcdef01234567',
      ...environment,
    },
    encoding: 'utf8',
  });
  return { status, calls: readFileSync(join(work.path, 'calls'), 'utf8').trimEnd().split('\n') };
}

test('the buildspec finds its account, logs in to the registry, builds and pushes the commit tag and nothing else', () => {
  const registry = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com';
  const { status, calls } = build('buildspec.yml');
  expect(status).toBe(0);
  // Both ends of the pipe into `docker login` start at once.
  expect(calls.slice(0, 3).sort()).toEqual([
    'aws ecr get-login-password --region ap-northeast-2',
    'aws sts get-caller-identity --query Account --output text',
    `docker login --username AWS --password-stdin ${registry}`,
  ]);
  expect(calls.slice(3)).toEqual([
    `docker image build -t ${registry}/sbcntr-backend:0123456 .`,
    `docker image push ${registry}/sbcntr-backend:0123456`,
  ]);
});

test('the region stands in one place: another region moves login and image', () => {
  const { calls } = build('buildspec.yml', { AWS_REGION_NAME: 'ap-northeast-1' });
  expect(calls.join('\n')).not.toContain('ap-northeast-2');
});

test('nothing is pushed when the image could not be built', () => {
  const { status, calls } = build('buildspec.yml', { FAIL: 'build' });
  expect(status).not.toBe(0);
  expect(calls.filter((call) => call.startsWith('docker image push'))).toEqual([]);
});

test('the misplaced buildspec is wrong in one way only: three phases are not under phases, so a build of it succeeds and does nothing', () => {
  const findings = validateBuildspec(read('buildspec-misplaced.yml'));
  expect(findings.map(({ rule, message }) => [rule, message.split(' ')[0]])).toEqual([
    ['phase-place', 'pre_build'],
    ['phase-place', 'build'],
    ['phase-place', 'post_build'],
  ]);
  expect(build('buildspec-misplaced.yml')).toEqual({ status: 0, calls: ['docker --version'] });
});

test('every command of the guide parses as shell', () => {
  const [text] = readLabTexts(import.meta.dirname);
  const commands = [...(text?.body ?? '').matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, command]) => command ?? '');
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) expect(parseShell(command.replaceAll(/<[a-z-]+>/g, 'name')).errors ?? [], command).toEqual([]);
});

test('no file has Windows line ends, which break shell commands and Git output', () => {
  const files = execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n');
  expect(files.filter((name) => read(name).includes('\r'))).toEqual([]);
  expect(files).toHaveLength(7);
});
