import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseShell } from 'unbash';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validateBuildspec } from '../../../authoring/buildspec-rules.ts';
import { readLabFiles } from '../../../authoring/lab-files.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { validateStateMachine } from '../../../authoring/state-machine-rules.ts';
import { temporaryFolder } from '../../../authoring/temporary-folder.test-support.ts';
import { accountsNamed, whichActionsMissing } from '../../../checkers/dialects/iam/questions.ts';
import { readPolicy } from '../../../checkers/dialects/iam/document.ts';
import { trusts } from '../../../checkers/dialects/iam/evaluate.ts';
import { PULL_ACTIONS, PUSH_ACTIONS } from '../../../checkers/kit/ecr/repository-policy.ts';
import { environmentOverrides } from '../../../checkers/dialects/state-machine/input.ts';
import { judgeRetry } from '../../../checkers/dialects/state-machine/retry.ts';
import { readStateMachine } from '../../../checkers/dialects/state-machine/read.ts';

const folder = join(import.meta.dirname, 'files');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const [text] = readLabTexts(import.meta.dirname);
const commands = [...(text?.body ?? '').matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, command]) => command ?? '');

// Another account and bucket than those the files are shipped with.
const ACCOUNT = '111122223333';
const BUCKET = 'my-eb-nginx-tars-20261120101530';

/** The files after the guide's own `sed` has put the student's account and bucket into them. */
function filled(): (name: string) => string {
  const names = ['codebuild-inline-policy', 'codebuild-role-trust', 'sfn-inline-policy', 'sfn-trust'].map(
    (name) => `policies/${name}.json`,
  );
  const files = [...names, 'execution-input.json'];
  const sed = /^sed .*$/m.exec(commands.join('\n'))?.[0] ?? expect.fail('the guide has no sed');
  using work = temporaryFolder(Object.fromEntries(files.map((name) => [name, read(name)])));
  const { status } = spawnSync('bash', ['-c', sed], { cwd: work.path, env: { PATH: process.env['PATH'], ACCOUNT_ID: ACCOUNT, BUCKET } });
  expect(status).toBe(0);
  const results = new Map(files.map((name) => [name, readFileSync(join(work.path, name), 'utf8')]));
  return (name) => results.get(name) ?? expect.fail(`no file ${name}`);
}

const nothing = { missing: [], denied: [], undecided: [] };

describe('the policies', () => {
  const own = filled();
  const build = readPolicy('build', own('policies/codebuild-inline-policy.json'), 'identity');
  const machine = readPolicy('machine', own('policies/sfn-inline-policy.json'), 'identity');
  const object = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;

  test('read as IAM reads them and name the account they are filled in for', () => {
    expect([build, machine].map(({ state }) => state)).toEqual(['read', 'read']);
    expect(accountsNamed([build])).toEqual([ACCOUNT]);
    expect(accountsNamed([machine])).toEqual([ACCOUNT]);
  });

  test('let one service each take the roles', () => {
    const build = readPolicy('trust', own('policies/codebuild-role-trust.json'), 'resource');
    const machine = readPolicy('trust', own('policies/sfn-trust.json'), 'resource');
    const services = ['codebuild.amazonaws.com', 'states.amazonaws.com'];
    expect(services.map((service) => trusts(build, { service }).decision)).toEqual(['allowed', 'denied']);
    expect(services.map((service) => trusts(machine, { service }).decision)).toEqual(['denied', 'allowed']);
  });

  test('let the build log, log in, pull nginx and put into images/, and do nothing else', () => {
    const repository = `arn:aws:ecr:ap-northeast-1:${ACCOUNT}:repository/nginx`;
    const stream = `arn:aws:logs:ap-northeast-1:${ACCOUNT}:log-group:/aws/codebuild/cb-ecr-nginx-to-tar:log-stream:7c0f6f0e`;
    expect(whichActionsMissing([build], ['logs:CreateLogStream', 'logs:PutLogEvents'], stream)).toEqual(nothing);
    expect(whichActionsMissing([build], ['ecr:GetAuthorizationToken'], '*')).toEqual(nothing);
    expect(whichActionsMissing([build], PULL_ACTIONS, repository)).toEqual(nothing);
    expect(whichActionsMissing([build], PUSH_ACTIONS.slice(1), repository).missing).toEqual(PUSH_ACTIONS.slice(1));
    expect(whichActionsMissing([build], PULL_ACTIONS, `${repository}-other`).missing).toEqual(PULL_ACTIONS);
    expect(whichActionsMissing([build], ['s3:PutObject', 's3:AbortMultipartUpload'], object(BUCKET, 'images/x.tar'))).toEqual(nothing);
    expect(whichActionsMissing([build], ['s3:PutObject'], object(BUCKET, 'x.tar')).missing).toHaveLength(1);
    expect(whichActionsMissing([build], ['s3:PutObject'], object('other', 'images/x.tar')).missing).toHaveLength(1);
    expect(whichActionsMissing([build], ['s3:DeleteObject'], object(BUCKET, 'images/x.tar')).missing).toHaveLength(1);
  });

  test('let the state machine start, watch and stop this project, and hear of its end', () => {
    const project = (name: string) => `arn:aws:codebuild:ap-northeast-1:${ACCOUNT}:project/${name}`;
    const actions = ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'];
    expect(whichActionsMissing([machine], actions, project('cb-ecr-nginx-to-tar'))).toEqual(nothing);
    expect(whichActionsMissing([machine], actions, project('other')).missing).toEqual(actions);
    const rule = `arn:aws:events:ap-northeast-1:${ACCOUNT}:rule/StepFunctionsGetEventForCodeBuildStartBuildRule`;
    expect(whichActionsMissing([machine], ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], rule)).toEqual(nothing);
  });

  test('the input of the execution names the bucket that is filled in, and a key under images/', () => {
    expect(JSON.parse(own('execution-input.json'))).toEqual({
      artifactBucket: BUCKET,
      artifactKey: 'images/nginx-mainline-alpine3.22.tar',
    });
  });
});

describe('the state machine', () => {
  const definition = read('sfn-definition.json');

  test('is valid in the Amazon States Language', () => {
    expect(validateStateMachine(definition)).toEqual([]);
    expect(validateStateMachine(definition.replace('"End": true', '"Next": "Nowhere"'))).not.toEqual([]);
  });

  test('waits for the build, hands bucket and key to it, and retries what passes only', () => {
    const machine = readStateMachine(definition);
    if (machine.state !== 'read') return expect.fail(machine.problem);
    expect(machine.canSucceed).toBe(true);
    const [state] = machine.states;
    expect(state?.call).toMatchObject({ service: 'codebuild', action: 'startBuild', waitsFor: 'job' });
    expect(state?.input['ProjectName']).toBe('cb-ecr-nginx-to-tar');
    const input = JSON.parse(read('execution-input.json'));
    const overrides = environmentOverrides(state?.input ?? {}) ?? [];
    expect(overrides.map(({ name, type }) => [name, type])).toEqual([
      ['ARTIFACT_BUCKET', 'PLAINTEXT'],
      ['ARTIFACT_KEY', 'PLAINTEXT'],
    ]);
    expect(overrides.map(({ value }) => value)).toEqual(
      Object.keys(input).map((member) => ({ from: 'execution', expression: `$.${member}` })),
    );
    const retry = state && judgeRetry(state);
    expect(retry).toMatchObject({ repeatsFailures: [], retriesOther: [] });
    expect(retry?.retriesTransient).not.toEqual([]);
  });
});

test('the buildspec breaks no rule', () => {
  expect(validateBuildspec(read('buildspec-nginx-tar.yml'))).toEqual([]);
});

// Stand-ins for the two programs a build calls; they note every call, and `docker save -o` makes its file.
const AWS = '#!/bin/sh\necho "aws $*" >> "$CALLS"\necho token\n[ "$FAIL" != "$1 $2" ]\n';
const DOCKER =
  '#!/bin/sh\necho "docker $*" >> "$CALLS"\n[ "$FAIL" = "$1" ] && exit 1\ncase "$1" in login) cat > /dev/null ;; save) echo tar > "$3" ;; esac\n';

/** Runs the phases as CodeBuild does: POST_BUILD also after a BUILD that failed, unless that says ABORT. */
function build(environment: Readonly<Record<string, string>>) {
  const { env, phases } = parse(read('buildspec-nginx-tar.yml')) as {
    env: { variables: Record<string, string> };
    phases: Record<string, { commands: string[]; 'on-failure'?: string }>;
  };
  using work = temporaryFolder({ 'bin/aws': AWS, 'bin/docker': DOCKER, calls: '' }, ['bin/aws', 'bin/docker']);
  let failed = false;
  for (const [name, { commands: steps, 'on-failure': onFailure }] of Object.entries(phases)) {
    const script = steps.map((command) => `{ ${command}\n} || exit $?`).join('\n');
    const { status } = spawnSync('sh', ['-c', script], {
      cwd: work.path,
      env: {
        PATH: `${join(work.path, 'bin')}:${process.env['PATH']}`,
        CALLS: join(work.path, 'calls'),
        ...env.variables,
        OUTPUT_FILE: join(work.path, 'image.tar'),
        ...environment,
      },
    });
    failed ||= status !== 0;
    if (status !== 0 && (name !== 'build' || onFailure === 'ABORT')) break;
  }
  const calls = readFileSync(join(work.path, 'calls'), 'utf8').trimEnd().split('\n');
  return { failed, calls: calls.map((call) => call.replaceAll(`${work.path}/`, '')) };
}

const image = `${ACCOUNT}.dkr.ecr.ap-northeast-1.amazonaws.com/nginx:mainline-alpine3.22`;
const complete = { AWS_REGION: 'ap-northeast-1', IMAGE_URI: image, ARTIFACT_BUCKET: BUCKET, ARTIFACT_KEY: 'images/x.tar' };

test('the build logs in to the registry of the image, pulls it, saves it and uploads the tar to the bucket and key it is given', () => {
  const { failed, calls } = build(complete);
  expect(failed).toBe(false);
  // Both ends of the pipe into `docker login` start at once.
  expect(calls.slice(0, 2).sort()).toEqual([
    'aws ecr get-login-password --region ap-northeast-1',
    `docker login --username AWS --password-stdin ${image.split('/')[0]}`,
  ]);
  expect(calls.slice(2)).toEqual([
    `docker pull ${image}`,
    `docker save -o image.tar ${image}`,
    `aws s3 cp image.tar s3://${BUCKET}/images/x.tar --no-progress`,
  ]);
});

test.each(['IMAGE_URI', 'ARTIFACT_BUCKET', 'ARTIFACT_KEY'])('the build stops before it calls anything when %s is missing', (name) => {
  expect(build({ ...complete, [name]: '' })).toEqual({ failed: true, calls: [''] });
});

test.each(['pull', 'save'])('nothing is uploaded when docker %s fails', (FAIL) => {
  const { failed, calls } = build({ ...complete, FAIL });
  expect(failed).toBe(true);
  expect(calls.filter((call) => call.startsWith('aws s3'))).toEqual([]);
});

test('an upload that fails fails the build', () => {
  expect(build({ ...complete, FAIL: 's3 cp' }).failed).toBe(true);
});

test('every command of the guide and of the README parses as shell', () => {
  const readme = [...read('README.md').matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, command]) => command ?? '');
  expect(commands.length).toBeGreaterThan(20);
  for (const command of [...commands, ...readme]) expect(parseShell(command).errors ?? [], command).toEqual([]);
});

test('the command that makes the project hands CodeBuild whole JSON, with the buildspec in it', () => {
  const create = commands.find((command) => command.startsWith('aws codebuild create-project')) ?? '';
  using work = temporaryFolder(
    {
      'buildspec-nginx-tar.yml': read('buildspec-nginx-tar.yml'),
      'bin/aws': '#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word"; done\n',
    },
    ['bin/aws'],
  );
  const quoted = JSON.stringify(read('buildspec-nginx-tar.yml'));
  const { stdout, status } = spawnSync('bash', ['-c', create], {
    cwd: work.path,
    // What `jq -Rs .` prints for a text without letters beyond ASCII.
    env: {
      PATH: `${join(work.path, 'bin')}:${process.env['PATH']}`,
      REGION: 'ap-northeast-1',
      ACCOUNT_ID: ACCOUNT,
      IMAGE_URI: image,
      BUILD_SPEC: quoted,
    },
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const words = stdout.split('\0');
  const after = (option: string) => words[words.indexOf(option) + 1] ?? '';
  expect(JSON.parse(after('--source'))).toEqual({ type: 'NO_SOURCE', buildspec: read('buildspec-nginx-tar.yml') });
  expect(JSON.parse(after('--environment'))).toMatchObject({
    type: 'LINUX_CONTAINER',
    privilegedMode: true,
    environmentVariables: [{ name: 'IMAGE_URI', value: image, type: 'PLAINTEXT' }],
  });
  expect(JSON.parse(after('--artifacts'))).toEqual({ type: 'NO_ARTIFACTS' });
  expect(after('--service-role')).toBe(`arn:aws:iam::${ACCOUNT}:role/cb-nginx-tar-role`);
});

test('no file has Windows line ends, which break shell commands', () => {
  const files = readLabFiles(import.meta.dirname);
  expect(files.filter(({ data }) => data.includes(13)).map(({ path }) => path)).toEqual([]);
  expect(files).toHaveLength(8);
});
