import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse as parseShell } from 'unbash';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validateBuildspec } from '../../../authoring/buildspec-rules.ts';
import { validateDockerfile } from '../../../authoring/dockerfile-rules.ts';
import { readLabTexts } from '../../../authoring/lab-text.ts';
import { validateWorkflow } from '../../../authoring/workflow-rules.ts';
import { readPolicy } from '../../../checkers/dialects/iam/document.ts';
import { trusts } from '../../../checkers/dialects/iam/evaluate.ts';
import { accountsNamed, whichActionsMissing } from '../../../checkers/dialects/iam/questions.ts';
import { fatesOf, readLifecyclePolicy } from '../../../checkers/dialects/lifecycle-policy.ts';
import { anyoneMayPull, namesLogin, PUSH_ACTIONS, repositoryAccess } from '../../../checkers/kit/ecr/repository-policy.ts';

const folder = join(import.meta.dirname, 'files');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const identity = (name: string) => readPolicy(name, read(name), 'identity');
const resource = (name: string) => readPolicy(name, read(name), 'resource');

const REPOSITORY = 'arn:aws:ecr:ap-northeast-2:123456789012:repository/my-application';
const nothing = { missing: [], denied: [], undecided: [] };

test('the buildspec and the Dockerfile break no rule', () => {
  expect(validateBuildspec(read('buildspec.yml'))).toEqual([]);
  expect(validateDockerfile(read('Dockerfile'), ['server.mjs', 'Dockerfile', 'buildspec.yml'])).toEqual([]);
});

test('server.mjs, as it is shipped, answers on the port of its environment and ends when told to', { timeout: 30_000 }, async () => {
  const app = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(createInterface(app.stdout), 'line');
    const port = /^Listening on port (\d+)$/.exec(String(line))?.[1];
    const answers = await Promise.all(['/', '/health', '/other'].map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(await answers[1]?.json()).toEqual({ application: 'my-application', status: 'ok' });
    const ended = once(app, 'exit');
    app.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    app.kill('SIGKILL');
  }
});

test('the lifecycle policy expires untagged images after 30 days and keeps tagged ones for ever', () => {
  const policy = readLifecyclePolicy(read('lifecycle-policy.json'));
  const now = new Date('2026-11-20T00:00:00Z');
  const image = (days: number, ...tags: string[]) => ({ tags, pushedAt: new Date(now.getTime() - days * 86_400_000) });
  const images = [image(31), image(29), image(1000, 'latest')];
  expect(policy.state === 'read' && fatesOf(policy.rules, images, now).map(({ fate }) => fate)).toEqual(['expired', 'kept', 'kept']);
});

describe('the policies', () => {
  test('name no account but the example', () => {
    const policies = files.filter(({ name }) => /(policy|trust)\.json$/.test(name) && !name.startsWith('lifecycle'));
    expect(policies).toHaveLength(8);
    for (const { parentPath, name } of policies) {
      const policy = readPolicy(
        name,
        readFileSync(join(parentPath, name), 'utf8'),
        /trust|repository|log-/.test(name) ? 'resource' : 'identity',
      );
      expect(policy.state, name).toBe('read');
      expect(
        accountsNamed([policy]).filter((account) => account !== '123456789012'),
        name,
      ).toEqual([]);
    }
  });

  test('let CI log in and push to this repository, and to no other', () => {
    const policy = identity('policies/push-policy.json');
    expect(whichActionsMissing([policy], ['ecr:GetAuthorizationToken'], '*')).toEqual(nothing);
    expect(whichActionsMissing([policy], PUSH_ACTIONS, REPOSITORY)).toEqual(nothing);
    expect(whichActionsMissing([policy], PUSH_ACTIONS, `${REPOSITORY}-2`).missing).toEqual([...PUSH_ACTIONS]);
    expect(whichActionsMissing([policy], ['ecr:DeleteRepository', 'ecr:BatchDeleteImage'], REPOSITORY).missing).toHaveLength(2);
  });

  test('let one role pull and nobody else', () => {
    const policy = resource('policies/repository-policy.json');
    const role = (name: string) => ({ aws: `arn:aws:iam::123456789012:role/${name}` });
    expect(repositoryAccess(policy, REPOSITORY, role('my-application-pull-role')).pull).toEqual(nothing);
    expect(repositoryAccess(policy, REPOSITORY, role('other')).pull.missing).toHaveLength(2);
    expect(anyoneMayPull(policy, REPOSITORY)).not.toBe('allowed');
    expect(namesLogin(policy)).toBe(false);
    expect(whichActionsMissing([identity('policies/login-policy.json')], ['ecr:GetAuthorizationToken'], '*')).toEqual(nothing);
  });

  test('trust one branch of one GitHub repository', () => {
    const policy = resource('policies/github-role-trust.json');
    const provider = { federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' };
    const decide = (sub: string, aud = 'sts.amazonaws.com') =>
      trusts(policy, provider, 'sts:AssumeRoleWithWebIdentity', {
        'token.actions.githubusercontent.com:sub': sub,
        'token.actions.githubusercontent.com:aud': aud,
      }).decision;
    const own = 'repo:GITHUB_OWNER/GITHUB_REPOSITORY:ref:refs/heads';
    expect(decide(`${own}/main`)).toBe('allowed');
    expect(decide(`${own}/other`)).not.toBe('allowed');
    expect(decide('repo:someone/else:ref:refs/heads/main')).not.toBe('allowed');
    expect(decide(`${own}/main`, 'someone')).not.toBe('allowed');
  });

  test.each([
    ['pull-role-trust', 'ecs-tasks.amazonaws.com'],
    ['build-role-trust', 'codebuild.amazonaws.com'],
  ])('%s trusts %s', (name, service) => {
    expect(trusts(resource(`policies/${name}.json`), { service }).decision).toBe('allowed');
  });

  test('let EventBridge write to the log group, which needs the star for its streams', () => {
    const { Statement } = JSON.parse(read('events/log-policy.json'));
    expect(Statement[0].Resource).toMatch(/:log-group:\/aws\/events\/my-application:\*$/);
    expect(Statement[0].Principal.Service).toContain('events.amazonaws.com');
  });
});

test('the workflow asks for a token, holds no key, and uses actions of the versions that are kept up', () => {
  const text = read('github-workflow.yml');
  expect(validateWorkflow(text)).toEqual([]);
  const workflow = parse(text);
  expect(workflow.on.push.branches).toEqual(['main']);
  expect(workflow.permissions).toEqual({ 'id-token': 'write', contents: 'read' });
  const { steps } = workflow.jobs.image;
  expect(steps.flatMap((step: { uses?: string }) => step.uses ?? [])).toEqual([
    'actions/checkout@v6',
    'aws-actions/configure-aws-credentials@v6',
    'aws-actions/amazon-ecr-login@v2',
  ]);
  expect(steps[1].with).toEqual({ 'role-to-assume': '${{ vars.AWS_ROLE_ARN }}', 'aws-region': '${{ env.AWS_REGION }}' });
  expect(text).not.toMatch(/access-key|secrets\./);
  expect(parseShell(steps.at(-1).run).errors ?? []).toEqual([]);
  // What a step takes from another must be what that step is called.
  for (const [, id] of text.matchAll(/steps\.(\w+)\./g)) expect(steps.map((step: { id?: string }) => step.id)).toContain(id);
});

test('every command of the guide parses as shell', () => {
  const [text] = readLabTexts(import.meta.dirname);
  const commands = [...(text?.body ?? '').matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, command]) => command ?? '');
  expect(commands.length).toBeGreaterThan(25);
  for (const command of commands) expect(parseShell(command.replaceAll(/<[a-z-]+>/g, 'name')).errors ?? [], command).toEqual([]);
});

test('no file has Windows line ends, which break shell commands and Git output', () => {
  expect(files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').includes('\r'))).toEqual([]);
  expect(files).toHaveLength(15);
});
