import { describe, expect, it } from 'vitest';
import type { PracticeAccount } from '../../practice/account.ts';
import lab from './index.ts';
import { BUILD_ROLE, KEY, MACHINE, MACHINE_ROLE } from './names.ts';
import { BUILD_STATE, BUILDSPEC, DEFINITION, machinePolicy, trustPolicy } from './practice-files.ts';
import { BUCKET, BUILD_POLICY, changeProject, cleanUp, createBucket, execute, MACHINE_POLICY, place, startOver } from './student.ts';

/* What is right but not done as the text says passes too, and what only looks right does not: checks judge what happens. */

const open = practiceLook(lab);

describe('the bucket', () => {
  it('may use dual-layer encryption, which knows no bucket key', async () => {
    const found = await open('task-1', (account) => {
      startOver(account, 1);
      account.s3.putEncryption(BUCKET, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } });
    });
    expect(found).toEqual([]);
  });

  it('is the newest one when there are several', async () => {
    const found = await open('task-1', (account) => {
      startOver(account, 1);
      account.s3.putEncryption(BUCKET, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } });
      createBucket(account, 'my-eb-nginx-tars-20250101000000');
    });
    expect(found).toEqual([]);
  });
});

describe('the roles', () => {
  const policy = (...statements: readonly (readonly [string | string[], string | string[]])[]) => ({
    Version: '2012-10-17',
    Statement: statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
  });

  it.each<[string, object, string[]]>([
    ['wildcards', policy(['logs:*', '*'], [['ecr:Get*', 'ecr:Batch*'], '*'], ['s3:Put*', `arn:aws:s3:::${BUCKET}/*`]), []],
    ['all of S3', policy(['logs:*', '*'], [['ecr:Get*', 'ecr:Batch*'], '*'], ['s3:*', '*']), ['build-role-limits roleTooPowerful']],
  ])('of the build with %s', async (_, document, expected) => {
    const found = await open('task-2', (account) => {
      startOver(account, 2);
      account.iam.putRolePolicy(BUILD_ROLE, BUILD_POLICY, document);
    });
    expect(found).toEqual(expected);
  });

  it('may be guarded against being taken for another project or account', async () => {
    const found = await open('task-4', (account) => {
      startOver(account, 4);
      account.iam.putRolePolicy(MACHINE_ROLE, MACHINE_POLICY, policy(['codebuild:*', '*'], ['events:*', '*']));
      account.iam.updateAssumeRolePolicy(
        MACHINE_ROLE,
        trustPolicy('states.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account.id } }),
      );
    });
    expect(found).toEqual([]);
  });
});

describe('the buildspec', () => {
  const commands = (...lines: readonly string[]) =>
    `version: 0.2\nphases:\n  build:\n    commands:\n${lines.map((line) => `      - ${JSON.stringify(line)}\n`).join('')}`;
  const login = 'aws ecr get-login-password | docker login -u AWS --password-stdin ${IMAGE_URI%%/*}';

  it.each<[string, string, string[]]>([
    [
      'without a file',
      commands(login, 'docker pull $IMAGE_URI', 'docker save $IMAGE_URI | aws s3 cp - s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY'),
      [],
    ],
    [
      'with a redirection and put-object',
      commands(
        login,
        'docker image pull $IMAGE_URI',
        'docker image save $IMAGE_URI > image.tar',
        'aws s3api put-object --bucket "$ARTIFACT_BUCKET" --key "$ARTIFACT_KEY" --body image.tar',
      ),
      [],
    ],
    [
      'with a tar that is packed further',
      commands(
        login,
        'docker pull $IMAGE_URI',
        'docker save -o i.tar $IMAGE_URI',
        'gzip i.tar',
        'aws s3 cp i.tar.gz s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY',
      ),
      ['buildspec-upload undecidedValue'],
    ],
    [
      'that only uploads a note',
      commands(
        login,
        'docker pull $IMAGE_URI',
        'docker save -o i.tar $IMAGE_URI',
        'echo done | aws s3 cp - s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY',
      ),
      ['buildspec-upload uploadOtherFile'],
    ],
    ['that is only written down', BUILDSPEC.replace('aws s3 cp', 'echo aws s3 cp'), ['buildspec-upload uploadMissing']],
  ])('%s', async (_, buildspec, expected) => {
    const found = await open('task-3', (account) => {
      startOver(account, 3);
      changeProject(account, { source: { type: 'NO_SOURCE', buildspec } });
    });
    expect(found).toEqual(expected);
  });
});

describe('the state machine', () => {
  const { Parameters: _parameters, ...rest } = BUILD_STATE;
  const jsonata = {
    ...rest,
    QueryLanguage: 'JSONata',
    Arguments: {
      ProjectName: BUILD_STATE.Parameters.ProjectName,
      EnvironmentVariablesOverride: [
        { Name: 'ARTIFACT_BUCKET', Value: '{% $states.input.artifactBucket %}' },
        { Name: 'ARTIFACT_KEY', Value: '{% $states.input.artifactKey %}' },
      ],
    },
  };
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.artifactBucket', IsPresent: true, Next: 'StartCodeBuild' }], Default: 'No' };

  it.each<[string, object]>([
    ['in JSONata', { StartAt: 'Build', States: { Build: jsonata } }],
    ['that looks at its input first', { StartAt: 'Look', States: { Look: choice, No: { Type: 'Fail' }, ...DEFINITION.States } }],
    ['with a branch', { StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [DEFINITION], End: true } } }],
  ])('%s', async (_, definition) => {
    const found = await open('task-5', (account) => {
      startOver(account, 5);
      place(account).states.updateStateMachine(MACHINE, { definition });
    });
    expect(found).toEqual([]);
  });

  it('may be traced by a role that may trace', async () => {
    const found = await open('task-5', (account) => {
      startOver(account, 5);
      place(account).states.updateStateMachine(MACHINE, { tracing: true });
      account.iam.putRolePolicy(MACHINE_ROLE, 'xray', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
      });
    });
    expect(found).toEqual([]);
  });
});

describe('the execution', () => {
  it('may come after failed ones, and before one that is aborted', async () => {
    const found = await open('task-6', (account) => {
      startOver(account, 5);
      execute(account, { build: { status: 'STOPPED' }, uploads: undefined });
      execute(account);
      place(account).states.startExecution(MACHINE, { status: 'ABORTED', durationSeconds: 1 });
    });
    expect(found).toEqual([]);
  });

  it('may use another key', async () => {
    const found = await open('task-6', (account) => {
      startOver(account, 5);
      execute(account, { target: { bucket: BUCKET, key: `again/${KEY}` } });
    });
    expect(found).toEqual([]);
  });
});

describe('the cleanup', () => {
  it('leaves the managed rule to other state machines', async () => {
    const found = await open('cleanup', (account) => {
      startOver(account, 6);
      place(account).states.createStateMachine({
        name: 'another',
        roleArn: `arn:aws:iam::${account.id}:role/another`,
        definition: DEFINITION,
      });
      cleanUp(account, 'rule');
    });
    expect(found).toEqual([]);
  });

  it('finds a second bucket, also in another region', async () => {
    const found = await open('cleanup', (account) => {
      startOver(account, 6);
      cleanUp(account);
      createBucket(account, 'my-eb-nginx-tars-20250101000000', 'us-east-1');
      account.s3.putObject('my-eb-nginx-tars-20250101000000', KEY);
    });
    expect(found).toEqual(['bucket bucketLeft']);
  });
});

describe('roles that are gone', () => {
  it('are proven by what they were when they had everything at once', async () => {
    const done = (account: PracticeAccount) => {
      startOver(account, 6);
      cleanUp(account);
    };
    expect(await open('task-2', done)).toEqual([]);
    expect(await open('task-4', done)).toEqual([]);
  });

  it('are not proven when they never had everything, or never at once', async () => {
    const without = (account: PracticeAccount, ...actions: readonly string[]) => {
      const { Statement } = machinePolicy(account.id);
      return {
        Version: '2012-10-17',
        Statement: Statement.map((each) => ({ ...each, Action: [each.Action].flat().filter((action) => !actions.includes(action)) })),
      };
    };
    const found = await open('task-4', (account) => {
      startOver(account, 3);
      account.iam.createRole({ name: MACHINE_ROLE, trust: trustPolicy('states.amazonaws.com') });
      account.iam.putRolePolicy(MACHINE_ROLE, MACHINE_POLICY, without(account, 'codebuild:StopBuild'));
      account.iam.putRolePolicy(MACHINE_ROLE, MACHINE_POLICY, without(account, 'codebuild:StartBuild'));
      account.iam.deleteRole(MACHINE_ROLE);
    });
    expect(found).toEqual(['machine-role-trust roleMissing']);
  });
});
