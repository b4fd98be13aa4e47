import { describe, expect, it } from 'vitest';
import type { PracticeAccount } from '../../practice/account.ts';
import { labFile } from '../engine/lab-files.ts';
import { practiceLook } from '../engine/practice-look.test-support.ts';
import { serviceTrust, trustService } from '../kit/iam/role-trust.ts';
import lab from './index.ts';
import { BUILD_ROLE, KEY, MACHINE_ROLE, REGION } from './names.ts';
import { BUCKET, changeMachine, cleanUp, createBucket, execute, FOR_BUILD, FOR_MACHINE, startExecution, useBuildspec } from './student.ts';

/* What is right but not done as the text says passes too, and what only looks right does not: checks judge what happens. */

const open = practiceLook(lab);
const BUILDSPEC = labFile(lab.id, 'buildspec-nginx-tar.yml');
const DEFINITION = JSON.parse(labFile(lab.id, 'sfn-definition.json'));

/** Does the lab up to and with its task `last`. */
function upTo(account: PracticeAccount, last: number): void {
  const solves = lab.moves.filter(({ kind }) => kind === 'solve');
  for (const move of solves.slice(0, last)) move.play(account);
}

describe('the bucket', () => {
  it('may use dual-layer encryption, which knows no bucket key', async () => {
    const found = await open('task-1', (account) => {
      upTo(account, 1);
      account.s3.putEncryption(BUCKET, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } });
    });
    expect(found).toEqual([]);
  });

  it('is the newest one when there are several', async () => {
    const found = await open('task-1', (account) => {
      upTo(account, 1);
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
      upTo(account, 2);
      account.iam.putRolePolicy(BUILD_ROLE, FOR_BUILD.policy, document);
    });
    expect(found).toEqual(expected);
  });

  it('may be guarded against being taken for another project or account', async () => {
    const found = await open('task-4', (account) => {
      upTo(account, 4);
      account.iam.putRolePolicy(MACHINE_ROLE, FOR_MACHINE.policy, policy(['codebuild:*', '*'], ['events:*', '*']));
      trustService(account, MACHINE_ROLE, 'states.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account.id } });
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
      upTo(account, 3);
      useBuildspec(account, buildspec);
    });
    expect(found).toEqual(expected);
  });
});

describe('the state machine', () => {
  const { Parameters, ...rest } = DEFINITION.States.StartCodeBuild;
  const jsonata = {
    ...rest,
    QueryLanguage: 'JSONata',
    Arguments: {
      ProjectName: Parameters.ProjectName,
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
      upTo(account, 5);
      changeMachine(account, { definition });
    });
    expect(found).toEqual([]);
  });

  it('may be traced by a role that may trace', async () => {
    const found = await open('task-5', (account) => {
      upTo(account, 5);
      changeMachine(account, { tracing: true });
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
      upTo(account, 5);
      execute(account, { build: { status: 'STOPPED' } });
      execute(account);
      startExecution(account, { status: 'ABORTED' });
    });
    expect(found).toEqual([]);
  });

  it('may use another key', async () => {
    const found = await open('task-6', (account) => {
      upTo(account, 5);
      execute(account, { input: { artifactBucket: BUCKET, artifactKey: `again/${KEY}` } });
    });
    expect(found).toEqual([]);
  });
});

describe('the cleanup', () => {
  it('leaves the managed rule to other state machines', async () => {
    const found = await open('cleanup', (account) => {
      upTo(account, 6);
      account.region(REGION).states.createStateMachine({
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
      upTo(account, 6);
      cleanUp(account);
      createBucket(account, 'my-eb-nginx-tars-20250101000000', 'us-east-1');
      account.s3.putObject('my-eb-nginx-tars-20250101000000', KEY);
    });
    expect(found).toEqual(['bucket left']);
  });
});

describe('roles that are gone', () => {
  it('are proven by what they were when they had everything at once', async () => {
    const done = (account: PracticeAccount) => {
      upTo(account, 6);
      cleanUp(account);
    };
    expect(await open('task-2', done)).toEqual([]);
    expect(await open('task-4', done)).toEqual([]);
  });

  const without = (document: { Statement: { Action: string[] }[] }, action: string) => ({
    ...document,
    Statement: document.Statement.map((each) => ({ ...each, Action: each.Action.filter((one) => one !== action) })),
  });

  it('are not proven when they never had everything, or never at once', async () => {
    const found = await open('task-4', (account) => {
      upTo(account, 3);
      account.iam.createRole({ name: MACHINE_ROLE, trust: serviceTrust('states.amazonaws.com') });
      const policy = JSON.parse(labFile(lab.id, FOR_MACHINE.permissions).replaceAll('123456789012', account.id));
      for (const action of ['codebuild:StopBuild', 'codebuild:StartBuild']) {
        account.iam.putRolePolicy(MACHINE_ROLE, FOR_MACHINE.policy, without(policy, action));
      }
      account.iam.deleteRole(MACHINE_ROLE);
    });
    expect(found).toEqual(['machine-role-trust roleMissing']);
  });
});

describe('the files', () => {
  const uses = lab.tasks.flatMap(({ id, files }) => Object.keys(files).map((file) => [id, file] as const));
  const judge = (task: string, file: string, change: (text: string) => string) =>
    open(task, (account) => {
      upTo(account, lab.tasks.findIndex(({ id }) => id === task) + 1);
      lab.useFile(account, task, file, change(labFile(lab.id, file)));
    });

  it.each(uses)('%s: %s as the lab ships it passes', async (task, file) => {
    expect(await judge(task, file, (text) => text)).toEqual([]);
  });

  it.each<[string, string, string, string, string[]]>([
    ['task-2', 'policies/codebuild-role-trust.json', 'codebuild.amazonaws.com', 'states.amazonaws.com', ['build-role-trust trustMissing']],
    ['task-2', 'policies/codebuild-inline-policy.json', '/images/*', '/other/*', ['build-role-upload actionsMissing']],
    ['task-3', 'buildspec-nginx-tar.yml', 'docker save', 'docker load', ['buildspec-save saveMissing']],
    ['task-4', 'policies/sfn-inline-policy.json', 'codebuild:StopBuild', 'codebuild:RetryBuild', ['stop-build actionsMissing']],
    ['task-5', 'sfn-definition.json', 'startBuild.sync', 'startBuild', ['waits-for-build notSync']],
    ['task-6', 'execution-input.json', 'artifactKey', 'key', ['execution-succeeded executionInputMissing']],
    ['task-6', 'execution-input.json', '<bucket-name>', 'some-other-bucket', ['execution-succeeded buildFailedUpload']],
  ])('%s: %s with %s changed', async (task, file, from, to, expected) => {
    expect(await judge(task, file, (text) => text.replace(from, to))).toEqual(expected);
  });

  it('are refused when they are not JSON, as AWS refuses them', async () => {
    await expect(judge('task-2', 'policies/codebuild-inline-policy.json', () => '{')).rejects.toThrow(/is not JSON/);
  });
});
