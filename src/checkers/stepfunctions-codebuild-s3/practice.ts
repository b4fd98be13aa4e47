import { defineMoves, edited, failedCommand, OTHER_ACCOUNT, type PracticeAccount } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { BUILD_ROLE, KEY, LOG_GROUP, MACHINE, MACHINE_ROLE, PROJECT, REGION, REPOSITORY } from './names.ts';
import { BUILD_STATE, BUILDSPEC, buildPolicy, DEFINITION, machinePolicy, type PolicyDocument, trustPolicy } from './practice-files.ts';
import {
  BUCKET,
  BUILD_POLICY,
  changeProject,
  cleanUp,
  createBucket,
  createBuildRole,
  createMachine,
  createMachineRole,
  createProject,
  createRepository,
  environment,
  execute,
  executeWithoutBuild,
  imageUri,
  KMS_WITH_BUCKET_KEY,
  MACHINE_POLICY,
  place,
  prepare,
  pushImage,
  roleArn,
  startExecution,
  startOver,
} from './practice-student.ts';

const OTHER_BUCKET = 'my-eb-nginx-tars-20200101000000';

/** The build role's policy with its statements changed, left out or added to. */
function buildPolicyBut(account: PracticeAccount, change: (statements: PolicyDocument['Statement']) => PolicyDocument['Statement']): void {
  const { Version, Statement } = buildPolicy(account.id, BUCKET);
  account.iam.putRolePolicy(BUILD_ROLE, BUILD_POLICY, { Version, Statement: change(Statement) });
}

const without =
  (...sids: readonly string[]) =>
  (statements: PolicyDocument['Statement']) =>
    statements.filter(({ Sid }) => !sids.includes(Sid));

/** One statement with something else in it. */
const changed =
  (sid: string, patch: Partial<PolicyDocument['Statement'][number]>) =>
  (statements: PolicyDocument['Statement']): PolicyDocument['Statement'] =>
    statements.map((statement) => (statement.Sid === sid ? { ...statement, ...patch } : statement));

function machinePolicyWithout(account: PracticeAccount, ...actions: readonly string[]): void {
  const { Version, Statement } = machinePolicy(account.id);
  const rest = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => !actions.includes(action)),
  }));
  account.iam.putRolePolicy(MACHINE_ROLE, MACHINE_POLICY, { Version, Statement: rest.filter(({ Action }) => Action.length > 0) });
}

/** The lab's buildspec with one thing changed. */
const buildspecWith = (from: string | RegExp, to: string) => edited(BUILDSPEC, from, to);

const useBuildspec = (account: PracticeAccount, buildspec: string) => changeProject(account, { source: { type: 'NO_SOURCE', buildspec } });
const LOGIN = /^ +- aws ecr get-login-password.*\n/m;
const PULL = /^ +- docker pull.*\n/m;
const SAVE = /^ +- docker save.*\n/m;
const UPLOAD = /^ +- aws s3 cp.*\n/m;
const loginLine = LOGIN.exec(BUILDSPEC)?.[0] ?? '';
const pullLine = PULL.exec(BUILDSPEC)?.[0] ?? '';

const useDefinition = (account: PracticeAccount, definition: object | string) =>
  place(account).states.updateStateMachine(MACHINE, { definition });
/** The lab's definition with something else in the state that starts the build. */
const withState = (patch: object) => ({ ...DEFINITION, States: { StartCodeBuild: { ...BUILD_STATE, ...patch } } });
const withParameters = (patch: object) => withState({ Parameters: { ...BUILD_STATE.Parameters, ...patch } });
const [BUCKET_OVERRIDE, KEY_OVERRIDE] = BUILD_STATE.Parameters.EnvironmentVariablesOverride;

/** The state machine made in another way: what cannot be changed afterwards. */
function machineInstead(account: PracticeAccount, machine: Parameters<typeof createMachine>[1], region: string = REGION): void {
  startOver(account, 4);
  createMachine(account, machine, region);
}

type FailedPhase = NonNullable<NonNullable<NonNullable<Parameters<typeof execute>[1]>['build']>['failedPhase']>;

/** A first execution whose build fails. */
function failingBuild(account: PracticeAccount, failedPhase: FailedPhase, patch?: Parameters<typeof changeProject>[1]): void {
  startOver(account, 5);
  if (patch !== undefined) changeProject(account, patch);
  execute(account, { build: { failedPhase }, uploads: undefined });
}

/** A first execution that fails before it has started a build. */
function failingExecution(account: PracticeAccount, error: string, cause: string): void {
  startOver(account, 5);
  executeWithoutBuild(account, { failure: { error, cause } });
}

/** A first execution that goes another way than the lab's, and succeeds all the same. */
function otherExecution(account: PracticeAccount, options: Parameters<typeof execute>[1]): void {
  startOver(account, 5);
  execute(account, options);
}

/** The account after the lab, with something left over. */
function cleanedBut(account: PracticeAccount, ...keep: Parameters<typeof cleanUp> extends [unknown, ...infer Kept] ? Kept : never): void {
  startOver(account, 6);
  cleanUp(account, ...keep);
}

/** What students do in this lab, right and wrong, in the order of its tasks. */
export const moves = defineMoves(messages, [
  { id: 'prepare', task: 'task-1', kind: 'solve', play: (account) => prepare(account) },
  {
    id: 'bucket-other-name',
    task: 'task-1',
    kind: 'mistake',
    check: 'bucket-exists',
    says: 'bucketNamedOtherwise',
    play(account) {
      startOver(account, 0);
      createBucket(account, 'my-nginx-tars-20261120101530');
      createRepository(account);
      pushImage(account);
    },
  },
  {
    id: 'bucket-in-virginia',
    task: 'task-1',
    kind: 'mistake',
    check: 'bucket-region',
    says: 'bucketElsewhere',
    play(account) {
      startOver(account, 0);
      createBucket(account, BUCKET, 'us-east-1');
      createRepository(account);
      pushImage(account);
    },
  },
  {
    id: 'public-access-partly',
    task: 'task-1',
    kind: 'mistake',
    check: 'public-access',
    says: 'publicAccessOpen',
    play: (account) =>
      account.s3.putPublicAccessBlock(BUCKET, {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: true,
      }),
  },
  {
    id: 'public-access-removed',
    task: 'task-1',
    kind: 'mistake',
    check: 'public-access',
    says: 'publicAccessOpen',
    play: (account) => account.s3.putPublicAccessBlock(BUCKET, undefined),
  },
  {
    id: 'encryption-default',
    task: 'task-1',
    kind: 'mistake',
    check: 'bucket-encryption',
    says: 'encryptionDefault',
    play: (account) => account.s3.putEncryption(BUCKET, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }),
  },
  {
    id: 'bucket-key-off',
    task: 'task-1',
    kind: 'mistake',
    check: 'bucket-key',
    says: 'bucketKeyOff',
    play: (account) => account.s3.putEncryption(BUCKET, { ...KMS_WITH_BUCKET_KEY, BucketKeyEnabled: false }),
  },
  {
    id: 'repository-in-virginia',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-repository',
    says: 'foundElsewhere',
    play(account) {
      startOver(account, 0);
      createBucket(account);
      createRepository(account, 'us-east-1');
    },
  },
  {
    id: 'image-not-pushed',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'imageMissing',
    play: (account) => place(account).ecr.deleteImages(REPOSITORY),
  },
  {
    id: 'image-other-tag',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'imageOtherTag',
    play(account) {
      place(account).ecr.deleteImages(REPOSITORY);
      pushImage(account, 'latest');
    },
  },

  { id: 'create-build-role', task: 'task-2', kind: 'solve', play: (account) => createBuildRole(account) },
  {
    id: 'build-role-other-service',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-trust',
    says: 'trustMissing',
    play: (account) => account.iam.updateAssumeRolePolicy(BUILD_ROLE, trustPolicy('states.amazonaws.com')),
  },
  {
    id: 'build-role-no-logs',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-logs',
    says: 'actionsMissing',
    play: (account) => buildPolicyBut(account, without('WriteBuildLog')),
  },
  {
    id: 'build-role-log-streams-only',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-logs',
    says: 'actionsMissing',
    play: (account) =>
      buildPolicyBut(account, changed('WriteBuildLog', { Resource: `arn:aws:logs:${REGION}:${account.id}:log-group:${LOG_GROUP}` })),
  },
  {
    id: 'build-role-login-on-repository',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-login',
    says: 'loginOnRepository',
    play: (account) =>
      buildPolicyBut(account, changed('LogInToEcr', { Resource: `arn:aws:ecr:${REGION}:${account.id}:repository/${REPOSITORY}` })),
  },
  {
    id: 'build-role-no-login',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-login',
    says: 'actionsMissing',
    play: (account) => buildPolicyBut(account, without('LogInToEcr')),
  },
  {
    id: 'build-role-other-account',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-pull',
    says: 'actionsOtherAccount',
    play: (account) =>
      buildPolicyBut(account, changed('PullImage', { Resource: `arn:aws:ecr:${REGION}:${OTHER_ACCOUNT}:repository/${REPOSITORY}` })),
  },
  {
    id: 'build-role-pull-denied',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-pull',
    says: 'actionsDenied',
    play: (account) =>
      account.iam.putRolePolicy(BUILD_ROLE, 'no-pull', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'ecr:BatchGetImage', Resource: '*' }],
      }),
  },
  {
    id: 'build-role-other-bucket',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-upload',
    says: 'uploadOtherBucket',
    play: (account) => account.iam.putRolePolicy(BUILD_ROLE, BUILD_POLICY, buildPolicy(account.id, OTHER_BUCKET)),
  },
  {
    id: 'build-role-no-upload',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-upload',
    says: 'actionsMissing',
    play: (account) => buildPolicyBut(account, without('PutTar', 'FindBucket')),
  },
  {
    id: 'build-role-administrator',
    task: 'task-2',
    kind: 'mistake',
    check: 'build-role-limits',
    says: 'roleTooPowerful',
    play: (account) => account.iam.attachRolePolicy(BUILD_ROLE, 'arn:aws:iam::aws:policy/AdministratorAccess'),
  },
  {
    id: 'build-role-condition',
    task: 'task-2',
    kind: 'moment',
    check: 'build-role-pull',
    says: 'actionsUndecided',
    play: (account) => buildPolicyBut(account, changed('PullImage', { Condition: { StringEquals: { 'aws:ResourceTag/Project': 'lab' } } })),
  },
  {
    id: 'build-role-trust-condition',
    task: 'task-2',
    kind: 'moment',
    check: 'build-role-trust',
    says: 'trustUndecided',
    play: (account) =>
      account.iam.updateAssumeRolePolicy(
        BUILD_ROLE,
        trustPolicy('codebuild.amazonaws.com', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
      ),
  },

  { id: 'create-project', task: 'task-3', kind: 'solve', play: (account) => createProject(account) },
  {
    id: 'project-in-virginia',
    task: 'task-3',
    kind: 'mistake',
    check: 'project-exists',
    says: 'foundElsewhere',
    play(account) {
      startOver(account, 2);
      createProject(account, PROJECT, 'us-east-1');
    },
  },
  {
    id: 'project-other-name',
    task: 'task-3',
    kind: 'mistake',
    check: 'project-exists',
    says: 'projectNamedOtherwise',
    play(account) {
      startOver(account, 2);
      createProject(account, 'cb-nginx-to-tar');
    },
  },
  {
    id: 'source-s3',
    task: 'task-3',
    kind: 'mistake',
    check: 'source-none',
    says: 'sourceNotNone',
    play: (account) => changeProject(account, { source: { type: 'S3', location: `${BUCKET}/source.zip`, buildspec: BUILDSPEC } }),
  },
  {
    id: 'build-spec-undefined',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-inline',
    says: 'buildspecMissing',
    play: (account) => changeProject(account, { source: { type: 'NO_SOURCE' } }),
  },
  {
    id: 'buildspec-file-name',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-inline',
    says: 'buildspecFile',
    play: (account) => useBuildspec(account, 'buildspec-nginx-tar.yml'),
  },
  {
    id: 'buildspec-tabs',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'yamlTabs',
    play: (account) => useBuildspec(account, buildspecWith('    commands:', '\tcommands:')),
  },
  {
    id: 'buildspec-broken',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'yamlInvalid',
    play: (account) =>
      useBuildspec(account, buildspecWith('    OUTPUT_FILE: "/tmp/nginx-mainline-alpine3.22.tar"', '    OUTPUT_FILE: "/tmp/nginx')),
  },
  {
    id: 'buildspec-list',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'yamlNotMapping',
    play: (account) => useBuildspec(account, '- docker pull nginx\n- docker save nginx\n'),
  },
  {
    id: 'buildspec-old-version',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'versionWrong',
    play: (account) => useBuildspec(account, buildspecWith('version: 0.2', 'version: 0.1')),
  },
  {
    id: 'phases-at-root',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'phasesMisplaced',
    play: (account) =>
      useBuildspec(
        account,
        buildspecWith(/^phases:\n([\s\S]*)$/m, BUILDSPEC.slice(BUILDSPEC.indexOf('  pre_build:')).replace(/^ {2}/gm, '')),
      ),
  },
  {
    id: 'phases-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'phasesMissing',
    play: (account) => useBuildspec(account, buildspecWith(/^phases:\n[\s\S]*$/m, '')),
  },
  {
    id: 'command-with-colon',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'commandNotText',
    play: (account) => useBuildspec(account, buildspecWith('- echo "Logging in to Amazon ECR"', '- echo Step: login')),
  },
  {
    id: 'commands-not-a-list',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-readable',
    says: 'commandsNotList',
    play: (account) => useBuildspec(account, buildspecWith(/commands:\n +- echo "Uploading[\s\S]*$/, 'commands: aws s3 cp\n')),
  },
  {
    id: 'login-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-login',
    says: 'loginMissing',
    play: (account) => useBuildspec(account, buildspecWith(LOGIN, '')),
  },
  {
    id: 'login-old',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-login',
    says: 'loginObsolete',
    play: (account) =>
      useBuildspec(account, buildspecWith(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION")\n')),
  },
  {
    id: 'login-elsewhere',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-login',
    says: 'loginElsewhere',
    play: (account) =>
      useBuildspec(account, buildspecWith(LOGIN, loginLine.replace('"${IMAGE_URI%%/*}"', `${account.id}.dkr.ecr.us-east-1.amazonaws.com`))),
  },
  {
    id: 'login-late',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-login',
    says: 'loginLate',
    play: (account) =>
      useBuildspec(
        account,
        buildspecWith(LOGIN, '').replace(PULL, () => pullLine + loginLine),
      ),
  },
  {
    id: 'image-placeholder',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-pull',
    says: 'pullOther',
    play: (account) => changeProject(account, { environment: environment(account, imageUri(account).replace(account.id, 'XXXXXXXXXXXX')) }),
  },
  {
    id: 'pull-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-pull',
    says: 'pullMissing',
    play: (account) => useBuildspec(account, buildspecWith(PULL, '')),
  },
  {
    id: 'save-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-save',
    says: 'saveMissing',
    play: (account) => useBuildspec(account, buildspecWith(SAVE, '      - echo tar > "$OUTPUT_FILE"\n')),
  },
  {
    id: 'save-other-name',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-save',
    says: 'saveOfNothing',
    play: (account) =>
      useBuildspec(account, buildspecWith('docker save -o "$OUTPUT_FILE" "$IMAGE_URI"', 'docker save -o "$OUTPUT_FILE" nginx')),
  },
  {
    id: 'upload-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-upload',
    says: 'uploadMissing',
    play: (account) => useBuildspec(account, buildspecWith(UPLOAD, '')),
  },
  {
    id: 'upload-fixed',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-upload',
    says: 'uploadElsewhere',
    play: (account) => useBuildspec(account, buildspecWith('"s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress', `s3://${BUCKET}/${KEY}`)),
  },
  {
    id: 'upload-other-file',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-upload',
    says: 'uploadOtherFile',
    play: (account) => useBuildspec(account, buildspecWith('aws s3 cp "$OUTPUT_FILE"', 'aws s3 cp /tmp/other.tar')),
  },
  {
    id: 'environment-arm',
    task: 'task-3',
    kind: 'mistake',
    check: 'environment-type',
    says: 'environmentNotLinux',
    play: (account) => changeProject(account, { environment: { ...environment(account), type: 'ARM_CONTAINER' } }),
  },
  {
    id: 'not-privileged',
    task: 'task-3',
    kind: 'mistake',
    check: 'privileged',
    says: 'notPrivileged',
    play: (account) => changeProject(account, { environment: { ...environment(account), privilegedMode: false } }),
  },
  {
    id: 'project-role-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'service-role',
    says: 'roleOther',
    play: (account) =>
      changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/service-role/codebuild-${PROJECT}-service-role` }),
  },
  {
    id: 'logs-off',
    task: 'task-3',
    kind: 'mistake',
    check: 'cloudwatch-logs',
    says: 'logsOff',
    play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
  },
  {
    id: 'upload-unknown',
    task: 'task-3',
    kind: 'moment',
    check: 'buildspec-upload',
    says: 'undecidedValue',
    play: (account) =>
      useBuildspec(account, buildspecWith('"s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress', '"s3://$ARTIFACTS_BUCKET/$ARTIFACT_KEY"')),
  },
  {
    id: 'makefile',
    task: 'task-3',
    kind: 'moment',
    check: 'buildspec-upload',
    says: 'undecidedCommand',
    play: (account) => useBuildspec(account, buildspecWith(UPLOAD, '      - make upload\n')),
  },

  { id: 'create-machine-role', task: 'task-4', kind: 'solve', play: (account) => createMachineRole(account) },
  {
    id: 'machine-role-other-service',
    task: 'task-4',
    kind: 'mistake',
    check: 'machine-role-trust',
    says: 'trustMissing',
    play: (account) => account.iam.updateAssumeRolePolicy(MACHINE_ROLE, trustPolicy('codebuild.amazonaws.com')),
  },
  {
    id: 'start-build-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'start-build',
    says: 'actionsMissing',
    play: (account) => machinePolicyWithout(account, 'codebuild:StartBuild'),
  },
  {
    id: 'watch-build-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'watch-build',
    says: 'actionsMissing',
    play: (account) => machinePolicyWithout(account, 'codebuild:BatchGetBuilds'),
  },
  {
    id: 'stop-build-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'stop-build',
    says: 'actionsMissing',
    play: (account) => machinePolicyWithout(account, 'codebuild:StopBuild'),
  },
  {
    id: 'managed-rule-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'managed-rule',
    says: 'actionsMissing',
    play: (account) => machinePolicyWithout(account, 'events:PutTargets', 'events:PutRule', 'events:DescribeRule'),
  },

  { id: 'create-machine', task: 'task-5', kind: 'solve', play: (account) => createMachine(account) },
  {
    id: 'machine-in-virginia',
    task: 'task-5',
    kind: 'mistake',
    check: 'machine-exists',
    says: 'foundElsewhere',
    play: (account) => machineInstead(account, {}, 'us-east-1'),
  },
  {
    id: 'machine-other-name',
    task: 'task-5',
    kind: 'mistake',
    check: 'machine-exists',
    says: 'machineNamedOtherwise',
    play: (account) => machineInstead(account, { name: 'sf-codebuild-to-tar' }),
  },
  {
    id: 'machine-express',
    task: 'task-5',
    kind: 'mistake',
    check: 'machine-type',
    says: 'machineNotStandard',
    play: (account) => machineInstead(account, { type: 'EXPRESS' }),
  },
  {
    id: 'machine-role-other',
    task: 'task-5',
    kind: 'mistake',
    check: 'machine-role',
    says: 'roleOther',
    play: (account) => place(account).states.updateStateMachine(MACHINE, { roleArn: roleArn(account, 'StepFunctions-sf-codebuild-role') }),
  },
  {
    id: 'no-start-build',
    task: 'task-5',
    kind: 'mistake',
    check: 'runs-build',
    says: 'buildNotCalled',
    play: (account) => useDefinition(account, { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } }),
  },
  {
    id: 'build-unreachable',
    task: 'task-5',
    kind: 'mistake',
    check: 'runs-build',
    says: 'buildUnreachable',
    play: (account) =>
      useDefinition(account, { StartAt: 'Prepare', States: { Prepare: { Type: 'Pass', End: true }, StartCodeBuild: BUILD_STATE } }),
  },
  {
    id: 'project-not-named',
    task: 'task-5',
    kind: 'mistake',
    check: 'runs-build',
    says: 'projectNotNamed',
    play: (account) => useDefinition(account, withParameters({ ProjectName: undefined })),
  },
  {
    id: 'other-project',
    task: 'task-5',
    kind: 'mistake',
    check: 'runs-build',
    says: 'projectOther',
    play: (account) => useDefinition(account, withParameters({ ProjectName: 'week9-2-container-build' })),
  },
  {
    id: 'never-succeeds',
    task: 'task-5',
    kind: 'mistake',
    check: 'runs-build',
    says: 'neverSucceeds',
    play: (account) =>
      useDefinition(account, {
        StartAt: 'StartCodeBuild',
        States: { StartCodeBuild: { ...BUILD_STATE, End: undefined, Next: 'Stop' }, Stop: { Type: 'Fail' } },
      }),
  },
  {
    id: 'not-sync',
    task: 'task-5',
    kind: 'mistake',
    check: 'waits-for-build',
    says: 'notSync',
    play: (account) => useDefinition(account, withState({ Resource: 'arn:aws:states:::codebuild:startBuild' })),
  },
  {
    id: 'key-not-passed',
    task: 'task-5',
    kind: 'mistake',
    check: 'passes-target',
    says: 'targetMissing',
    play: (account) => useDefinition(account, withParameters({ EnvironmentVariablesOverride: [BUCKET_OVERRIDE] })),
  },
  {
    id: 'bucket-fixed',
    task: 'task-5',
    kind: 'mistake',
    check: 'passes-target',
    says: 'targetFixed',
    play: (account) =>
      useDefinition(
        account,
        withParameters({ EnvironmentVariablesOverride: [{ Name: 'ARTIFACT_BUCKET', Type: 'PLAINTEXT', Value: BUCKET }, KEY_OVERRIDE] }),
      ),
  },
  {
    id: 'retries-failed-builds',
    task: 'task-5',
    kind: 'mistake',
    check: 'retries',
    says: 'retriesFailures',
    play: (account) =>
      useDefinition(
        account,
        withState({
          Retry: [
            {
              ErrorEquals: ['CodeBuild.AWSCodeBuildException', 'States.TaskFailed', 'States.Timeout', 'ThrottlingException'],
              IntervalSeconds: 5,
              BackoffRate: 2,
              MaxAttempts: 5,
            },
          ],
        }),
      ),
  },
  {
    id: 'no-retry',
    task: 'task-5',
    kind: 'mistake',
    check: 'retries',
    says: 'retriesNothing',
    play: (account) => useDefinition(account, withState({ Retry: undefined })),
  },
  {
    id: 'retries-wrong-input',
    task: 'task-5',
    kind: 'mistake',
    check: 'retries',
    says: 'retriesOther',
    play: (account) =>
      useDefinition(account, withState({ Retry: [{ ErrorEquals: ['CodeBuild.ThrottlingException', 'CodeBuild.InvalidInputException'] }] })),
  },
  {
    id: 'tracing-without-permission',
    task: 'task-5',
    kind: 'mistake',
    check: 'tracing',
    says: 'tracingForbidden',
    play: (account) => place(account).states.updateStateMachine(MACHINE, { tracing: true }),
  },
  {
    id: 'definition-unreadable',
    task: 'task-5',
    kind: 'moment',
    check: 'runs-build',
    says: 'definitionUnreadable',
    play: (account) => useDefinition(account, '{ "StartAt": '),
  },
  {
    id: 'overrides-from-input',
    task: 'task-5',
    kind: 'moment',
    check: 'passes-target',
    says: 'overridesUndecided',
    play: (account) =>
      useDefinition(account, withParameters({ EnvironmentVariablesOverride: undefined, 'EnvironmentVariablesOverride.$': '$.variables' })),
  },

  { id: 'run-execution', task: 'task-6', kind: 'solve', play: (account) => execute(account) },
  {
    id: 'execution-aborted',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionEnded',
    play(account) {
      startOver(account, 5);
      executeWithoutBuild(account, { aborted: true });
    },
  },
  {
    id: 'execution-without-input',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionInputMissing',
    play: (account) =>
      failingExecution(
        account,
        'States.Runtime',
        "An error occurred while executing the state 'StartCodeBuild'. The JSONPath '$.artifactBucket' specified for the field 'Value.$' could not be found in the input '{}'",
      ),
  },
  {
    id: 'execution-denied',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionDenied',
    play: (account) =>
      failingExecution(
        account,
        'CodeBuild.AWSCodeBuildException',
        `User: arn:aws:sts::${account.id}:assumed-role/${MACHINE_ROLE}/x is not authorized to perform: codebuild:StartBuild`,
      ),
  },
  {
    id: 'execution-fails',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'executionFailed',
    play: (account) =>
      failingExecution(
        account,
        'CodeBuild.ResourceNotFoundException',
        `Project cannot be found: arn:aws:codebuild:${REGION}:${account.id}:project/${PROJECT}`,
      ),
  },
  {
    id: 'build-stopped',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildEnded',
    play(account) {
      startOver(account, 5);
      execute(account, { build: { status: 'STOPPED' }, uploads: undefined });
    },
  },
  {
    id: 'build-fails',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailed',
    play: (account) =>
      failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
  },
  {
    id: 'build-fails-role',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedRole',
    play: (account) =>
      failingBuild(account, {
        type: 'QUEUED',
        code: 'ACCESS_DENIED',
        message: 'CodeBuild is not authorized to perform: sts:AssumeRole on service role',
      }),
  },
  {
    id: 'build-fails-variable',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedVariable',
    play: (account) =>
      failingBuild(account, failedCommand('PRE_BUILD', 'test -n "$IMAGE_URI" && test -n "$ARTIFACT_BUCKET" && test -n "$ARTIFACT_KEY"')),
  },
  {
    id: 'build-fails-upload',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedUpload',
    play: (account) =>
      failingBuild(account, failedCommand('POST_BUILD', 'aws s3 cp "$OUTPUT_FILE" "s3://$ARTIFACT_BUCKET/$ARTIFACT_KEY" --no-progress')),
  },
  {
    id: 'build-fails-privileged',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedPrivileged',
    play: (account) =>
      failingBuild(account, failedCommand('PRE_BUILD', 'docker pull "$IMAGE_URI"'), {
        environment: { ...environment(account), privilegedMode: false },
      }),
  },
  {
    id: 'build-fails-login',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedLogin',
    play: (account) => failingBuild(account, failedCommand('PRE_BUILD', loginLine.trim().slice(2))),
  },
  {
    id: 'build-fails-pull',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedPull',
    play: (account) => failingBuild(account, failedCommand('PRE_BUILD', 'docker pull "$IMAGE_URI"')),
  },
  {
    id: 'build-fails-buildspec',
    task: 'task-6',
    kind: 'mistake',
    check: 'execution-succeeded',
    says: 'buildFailedBuildspec',
    play: (account) => failingBuild(account, { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message: 'wrong YAML' }),
  },
  {
    id: 'execution-without-build',
    task: 'task-6',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'executionWithoutBuild',
    play(account) {
      startOver(account, 5);
      executeWithoutBuild(account);
    },
  },
  {
    id: 'execution-of-other-project',
    task: 'task-6',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildOfOtherProject',
    play(account) {
      startOver(account, 5);
      createProject(account, 'cb-other');
      execute(account, { project: 'cb-other' });
    },
  },
  {
    id: 'execution-does-not-wait',
    task: 'task-6',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildNotSucceeded',
    play: (account) =>
      otherExecution(account, {
        sync: false,
        build: { failedPhase: failedCommand('BUILD', 'docker save -o "$OUTPUT_FILE" "$IMAGE_URI"') },
        uploads: undefined,
      }),
  },
  {
    id: 'target-empty',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-exists',
    says: 'targetUnknown',
    play: (account) => otherExecution(account, { target: undefined }),
  },
  {
    id: 'target-other-bucket',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-exists',
    says: 'targetOtherBucket',
    play(account) {
      startOver(account, 5);
      createBucket(account, 'some-other-bucket');
      execute(account, { target: { bucket: 'some-other-bucket', key: KEY } });
    },
  },
  {
    id: 'object-deleted',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-exists',
    says: 'objectMissing',
    play: (account) => account.s3.deleteObject(BUCKET, KEY),
  },
  {
    id: 'object-empty',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-size',
    says: 'objectTooSmall',
    play: (account) => otherExecution(account, { uploads: 512 }),
  },
  {
    id: 'object-before',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-time',
    says: 'objectTooOld',
    play(account) {
      startOver(account, 5);
      account.s3.putObject(BUCKET, KEY, { sizeInBytes: 2 ** 21 });
      account.clock.tick(300);
      execute(account, { uploads: undefined });
    },
  },
  {
    id: 'object-by-hand',
    task: 'task-6',
    kind: 'mistake',
    check: 'object-time',
    says: 'objectTooNew',
    play(account) {
      account.clock.tick(300);
      account.s3.putObject(BUCKET, KEY, { sizeInBytes: 2 ** 21 });
    },
  },
  {
    id: 'execution-running',
    task: 'task-6',
    kind: 'moment',
    check: 'execution-succeeded',
    says: 'executionRunning',
    play(account) {
      startOver(account, 5);
      startExecution(account);
    },
  },
  {
    id: 'build-still-running',
    task: 'task-6',
    kind: 'moment',
    check: 'build-succeeded',
    says: 'buildInProgress',
    play: (account) => otherExecution(account, { sync: false, build: { status: 'IN_PROGRESS' }, uploads: undefined }),
  },

  { id: 'clean-up', task: 'cleanup', kind: 'solve', play: (account) => cleanUp(account) },
  {
    id: 'machine-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'state-machine',
    says: 'machineLeft',
    play: (account) => cleanedBut(account, 'machine'),
  },
  {
    id: 'rule-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'event-rule',
    says: 'ruleLeft',
    play: (account) => cleanedBut(account, 'rule'),
  },
  {
    id: 'project-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'project',
    says: 'projectLeft',
    play: (account) => cleanedBut(account, 'project'),
  },
  {
    id: 'objects-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'bucket-contents',
    says: 'objectsLeft',
    play: (account) => cleanedBut(account, 'objects'),
  },
  {
    id: 'versions-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'bucket-contents',
    says: 'versionsLeft',
    play(account) {
      startOver(account, 5);
      account.s3.putVersioning(BUCKET, 'Enabled');
      execute(account);
      account.s3.deleteObject(BUCKET, KEY);
      cleanUp(account, 'objects');
    },
  },
  {
    id: 'bucket-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'bucket',
    says: 'bucketLeft',
    play: (account) => cleanedBut(account, 'bucket'),
  },
  {
    id: 'repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'image-repository-gone',
    says: 'imageRepositoryLeft',
    play: (account) => cleanedBut(account, 'repository'),
  },
  {
    id: 'log-group-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'log-group',
    says: 'logGroupLeft',
    play: (account) => cleanedBut(account, 'logs'),
  },
  {
    id: 'build-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'build-role',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'build-role'),
  },
  {
    id: 'machine-role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'machine-role-gone',
    says: 'roleLeft',
    play: (account) => cleanedBut(account, 'machine-role'),
  },
  {
    id: 'machine-deleting',
    task: 'cleanup',
    kind: 'moment',
    check: 'state-machine',
    says: 'machineDeleting',
    play(account) {
      startOver(account, 6);
      cleanUp(account, 'machine');
      place(account).states.deleteStateMachine(MACHINE, { deleting: true });
    },
  },
]);
