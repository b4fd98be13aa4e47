import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  FAULT_KINDS,
  type FaultKind,
  newAccountId,
  type PracticeAccount,
  type PracticeEndpoint,
  startPractice,
} from '../../practice/index.ts';
import { CannotLook, type UnknownReason } from '../errors.ts';
import type { AnyReader, Reader } from '../reader.ts';
import { openSession } from '../session.ts';
import { SHORT_ATTEMPT_MS } from '../testing/wire-endpoint.ts';
import { readers } from './index.ts';

const region = 'ap-northeast-2';
const { cloudformation, codebuild, codecommit, ecr, iam, logs } = readers;
let endpoint: PracticeEndpoint;

beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

/** An account in which everything that a reader can be asked for exists. */
function inhabited(seed: string): PracticeAccount {
  const account = endpoint.account(newAccountId(seed));
  const place = account.region(region);
  account.iam.createRole({ name: 'build-role', path: '/service-role/' });
  place.cloudformation.createStack({ name: 'stack', outputs: { Uri: 'x' }, tags: { Week: '9-2' } });
  place.cloudformation.createStack({
    name: 'broken',
    status: 'ROLLBACK_COMPLETE',
    events: [{ logicalId: 'Repo', type: 'AWS::ECR::Repository', status: 'CREATE_FAILED', reason: 'already exists' }],
  });
  place.cloudformation.createStack({ name: 'gone' });
  place.cloudformation.deleteStack('gone');
  place.codecommit.createRepository('repo');
  place.codecommit.createRepository('bare');
  place.codecommit.push('repo', 'main', { 'app.js': 'hello\n', 'src/lib.js': '' });
  place.ecr.createRepository('images');
  place.ecr.putImage('images', { tags: ['latest'] });
  for (const name of ['project', 'old']) {
    place.codebuild.createProject({
      name,
      source: { type: 'CODECOMMIT', location: `https://git-codecommit.${region}.amazonaws.com/v1/repos/repo` },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        computeType: 'BUILD_GENERAL1_SMALL',
        privilegedMode: true,
        environmentVariables: [{ name: 'A', value: '1', type: 'PLAINTEXT' }],
      },
      serviceRole: `arn:aws:iam::${account.id}:role/service-role/build-role`,
    });
    place.codebuild.startBuild(name);
    place.codebuild.startBuild(name, {
      status: 'FAILED',
      failedPhase: { type: 'BUILD', code: 'COMMAND_EXECUTION_ERROR', message: 'exit 1' },
    });
  }
  place.codebuild.deleteProject('old');
  return account;
}

const sessionOf = (account: string, attemptMs = 30_000) =>
  openSession({ region, endpoint: endpoint.url, credentials: endpoint.credentials(account), timeouts: { attemptMs, backoffMs: 1 } });

async function ask<Args extends readonly unknown[], Facts>(
  account: PracticeAccount,
  reader: Reader<Args, Facts>,
  ...args: Args
): Promise<Facts> {
  return reader.read((await sessionOf(account.id)).caller({ allowed: new Set(reader.calls) }), ...args);
}

describe('facts of an inhabited account', () => {
  test('cloudformation', async () => {
    const account = inhabited('cloudformation');
    expect(await ask(account, cloudformation.stack, 'stack')).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { Uri: 'x' },
      tags: { Week: '9-2' },
    });
    expect(await ask(account, cloudformation.stack, 'none')).toBeUndefined();
    expect(await ask(account, cloudformation.stack, 'gone')).toBeUndefined();
    const [deleted] = await ask(account, cloudformation.deletedStacks, 'gone');
    expect(deleted).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await ask(account, cloudformation.stack, deleted?.id ?? '')).toMatchObject({ name: 'gone', status: 'DELETE_COMPLETE' });
    expect(await ask(account, cloudformation.deletedStacks, 'stack')).toEqual([]);
    expect(await ask(account, cloudformation.stackFailures, 'broken')).toMatchObject([{ logicalId: 'Repo', reason: 'already exists' }]);
    expect(await ask(account, cloudformation.stackFailures, 'stack')).toEqual([]);
    expect(await ask(account, cloudformation.stackFailures, 'none')).toBeUndefined();
    expect(await ask(account, cloudformation.stackCompletion, deleted?.id ?? '')).toMatchObject({
      status: 'CREATE_COMPLETE',
      eventId: expect.stringMatching(/./),
      at: expect.any(Date),
    });
    expect(await ask(account, cloudformation.stackCompletion, 'broken')).toBeUndefined();
    expect(await ask(account, cloudformation.stackCompletion, 'none')).toBeUndefined();
  });

  test('codecommit', async () => {
    const account = inhabited('codecommit');
    const head = account.region(region).codecommit.head('repo', 'main');
    expect(await ask(account, codecommit.repository, 'repo')).toMatchObject({ name: 'repo', defaultBranch: 'main' });
    expect((await ask(account, codecommit.repository, 'bare'))?.defaultBranch).toBeUndefined();
    expect(await ask(account, codecommit.branch, 'repo', 'main')).toEqual({ name: 'main', commitId: head });
    expect(await ask(account, codecommit.branch, 'repo', 'master')).toBeUndefined();
    expect(await ask(account, codecommit.branches, 'repo')).toEqual(['main']);
    expect(await ask(account, codecommit.branches, 'bare')).toEqual([]);
    expect(await ask(account, codecommit.folder, 'repo', undefined, '/')).toMatchObject({
      state: 'present',
      commitId: head,
      files: [{ path: 'app.js' }],
      folders: ['src'],
    });
    expect(await ask(account, codecommit.folder, 'bare', undefined, '/')).toEqual({ state: 'empty' });
    expect(await ask(account, codecommit.folder, 'none', undefined, '/')).toEqual({ state: 'no-repository' });
    expect(await ask(account, codecommit.folder, 'repo', 'master', '/')).toEqual({ state: 'no-commit' });
    expect(await ask(account, codecommit.folder, 'repo', 'main', 'lib')).toEqual({ state: 'no-path' });
    expect(await ask(account, codecommit.file, 'repo', undefined, 'app.js')).toMatchObject({ state: 'present', text: 'hello\n' });
    expect(await ask(account, codecommit.file, 'repo', 'main', 'src/lib.js')).toMatchObject({ state: 'present', text: '' });
    expect(await ask(account, codecommit.file, 'repo', 'main', 'none.js')).toEqual({ state: 'no-path' });
    expect(await ask(account, codecommit.file, 'bare', undefined, 'app.js')).toEqual({ state: 'empty' });
  });

  test('an account without CodeCommit', async () => {
    const account = inhabited('closed');
    account.settings.codecommitAvailable = false;
    await expect(ask(account, codecommit.repository, 'repo')).rejects.toMatchObject({
      reason: 'access',
      code: 'OperationNotAllowedException',
    });
  });

  test('codebuild', async () => {
    const account = inhabited('codebuild');
    expect(await ask(account, codebuild.project, 'project')).toMatchObject({
      name: 'project',
      environment: { privileged: true, variables: [{ name: 'A', value: '1', type: 'PLAINTEXT' }] },
    });
    expect(await ask(account, codebuild.project, 'old')).toBeUndefined();
    expect(await ask(account, codebuild.projectNames)).toEqual(['project']);
    const ids = (await ask(account, codebuild.buildIdsOfProject, 'project')) ?? [];
    expect(await ask(account, codebuild.builds, ids)).toMatchObject([
      { number: 2, status: 'FAILED', complete: true },
      { number: 1, status: 'SUCCEEDED', resolvedSourceVersion: account.region(region).codecommit.head('repo', 'main') },
    ]);
    expect(await ask(account, codebuild.buildIdsOfProject, 'old')).toBeUndefined();
    const survivors = await ask(account, codebuild.buildIds, { project: 'old' });
    expect(await ask(account, codebuild.builds, [...survivors, 'old:00000000-0000-0000-0000-000000000000'])).toMatchObject([
      { project: 'old', status: 'FAILED' },
      { project: 'old', status: 'SUCCEEDED' },
    ]);
  });

  test('ecr, iam and logs', async () => {
    const account = inhabited('rest');
    expect(await ask(account, ecr.repository, 'images')).toMatchObject({ uri: `${account.id}.dkr.ecr.${region}.amazonaws.com/images` });
    expect(await ask(account, ecr.repository, 'none')).toBeUndefined();
    expect(await ask(account, ecr.images, 'images')).toMatchObject([{ tags: ['latest'] }]);
    expect(await ask(account, ecr.images, 'none')).toBeUndefined();
    expect(await ask(account, iam.role, `arn:aws:iam::${account.id}:role/service-role/build-role`)).toMatchObject({
      path: '/service-role/',
    });
    expect(await ask(account, iam.role, 'none')).toBeUndefined();
    expect(await ask(account, logs.logGroup, '/aws/codebuild/project')).toMatchObject({ name: '/aws/codebuild/project' });
    expect(await ask(account, logs.logGroup, '/aws/codebuild/proj')).toBeUndefined();
  });
});

/** A question to every reader whose right answer is known to be neither absence nor trouble. */
const questions: readonly (readonly [AnyReader, ...unknown[]])[] = [
  [cloudformation.stack, 'stack'],
  [cloudformation.stackFailures, 'broken'],
  [cloudformation.stackCompletion, 'stack'],
  [cloudformation.deletedStacks, 'gone'],
  [codecommit.repository, 'repo'],
  [codecommit.branch, 'repo', 'main'],
  [codecommit.branches, 'repo'],
  [codecommit.folder, 'repo', undefined, '/'],
  [codecommit.file, 'repo', undefined, 'app.js'],
  [codebuild.project, 'project'],
  [codebuild.projectNames],
  [codebuild.buildIdsOfProject, 'project'],
  [codebuild.buildIds, { project: 'old' }],
  [codebuild.builds, []],
  [ecr.repository, 'images'],
  [ecr.images, 'images'],
  [iam.role, 'build-role'],
  [logs.logGroup, '/aws/codebuild/project'],
];

/** Faults that one retry overcomes, and the reason they end with when they stay. */
const faults: Readonly<Record<FaultKind, { readonly passes: boolean; readonly reason: UnknownReason }>> = {
  throttle: { passes: true, reason: 'throttled' },
  denied: { passes: false, reason: 'access' },
  '5xx': { passes: true, reason: 'network' },
  html200: { passes: true, reason: 'malformed' },
  empty200: { passes: true, reason: 'malformed' },
  truncate: { passes: true, reason: 'malformed' },
  hang: { passes: true, reason: 'network' },
  expired: { passes: false, reason: 'expired' },
};

test('every reader is asked', () => {
  const every = Object.values(readers).flatMap((service) => Object.values<AnyReader>(service));
  expect(new Set(questions.map(([reader]) => reader))).toEqual(new Set(every));
});

// Concurrent, because silence has to be waited out.
describe.concurrent.each(FAULT_KINDS)('the fault %s', (fault) => {
  const { passes, reason } = faults[fault];
  const attemptMs = fault === 'hang' ? SHORT_ATTEMPT_MS : 30_000;

  test.each(questions.map(([reader, ...args]) => ({ name: reader.name, reader, args })))('$name', async ({ reader, args }) => {
    const account = inhabited(`${fault} ${reader.name}`);
    const session = await sessionOf(account.id, attemptMs);
    // Which builds there are is only known now.
    const asked =
      reader === codebuild.builds
        ? [
            account
              .region(region)
              .codebuild.builds('project')
              .map(({ id }) => id),
          ]
        : args;
    const read = () => reader.read(session.caller({ allowed: new Set(reader.calls) }), ...asked);
    const [operation = 'none:None'] = reader.calls;
    const right = await read();

    endpoint.arm(account.id, { operation, fault, times: 1 });
    if (passes) expect(await read()).toEqual(right);
    else await expect(read()).rejects.toMatchObject({ reason, operation });

    endpoint.arm(account.id, { operation, fault, times: 1000 });
    const trouble = await read().catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(CannotLook);
    expect(trouble).toMatchObject({ reason, operation });
  });
});
