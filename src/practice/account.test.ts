import { describe, expect, it } from 'vitest';
import { createAccount, type PracticeAccount } from './account.ts';
import { newAccountId } from './account-id.ts';
import { createClock } from './clock.ts';
import { ImpossibleMove } from './state/scope.ts';

const REGION = 'ap-northeast-2';
const NOW = Date.UTC(2026, 10, 20, 12);

function play(account: PracticeAccount) {
  const { cloudformation, codecommit, codebuild, ecr } = account.region(REGION);
  const { StackId: id } = cloudformation.createStack({ name: 'web' });
  codecommit.createRepository('app');
  const commit = codecommit.push('app', 'main', { 'app.js': '1' });
  codebuild.createProject({ name: 'app', source: { type: 'CODECOMMIT', location: 'https://host/v1/repos/app' } });
  const build = codebuild.startBuild('app');
  ecr.createRepository('app');
  const image = ecr.putImage('app', { tags: ['latest'] });
  const role = account.iam.createRole({ name: 'build' });
  return { id, commit, build, image, role };
}

describe('newAccountId', () => {
  it('is 12 digits that follow from the seed', () => {
    const ids = Array.from({ length: 500 }, (_, at) => newAccountId(`seed ${at}`));
    for (const id of ids) expect(id).toMatch(/^[1-9]\d{11}$/);
    expect(new Set(ids).size).toBe(500);
    expect(newAccountId('seed 0')).toBe(ids[0]);
  });
});

describe('an account', () => {
  it('gives the same ids and times for the same moves at the same time', () => {
    const make = (id: string) => play(createAccount(id, { realNow: () => NOW }));
    expect(make('123456789012')).toEqual(make('123456789012'));
    expect(make('123456789012').commit).not.toBe(make('123456789013').commit);
  });

  it('builds the head of the branch, and the image comes after the build began', () => {
    const { build, commit, image } = play(createAccount('123456789012'));
    expect(build.resolvedSourceVersion).toBe(commit);
    expect(image.imagePushedAt?.getTime()).toBeGreaterThan(build.startTime?.getTime() ?? Number.NaN);
    expect(build.endTime?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('is as new after a reset', () => {
    const account = createAccount('123456789012', { realNow: () => NOW });
    const before = play(account);
    account.settings.codecommitAvailable = false;
    account.faults.arm({ operation: '*', fault: 'hang' });
    account.recordCall({ operation: 'ecr:DescribeImages', region: REGION });
    const { clock } = account;
    account.reset();
    expect(account.regions).toEqual([]);
    expect(account.calls).toEqual([]);
    expect(account.faults.take('ecr:DescribeImages')).toBeUndefined();
    expect(account.settings.codecommitAvailable).toBe(true);
    expect(account.iam.role('build')).toBeUndefined();
    expect(clock.now().getTime()).toBe(NOW - 3_600_000);
    expect(play(account)).toEqual(before);
  });

  it('is empty after a wipe, and still meets the armed faults and knows its calls', () => {
    const account = createAccount('123456789012', { realNow: () => NOW });
    const before = play(account);
    account.settings.codecommitAvailable = false;
    account.faults.arm({ operation: '*', fault: 'hang' });
    account.recordCall({ operation: 'ecr:DescribeImages', region: REGION });
    account.wipe();
    expect(account.regions).toEqual([]);
    expect(account.iam.role('build')).toBeUndefined();
    expect(account.settings.codecommitAvailable).toBe(true);
    account.recordCall({ operation: 'ecr:ListImages', region: REGION });
    expect(account.calls.map(({ operation }) => operation)).toEqual(['ecr:DescribeImages', 'ecr:ListImages']);
    expect(account.faults.take('ecr:DescribeImages')).toMatchObject({ fault: 'hang' });
    expect(play(account)).toEqual(before);
  });

  it('keeps the newest 2,000 calls', () => {
    const account = createAccount('123456789012');
    for (let at = 0; at <= 2000; at += 1) account.recordCall({ operation: `ecr:Op${at}`, region: REGION });
    expect(account.calls).toHaveLength(2000);
    expect(account.calls[0]?.operation).toBe('ecr:Op1');
  });

  it('knows regions by their spelling', () => {
    const account = createAccount('123456789012');
    expect(account.region(REGION)).toBe(account.region(REGION));
    expect(() => account.region('../etc')).toThrow('A region is spelled like ap-northeast-2: received "../etc".');
  });

  it('does not share what it was given', () => {
    const { codebuild, cloudformation } = createAccount('123456789012').region(REGION);
    const environmentVariables = [{ name: 'A', value: '1' }];
    const tags = { a: '1' };
    const environment = { type: 'LINUX_CONTAINER', image: 'i', computeType: 'BUILD_GENERAL1_SMALL', environmentVariables } as const;
    codebuild.createProject({ name: 'app', environment });
    cloudformation.createStack({ name: 'web', tags });
    environmentVariables[0] = { name: 'A', value: '2' };
    tags.a = '2';
    expect(codebuild.project('app')?.environment?.environmentVariables).toEqual([{ name: 'A', value: '1' }]);
    expect(cloudformation.stack('web')?.Tags).toEqual([{ Key: 'a', Value: '1' }]);
  });

  it('refuses moves that cannot be made', () => {
    const account = createAccount('123456789012');
    const { cloudformation, codecommit, codebuild, ecr, logs } = account.region(REGION);
    play(account);
    const impossible: (() => unknown)[] = [
      () => cloudformation.createStack({ name: 'web' }),
      () => cloudformation.updateStack('nope', {}),
      () => cloudformation.deleteStack('nope'),
      () => cloudformation.deleteStack('web', { status: 'DELETE_FAILED', resource: 'Nope' }),
      () => codecommit.createRepository('app'),
      () => codecommit.push('nope', 'main', {}),
      () => codecommit.push('app', 'main', { '/absolute': '' }),
      () => codecommit.remove('app', 'main', 'nope'),
      () => codecommit.deleteRepository('nope'),
      () => codebuild.createProject({ name: 'app' }),
      () => codebuild.createProject({}),
      () => codebuild.startBuild('nope'),
      () => codebuild.finishBuild('nope'),
      () => codebuild.deleteProject('nope'),
      () => ecr.createRepository('app'),
      () => ecr.putImage('nope', {}),
      () => ecr.deleteRepository('nope'),
      () => logs.createLogGroup('/aws/codebuild/app'),
      () => logs.deleteLogGroup('nope'),
      () => account.iam.createRole({ name: 'build', path: '/x/' }),
      () => account.iam.createRole({ name: 'other', path: 'x' }),
      () => account.iam.deleteRole('nope'),
      () => account.iam.deleteRolePolicy('build', 'nope'),
      () => account.iam.detachRolePolicy('build', 'nope'),
    ];
    for (const move of impossible) expect(move).toThrow(ImpossibleMove);
  });
});

describe('the clock', () => {
  it('starts an hour ago and advances as told', () => {
    const clock = createClock(() => NOW);
    expect(clock.now()).toEqual(new Date(NOW - 3_600_000));
    expect(clock.tick(90)).toEqual(new Date(NOW - 3_510_000));
    expect(clock.now()).toEqual(new Date(NOW - 3_510_000));
  });

  it('never passes the real time, and later stays later', () => {
    const clock = createClock(() => NOW);
    const stamps = Array.from({ length: 12 }, () => clock.tick(1000).getTime());
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stamps.at(-1)).toBeLessThan(NOW);
  });

  it('does not run backwards', () => {
    expect(() => createClock().tick(-1)).toThrow(RangeError);
  });
});

describe('builds', () => {
  const region = () => createAccount('123456789012').region(REGION);

  it('go on to POST_BUILD after a failed BUILD', () => {
    const { codebuild } = region();
    codebuild.createProject({ name: 'app' });
    const { phases = [], buildStatus } = codebuild.startBuild('app', { status: 'FAILED' });
    expect(buildStatus).toBe('FAILED');
    expect(phases.map(({ phaseType, phaseStatus }) => `${phaseType} ${phaseStatus}`).slice(6, 8)).toEqual([
      'BUILD FAILED',
      'POST_BUILD SUCCEEDED',
    ]);
  });

  it('take their environment from the project and the override', () => {
    const { codebuild } = region();
    const environment = { type: 'LINUX_CONTAINER', image: 'i', computeType: 'BUILD_GENERAL1_SMALL', privilegedMode: true } as const;
    codebuild.createProject({ name: 'app', environment });
    expect(codebuild.startBuild('app', { environmentOverride: { privilegedMode: false } }).environment).toEqual({
      ...environment,
      privilegedMode: false,
    });
    expect(codebuild.project('app')?.environment?.privilegedMode).toBe(true);
  });

  it('write to the log group that the project names, or to none', () => {
    const { codebuild, logs } = region();
    codebuild.createProject({ name: 'quiet', logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } });
    codebuild.createProject({ name: 'named', logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: '/my/group' } } });
    for (const name of ['quiet', 'named', 'named']) codebuild.startBuild(name);
    expect(logs.logGroups().map(({ logGroupName }) => logGroupName)).toEqual(['/my/group']);
  });

  it('count on from where a deleted project of the name stopped', () => {
    const { codebuild } = region();
    codebuild.createProject({ name: 'app' });
    codebuild.startBuild('app');
    codebuild.deleteProject('app');
    codebuild.createProject({ name: 'app' });
    expect(codebuild.startBuild('app').buildNumber).toBe(2);
    expect(codebuild.builds('app').map(({ buildNumber }) => buildNumber)).toEqual([1, 2]);
  });
});
