import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../../aws/session.ts';
import type { PracticeAccount } from '../../practice/account.ts';
import { newAccountId } from '../../practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../../practice/server.ts';
import { type RunOptions, runTask } from '../engine/run.ts';
import { shortHash } from '../kit/ecr/built-image.ts';
import lab from './index.ts';
import { DEFAULTS, LOG_GROUP, PROJECT, REGION, STACK } from './names.ts';
import {
  appFiles,
  builds,
  createProject,
  deleteByHand,
  deleteStack,
  place,
  pushBuildspec,
  pushImage,
  runBuild,
  source,
} from './student.ts';

/* States of an account that no single move makes. */

let endpoint: PracticeEndpoint;
let account: PracticeAccount;
beforeAll(async () => {
  endpoint = await startPractice();
  account = endpoint.account(newAccountId('states of week9-2'));
});
beforeEach(() => account.reset());
afterAll(() => endpoint.close());

async function look(taskId: string, options: RunOptions = {}) {
  const task = lab.tasks.find(({ id }) => id === taskId) ?? expect.fail(`no task ${taskId}`);
  const session = await openSession({
    region: REGION,
    endpoint: endpoint.url,
    credentials: endpoint.credentials(account.id),
    paced: false,
  });
  const outcome = await runTask(task, session, options);
  const brief = Object.fromEntries(outcome.checks.map(({ id, status, says }) => [id, [status, says?.key].filter(Boolean).join(' ')]));
  return { ...outcome, brief };
}

/** The lab up to and with a task, in an account that was never used before. */
function startOver(last: string): void {
  account.reset();
  for (const { kind, task, play } of lab.moves) {
    if (kind === 'solve') play(account);
    if (kind === 'solve' && task === last) return;
  }
}

const environmentOf = () => place(account).codebuild.project(PROJECT)?.environment ?? expect.fail('there is no project');

describe('cleanup', () => {
  it('lists everything that is left, with what removes it, in which order, and what it costs', async () => {
    startOver('task-4');
    const { brief, checks, status } = await look('cleanup');
    expect(status).toBe('failed');
    expect(brief).toEqual({
      images: 'failed imagesLeft',
      project: 'failed left',
      stack: 'failed stackLeft',
      'image-repository': 'blocked',
      'code-repository': 'blocked',
      role: 'blocked',
      'log-group': 'failed left',
    });
    const fixes = Object.fromEntries(checks.flatMap(({ id, fix }) => (fix ? [[id, fix]] : [])));
    expect(fixes['images']).toMatchObject({
      order: 1,
      command: expect.stringContaining('aws ecr batch-delete-image'),
      costPerMonth: { currency: 'USD' },
    });
    expect(fixes['images']?.costPerMonth?.amount).toBeCloseTo((61_234_567 / 2 ** 30) * 0.1, 5);
    expect(fixes['project']).toEqual({
      order: 2,
      command: `aws codebuild delete-project --region ${REGION} --name ${PROJECT}`,
      costPerMonth: { amount: 0, currency: 'USD' },
    });
    expect(fixes['stack']).toMatchObject({ order: 3, command: `aws cloudformation delete-stack --region ${REGION} --stack-name ${STACK}` });
    expect(fixes['log-group']).toMatchObject({
      order: 7,
      command: `aws logs delete-log-group --region ${REGION} --log-group-name ${LOG_GROUP}`,
    });
    for (const { status: of, consoleUrl } of checks) if (of === 'failed') expect(consoleUrl).toContain(REGION);
  });

  it('is proven by builds that outlive their project', async () => {
    createProject(account);
    builds.start(account, { status: 'STOPPED' });
    place(account).codebuild.deleteProject(PROJECT);
    place(account).logs.deleteLogGroup(LOG_GROUP);
    expect((await look('cleanup')).status).toBe('passed');
  });

  it('is proven by a recorded pass', async () => {
    expect((await look('cleanup')).status).toBe('not-started');
    expect((await look('cleanup', { recordedPass: new Date() })).status).toBe('passed');
  });

  it('proves nothing about what was never made while the stack still stands', async () => {
    startOver('task-0');
    expect((await look('cleanup')).brief).toMatchObject({
      stack: 'failed stackLeft',
      project: 'not-started neverUsed',
      images: 'not-started neverUsed',
    });
  });

  it('looks at the stack that stands, not at one that was deleted before it', async () => {
    startOver('task-4');
    deleteByHand(account);
    deleteStack(account);
    place(account).ecr.createRepository('week9-2-codebuild-repo');
    place(account).cloudformation.createStack({ name: STACK });
    expect((await look('cleanup')).brief).toMatchObject({ stack: 'failed stackLeft', 'image-repository': 'blocked' });
  });

  it('counts the untagged parts of images too', async () => {
    startOver('task-4');
    deleteByHand(account, 'images');
    deleteStack(account, 'images');
    pushImage(account, []);
    const { checks } = await look('cleanup');
    expect(checks.find(({ id }) => id === 'images')).toMatchObject({ status: 'failed', observed: 2 });
  });
});

describe('names other than the defaults', () => {
  /** A student who typed other names into the stack's parameters. */
  function renamedLab(): void {
    const { cloudformation, ecr, codecommit, codebuild } = place(account);
    const uri = `${account.id}.dkr.ecr.${REGION}.amazonaws.com/team/my-images`;
    ecr.createRepository('team/my-images');
    codecommit.createRepository('my-code');
    const role = account.iam.createRole({ name: 'my-role' }).Arn ?? '';
    cloudformation.createStack({
      name: STACK,
      outputs: { ECRRepositoryUri: uri, CodeCommitRepositoryName: 'my-code', CodeBuildRoleArn: role },
      tags: { Project: 'AWS-Lab', Week: '9-2', CreatedBy: 'Student' },
    });
    // The default names belong to somebody else's work in the same account.
    codecommit.createRepository('week9-2-codebuild-repo');
    codecommit.push('my-code', 'main', appFiles());
    createProject(account);
    const variables = environmentOf().environmentVariables?.map((each) =>
      each.name === 'IMAGE_REPO_NAME' ? { ...each, value: 'team/my-images' } : each,
    );
    codebuild.updateProject(PROJECT, {
      source: { type: 'CODECOMMIT', location: `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/my-code` },
      sourceVersion: '',
      serviceRole: role,
      environment: { ...environmentOf(), environmentVariables: variables },
    });
    const build = codebuild.startBuild(PROJECT, { status: 'IN_PROGRESS', durationSeconds: 20 });
    ecr.putImage('team/my-images', { tags: ['latest', shortHash(build.resolvedSourceVersion ?? '')] });
    codebuild.finishBuild(build.id ?? '');
  }

  it('are followed from the stack outputs', async () => {
    renamedLab();
    for (const task of ['task-0', 'task-1', 'task-3', 'task-4']) expect((await look(task)).brief, task).not.toContain('failed');
    for (const task of ['task-0', 'task-1', 'task-3', 'task-4']) expect((await look(task)).status, task).toBe('passed');
    expect((await look('task-0')).values).toMatchObject({ CodeCommitRepositoryName: 'my-code', AccountId: account.id, Region: REGION });
  });

  it('are remembered by the deleted stack', async () => {
    renamedLab();
    const { cloudformation, codebuild, logs } = place(account);
    codebuild.deleteProject(PROJECT);
    logs.deleteLogGroup(LOG_GROUP);
    cloudformation.deleteStack(STACK);
    const { brief, checks } = await look('cleanup');
    // What carries the default names is not the lab's and is left alone.
    expect(brief).toMatchObject({
      images: 'failed imagesLeft',
      'code-repository': 'failed left',
      role: 'failed left',
      stack: 'passed',
    });
    expect(checks.find(({ id }) => id === 'code-repository')?.fix?.command).toContain('--repository-name my-code');
  });
});

describe('builds', () => {
  it('pass on an earlier success while a newer build runs or has failed', async () => {
    startOver('task-4');
    builds.start(account, { status: 'IN_PROGRESS' });
    expect((await look('task-4')).status).toBe('passed');
    startOver('task-4');
    builds.start(account, { status: 'FAILED' });
    expect((await look('task-4')).status).toBe('passed');
  });

  it('wait when the running build has already moved latest', async () => {
    startOver('task-4');
    source.push(account, { 'app.js': '// changed\n' });
    builds.start(account, { status: 'IN_PROGRESS' });
    pushImage(account, ['latest']);
    expect((await look('task-4')).brief).toMatchObject({ 'image-commit-tag': 'passed', 'image-latest-tag': 'waiting buildInProgress' });
  });

  it('may be rebuilt, from the same commit and from a new one', async () => {
    startOver('task-4');
    runBuild(account);
    expect((await look('task-4')).status).toBe('passed');
    pushBuildspec(account, '# changed\n');
    runBuild(account);
    expect((await look('task-4')).status).toBe('passed');
  });

  it('are judged by what they ran with, not by what the project says now', async () => {
    startOver('task-4');
    place(account).codebuild.updateProject(PROJECT, { environment: { ...environmentOf(), privilegedMode: false } });
    expect((await look('task-4')).status).toBe('passed');
  });

  it('are shown with the variables of the lab and no others', async () => {
    startOver('task-3');
    const environmentVariables = [
      ...(environmentOf().environmentVariables ?? []),
      { name: 'DB_PASSWORD', value: 'hunter2', type: 'PLAINTEXT' as const },
    ];
    runBuild(account, { environmentOverride: { environmentVariables } });
    const outcome = await look('task-4');
    expect(outcome.status).toBe('passed');
    expect(outcome.checks.find(({ id }) => id === 'build-settings')?.observed).toEqual({
      privileged: true,
      AWS_ACCOUNT_ID: account.id,
      IMAGE_REPO_NAME: 'week9-2-codebuild-repo',
      CONTAINER_NAME: 'app',
    });
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
  });

  it('may push images of several platforms, whose parts have no tag', async () => {
    startOver('task-4');
    pushImage(account, []);
    pushImage(account, []);
    expect((await look('task-4')).status).toBe('passed');
  });

  it('of a hundred and more are found among the newest', async () => {
    startOver('task-3');
    for (let n = 0; n < 120; n += 1) builds.start(account, { status: 'FAILED', durationSeconds: 0 });
    runBuild(account);
    expect((await look('task-4')).status).toBe('passed');
  });
});

describe('a project', () => {
  it('that is not there is not started, whatever other projects there are', async () => {
    startOver('task-3');
    const environment = environmentOf();
    place(account).codebuild.deleteProject(PROJECT);
    place(account).codebuild.createProject({
      name: 'week9-2-container-built',
      source: { type: 'GITHUB', location: 'https://github.com/example/app.git' },
      environment,
      serviceRole: account.iam.role(DEFAULTS.role)?.Arn,
    });
    const { brief, status } = await look('task-3');
    expect(brief['project-exists']).toBe('not-started projectMissing');
    expect(status).toBe('not-started');
  });

  it('may name its branch in every way that builds the default branch', async () => {
    startOver('task-3');
    for (const sourceVersion of ['refs/heads/main', 'main', '']) {
      place(account).codebuild.updateProject(PROJECT, { sourceVersion });
      expect((await look('task-3')).status, sourceVersion).toBe('passed');
    }
  });
});

describe('the calls of a check that passes', () => {
  it.each([
    ['task-0', ['cloudformation:DescribeStacks']],
    [
      'task-1',
      ['cloudformation:DescribeStacks', 'codecommit:GetFile', 'codecommit:GetFile', 'codecommit:GetFile', 'codecommit:GetRepository'],
    ],
    ['task-2', ['cloudformation:DescribeStacks', 'codecommit:GetFile']],
    ['task-3', ['cloudformation:DescribeStacks', 'codebuild:BatchGetProjects', 'codecommit:GetRepository']],
    ['task-4', ['cloudformation:DescribeStacks', 'codebuild:BatchGetBuilds', 'codebuild:ListBuildsForProject', 'ecr:DescribeImages']],
  ])('%s needs no more than these', async (task, calls) => {
    startOver('task-4');
    expect((await look(task)).status).toBe('passed');
    expect(
      account.calls
        .map(({ operation }) => operation)
        .filter((operation) => !operation.startsWith('sts:'))
        .sort(),
    ).toEqual(calls);
  });

  it('cleanup needs no more than these', async () => {
    startOver('task-4');
    deleteByHand(account);
    deleteStack(account);
    expect((await look('cleanup')).status).toBe('passed');
    expect(
      account.calls
        .map(({ operation }) => operation)
        .filter((operation) => !operation.startsWith('sts:'))
        .sort(),
    ).toEqual([
      // Once by name, once by the id of the deleted stack, for the names of what it made.
      'cloudformation:DescribeStacks',
      'cloudformation:DescribeStacks',
      'cloudformation:ListStacks',
      'codebuild:BatchGetProjects',
      'codecommit:GetRepository',
      // That there are no images because there is no repository proves that it is gone; the deleted stack that there was one.
      'ecr:DescribeImages',
      'iam:GetRole',
      'logs:DescribeLogGroups',
    ]);
  });
});
