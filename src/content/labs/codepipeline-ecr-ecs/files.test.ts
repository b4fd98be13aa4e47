import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseShell } from 'unbash';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { validateBuildspec } from '../../../authoring/buildspec-rules.ts';
import { validateDockerfile } from '../../../authoring/dockerfile-rules.ts';
import { readLabFiles } from '../../../authoring/lab-files.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { validateTemplate } from '../../../authoring/template/template.ts';
import { temporaryFolder } from '../../../authoring/temporary-folder.test-support.ts';
import { accountsNamed, whichActionsMissing } from '../../../checkers/dialects/iam/questions.ts';
import { evaluate } from '../../../checkers/dialects/iam/evaluate.ts';
import { readPolicy } from '../../../checkers/dialects/iam/document.ts';
import { namesLogin, PUSH_ACTIONS, repositoryAccess } from '../../../checkers/kit/ecr/repository-policy.ts';

const folder = join(import.meta.dirname, 'files');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

const ACCOUNT = '123456789012';
const repositoryArn = `arn:aws:ecr:ap-northeast-1:${ACCOUNT}:repository/example_2022_1126`;
const buildRole = `arn:aws:iam::${ACCOUNT}:role/service-role/codebuild-example_2022_1126-service-role`;
const executionRole = `arn:aws:iam::${ACCOUNT}:role/ecs-example_2022_1126-execution-role`;
const nothing = { missing: [], denied: [], undecided: [] };

test('the buildspec and the Dockerfile break no rule', () => {
  expect(validateBuildspec(read('buildspec.yml'))).toEqual([]);
  expect(validateDockerfile(read('nginx/Dockerfile'), ['nginx.conf', 'index.html', 'Dockerfile'])).toEqual([]);
});

describe('the policies', () => {
  const build = readPolicy('build-role-policy.json', read('policies/build-role-policy.json'), 'identity');
  const deploy = readPolicy('pipeline-deploy-policy.json', read('policies/pipeline-deploy-policy.json'), 'identity');
  const repository = readPolicy('repository-policy.json', read('policies/repository-policy.json'), 'resource');

  test('read as IAM reads them and name the example account only', () => {
    expect([build, deploy, repository].map(({ state }) => state)).toEqual(['read', 'read', 'read']);
    expect(accountsNamed([build, deploy])).toEqual([ACCOUNT]);
  });

  test('let the build log in and push to its repository, and to no other', () => {
    expect(whichActionsMissing([build], ['ecr:GetAuthorizationToken'], '*')).toEqual(nothing);
    expect(whichActionsMissing([build], PUSH_ACTIONS, repositoryArn)).toEqual(nothing);
    expect(whichActionsMissing([build], PUSH_ACTIONS, `${repositoryArn}-other`).missing).toEqual(PUSH_ACTIONS);
    expect(whichActionsMissing([build], ['ecr:DeleteRepository'], repositoryArn).missing).toHaveLength(1);
  });

  test('the repository by itself lets the role of the build push, nobody else, and does not name the login', () => {
    expect(repositoryAccess(repository, repositoryArn, { aws: buildRole }).push).toEqual(nothing);
    expect(repositoryAccess(repository, repositoryArn, { aws: executionRole }).push.missing).toEqual(PUSH_ACTIONS);
    expect(namesLogin(repository)).toBe(false);
  });

  test('the pipeline may update this one service and pass this one role to ECS only', () => {
    const service = (name: string) => `arn:aws:ecs:ap-northeast-1:${ACCOUNT}:service/example_2022_1126/${name}`;
    expect(whichActionsMissing([deploy], ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], '*')).toEqual(nothing);
    expect(whichActionsMissing([deploy], ['ecs:DescribeServices', 'ecs:UpdateService'], service('example_2022_1126'))).toEqual(nothing);
    expect(whichActionsMissing([deploy], ['ecs:UpdateService'], service('other')).missing).toHaveLength(1);
    const pass = (role: string, to: string) =>
      evaluate({
        identity: [deploy],
        request: { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': to } },
      }).decision;
    expect(pass(executionRole, 'ecs-tasks.amazonaws.com')).toBe('allowed');
    expect(pass(executionRole, 'ec2.amazonaws.com')).toBe('denied');
    expect(pass(buildRole, 'ecs-tasks.amazonaws.com')).toBe('denied');
  });
});

/** CloudFormation spells the members of a task definition like the API, with capitals; the keys of log options are the driver's own. */
function likeCloudFormation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(likeCloudFormation);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/^./, (letter) => letter.toUpperCase()),
      key === 'options' ? member : likeCloudFormation(member),
    ]),
  );
}

describe('the task definition', () => {
  const definition = JSON.parse(read('ecs/task-definition.json'));
  const [container] = definition.containerDefinitions;

  test('has members and values that ECS knows', () => {
    const template = (properties: unknown) =>
      stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: properties } },
      });
    expect(validateTemplate(template(likeCloudFormation(definition)))).toEqual([]);
    expect(validateTemplate(template(likeCloudFormation({ ...definition, cpus: '256' })))).not.toEqual([]);
  });

  test('fits Fargate: its own network interface and one of the sizes there are', () => {
    expect(definition).toMatchObject({ networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' });
  });

  test('runs the container that the buildspec names, with the image that it pushes, on the port that nginx opens', () => {
    const { variables } = parse(read('buildspec.yml')).env;
    expect(container.name).toBe(variables.CONTAINER_NAME);
    expect(container.image).toBe(`${ACCOUNT}.dkr.ecr.ap-northeast-1.amazonaws.com/example_2022_1126:${variables.version}`);
    const port = Number(/^ +listen (\d+);/m.exec(read('nginx/nginx.conf'))?.[1]);
    expect(container.portMappings.map(({ containerPort }: { containerPort: number }) => containerPort)).toEqual([port]);
    expect(read('nginx/Dockerfile')).toContain(`EXPOSE ${port}\n`);
    // Ports below 1024 are root's, and the image does not run as root.
    expect(port).toBeGreaterThan(1023);
  });

  test('passes the role that the pipeline may pass', () => {
    expect(definition.executionRoleArn).toBe(executionRole);
  });
});

test('nginx writes only where a user who is not root may', () => {
  const paths = [...read('nginx/nginx.conf').matchAll(/^ *(?:pid|\w+_temp_path) (\S+);/gm)].map(([, path]) => path ?? '');
  expect(paths).toHaveLength(6);
  expect(paths.filter((path) => !path.startsWith('/tmp/'))).toEqual([]);
});

// Stand-ins for the two programs a build calls; they note every call.
const AWS = '#!/bin/sh\necho "aws $*" >> "$CALLS"\necho token\n';
const DOCKER = '#!/bin/sh\necho "docker $*" >> "$CALLS"\ncase "$*" in login*) cat > /dev/null ;; esac\n[ "$FAIL" != "$1" ]\n';

/** Runs the commands CodeBuild would run, in order, with aws and docker that only note how they were called. */
function build(environment: Readonly<Record<string, string>>) {
  const { env, phases } = parse(read('buildspec.yml')) as {
    env: { variables: Record<string, string> };
    phases: Record<string, { commands: string[] }>;
  };
  using work = temporaryFolder({ 'bin/aws': AWS, 'bin/docker': DOCKER, calls: '' }, ['bin/aws', 'bin/docker']);
  const script = Object.values(phases).flatMap(({ commands }) => commands.map((command) => `{ ${command}\n} || exit $?`));
  const { status, stdout } = spawnSync('sh', ['-c', script.join('\n')], {
    cwd: work.path,
    env: {
      PATH: `${join(work.path, 'bin')}:${process.env['PATH']}`,
      CALLS: join(work.path, 'calls'),
      ...env.variables,
      ...environment,
    },
    encoding: 'utf8',
  });
  return { status, stdout, calls: readFileSync(join(work.path, 'calls'), 'utf8').trimEnd().split('\n') };
}

const complete = { AWS_ACCOUNT_ID: ACCOUNT, AWS_DEFAULT_REGION: 'ap-northeast-1', IMAGE_REPO_NAME1: 'example_2022_1126' };

test('the buildspec logs in, builds from nginx/, pushes v0.95 and writes imagedefinitions.json for the container', () => {
  const registry = `${ACCOUNT}.dkr.ecr.ap-northeast-1.amazonaws.com`;
  const { status, stdout, calls } = build(complete);
  expect(status).toBe(0);
  // Both ends of the pipe into `docker login` start at once.
  expect(calls.slice(0, 2).sort()).toEqual([
    'aws ecr get-login-password --region ap-northeast-1',
    `docker login --username AWS --password-stdin ${registry}`,
  ]);
  expect(calls.slice(2)).toEqual([
    'docker build -f nginx/Dockerfile -t example_2022_1126:v0.95 nginx/',
    `docker tag example_2022_1126:v0.95 ${registry}/example_2022_1126:v0.95`,
    `docker push ${registry}/example_2022_1126:v0.95`,
  ]);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toEqual([
    { name: 'nginx', imageUri: `${registry}/example_2022_1126:v0.95` },
  ]);
});

test.each(['AWS_ACCOUNT_ID', 'AWS_DEFAULT_REGION', 'IMAGE_REPO_NAME1'])(
  'the build stops before it calls anything when %s is missing',
  (name) => {
    const { status, calls } = build({ ...complete, [name]: '' });
    expect(status).not.toBe(0);
    expect(calls).toEqual(['']);
  },
);

test('nothing is pushed when the image could not be built', () => {
  const { status, calls } = build({ ...complete, FAIL: 'build' });
  expect(status).not.toBe(0);
  expect(calls.filter((call) => call.startsWith('docker push'))).toEqual([]);
});

test('every command of the guide and of the README parses as shell', () => {
  const texts = [...readLabTexts(import.meta.dirname).map(({ body }) => body), read('README.md')];
  const commands = texts.flatMap((text) => [...text.matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, command]) => command ?? ''));
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) expect(parseShell(command).errors ?? [], command).toEqual([]);
});

test('the commands of the guide that edit the page find what they replace, one after the other', () => {
  const [text] = readLabTexts(import.meta.dirname);
  const edits = [...(text?.body ?? '').matchAll(/^sed -i 's\/(.+)\/(.+)\/' nginx\/index\.html$/gm)];
  expect(edits).toHaveLength(2);
  let page = read('nginx/index.html');
  for (const [, from = '', to = ''] of edits) {
    expect(page).toContain(from);
    page = page.replace(from, to);
    expect(text?.body).toContain(`\n> ${to}\n`);
  }
});

test('no file has Windows line ends, which break shell commands and Git output', () => {
  const files = readLabFiles(import.meta.dirname);
  expect(files.filter(({ data }) => data.includes(13)).map(({ path }) => path)).toEqual([]);
  expect(files).toHaveLength(9);
});
