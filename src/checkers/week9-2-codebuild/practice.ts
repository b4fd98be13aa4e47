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
import { BUILDSPEC, DEFAULTS, PROJECT, STACK, TAGS } from './names.ts';
import { BUILDSPEC_YML } from './practice-files.ts';
import {
  APP,
  changeProject,
  createProject,
  createStack,
  deleteByHand,
  deleteStack,
  emptyRepository,
  environment,
  headOf,
  imageUri,
  outputs,
  place,
  push,
  pushApp,
  pushBuildspec,
  pushImage,
  RESOURCES,
  removeFile,
  runBuild,
  shortHash,
  source,
  startBuild,
  startOver,
  variablesBut,
} from './practice-student.ts';

/** The stack in another state, as it is when nothing of it was made or everything was removed again. */
function stackInstead(
  account: PracticeAccount,
  stack: Omit<Parameters<ReturnType<typeof place>['cloudformation']['createStack']>[0], 'name'>,
): void {
  startOver(account, undefined);
  place(account).cloudformation.createStack({ name: STACK, tags: TAGS, resources: RESOURCES, ...stack });
}

const [ECR_RESOURCE, CODECOMMIT_RESOURCE, ROLE_RESOURCE] = RESOURCES;
const created = (resource: (typeof RESOURCES)[number]) =>
  ({ logicalId: resource.logicalId, type: resource.type, status: 'CREATE_COMPLETE' }) as const;
const notCreated = (resource: (typeof RESOURCES)[number], reason: string) =>
  ({ logicalId: resource.logicalId, type: resource.type, status: 'CREATE_FAILED', reason }) as const;
const CANCELLED = 'Resource creation cancelled';
const ROLE_EXISTS = `Resource of type 'AWS::IAM::Role' with identifier '${DEFAULTS.role}' already exists.`;

function updateStack(account: PracticeAccount, patch: Parameters<ReturnType<typeof place>['cloudformation']['updateStack']>[1]): void {
  place(account).cloudformation.updateStack(STACK, patch);
}

function withoutOutput(account: PracticeAccount, name: string): void {
  const rest = Object.entries(outputs(account)).filter(([key]) => key !== name);
  updateStack(account, { outputs: Object.fromEntries(rest) });
}

/** The lab's buildspec with one thing changed. */
const buildspecWith = (from: string | RegExp, to: string) => edited(BUILDSPEC_YML, from, to);

const LOGIN = /^ +- aws ecr get-login-password.*\n/m;
const BUILD = /^ +- docker build.*\n/m;
const TAG = /^ +- docker tag.*\n/m;
const PUSH_LATEST = /^ +- docker push "\$REPOSITORY_URI:latest"\n/m;
const PUSH_COMMIT = /^ +- docker push "\$REPOSITORY_URI:\$IMAGE_TAG"\n/m;
const DEFINITIONS = /^ +- printf .*> imagedefinitions\.json\n/m;
const loginLine = LOGIN.exec(BUILDSPEC_YML)?.[0] ?? '';

type FailedPhase = NonNullable<NonNullable<Parameters<typeof startBuild>[1]>['failedPhase']>;

/** A first build that fails: nothing was built before it. */
function failingBuild(account: PracticeAccount, failedPhase: FailedPhase, patch?: Parameters<typeof changeProject>[1]): void {
  startOver(account, 3);
  if (patch !== undefined) changeProject(account, patch);
  startBuild(account, { failedPhase });
}

/** A first build that ran with other settings than the lab asks for, and succeeded all the same. */
function otherBuild(account: PracticeAccount, options: Parameters<typeof runBuild>[1]): void {
  startOver(account, 3);
  runBuild(account, options);
}

/** The account after the lab, with something left over. */
function cleanedBut(account: PracticeAccount, leave: () => void): void {
  startOver(account, 4);
  leave();
}

/** What students do in this lab, right and wrong, in the order of its tasks. */
export const moves = defineMoves(messages, [
  { id: 'create-stack', task: 'task-0', kind: 'solve', play: (account) => createStack(account) },
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
    says: 'stackRolledBack',
    play(account) {
      stackInstead(account, {
        status: 'ROLLBACK_COMPLETE',
        statusReason: `The following resource(s) failed to create: [${ROLE_RESOURCE.logicalId}].`,
        events: [created(CODECOMMIT_RESOURCE), notCreated(ROLE_RESOURCE, ROLE_EXISTS), notCreated(ECR_RESOURCE, CANCELLED)],
      });
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
      stackInstead(account, {
        status: 'ROLLBACK_COMPLETE',
        events: [notCreated(ECR_RESOURCE, CANCELLED), notCreated(CODECOMMIT_RESOURCE, reason), notCreated(ROLE_RESOURCE, CANCELLED)],
      });
      account.settings.codecommitAvailable = false;
    },
  },
  {
    id: 'stack-update-rolled-back',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-complete',
    says: 'stackUpdateRolledBack',
    play: (account) =>
      updateStack(account, {
        status: 'UPDATE_ROLLBACK_COMPLETE',
        events: [{ ...ECR_RESOURCE, status: 'UPDATE_FAILED', reason: 'Resource of type AWS::ECR::Repository already exists.' }],
      }),
  },
  {
    id: 'stack-broken',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-complete',
    says: 'stackBroken',
    play: (account) => stackInstead(account, { status: 'CREATE_FAILED', events: [notCreated(ROLE_RESOURCE, ROLE_EXISTS)] }),
  },
  {
    id: 'ecr-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-image-repository',
    says: 'outputMissing',
    play: (account) => withoutOutput(account, 'ECRRepositoryUri'),
  },
  {
    id: 'ecr-of-another-account',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-image-repository',
    says: 'imageRepositoryElsewhere',
    play: (account) =>
      updateStack(account, {
        outputs: { ...outputs(account), ECRRepositoryUri: imageUri(account).replace(account.id, OTHER_ACCOUNT) },
      }),
  },
  {
    id: 'repository-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-source-repository',
    says: 'outputMissing',
    play: (account) => withoutOutput(account, 'CodeCommitRepositoryName'),
  },
  {
    id: 'role-output-removed',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-role',
    says: 'outputMissing',
    play: (account) => withoutOutput(account, 'CodeBuildRoleArn'),
  },
  {
    id: 'role-of-another-account',
    task: 'task-0',
    kind: 'mistake',
    check: 'output-role',
    says: 'roleElsewhere',
    play: (account) =>
      updateStack(account, { outputs: { ...outputs(account), CodeBuildRoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/${DEFAULTS.role}` } }),
  },
  {
    id: 'tags-forgotten',
    task: 'task-0',
    kind: 'mistake',
    check: 'stack-tags',
    says: 'tagsWrong',
    play: (account) => updateStack(account, { tags: { Project: TAGS.Project } }),
  },
  {
    id: 'stack-in-progress',
    task: 'task-0',
    kind: 'moment',
    check: 'stack-complete',
    says: 'stackInProgress',
    play: (account) => stackInstead(account, { status: 'CREATE_IN_PROGRESS', events: [created(ECR_RESOURCE)] }),
  },
  {
    id: 'stack-rolling-back',
    task: 'task-0',
    kind: 'moment',
    check: 'stack-complete',
    says: 'stackRollingBack',
    play: (account) => stackInstead(account, { status: 'ROLLBACK_IN_PROGRESS', events: [notCreated(ROLE_RESOURCE, ROLE_EXISTS)] }),
  },

  { id: 'push-app', task: 'task-1', kind: 'solve', play: pushApp },
  { id: 'not-pushed', task: 'task-1', kind: 'mistake', check: 'pushed', says: 'notPushed', play: emptyRepository },
  {
    id: 'repository-deleted',
    task: 'task-1',
    kind: 'mistake',
    check: 'pushed',
    says: 'repositoryGone',
    play: (account) => place(account).codecommit.deleteRepository(DEFAULTS.sourceRepository),
  },
  {
    id: 'pushed-to-feature-branch',
    task: 'task-1',
    kind: 'mistake',
    check: 'default-branch',
    says: 'branchWrong',
    play(account) {
      emptyRepository(account);
      push(account, APP, 'feature');
    },
  },
  {
    id: 'files-on-other-branch',
    task: 'task-1',
    kind: 'mistake',
    check: 'default-branch',
    says: 'filesOnOtherBranch',
    play(account) {
      emptyRepository(account);
      push(account, { 'README.md': '# week9-2\n' });
      push(account, APP, 'feature');
    },
  },
  {
    id: 'all-in-folder',
    task: 'task-1',
    kind: 'mistake',
    check: 'files-at-root',
    says: 'allNested',
    play(account) {
      emptyRepository(account);
      push(account, Object.fromEntries(Object.entries(APP).map(([file, text]) => [`week9-2-cicd-lab/${file}`, text])));
    },
  },
  {
    id: 'app-js-empty',
    task: 'task-1',
    kind: 'mistake',
    check: 'app-js',
    says: 'fileEmpty',
    play(account) {
      push(account, { 'app.js': '' });
    },
  },
  {
    id: 'app-js-nested',
    task: 'task-1',
    kind: 'mistake',
    check: 'app-js',
    says: 'fileNested',
    play(account) {
      removeFile(account, 'app.js');
      push(account, { 'src/app.js': APP['app.js'] });
    },
  },
  {
    id: 'package-json-missing',
    task: 'task-1',
    kind: 'mistake',
    check: 'package-json',
    says: 'fileMissing',
    play: (account) => removeFile(account, 'package.json'),
  },
  {
    id: 'package-json-utf16',
    task: 'task-1',
    kind: 'mistake',
    check: 'package-json',
    says: 'fileNotText',
    play(account) {
      push(account, { 'package.json': utf16(APP['package.json']) });
    },
  },
  {
    id: 'dockerfile-txt',
    task: 'task-1',
    kind: 'mistake',
    check: 'dockerfile',
    says: 'fileMisnamed',
    play(account) {
      removeFile(account, 'Dockerfile');
      push(account, { 'Dockerfile.txt': APP.Dockerfile });
    },
  },

  { id: 'push-buildspec', task: 'task-2', kind: 'solve', play: (account) => pushBuildspec(account) },
  ...buildspecMistakes({
    task: 'task-2',
    text: BUILDSPEC_YML,
    push: pushBuildspec,
    rename(account, name) {
      removeFile(account, BUILDSPEC);
      push(account, { [name]: BUILDSPEC_YML });
    },
  }),
  {
    id: 'buildspec-in-folder',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileNested',
    play(account) {
      removeFile(account, BUILDSPEC);
      push(account, { [`ci/${BUILDSPEC}`]: BUILDSPEC_YML });
    },
  },
  {
    id: 'buildspec-empty',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileEmpty',
    play: (account) => pushBuildspec(account, '\n'),
  },
  {
    id: 'buildspec-utf16',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-present',
    says: 'fileNotText',
    play: (account) => pushBuildspec(account, utf16(BUILDSPEC_YML)),
  },
  {
    id: 'phases-at-root',
    task: 'task-2',
    kind: 'mistake',
    check: 'buildspec-phases',
    says: 'phasesAtRoot',
    // Without `phases:` its members move to the left.
    play: (account) => pushBuildspec(account, buildspecWith(/^phases:\n/m, '').replaceAll(/^ {2}(?=\S)(?!- )/gm, '')),
  },
  {
    id: 'login-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginMissing',
    play: (account) => pushBuildspec(account, buildspecWith(LOGIN, '')),
  },
  {
    id: 'login-old',
    task: 'task-2',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginObsolete',
    play: (account) =>
      pushBuildspec(account, buildspecWith(LOGIN, '      - $(aws ecr get-login --no-include-email --region "$AWS_REGION")\n')),
  },
  {
    id: 'login-elsewhere',
    task: 'task-2',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginElsewhere',
    play: (account) =>
      pushBuildspec(account, buildspecWith(LOGIN, loginLine.replace('"$REGISTRY"', '"$AWS_ACCOUNT_ID.dkr.ecr.us-east-1.amazonaws.com"'))),
  },
  {
    id: 'login-late',
    task: 'task-2',
    kind: 'mistake',
    check: 'ecr-login',
    says: 'loginLate',
    play: (account) => pushBuildspec(account, edited(buildspecWith(LOGIN, ''), /^ +- cat imagedefinitions\.json\n/m, loginLine)),
  },
  {
    id: 'build-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-build',
    says: 'buildMissing',
    play: (account) => pushBuildspec(account, buildspecWith(BUILD, '')),
  },
  {
    id: 'push-latest-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-latest',
    says: 'pushLatestMissing',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '')),
  },
  {
    id: 'push-commit-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushCommitMissing',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH_COMMIT, '')),
  },
  {
    id: 'push-full-hash',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushOtherTag',
    play: (account) => pushBuildspec(account, buildspecWith(/- IMAGE_TAG=.*$/m, '- IMAGE_TAG="$CODEBUILD_RESOLVED_SOURCE_VERSION"')),
  },
  {
    id: 'tag-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-commit',
    says: 'pushOfNothing',
    play: (account) => pushBuildspec(account, buildspecWith(TAG, '')),
  },
  {
    id: 'push-elsewhere',
    task: 'task-2',
    kind: 'mistake',
    check: 'push-latest',
    says: 'pushElsewhere',
    play: (account) =>
      pushBuildspec(
        account,
        buildspecWith(
          PUSH_LATEST,
          '      - docker tag "$REPOSITORY_URI:latest" "$REGISTRY/my-app:latest"\n      - docker push "$REGISTRY/my-app:latest"\n',
        ),
      ),
  },
  {
    id: 'definitions-missing',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsMissing',
    play: (account) => pushBuildspec(account, buildspecWith(DEFINITIONS, '')),
  },
  {
    id: 'definitions-wrong',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsWrong',
    play: (account) =>
      pushBuildspec(
        account,
        buildspecWith(DEFINITIONS, `      - printf '{"ImageURI":"%s"}' "$REPOSITORY_URI:$IMAGE_TAG" > imagedefinitions.json\n`),
      ),
  },
  {
    id: 'makefile',
    task: 'task-2',
    kind: 'moment',
    check: 'push-latest',
    says: 'undecidedCommand',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '      - make push\n')),
  },
  {
    id: 'unknown-variable',
    task: 'task-2',
    kind: 'moment',
    check: 'push-latest',
    says: 'undecidedValue',
    play: (account) => pushBuildspec(account, buildspecWith(PUSH_LATEST, '      - docker push "$MY_REPOSITORY:latest"\n')),
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
      createProject(account, 'week9-2-codebuild-project');
    },
  },
  {
    id: 'source-github',
    task: 'task-3',
    kind: 'mistake',
    check: 'source-repository',
    says: 'sourceNotCodeCommit',
    play: (account) =>
      changeProject(account, { source: { type: 'GITHUB', location: 'https://github.com/example/app.git', buildspec: BUILDSPEC } }),
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
    play: (account) => changeProject(account, { sourceVersion: 'refs/heads/master' }),
  },
  {
    id: 'environment-arm',
    task: 'task-3',
    kind: 'mistake',
    check: 'environment-type',
    says: 'environmentNotLinux',
    play: (account) =>
      changeProject(account, {
        environment: { ...environment(account), type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
      }),
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
    id: 'role-auto-made',
    task: 'task-3',
    kind: 'mistake',
    check: 'service-role',
    says: 'roleAutoMade',
    play(account) {
      const name = `codebuild-${PROJECT}-service-role`;
      account.iam.createRole({ name, path: '/service-role/' });
      changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/service-role/${name}` });
    },
  },
  {
    id: 'role-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'service-role',
    says: 'roleOther',
    play(account) {
      account.iam.createRole({ name: 'my-codebuild-role' });
      changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/my-codebuild-role` });
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
    id: 'account-id-missing',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-account-id',
    says: 'variableMissing',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', undefined),
  },
  {
    id: 'account-id-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-account-id',
    says: 'variableWrong',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { value: '123456789012' === account.id ? OTHER_ACCOUNT : '123456789012' }),
  },
  {
    id: 'account-id-spaces',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-account-id',
    says: 'variableSpaces',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { value: `${account.id} ` }),
  },
  {
    id: 'account-id-parameter',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-account-id',
    says: 'variableNotPlain',
    play: (account) => changeVariable(account, 'AWS_ACCOUNT_ID', { type: 'PARAMETER_STORE' }),
  },
  {
    id: 'repository-whole-uri',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-repository',
    says: 'variableWholeUri',
    play: (account) => changeVariable(account, 'IMAGE_REPO_NAME', { value: imageUri(account) }),
  },
  {
    id: 'container-misnamed',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-container',
    says: 'variableMisnamed',
    play: (account) => changeVariable(account, 'CONTAINER_NAME', { name: 'CONTAINERNAME' }),
  },
  {
    id: 'container-other',
    task: 'task-3',
    kind: 'mistake',
    check: 'variable-container',
    says: 'variableWrong',
    play: (account) => changeVariable(account, 'CONTAINER_NAME', { value: 'my-app' }),
  },
  {
    id: 'logs-off',
    task: 'task-3',
    kind: 'mistake',
    check: 'cloudwatch-logs',
    says: 'logsOff',
    play: (account) => changeProject(account, { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
  },

  { id: 'run-build', task: 'task-4', kind: 'solve', play: (account) => runBuild(account) },
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
    play: (account) =>
      failingBuild(account, { type: 'UPLOAD_ARTIFACTS', code: 'CLIENT_ERROR', message: 'no matching artifact paths found' }),
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
    id: 'build-fails-role',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedRole',
    play: (account) =>
      failingBuild(account, {
        type: 'QUEUED',
        code: 'ACCESS_DENIED',
        message: 'Service role does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams',
      }),
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
      failingBuild(account, failedCommand('BUILD', 'docker build -t "$REPOSITORY_URI:latest" .'), {
        environment: { ...environment(account), privilegedMode: false },
      }),
  },
  {
    id: 'build-fails-variable',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedVariable',
    play(account) {
      const environmentVariables = variablesBut(account, 'AWS_ACCOUNT_ID', { value: account.id.slice(0, 11) });
      failingBuild(account, failedCommand('PRE_BUILD', LOGIN_COMMAND), { environment: { ...environment(account), environmentVariables } });
    },
  },
  {
    id: 'build-fails-login',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedLogin',
    play: (account) => failingBuild(account, failedCommand('PRE_BUILD', LOGIN_COMMAND)),
  },
  {
    id: 'build-fails-push',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedPush',
    play: (account) => failingBuild(account, failedCommand('POST_BUILD', 'docker push "$REPOSITORY_URI:latest"')),
  },
  {
    id: 'build-fails-image',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailedImage',
    play: (account) => failingBuild(account, failedCommand('BUILD', 'docker build -t "$REPOSITORY_URI:latest" .')),
  },
  {
    id: 'build-not-privileged',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildNotPrivileged',
    play: (account) => otherBuild(account, { environmentOverride: { privilegedMode: false } }),
  },
  {
    id: 'build-other-variable',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildVariableWrong',
    play: (account) =>
      otherBuild(account, { environmentOverride: { environmentVariables: variablesBut(account, 'CONTAINER_NAME', { value: 'my-app' }) } }),
  },
  {
    id: 'build-without-commit',
    task: 'task-4',
    kind: 'mistake',
    check: 'build-settings',
    says: 'buildWithoutCommit',
    play(account) {
      startOver(account, 3);
      changeProject(account, { source: { type: 'S3', location: 'my-bucket/app.zip', buildspec: BUILDSPEC }, sourceVersion: '' });
      runBuild(account);
    },
  },
  {
    id: 'image-repository-deleted',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-commit-tag',
    says: 'imageRepositoryGone',
    play: (account) => place(account).ecr.deleteRepository(DEFAULTS.imageRepository),
  },
  {
    id: 'image-tag-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-commit-tag',
    says: 'imageTagMissing',
    play(account) {
      place(account).ecr.deleteImages(DEFAULTS.imageRepository);
      pushImage(account, ['latest']);
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
      pushImage(account, ['latest', shortHash(headOf(account))]);
      account.clock.tick(60);
      startBuild(account);
    },
  },
  {
    id: 'latest-missing',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-latest-tag',
    says: 'latestMissing',
    play(account) {
      const { ecr } = place(account);
      ecr.deleteImages(DEFAULTS.imageRepository);
      pushImage(account, [shortHash(headOf(account))]);
    },
  },
  {
    id: 'latest-elsewhere',
    task: 'task-4',
    kind: 'mistake',
    check: 'image-latest-tag',
    says: 'latestElsewhere',
    play: (account) => pushImage(account, ['latest', 'v1']),
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
    id: 'clean-up',
    task: 'cleanup',
    kind: 'solve',
    play(account) {
      deleteByHand(account);
      deleteStack(account);
    },
  },
  {
    id: 'images-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'images',
    says: 'imagesLeft',
    play: (account) =>
      cleanedBut(account, () => {
        deleteByHand(account, ['images']);
        deleteStack(account, ['images']);
      }),
  },
  {
    id: 'images-keep-stack',
    task: 'cleanup',
    kind: 'mistake',
    check: 'images',
    says: 'imagesKeepStack',
    play: (account) =>
      cleanedBut(account, () => {
        deleteByHand(account, ['images']);
        failToDeleteStack(account);
      }),
  },
  {
    id: 'delete-failed',
    task: 'cleanup',
    kind: 'mistake',
    check: 'stack',
    says: 'stackDeleteFailed',
    play: (account) =>
      cleanedBut(account, () => {
        failToDeleteStack(account);
        deleteByHand(account);
      }),
  },
  {
    id: 'project-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'project',
    says: 'projectLeft',
    play: (account) =>
      cleanedBut(account, () => {
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
    play: (account) => cleanedBut(account, () => deleteByHand(account)),
  },
  {
    id: 'image-repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'image-repository',
    says: 'imageRepositoryLeft',
    play: (account) =>
      cleanedBut(account, () => {
        deleteByHand(account);
        deleteStack(account, ['images']);
      }),
  },
  {
    id: 'code-repository-left',
    task: 'cleanup',
    kind: 'mistake',
    check: 'code-repository',
    says: 'sourceRepositoryLeft',
    play: (account) =>
      cleanedBut(account, () => {
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
    play: (account) =>
      cleanedBut(account, () => {
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
    play: (account) =>
      cleanedBut(account, () => {
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
    play: (account) =>
      cleanedBut(account, () => {
        deleteByHand(account);
        place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_IN_PROGRESS' });
      }),
  },
]);

const LOGIN_COMMAND = 'aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "$REGISTRY"';

function changeVariable(account: PracticeAccount, name: string, change: Parameters<typeof variablesBut>[2]): void {
  changeProject(account, { environment: { ...environment(account), environmentVariables: variablesBut(account, name, change) } });
}

/** CloudFormation does not delete a repository that still holds images. */
function failToDeleteStack(account: PracticeAccount): void {
  const reason = `Resource handler returned message: "The repository with name '${DEFAULTS.imageRepository}' in registry with id '${account.id}' cannot be deleted because it still contains images"`;
  place(account).cloudformation.deleteStack(STACK, { status: 'DELETE_FAILED', resource: ECR_RESOURCE.logicalId, reason });
}
