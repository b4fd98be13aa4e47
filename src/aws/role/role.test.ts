import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readers } from '../services/readers.test-support.ts';
import { type RoleNeeds, readOnlyPolicy } from './policy.ts';
import { roleTemplate } from './template.ts';

const { cloudformation, cloudtrail, codebuild, codecommit, ecr, ecs, iam, logs } = readers;
const needs = (more: Partial<RoleNeeds> = {}): RoleNeeds => ({
  what: 'lab',
  region: 'ap-northeast-2',
  resources: [
    { kind: 'stack', name: 'lab-stack' },
    { kind: 'source-repository', name: 'lab-repo' },
    { kind: 'build-project', name: 'lab-build', scope: 'lab-*' },
  ],
  readers: [cloudformation.stack, codecommit.file, codebuild.builds],
  elsewhere: { regions: ['us-east-1'], readers: [cloudformation.stack] },
  ...more,
});
const arn = (service: string, region: string, rest: string) => `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:${rest}`;
const grantOf = (action: string, list: readonly RoleNeeds[]) =>
  readOnlyPolicy(list).find(({ Effect, Action }) => Effect === 'Allow' && Action?.includes(action));

describe('the policy', () => {
  test('is limited to the names of the lab, in the regions where each is looked for', () => {
    expect(grantOf('cloudformation:DescribeStacks', [needs()])).toMatchObject({
      Resource: [arn('cloudformation', '*', 'stack/lab-stack/*')],
      Condition: { StringEquals: { 'aws:RequestedRegion': ['ap-northeast-2', 'us-east-1'] } },
    });
    expect(grantOf('codecommit:GetFile', [needs()])?.Resource).toEqual([arn('codecommit', 'ap-northeast-2', 'lab-repo')]);
    expect(grantOf('codebuild:BatchGetBuilds', [needs()])?.Resource).toEqual([arn('codebuild', 'ap-northeast-2', 'project/lab-*')]);
  });

  test('is limited by region where AWS cannot limit it to a resource, and by account where no name is known', () => {
    const list = [
      needs({ readers: [codebuild.projectNames, ecr.images, iam.role, logs.logGroup], elsewhere: { regions: [], readers: [] } }),
    ];
    expect(grantOf('codebuild:ListProjects', list)).toMatchObject({
      Resource: ['*'],
      Condition: { StringEquals: { 'aws:RequestedRegion': ['ap-northeast-2'] } },
    });
    expect(grantOf('ecr:DescribeImages', list)?.Resource).toEqual([arn('ecr', 'ap-northeast-2', 'repository/*')]);
    expect(grantOf('iam:GetRole', list)?.Resource).toEqual([arn('iam', '', 'role/*')]);
    expect(grantOf('logs:DescribeLogGroups', list)?.Resource).toEqual([arn('logs', 'ap-northeast-2', 'log-group:*')]);
  });

  test('adds up the needs of several labs', () => {
    const other = needs({
      region: 'ap-northeast-1',
      resources: [{ kind: 'stack', name: 'other' }],
      elsewhere: { regions: [], readers: [] },
    });
    const grants = readOnlyPolicy([needs(), other]).filter(
      ({ Action, Effect }) => Effect === 'Allow' && Action?.includes('cloudformation:DescribeStacks'),
    );
    expect(grants.map(({ Resource, Condition }) => ({ Resource, Condition }))).toEqual(
      expect.arrayContaining([
        { Resource: [arn('cloudformation', 'ap-northeast-1', 'stack/other/*')], Condition: undefined },
        {
          Resource: [arn('cloudformation', '*', 'stack/lab-stack/*')],
          Condition: { StringEquals: { 'aws:RequestedRegion': ['ap-northeast-2', 'us-east-1'] } },
        },
      ]),
    );
    expect(grants).toHaveLength(2);
  });

  test('does not name what the wildcard of another lab covers', () => {
    const anyRole = needs({ readers: [iam.role], resources: [{ kind: 'role', name: '*' }], elsewhere: { regions: [], readers: [] } });
    const oneRole = needs({
      readers: [iam.role],
      resources: [{ kind: 'role', name: 'lab-role' }],
      elsewhere: { regions: [], readers: [] },
    });
    expect(grantOf('iam:GetRole', [anyRole, oneRole])?.Resource).toEqual([arn('iam', '', 'role/*')]);
    // A console puts its roles under a path.
    expect(grantOf('iam:GetRole', [oneRole])?.Resource).toEqual([arn('iam', '', 'role/*/lab-role'), arn('iam', '', 'role/lab-role')]);
  });

  test('denies other data and everything else, so that nothing attached later widens it', () => {
    const statements = readOnlyPolicy([needs()]);
    const granted = statements.flatMap(({ Effect, Action = [] }) => (Effect === 'Allow' ? Action : [])).sort();
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      {
        Sid: 'DenyOtherData',
        Effect: 'Deny',
        Action: ['codecommit:GetFile'],
        NotResource: [arn('codecommit', 'ap-northeast-2', 'lab-repo')],
      },
      {
        Sid: 'DenyKeysExceptThroughCodeCommit',
        Effect: 'Deny',
        Action: ['kms:*'],
        Resource: ['*'],
        Condition: { StringNotLike: { 'kms:ViaService': ['codecommit.*'] } },
      },
      { Sid: 'DenyEverythingElse', Effect: 'Deny', NotAction: [...granted, 'kms:*'], Resource: ['*'] },
    ]);
  });

  test('leaves keys alone where nothing is read that CodeCommit decrypts', () => {
    const statements = readOnlyPolicy([needs({ readers: [cloudformation.stack] })]);
    expect(JSON.stringify(statements)).not.toContain('kms:');
  });

  test('looks at other names with those actions only that search, and not with those that leave a name out', () => {
    const list = [
      needs({
        readers: [codebuild.project, codebuild.builds, logs.newestStreams],
        resources: [
          { kind: 'build-project', name: 'lab-build', others: ['codebuild:BatchGetProjects'] },
          { kind: 'log-group', name: '/lab/events' },
          { kind: 'log-group', name: '/lab/builds', without: ['logs:DescribeLogStreams'] },
        ],
        elsewhere: { regions: [], readers: [] },
      }),
    ];
    expect(grantOf('codebuild:BatchGetProjects', list)?.Resource).toEqual([arn('codebuild', 'ap-northeast-2', 'project/*')]);
    expect(grantOf('codebuild:BatchGetBuilds', list)?.Resource).toEqual([arn('codebuild', 'ap-northeast-2', 'project/lab-build')]);
    expect(grantOf('logs:DescribeLogStreams', list)?.Resource).toEqual([arn('logs', 'ap-northeast-2', 'log-group:/lab/events:*')]);
  });

  test('looks at what global services keep where they keep it', () => {
    const home = (region: string) =>
      grantOf('cloudtrail:LookupEvents', [
        needs({ region, readers: [cloudtrail.lookUp, cloudtrail.iamChanges], elsewhere: { regions: [], readers: [] } }),
      ])?.Condition;
    expect(home('ap-northeast-2')).toEqual({ StringEquals: { 'aws:RequestedRegion': ['ap-northeast-2', 'us-east-1'] } });
    expect(home('cn-northwest-1')).toEqual({ StringEquals: { 'aws:RequestedRegion': ['cn-north-1', 'cn-northwest-1'] } });
    expect(home('us-gov-east-1')).toEqual({ StringEquals: { 'aws:RequestedRegion': ['us-gov-east-1', 'us-gov-west-1'] } });
  });

  test('limits a list by what it is asked within', () => {
    const list = [needs({ readers: [ecs.tasks], resources: [{ kind: 'cluster', name: 'lab' }], elsewhere: { regions: [], readers: [] } })];
    expect(grantOf('ecs:ListTasks', list)).toMatchObject({
      Resource: ['*'],
      Condition: {
        StringEquals: { 'aws:RequestedRegion': ['ap-northeast-2'] },
        ArnLike: { 'ecs:cluster': [arn('ecs', 'ap-northeast-2', 'cluster/lab')] },
      },
    });
  });

  test('is not made with an action whose limits are not known', () => {
    const reader = { ...cloudformation.stack, calls: ['x:DoIt'] as const };
    expect(() => readOnlyPolicy([needs({ readers: [reader] })])).toThrow('No reader says what "x:DoIt" can be limited to');
  });
});

describe('the template', () => {
  const roleOf = (text: string) =>
    parse(text, { logLevel: 'silent' }) as {
      Parameters?: Record<string, unknown>;
      Resources: { ReadOnlyRole: { Properties: { MaxSessionDuration: number; AssumeRolePolicyDocument: { Statement: unknown[] } } } };
    };

  test('trusts the principal with the ExternalId, for an hour at most', () => {
    const text = roleTemplate([needs()], { principal: 'arn:aws:iam::123456789012:role/Instructor', externalId: 'class-1' });
    const { Parameters, Resources } = roleOf(text);
    const { MaxSessionDuration, AssumeRolePolicyDocument } = Resources.ReadOnlyRole.Properties;
    expect(Parameters).toBeUndefined();
    expect(MaxSessionDuration).toBe(3600);
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:role/Instructor' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'class-1' } },
      },
    ]);
  });

  test('asks for both when they are not given, and never trusts everybody', () => {
    const text = roleTemplate([needs()]);
    expect(Object.keys(roleOf(text).Parameters ?? {})).toEqual(['LabproofPrincipal', 'LabproofExternalId']);
    expect(text).toContain('AWS: !Ref LabproofPrincipal');
    expect(text).toContain('sts:ExternalId: !Ref LabproofExternalId');
  });

  test.each(['*', 'arn:aws:iam::*:root', 'arn:aws:iam::123456789012:role/*', '1234', ''])('refuses the principal "%s"', (principal) => {
    expect(() => roleTemplate([needs()], { principal })).toThrow(`"${principal}" is not a principal`);
  });

  test('refuses an ExternalId and a name that IAM would refuse', () => {
    expect(() => roleTemplate([needs()], { externalId: 'a b' })).toThrow('"a b" is not an ExternalId');
    expect(() => roleTemplate([needs()], { name: 'a/b' })).toThrow('"a/b" is not the name of a role');
  });
});
