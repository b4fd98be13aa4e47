import {
  buildspecMistakes,
  defineMoves,
  edited,
  failedCommand,
  OTHER_ACCOUNT,
  type PracticeAccount,
  pullLimit,
  utf16,
} from '../core/index.ts';
import { messages } from './messages/index.ts';
import { BASE_POLICY, BUILDSPEC, DEFAULTS, ECR_POLICY, PROJECT, STACK } from './names.ts';
import { BUILDSPEC_YML, MISPLACED_YML } from './practice-files.ts';
import {
  attachPolicy,
  changeProject,
  createProject,
  createStack,
  deleteByHand,
  deleteStack,
  emptyRepository,
  environment,
  headTag,
  outputs,
  overridden,
  type PolicyStatement,
  place,
  prepareSource,
  push,
  pushBuildspec,
  pushImage,
  putPolicy,
  RESOURCES,
  removeFile,
  runBuild,
  runBuilds,
  SOURCE,
  source,
  startBuild,
  startOver,
  statements,
  trust,
  uri,
} from './practice-student.ts';

const [BACKEND, FRONTEND, CODE, ROLE] = RESOURCES;
const created = ({ logicalId, type }: (typeof RESOURCES)[number]) => ({ logicalId, type, status: 'CREATE_COMPLETE' }) as const;
const notCreated = ({ logicalId, type }: (typeof RESOURCES)[number], reason: string) =>
  ({ logicalId, type, status: 'CREATE_FAILED', reason }) as const;
const CANCELLED = 'Resource creation cancelled';
const ROLE_EXISTS = `Resource of type 'AWS::IAM::Role' with identifier '${DEFAULTS.role}' already exists.`;

/** The stack in another state, as it is when nothing of it was made or everything was removed again. */
function stackInstead(
  account: PracticeAccount,
  stack: Omit<Parameters<ReturnType<typeof place>['cloudformation']['createStack']>[0], 'name'>,
): void {
  startOver(account, undefined);
  place(account).cloudformation.createStack({ name: STACK, resources: RESOURCES, ...stack });
}

function changeOutput(account: PracticeAccount, name: string, value: string | undefined): void {
  const rest = Object.entries(outputs(account)).filter(([key]) => key !== name);
  const changed = Object.fromEntries(value === undefined ? rest : [...rest, [name, value]]);
  place(account).cloudformation.updateStack(STACK, { outputs: changed });
}

/** The lab's buildspec with one thing changed. */
const buildspecWith = (from: string | RegExp, to: string) => edited(BUILDSPEC_YML, from, to);
const pushEdited = (from: string | RegExp, to: string) => (account: PracticeAccount) => pushBuildspec(account, buildspecWith(from, to));

const LOGIN = /^ +- aws ecr get-login-password.*\n/m;
const BUILD = /^ +- docker image build.*\n/m;
const PUSH = /^ +- docker image push.*\n/m;
const LOGIN_LINE = LOGIN.exec(BUILDSPEC_YML)?.[0] ?? '';

/** The policy with one statement changed; `undefined` leaves it out. */
function changePolicy(
  account: PracticeAccount,
  sid: string,
  change: ((statement: PolicyStatement) => Partial<PolicyStatement>) | undefined,
): void {
  putPolicy(
    account,
    statements(account.id).flatMap((each) => (each.Sid !== sid ? [each] : change ? [{ ...each, ...change(each) }] : [])),
  );
}
const without = (statement: PolicyStatement, action: string) => ({ Action: statement.Action.filter((each) => each !== action) });
const arnOf = (account: PracticeAccount, repository: string) => `arn:aws:ecr:ap-northeast-2:${account.id}:repository/${repository}`;

type FailedPhase = NonNullable<NonNullable<Parameters<typeof startBuild>[1]>['failedPhase']>;

/** A first build that fails: nothing was built before it. */
function failingBuild(account: PracticeAccount, failedPhase: FailedPhase, patch?: Parameters<typeof changeProject>[1]): void {
  startOver(account, 3);
  if (patch !== undefined) changeProject(account, patch);
  startBuild(account, { failedPhase });
}

const BUILD_COMMAND = 'docker image build -t "$REPOSITORY_URI:$IMAGE_TAG" .';

/** The account after the lab, with something left over. */
const cleanedBut = (leave: (account: PracticeAccount) => void) => (account: PracticeAccount) => {
  startOver(account, 4);
  leave(account);
};

function failToDeleteStack(account: PracticeAccount, resource: string, reason: string): void {
  place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_FAILED', resource, reason });
}
const IMAGES_IN_THE_WAY = `The repository with name '${DEFAULTS.backend}' cannot be deleted because it still contains images`;
const POLICY_IN_THE_WAY = 'Cannot delete entity, must delete policies first.';

/** What students do in this lab, right and wrong, in the order of its tasks. */
export const moves = defineMoves(messages, [
  { id: 'prepare-source', task: 'task-0', kind: 'solve', play: prepareSource },
  {
    id: 'stack-in-virginia',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-created',
    says: 'foundElsewhere',
    play(account) {
      startOver(account, undefined);
      createStack(account, 'us-east-1');
    },
  },
  {
    id: 'stack-not-executed',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-created',
    says: 'stackNotExecuted',
    play: (account) => stackInstead(account, { status: 'REVIEW_IN_PROGRESS' }),
  },
  {
    id: 'stack-rolled-back',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-complete',
    says: 'stackBroken',
    play(account) {
      const events = [created(CODE), notCreated(ROLE, ROLE_EXISTS), notCreated(BACKEND, CANCELLED), notCreated(FRONTEND, CANCELLED)];
      stackInstead(account, { status: 'ROLLBACK_COMPLETE', events });
      account.iam.createRole({ name: DEFAULTS.role });
    },
  },
  {
    id: 'codecommit-closed',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-complete',
    says: 'codeCommitClosed',
    play(account) {
      const reason =
        'CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS Organization ' +
        '(Service: AWSCodeCommit; Status Code: 400; Error Code: OperationNotAllowedException)';
      stackInstead(account, { status: 'ROLLBACK_COMPLETE', events: [notCreated(BACKEND, CANCELLED), notCreated(CODE, reason)] });
      account.settings.codecommitAvailable = false;
    },
  },
  {
    id: 'stack-in-progress',
    task: 'task-0',
    kind: 'moment',
    check: 'stack-complete',
    says: 'stackInProgress',
    play: (account) => stackInstead(account, { status: 'CREATE_IN_PROGRESS', events: [created(BACKEND)] }),
  },
  {
    id: 'stack-rolling-back',
    task: 'task-0',
    kind: 'moment',
    check: 'stack-complete',
    says: 'stackRollingBack',
    play: (account) => stackInstead(account, { status: 'ROLLBACK_IN_PROGRESS', events: [notCreated(ROLE, ROLE_EXISTS)] }),
  },
  {
    id: 'backend-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-backend',
    says: 'outputMissing',
    play: (account) => changeOutput(account, 'BackendRepositoryUri', undefined),
  },
  {
    id: 'backend-of-another-account',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-backend',
    says: 'imageRepositoryElsewhere',
    play: (account) => changeOutput(account, 'BackendRepositoryUri', uri(account, DEFAULTS.backend).replace(account.id, OTHER_ACCOUNT)),
  },
  {
    id: 'frontend-in-another-region',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-frontend',
    says: 'imageRepositoryElsewhere',
    play: (account) => changeOutput(account, 'FrontendRepositoryUri', uri(account, DEFAULTS.frontend, 'us-east-1')),
  },
  {
    id: 'source-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-source-repository',
    says: 'outputMissing',
    play: (account) => changeOutput(account, 'SourceRepositoryName', undefined),
  },
  {
    id: 'role-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-role',
    says: 'outputMissing',
    play: (account) => changeOutput(account, 'CodeBuildRoleArn', undefined),
  },
  {
    id: 'role-of-another-account',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-role',
    says: 'roleElsewhere',
    play: (account) => changeOutput(account, 'CodeBuildRoleArn', `arn:aws:iam::${OTHER_ACCOUNT}:role/${DEFAULTS.role}`),
  },
  { id: 'not-pushed', task: 'task-0', kind: 'mistake', check: 'source-pushed', says: 'notPushed', play: emptyRepository },
  {
    id: 'repository-deleted',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-pushed',
    says: 'repositoryGone',
    play: (account) => place(account).codecommit.deleteRepository(DEFAULTS.source),
  },
  {
    id: 'pushed-to-feature-branch',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-pushed',
    says: 'branchWrong',
    play(account) {
      emptyRepository(account);
      push(account, SOURCE, 'feature');
    },
  },
  {
    id: 'files-on-other-branch',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileOnOtherBranch',
    play(account) {
      emptyRepository(account);
      push(account, { 'README.md': '# sbcntr\n' });
      push(account, SOURCE, 'feature');
    },
  },
  {
    id: 'dockerfile-txt',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileMisnamed',
    play(account) {
      removeFile(account, 'Dockerfile');
      push(account, { 'Dockerfile.txt': SOURCE.Dockerfile });
    },
  },
  {
    id: 'server-nested',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileNested',
    play(account) {
      removeFile(account, 'server.mjs');
      push(account, { 'src/server.mjs': SOURCE['server.mjs'] });
    },
  },
  {
    id: 'server-missing',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileMissing',
    play: (account) => removeFile(account, 'server.mjs'),
  },
  {
    id: 'server-empty',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileEmpty',
    play(account) {
      push(account, { 'server.mjs': '\n' });
    },
  },
  {
    id: 'server-utf16',
    task: 'task-0',
    kind: 'mistake',
    check: 'source-files',
    says: 'fileNotText',
    play(account) {
      push(account, { 'server.mjs': utf16(SOURCE['server.mjs']) });
    },
  },

  { id: 'push-buildspec', task: 'task-1', kind: 'solve', play: (account) => pushBuildspec(account) },
  ...buildspecMistakes({
    task: 'task-1',
    text: BUILDSPEC_YML,
    push: pushBuildspec,
    rename(account, name) {
      removeFile(account, BUILDSPEC);
      push(account, { [name]: BUILDSPEC_YML });
    },
  }),
  {
    id: 'phases-misplaced',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-phases',
    says: 'phasesAtRoot',
    play: (account) => pushBuildspec(account, MISPLACED_YML),
  },
  {
    id: 'docker-runtime',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildspec-runtimes',
    says: 'runtimeGone',
    play: pushEdited(/^phases:\n/m, 'phases:\n  install:\n    runtime-versions:\n      docker: 19\n'),
  },
  {
    id: 'login-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginMissing',
    play: pushEdited(LOGIN, ''),
  },
  {
    id: 'login-old',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginObsolete',
    play: pushEdited(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION_NAME")\n'),
  },
  {
    id: 'login-elsewhere',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginElsewhere',
    play: pushEdited(LOGIN, LOGIN_LINE.replace('"$REGISTRY"', '"$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"')),
  },
  {
    id: 'login-late',
    task: 'task-1',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginLate',
    play: (account) => pushBuildspec(account, `${buildspecWith(LOGIN, '')}${LOGIN_LINE}`),
  },
  {
    id: 'build-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'image-build',
    says: 'buildMissing',
    play: pushEdited(BUILD, '      - echo "Nothing to build"\n'),
  },
  {
    id: 'buildkit-off',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildkit',
    says: 'buildkitOff',
    play: pushEdited('DOCKER_BUILDKIT: "1"', 'DOCKER_BUILDKIT: "0"'),
  },
  {
    id: 'buildkit-unset',
    task: 'task-1',
    kind: 'mistake',
    check: 'buildkit',
    says: 'buildkitUnset',
    play: pushEdited(/^ +DOCKER_BUILDKIT.*\n/m, ''),
  },
  {
    id: 'push-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushMissing',
    play: pushEdited(PUSH, '      - echo "Done"\n'),
  },
  {
    id: 'push-latest-instead',
    task: 'task-1',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushOtherTag',
    play: pushEdited(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG=latest'),
  },
  {
    id: 'push-of-nothing',
    task: 'task-1',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushOfNothing',
    play: pushEdited(BUILD, '      - docker image build -t sbcntr-backend:local .\n'),
  },
  {
    id: 'push-elsewhere',
    task: 'task-1',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushElsewhere',
    play: pushEdited('ECR_REPOSITORY_NAME: sbcntr-backend', 'ECR_REPOSITORY_NAME: sbcntr-frontend'),
  },
  {
    id: 'push-latest-too',
    task: 'task-1',
    kind: 'mistake',
    check: 'push-only-commit',
    says: 'pushMoreTags',
    play: pushEdited(
      /$(?![\s\S])/,
      '      - docker image tag "$REPOSITORY_URI:$IMAGE_TAG" "$REPOSITORY_URI:latest"\n      - docker image push "$REPOSITORY_URI:latest"\n',
    ),
  },
  {
    id: 'makefile',
    task: 'task-1',
    kind: 'moment',
    check: 'push-commit',
    says: 'undecidedCommand',
    play: pushEdited(PUSH, '      - make push\n'),
  },
  {
    id: 'unknown-variable',
    task: 'task-1',
    kind: 'moment',
    check: 'push-commit',
    says: 'undecidedValue',
    play: pushEdited(PUSH, '      - docker image push "$MY_REPOSITORY:$IMAGE_TAG"\n'),
  },

  { id: 'add-permissions', task: 'task-2', kind: 'solve', play: (account) => putPolicy(account) },
  {
    id: 'role-deleted',
    task: 'task-2',
    kind: 'mistake',
    check: 'role-trust',
    says: 'roleGone',
    play: (account) => account.iam.deleteRole(DEFAULTS.role),
  },
  {
    id: 'trust-other-service',
    task: 'task-2',
    kind: 'mistake',
    check: 'role-trust',
    says: 'trustMissing',
    play: (account) => account.iam.updateAssumeRolePolicy(DEFAULTS.role, trust(account, 'ec2.amazonaws.com')),
  },
  {
    id: 'trust-condition',
    task: 'task-2',
    kind: 'moment',
    check: 'role-trust',
    says: 'trustUndecided',
    play: (account) =>
      account.iam.updateAssumeRolePolicy(
        DEFAULTS.role,
        trust(account, 'codebuild.amazonaws.com', { 'aws:PrincipalOrgID': 'o-example123' }),
      ),
  },
  {
    id: 'base-policy-removed',
    task: 'task-2',
    kind: 'mistake',
    check: 'base-permissions',
    says: 'actionsMissing',
    play: (account) => account.iam.deleteRolePolicy(DEFAULTS.role, BASE_POLICY),
  },
  {
    id: 'other-account',
    task: 'task-2',
    kind: 'mistake',
    check: 'policy-account',
    says: 'policyOtherAccount',
    play: (account) => putPolicy(account, statements(account.id === '123456789012' ? OTHER_ACCOUNT : '123456789012')),
  },
  {
    id: 'token-on-repository',
    task: 'task-2',
    kind: 'mistake',
    check: 'authorization-token',
    says: 'tokenNotOnAll',
    play: (account) => changePolicy(account, 'GetAuthorizationToken', () => ({ Resource: arnOf(account, DEFAULTS.backend) })),
  },
  {
    id: 'token-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'authorization-token',
    says: 'actionsMissing',
    play: (account) => changePolicy(account, 'GetAuthorizationToken', undefined),
  },
  {
    id: 'only-backend',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-permissions',
    says: 'actionsMissing',
    play: (account) => changePolicy(account, 'ManageRepositoryContents', () => ({ Resource: [arnOf(account, DEFAULTS.backend)] })),
  },
  {
    id: 'push-denied',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-permissions',
    says: 'actionsDenied',
    play: (account) => attachPolicy(account, 'no-push', [{ Sid: 'NoPush', Effect: 'Deny', Action: ['ecr:Put*'], Resource: '*' }]),
  },
  {
    id: 'put-image-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-permissions',
    says: 'actionsMissing',
    play: (account) => changePolicy(account, 'ManageRepositoryContents', (each) => without(each, 'ecr:PutImage')),
  },
  {
    id: 'list-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'list-permissions',
    says: 'actionsMissing',
    play: (account) =>
      putPolicy(
        account,
        statements(account.id).flatMap((each) =>
          each.Sid === 'ListImagesInRepository' ? [] : [{ ...each, ...without(each, 'ecr:ListImages') }],
        ),
      ),
  },
  {
    id: 'push-condition',
    task: 'task-2',
    kind: 'moment',
    check: 'push-permissions',
    says: 'actionsUndecided',
    play: (account) =>
      changePolicy(account, 'ManageRepositoryContents', () => ({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
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
      place(account).codebuild.deleteProject(PROJECT);
      createProject(account, 'sbcntr-backend-codebuild');
    },
  },
  {
    id: 'source-github',
    task: 'task-3',
    kind: 'mistake',
    check: 'source-repository',
    says: 'sourceNotCodeCommit',
    play: (account) => changeProject(account, { source: { type: 'GITHUB', location: 'https://github.com/example/app.git' } }),
  },
  {
    id: 'source-other-repository',
    task: 'task-3',
    kind: 'mistake',
    check: 'source-repository',
    says: 'sourceOtherRepository',
    play: (account) => changeProject(account, { source: source('my-first-repo') }),
  },
  {
    id: 'branch-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'source-branch',
    says: 'branchOther',
    play: (account) => changeProject(account, { sourceVersion: 'refs/heads/develop' }),
  },
  {
    id: 'environment-arm',
    task: 'task-3',
    kind: 'mistake',
    check: 'environment-type',
    says: 'environmentNotLinux',
    play: (account) =>
      changeProject(account, {
        environment: { ...environment, type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
      }),
  },
  {
    id: 'not-privileged',
    task: 'task-3',
    kind: 'mistake',
    check: 'privileged',
    says: 'notPrivileged',
    play: (account) => changeProject(account, { environment: { ...environment, privilegedMode: false } }),
  },
  {
    id: 'role-auto-made',
    task: 'task-3',
    kind: 'mistake',
    check: 'service-role',
    says: 'roleAutoMade',
    play(account) {
      const { Arn: serviceRole = '' } = account.iam.createRole({ name: `codebuild-${PROJECT}-service-role`, path: '/service-role/' });
      changeProject(account, { serviceRole });
    },
  },
  {
    id: 'role-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'service-role',
    says: 'roleOther',
    play(account) {
      const { Arn: serviceRole = '' } = account.iam.createRole({ name: 'my-codebuild-role' });
      changeProject(account, { serviceRole });
    },
  },
  {
    id: 'buildspec-inline',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-file',
    says: 'buildspecInline',
    play: (account) => changeProject(account, { source: { ...source(), buildspec: BUILDSPEC_YML } }),
  },
  {
    id: 'buildspec-other-file',
    task: 'task-3',
    kind: 'mistake',
    check: 'buildspec-file',
    says: 'buildspecOther',
    play: (account) => changeProject(account, { source: { ...source(), buildspec: 'buildspce.yml' } }),
  },
  {
    id: 'variable-overrides',
    task: 'task-3',
    kind: 'mistake',
    check: 'variables',
    says: 'variableOverrides',
    play: (account) =>
      changeProject(account, {
        environment: { ...environment, environmentVariables: [{ name: 'DOCKER_BUILDKIT', value: '0', type: 'PLAINTEXT' }] },
      }),
  },
  {
    id: 'logs-off',
    task: 'task-3',
    kind: 'mistake',
    check: 'cloudwatch-logs',
    says: 'logsOff',
    play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
  },

  { id: 'run-builds', task: 'task-4', kind: 'solve', play: runBuilds },
  {
    id: 'build-stopped',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildEnded',
    play(account) {
      startOver(account, 3);
      startBuild(account, { status: 'STOPPED' });
    },
  },
  {
    id: 'build-fails',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailed',
    play: (account) => failingBuild(account, failedCommand('PRE_BUILD', 'npm test')),
  },
  {
    id: 'build-fails-pull-limit',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPullLimit',
    play: (account) => failingBuild(account, pullLimit('BUILD')),
  },
  {
    id: 'build-fails-runtime',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedRuntime',
    play: (account) =>
      failingBuild(account, {
        type: 'DOWNLOAD_SOURCE',
        code: 'YAML_FILE_ERROR',
        message: "Unknown runtime named 'docker'. This build image has the following runtimes: dotnet golang java nodejs php python ruby",
      }),
  },
  {
    id: 'build-fails-buildspec',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedBuildspec',
    play(account) {
      startOver(account, 3);
      removeFile(account, BUILDSPEC);
      const message = 'stat /codebuild/output/src/buildspec.yml: no such file or directory';
      startBuild(account, { failedPhase: { type: 'DOWNLOAD_SOURCE', code: 'YAML_FILE_ERROR', message } });
    },
  },
  {
    id: 'build-fails-permissions',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPermissions',
    play: (account) => failingBuild(account, failedCommand('PRE_BUILD', LOGIN_LINE.trim().slice(2))),
  },
  {
    id: 'build-fails-source',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedSource',
    play: (account) =>
      failingBuild(
        account,
        {
          type: 'DOWNLOAD_SOURCE',
          code: 'CLIENT_ERROR',
          message: 'reference not found for primary source and source version refs/heads/release',
        },
        { sourceVersion: 'refs/heads/release' },
      ),
  },
  {
    id: 'build-fails-privileged',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPrivileged',
    play: (account) =>
      failingBuild(account, failedCommand('BUILD', BUILD_COMMAND), { environment: { ...environment, privilegedMode: false } }),
  },
  {
    id: 'build-fails-image',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedImage',
    play: (account) => failingBuild(account, failedCommand('BUILD', BUILD_COMMAND)),
  },
  {
    id: 'build-in-progress',
    task: 'task-4',
    kind: 'moment',
    check: 'build-succeeded',
    says: 'buildInProgress',
    play(account) {
      startOver(account, 3);
      startBuild(account, { status: 'IN_PROGRESS' });
    },
  },
  {
    id: 'only-misplaced',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'overrideRanNothing',
    play(account) {
      startOver(account, 3);
      startBuild(account, overridden(MISPLACED_YML));
    },
  },
  {
    id: 'build-overridden',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildOverridden',
    play(account) {
      startOver(account, 3);
      runBuild(account, overridden(BUILDSPEC_YML));
    },
  },
  {
    id: 'build-not-privileged',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildNotPrivileged',
    play(account) {
      startOver(account, 3);
      runBuild(account, { environmentOverride: { privilegedMode: false } });
    },
  },
  {
    id: 'build-without-commit',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildWithoutCommit',
    play(account) {
      startOver(account, 3);
      changeProject(account, { source: { type: 'S3', location: 'my-bucket/app.zip' }, sourceVersion: '' });
      runBuild(account);
    },
  },
  {
    id: 'misplaced-pushed',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-ran',
    says: 'buildRanNothing',
    play(account) {
      startOver(account, 3);
      pushBuildspec(account, MISPLACED_YML);
      startBuild(account);
    },
  },
  {
    id: 'empty-phases-pushed',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-ran',
    says: 'buildHadNoCommands',
    play(account) {
      startOver(account, 3);
      pushBuildspec(account, 'version: 0.2\n\nphases:\n  build:\n    on-failure: ABORT\n');
      startBuild(account);
    },
  },
  {
    id: 'repository-recreated',
    task: 'task-4',
    kind: 'moment',
    check: 'build-ran',
    says: 'buildspecUnseen',
    play(account) {
      emptyRepository(account);
      push(account, { ...SOURCE, [BUILDSPEC]: BUILDSPEC_YML });
    },
  },
  {
    id: 'image-repository-deleted',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-commit-tag',
    says: 'imageRepositoryGone',
    play: (account) => place(account).ecr.deleteRepository(DEFAULTS.backend),
  },
  {
    id: 'image-tag-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-commit-tag',
    says: 'imageTagMissing',
    play(account) {
      place(account).ecr.deleteImages(DEFAULTS.backend);
      pushImage(account, 'v1');
    },
  },
  {
    id: 'image-by-hand',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-commit-tag',
    says: 'imageTooOld',
    play(account) {
      startOver(account, 3);
      pushImage(account, headTag(account));
      account.clock.tick(60);
      startBuild(account);
    },
  },

  {
    id: 'clean-up',
    task: 'cleanup',
    kind: 'solve',
    play(account) {
      deleteByHand(account);
      deleteStack(account);
    },
  },
  {
    id: 'policy-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'added-policy',
    says: 'policyLeft',
    play: cleanedBut((account) => {
      deleteByHand(account, ['policy']);
      deleteStack(account, ['role']);
    }),
  },
  {
    id: 'managed-policy-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'added-policy',
    says: 'policyLeft',
    play: cleanedBut((account) => {
      deleteByHand(account);
      attachPolicy(account, ECR_POLICY);
      deleteStack(account, ['role']);
    }),
  },
  {
    id: 'policy-keeps-stack',
    task: 'cleanup',
    kind: 'mistake',
    check: 'added-policy',
    says: 'policyKeepsStack',
    play: cleanedBut((account) => {
      deleteByHand(account, ['policy']);
      failToDeleteStack(account, ROLE.logicalId, POLICY_IN_THE_WAY);
    }),
  },
  {
    id: 'images-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'images',
    says: 'imagesLeft',
    play: cleanedBut((account) => {
      deleteByHand(account, ['images']);
      deleteStack(account, ['backend']);
    }),
  },
  {
    id: 'images-keep-stack',
    task: 'cleanup',
    kind: 'mistake',
    check: 'images',
    says: 'imagesKeepStack',
    play: cleanedBut((account) => {
      deleteByHand(account, ['images']);
      failToDeleteStack(account, BACKEND.logicalId, IMAGES_IN_THE_WAY);
    }),
  },
  {
    id: 'delete-failed',
    task: 'cleanup',
    kind: 'mistake',
    check: 'stack',
    says: 'stackDeleteFailed',
    play: cleanedBut((account) => {
      failToDeleteStack(account, BACKEND.logicalId, IMAGES_IN_THE_WAY);
      deleteByHand(account);
    }),
  },
  {
    id: 'project-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'project',
    says: 'projectLeft',
    play: cleanedBut((account) => {
      deleteByHand(account, ['project']);
      deleteStack(account);
    }),
  },
  {
    id: 'stack-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'stack',
    says: 'stackLeft',
    play: cleanedBut((account) => deleteByHand(account)),
  },
  {
    id: 'backend-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'backend-repository',
    says: 'imageRepositoryLeft',
    play: cleanedBut((account) => {
      deleteByHand(account);
      deleteStack(account, ['backend']);
    }),
  },
  {
    id: 'frontend-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'frontend-repository',
    says: 'imageRepositoryLeft',
    play: cleanedBut((account) => {
      deleteByHand(account);
      deleteStack(account, ['frontend']);
    }),
  },
  {
    id: 'code-repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'code-repository',
    says: 'sourceRepositoryLeft',
    play: cleanedBut((account) => {
      deleteByHand(account);
      deleteStack(account, ['code']);
    }),
  },
  {
    id: 'role-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'role',
    says: 'roleLeft',
    play: cleanedBut((account) => {
      deleteByHand(account);
      deleteStack(account, ['role']);
    }),
  },
  {
    id: 'log-group-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'log-group',
    says: 'logGroupLeft',
    play: cleanedBut((account) => {
      deleteByHand(account, ['logs']);
      deleteStack(account);
    }),
  },
  {
    id: 'stack-deleting',
    task: 'cleanup',
    kind: 'moment',
    check: 'stack',
    says: 'stackDeleting',
    play: cleanedBut((account) => {
      deleteByHand(account);
      place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_IN_PROGRESS' });
    }),
  },
]);
